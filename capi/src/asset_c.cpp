// SPDX-License-Identifier: MIT
// C: assets, built in and registered.
#include "coffer_asset.h"

#include <optional>
#include <string>
#include <vector>

#include <coffer/core/display.hpp>

#include "engine_handle.hpp"
#include "guard.hpp"
#include "input.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::Asset;
using coffer::AssetId;
using coffer::Code;
using coffer::Engine;
using coffer::Error;
using coffer::RegisteredAsset;
using coffer::Status;

namespace {

coffer_registered_asset to_struct(const RegisteredAsset& registered) {
  return {registered.id.value(), to_c(registered.asset)};
}

coffer_currency to_struct(const coffer::Currency& currency) {
  coffer_currency out{};
  put_text(out.code, currency.code);
  out.number = currency.number;
  out.minor_units = currency.minor_units.value_or(-1);
  return out;
}

}  // namespace

coffer_status coffer_asset_preset(const char* code, size_t code_length, coffer_asset* asset_out,
                                  coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(asset_out, "asset_out"));
    COFFER_TRY_ASSIGN(const auto name, text_of(code, code_length, "code"));
    const std::optional<Asset> asset = coffer::find_preset(name);
    if (!asset) {
      return Error{Code::asset_not_found, "code: no built-in asset has this one"};
    }
    *asset_out = to_c(*asset);
    return {};
  });
}

coffer_status coffer_asset_check(const coffer_asset* asset, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(asset, "asset"));
    COFFER_TRY_ASSIGN(const Asset checked, asset_of(*asset));
    return coffer::validate(checked);
  });
}

coffer_status coffer_currency_find(const char* code, size_t code_length,
                                   coffer_currency* currency_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(currency_out, "currency_out"));
    COFFER_TRY_ASSIGN(const auto name, text_of(code, code_length, "code"));
    const coffer::Currency* currency = coffer::find_currency(name);
    if (currency == nullptr) {
      return Error{Code::not_found, "code: no active currency of ISO 4217 has this one"};
    }
    *currency_out = to_struct(*currency);
    return {};
  });
}

coffer_status coffer_currency_list(coffer_currency* currencies_out, size_t capacity,
                                   size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    const auto all = coffer::currencies();
    COFFER_TRY(put_count(all.size(), currencies_out, capacity, count_out));
    std::transform(all.begin(), all.end(), currencies_out,
                   [](const coffer::Currency& currency) { return to_struct(currency); });
    return {};
  });
}

coffer_status coffer_asset_display(const coffer_asset* asset, const coffer_amount* amount,
                                   const char* locale, size_t locale_length, char* buffer,
                                   size_t size, size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(asset, "asset"));
    COFFER_TRY(require(amount, "amount"));
    COFFER_TRY_ASSIGN(const Asset shown, asset_of(*asset));
    COFFER_TRY(coffer::validate(shown));
    COFFER_TRY_ASSIGN(const auto tag, text_of(locale, locale_length, "locale"));
    const std::optional<coffer::NumberStyle> style = coffer::find_number_style(tag);
    if (!style) {
      return Error{Code::not_found, "locale: is not in the table of locales"};
    }
    return put_text(coffer::display_amount(amount_of(*amount), shown.scale,
                                           coffer::display_options_for(shown, *style)),
                    buffer, size, needed_out);
  });
}

coffer_status coffer_asset_register(coffer_engine* engine, const coffer_asset* asset,
                                    coffer_id* id_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY(require(asset, "asset"));
    COFFER_TRY(require(id_out, "id_out"));
    COFFER_TRY_ASSIGN(const Asset wanted, asset_of(*asset));
    COFFER_TRY_ASSIGN(const AssetId id, opened->ledger().register_asset(wanted));
    *id_out = id.value();
    return {};
  });
}

coffer_status coffer_asset_find(const coffer_engine* engine, coffer_id id,
                                coffer_registered_asset* asset_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(asset_out, "asset_out"));
    COFFER_TRY_ASSIGN(const RegisteredAsset found, opened->ledger().find_asset(AssetId(id)));
    *asset_out = to_struct(found);
    return {};
  });
}

coffer_status coffer_asset_find_by_code(const coffer_engine* engine, const char* code,
                                        size_t code_length, coffer_registered_asset* asset_out,
                                        coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(asset_out, "asset_out"));
    COFFER_TRY_ASSIGN(const auto name, text_of(code, code_length, "code"));
    COFFER_TRY_ASSIGN(const RegisteredAsset found, opened->ledger().find_asset(name));
    *asset_out = to_struct(found);
    return {};
  });
}

coffer_status coffer_asset_list(const coffer_engine* engine, coffer_registered_asset* assets_out,
                                size_t capacity, size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const std::vector<RegisteredAsset> assets, opened->ledger().assets());
    COFFER_TRY(put_count(assets.size(), assets_out, capacity, count_out));
    std::transform(assets.begin(), assets.end(), assets_out,
                   [](const RegisteredAsset& asset) { return to_struct(asset); });
    return {};
  });
}
