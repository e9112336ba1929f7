// SPDX-License-Identifier: MIT
// Fuzzes the readers of addresses of every network: what is read is written to the same again.
#include <coffer/chain/bitcoin_script.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace coffer::chain;

namespace {

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

void check_script(const Network& network, const Address& address) {
  const auto script = output_script(address);
  require(script.has_value());
  const auto back = address_of_output_script(network, *script);
  require(back.has_value() && back->payload == address.payload);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const NetworkTable table;
  for (const AddressMatch& match : find_networks(table, text)) {
    const Network& network = *match.network;
    require(has_form(network, match.address.form));
    const auto written = encode_address(network, match.address);
    require(written.has_value() && written->size() <= address_size_max);
    const auto again = decode_address(network, *written);
    require(again.has_value() && *again == match.address);
    require(*encode_address(network, *again) == *written);
    if (network.family == Family::bitcoin) {
      check_script(network, match.address);
    }
  }
  static const Network& bitcoin = **table.find("bitcoin");
  if (const auto read = decode_address(bitcoin, text); !read) {
    require(read.error().code == coffer::Code::address_syntax ||
            read.error().code == coffer::Code::address_checksum ||
            read.error().code == coffer::Code::address_network);
    require(read.error().message.size() < 300);
  }
  if (const auto address = address_of_output_script(bitcoin, {data, size})) {
    const auto script = output_script(*address);
    require(script.has_value() && std::string_view(reinterpret_cast<const char*>(script->data()),
                                                   script->size()) == text);
  }
  return 0;
}
