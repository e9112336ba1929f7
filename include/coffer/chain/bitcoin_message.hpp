// SPDX-License-Identifier: MIT
// Signed messages of the Bitcoin family: the legacy format (BIP-137) and the generic one (BIP-322).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/chain/bitcoin_script.hpp>
#include <coffer/chain/network.hpp>
#include <coffer/core/result.hpp>
#include <coffer/keys/signer.hpp>

namespace coffer::chain {

// A message is any bytes; by custom it is UTF-8 text. Nothing is added to it or taken from it: a
// line feed at its end counts. Signatures are Base64 texts. Sign with BIP-322 where the verifier
// knows it: the legacy format exists for single keys only, and does not commit to the key.

/// The longest signature that the verifiers look at, in characters.
inline constexpr std::size_t message_signature_size_max = 100'000;

/// What a legacy signature says its address is. The values are the first of four header bytes that
/// BIP-137 gives to each.
enum class LegacyMessageKind : std::uint8_t {
  p2pkh_uncompressed = 27,  ///< P2PKH of the key's 65 bytes, as until 2012.
  p2pkh = 31,
  p2sh_p2wpkh = 35,
  p2wpkh = 39,
};

/// Signs `message` in the legacy format.
///
/// The network's row says what the message begins with; Bitcoin Cash begins like Bitcoin.
/// Fails with `unsupported` (not of the Bitcoin family), `invalid_argument` (no such kind, a key on
/// another curve), and as `keys::Signer::sign` does.
/// Standard: BIP-137; Bitcoin Core's signmessage for `p2pkh`.
[[nodiscard]] Result<std::string> sign_legacy_message(keys::Signer& signer,
                                                      const keys::KeyReference& key,
                                                      const Network& network,
                                                      LegacyMessageKind kind,
                                                      std::string_view message);

/// Whether `signature` is that of `address` over `message`, in the legacy format.
///
/// The header must say what the address is. One concession: the headers of compressed P2PKH are
/// taken for segwit addresses of a single key too, because Electrum and others write them.
///
/// Fails with, first match wins: `unsupported` (not of the Bitcoin family), as `decode_address`
/// does, `unsupported` (an address of a script or of taproot), `signature_invalid` (the message
/// says whether the Base64, the size, the header or the signature itself is wrong).
[[nodiscard]] Status verify_legacy_message(const Network& network, std::string_view address,
                                           std::string_view message, std::string_view signature);

/// The fields of BIP-322's virtual transaction that scripts with time locks look at. With anything
/// but zeros the signature is in the full format.
struct Bip322Times {
  std::uint32_t version = 0;    ///< 0 or 2; 2 for relative time locks.
  std::uint32_t lock_time = 0;  ///< BIP-65: a height, or seconds from 500,000,000 on.
  std::uint32_t sequence = 0;   ///< BIP-68: an age in blocks or in units of 512 seconds.
  friend bool operator==(const Bip322Times&, const Bip322Times&) = default;
};

/// Signs `message` for the address that `network` and `form` make of one key.
///
/// `form` is `p2pkh`, `p2sh_p2wpkh`, `p2wpkh` or `p2tr` (the key path without scripts, BIP-86).
/// The signature is in the simple format ("smp") for the last two and without `times`, in the full
/// one ("ful") otherwise. The same call gives the same signature: Schnorr's auxiliary bytes are
/// zeros.
///
/// Fails with `unsupported` (not of the Bitcoin family, or no such form), `invalid_argument`
/// (another form, a key on another curve, a version that is neither 0 nor 2), and as
/// `keys::Signer::sign` does. Standard: BIP-322.
[[nodiscard]] Result<std::string> sign_bip322(keys::Signer& signer, const keys::KeyReference& key,
                                              const Network& network, AddressForm form,
                                              std::string_view message,
                                              const Bip322Times& times = {});

/// Signs `message` for the address of a multisig script, with as many of `keys` as it asks for.
///
/// `script` is m-of-n as `sorted_multisig_script` makes it, in any order of its keys; `form` is
/// `p2sh` or `p2wsh`. Keys that the script does not hold are an error, not skipped.
///
/// Fails with `unsupported` (not of the Bitcoin family, or no such form), `invalid_argument`
/// (another form, a script that is no multisig, too few keys, a key that the script does not hold
/// or that comes twice; the message names the key's place), and as `sign_bip322` does.
[[nodiscard]] Result<std::string> sign_bip322_multisig(keys::Signer& signer,
                                                       std::span<const keys::KeyReference> keys,
                                                       const Network& network, AddressForm form,
                                                       std::span<const std::uint8_t> script,
                                                       std::string_view message,
                                                       const Bip322Times& times = {});

/// An output that a proof of funds claims.
struct ProvenOutput {
  std::string chain_tx_id;  ///< In hexadecimal, as explorers show it.
  std::uint32_t index = 0;
  std::uint64_t value = 0;  ///< Satoshi, as the proof says.
  Script script;
  std::uint32_t sequence = 0;
};

/// What a valid signature says beside being valid.
struct Bip322Proof {
  /// "Valid at time `lock_time` and age `sequence`": all zeros without time locks.
  Bip322Times times;
  /// Of a proof of funds. That these outputs exist, hold this value and are not spent is for the
  /// caller to look up: the proof shows only that the signer satisfied these scripts.
  std::vector<ProvenOutput> outputs;
};

/// Whether `signature` is that of `address` over `message`.
///
/// Reads all formats of the standard: simple ("smp", or without a prefix, as before BIP-322 was
/// final), full ("ful"), proof of funds ("pof", a finalised PSBT), and for P2PKH addresses the
/// legacy one. Scripts are run by consensus and the rules that BIP-322 adds, as far as wallets'
/// scripts go (all that miniscript compiles to).
///
/// Fails with, first match wins:
///   - `unsupported`        not of the Bitcoin family
///   - as `decode_address` does
///   - `signature_invalid`  the message says what is wrong, and at which input
///   - `unsupported`        BIP-322's "inconclusive": a script, version or annex that has no
///                          meaning here
/// Threads: any. Cost: the square of the signature's size at worst, for legacy scripts.
[[nodiscard]] Result<Bip322Proof> verify_bip322(const Network& network, std::string_view address,
                                                std::string_view message,
                                                std::string_view signature);

}  // namespace coffer::chain
