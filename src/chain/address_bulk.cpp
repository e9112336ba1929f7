// SPDX-License-Identifier: MIT
// Addresses are written by the thread that derived their keys, as soon as they are there.
#include <coffer/chain/address_bulk.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "chain/family.hpp"
#include "chain/refusal.hpp"

namespace coffer::chain {

namespace {

using keys::PublicKey;

// Stands between the derivation and the caller's observer.
class Writer final : public keys::BulkObserver {
 public:
  Writer(const Network& network, AddressForm form, const AddressRows& rows,
         keys::BulkObserver* next)
      : network_(network), form_(form), rows_(rows), next_(next) {}

  bool on_progress(std::size_t done, std::size_t total) noexcept override {
    return next_ == nullptr || next_->on_progress(done, total);
  }

  Status on_children(std::size_t offset, std::span<const PublicKey> keys) noexcept override {
    if (!wants_points() || network_.curve != keys::Curve::secp256k1) {
      COFFER_TRY(write(offset, keys));
    }
    return next_ == nullptr ? Status() : next_->on_children(offset, keys);
  }

  [[nodiscard]] bool wants_points() const noexcept override {
    return code_of(network_.family).hashes_points(network_) ||
           (next_ != nullptr && next_->wants_points());
  }

  Status on_points(std::size_t offset,
                   std::span<const keys::PublicPoint> points) noexcept override {
    COFFER_TRY(write(offset, points));
    return next_ == nullptr || !next_->wants_points() ? Status() : next_->on_points(offset, points);
  }

 private:
  template <class Key>
  [[nodiscard]] Status write(std::size_t offset, std::span<const Key> keys) const noexcept {
    const FamilyCode& code = code_of(network_.family);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      AddressText text;
      if (const Code done = code.write_key(network_, form_, keys[i], text); done != Code::ok) {
        return Error{done, {}};
      }
      place(offset + i, text.view());
    }
    return {};
  }

  void place(std::size_t number, std::string_view text) const noexcept {
    const auto row = rows_.text.subspan(number * rows_.stride, rows_.stride);
    std::fill(std::copy(text.begin(), text.end(), row.begin()), row.end(), '\0');
  }

  const Network& network_;
  AddressForm form_;
  AddressRows rows_;
  keys::BulkObserver* next_;
};

// The characters of the longest address of that form, from one that is written as an example.
Result<std::size_t> text_size_max(const Network& network, AddressForm form) {
  constexpr std::size_t solana_max = 44;  // some keys take fewer characters
  constexpr std::size_t base58check_max = 36;
  constexpr std::array<std::uint8_t, 33> generator = {
      0x02, 0x79, 0xbe, 0x66, 0x7e, 0xf9, 0xdc, 0xbb, 0xac, 0x55, 0xa0,
      0x62, 0x95, 0xce, 0x87, 0x0b, 0x07, 0x02, 0x9b, 0xfc, 0xdb, 0x2d,
      0xce, 0x28, 0xd9, 0x59, 0xf2, 0x81, 0x5b, 0x16, 0xf8, 0x17, 0x98};
  AddressText text;
  if (code_of(network.family).write_key(network, form, generator, text) != Code::ok) {
    return refused(Code::unsupported,
                   std::string(name_of(form)) + " is the address of a script, not of a key");
  }
  switch (form) {
    case AddressForm::solana: return solana_max;
    case AddressForm::p2pkh:
    case AddressForm::p2sh_p2wpkh:
    case AddressForm::tron:
    case AddressForm::xrp: return base58check_max;
    default: return text.view().size();
  }
}

Status check(const Network& network, AddressForm form, keys::Curve curve, const AddressRows& rows,
             std::span<const PublicKey> public_keys) {
  if (!code_of(network.family).has_form(network, form)) {
    return no_such_form(network, form);
  }
  COFFER_TRY_ASSIGN(const std::size_t size, text_size_max(network, form));
  if (curve != network.curve) {
    return Error{Code::invalid_key, "parent: its key is on " + std::string(keys::name_of(curve)) +
                                        ", network " + network.name + " needs one on " +
                                        std::string(keys::name_of(network.curve))};
  }
  if (rows.stride < size + 1) {
    return Error{Code::buffer_too_small,
                 "stride: an address of " + network.name + " takes " + std::to_string(size + 1) +
                     " bytes with its NUL, not " + std::to_string(rows.stride)};
  }
  const std::size_t count = rows.text.size() / rows.stride;
  if (!public_keys.empty() && public_keys.size() != count) {
    return Error{Code::invalid_argument, "public_keys: there is room for " +
                                             std::to_string(public_keys.size()) + " keys and " +
                                             std::to_string(count) + " addresses"};
  }
  return {};
}

// An error of the writer comes through the derivation without a text, which would need memory.
Status explained(Status status) {
  if (!status && status.error().message.empty()) {
    return Error{status.error().code, "a derived key gives no address"};
  }
  return status;
}

Status run(const Network& network, AddressForm form, const AddressRows& rows,
           std::span<PublicKey> public_keys, const keys::BulkOptions& options,
           const std::function<Status(std::span<PublicKey>, const keys::BulkOptions&)>& derive) {
  std::vector<PublicKey> own(public_keys.empty() ? rows.text.size() / rows.stride : 0);
  Writer writer(network, form, rows, options.observer);
  return explained(
      derive(public_keys.empty() ? std::span(own) : public_keys, {options.threads, &writer}));
}

}  // namespace

Status derive_addresses(const Network& network, AddressForm form,
                        const keys::ExtendedPublicKey& parent, std::uint32_t first,
                        const AddressRows& rows, std::span<PublicKey> public_keys,
                        const keys::BulkOptions& options) {
  form = form_of(network, form);
  COFFER_TRY(check(network, form, parent.curve(), rows, public_keys));
  return run(network, form, rows, public_keys, options,
             [&](std::span<PublicKey> out, const keys::BulkOptions& inner) {
               return keys::derive_public_children(parent, first, out, inner);
             });
}

Status derive_addresses(const Network& network, AddressForm form,
                        const keys::ExtendedPrivateKey& parent, std::uint32_t first,
                        const keys::Path& tail, const AddressRows& rows,
                        std::span<PublicKey> public_keys, const keys::BulkOptions& options) {
  form = form_of(network, form);
  COFFER_TRY(check(network, form, parent.curve(), rows, public_keys));
  return run(network, form, rows, public_keys, options,
             [&](std::span<PublicKey> out, const keys::BulkOptions& inner) {
               return keys::derive_children(parent, first, tail, out, {}, inner);
             });
}

}  // namespace coffer::chain
