// SPDX-License-Identifier: MIT
// Properties of all addresses on random input: reading undoes writing, typing errors are refused.
#include <coffer/chain/address.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "chain_rows.hpp"

using namespace coffer::chain;

namespace {

constexpr AddressForm forms[] = {
    AddressForm::p2pkh,      AddressForm::p2sh,      AddressForm::p2wpkh,
    AddressForm::p2wsh,      AddressForm::p2tr,      AddressForm::witness_unknown,
    AddressForm::cash_p2pkh, AddressForm::cash_p2sh, AddressForm::evm,
    AddressForm::tron,       AddressForm::tron_hex,  AddressForm::solana,
    AddressForm::cosmos,     AddressForm::xrp,       AddressForm::x_address,
    AddressForm::stellar};

bool has_checksum(AddressForm form) {
  return form != AddressForm::tron_hex && form != AddressForm::solana && form != AddressForm::evm;
}

Address random_address(AddressForm form, std::mt19937_64& random) {
  Address address;
  address.form = form;
  std::size_t size = 20;
  switch (form) {
    case AddressForm::p2wsh:
    case AddressForm::p2tr:
    case AddressForm::solana:
    case AddressForm::stellar: size = 32; break;
    case AddressForm::witness_unknown: size = 2 + random() % 39; break;
    case AddressForm::cosmos:
    case AddressForm::cash_p2sh: size = random() % 2 == 0 ? 20 : 32; break;
    default: break;
  }
  for (std::size_t i = 0; i < size; ++i) {
    // Leading zeros are where Base58 goes wrong first.
    address.payload.push_back(i < random() % 4 ? 0 : static_cast<std::uint8_t>(random()));
  }
  if (form == AddressForm::p2tr) {
    address.witness_version = 1;
  } else if (form == AddressForm::witness_unknown) {
    address.witness_version = static_cast<std::uint8_t>(2 + random() % 15);
  } else if (form == AddressForm::x_address && random() % 2 == 0) {
    address.destination_tag = static_cast<std::uint32_t>(random());
  }
  return address;
}

template <class Visit>
void for_each_form(Visit visit) {
  for (const Network* network : NetworkTable().rows()) {
    for (const AddressForm form : forms) {
      if (has_form(*network, form)) {
        INFO(network->name << " " << std::string(name_of(form)));
        visit(*network, form);
      }
    }
  }
}

}  // namespace

TEST_CASE("reading what was written gives the same address") {
  std::mt19937_64 random(20251125);
  for_each_form([&](const Network& network, AddressForm form) {
    for (int i = 0; i < 40; ++i) {
      const Address address = random_address(form, random);
      const auto text = encode_address(network, address);
      REQUIRE(text.has_value());
      CHECK(text->size() <= address_size_max);
      const auto read = decode_address(network, *text);
      REQUIRE_MESSAGE(read.has_value(), read.error().message);
      CHECK(*read == address);
      CHECK(*encode_address(network, *read) == *text);
    }
  });
}

TEST_CASE("one wrong character is always refused where the format has a checksum") {
  constexpr std::string_view all =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz:_ \x80";
  std::mt19937_64 random(7);
  for_each_form([&](const Network& network, AddressForm form) {
    if (!has_checksum(form) || network.is_test) {
      return;
    }
    const std::string text = *encode_address(network, random_address(form, random));
    for (std::size_t place = 0; place < text.size(); ++place) {
      for (int i = 0; i < 4; ++i) {
        std::string wrong = text;
        wrong[place] = all[random() % all.size()];
        if (wrong[place] != text[place]) {
          INFO(text << " became " << wrong);
          CHECK_FALSE(decode_address(network, wrong).has_value());
        }
      }
    }
  });
}

TEST_CASE("two swapped, one missing and one doubled character are refused") {
  std::mt19937_64 random(11);
  for_each_form([&](const Network& network, AddressForm form) {
    if (!has_checksum(form) || network.is_test) {
      return;
    }
    const std::string text = *encode_address(network, random_address(form, random));
    for (std::size_t place = 0; place + 1 < text.size(); ++place) {
      std::string swapped = text;
      std::swap(swapped[place], swapped[place + 1]);
      INFO(text << " at " << place);
      CHECK((swapped == text || !decode_address(network, swapped).has_value()));
      std::string missing = text;
      missing.erase(place, 1);
      std::string doubled = text;
      doubled.insert(place, 1, text[place]);
      CHECK_FALSE(decode_address(network, missing).has_value());
      CHECK_FALSE(decode_address(network, doubled).has_value());
    }
  });
}

TEST_CASE("random text is read without harm") {
  std::mt19937_64 random(3);
  const auto rows = NetworkTable().rows();
  for (int i = 0; i < 3000; ++i) {
    std::string text(random() % 100, '\0');
    for (char& c : text) {
      c = static_cast<char>(random());
    }
    const Network& network = *rows[random() % rows.size()];
    CHECK_FALSE(decode_address(network, text).has_value());
  }
}
