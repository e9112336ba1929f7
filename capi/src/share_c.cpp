// SPDX-License-Identifier: MIT
// C: a secret split among guardians, and brought back.
#include "coffer_share.h"

#include <string>
#include <vector>

#include <coffer/keys/slip39.hpp>

#include "guard.hpp"
#include "input.hpp"
#include "key_handles.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::Code;
using coffer::Error;
using coffer::Result;
using coffer::Secret;
using coffer::Status;
using coffer::keys::ShareGroup;
using coffer::keys::ShareInfo;
using coffer::keys::ShareOptions;

namespace {

Result<ShareOptions> options_of(const coffer_share_options* options) {
  ShareOptions out;
  if (options == nullptr) {
    return out;
  }
  COFFER_TRY_ASSIGN(const coffer_share_options in, read_struct(options, "options"));
  if (in.group_threshold != 0) {
    out.group_threshold = in.group_threshold;
  }
  if (in.iteration_exponent != 0) {
    out.iteration_exponent = in.iteration_exponent;
  }
  out.is_extendable = in.is_not_extendable == 0;
  return out;
}

Result<std::vector<ShareGroup>> groups_of(const coffer_share_group* groups, std::size_t count) {
  if (count == 0 || count > COFFER_SHARE_GROUPS_MAX) {
    return Error{Code::out_of_range, "groups_count: " + std::to_string(count) + " is not 1 to 16"};
  }
  COFFER_TRY(require(groups, "groups"));
  std::vector<ShareGroup> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = {groups[i].threshold, groups[i].count};
  }
  return out;
}

Result<std::vector<std::string_view>> sentences_of(const coffer_share* shares, std::size_t count) {
  if (count > COFFER_SHARES_MAX) {
    return Error{Code::out_of_range, "count: " + std::to_string(count) + " shares, at most 256"};
  }
  if (count > 0) {
    COFFER_TRY(require(shares, "shares"));
  }
  std::vector<std::string_view> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto sentence = text_of(shares[i].sentence, shares[i].sentence_length, "sentence");
    if (!sentence) {
      return at_item("shares", i, sentence.error());
    }
    out[i] = *sentence;
  }
  return out;
}

}  // namespace

coffer_status coffer_share_split(const coffer_secret* secret, const coffer_share_group* groups,
                                 size_t groups_count, const char* passphrase,
                                 size_t passphrase_length, const coffer_share_options* options,
                                 coffer_share_set** set_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto bytes, secret_of(secret, "secret"));
    COFFER_TRY(require(set_out, "set_out"));
    COFFER_TRY_ASSIGN(const auto asked, groups_of(groups, groups_count));
    COFFER_TRY_ASSIGN(const auto phrase, text_of(passphrase, passphrase_length, "passphrase"));
    COFFER_TRY_ASSIGN(const ShareOptions how, options_of(options));
    COFFER_TRY_ASSIGN(auto shares, coffer::keys::split_secret(bytes, asked, phrase, how));
    give(set_out, std::move(shares));
    return {};
  });
}

void coffer_share_set_destroy(coffer_share_set* set) { destroy_handle(set); }

coffer_status coffer_share_set_export_sentence(const coffer_share_set* set, uint32_t group,
                                               uint32_t member, char* buffer, size_t size,
                                               size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_share_set* known, handle_of(set, "set"));
    if (group >= known->held.size()) {
      return Error{Code::out_of_range, "group: " + std::to_string(group) + ", there are " +
                                           std::to_string(known->held.size())};
    }
    const std::vector<Secret>& members = known->held[group];
    if (member >= members.size()) {
      return Error{Code::out_of_range, "member: " + std::to_string(member) + ", the group has " +
                                           std::to_string(members.size())};
    }
    return put_text(members[member].text(), buffer, size, needed_out);
  });
}

coffer_status coffer_share_combine(const coffer_share* shares, size_t count, const char* passphrase,
                                   size_t passphrase_length, coffer_secret** secret_out,
                                   coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto sentences, sentences_of(shares, count));
    COFFER_TRY(require(secret_out, "secret_out"));
    COFFER_TRY_ASSIGN(const auto phrase, text_of(passphrase, passphrase_length, "passphrase"));
    COFFER_TRY_ASSIGN(Secret secret, coffer::keys::combine_shares(sentences, phrase));
    give(secret_out, std::move(secret));
    return {};
  });
}

coffer_status coffer_share_inspect(const char* sentence, size_t sentence_length,
                                   coffer_share_info* info_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto given, text_of(sentence, sentence_length, "sentence"));
    COFFER_TRY(require(info_out, "info_out"));
    COFFER_TRY_ASSIGN(const ShareInfo info, coffer::keys::inspect_share(given));
    coffer_share_info out{};
    out.identifier = info.identifier;
    out.iteration_exponent = info.iteration_exponent;
    out.group_index = info.group_index;
    out.group_threshold = info.group_threshold;
    out.group_count = info.group_count;
    out.member_index = info.member_index;
    out.member_threshold = info.member_threshold;
    out.secret_size = static_cast<uint32_t>(info.secret_size);
    out.is_extendable = info.is_extendable ? 1 : 0;
    *info_out = out;
    return {};
  });
}
