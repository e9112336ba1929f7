// SPDX-License-Identifier: MIT
// The ways to spend: by script, by script hash, by witness, by taproot's key or leaf.
#include "chain/bitcoin/spend_check.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "chain/bitcoin/script_machine.hpp"
#include "chain/bitcoin/taproot.hpp"
#include "crypto/hash160.hpp"
#include "crypto/secp256k1.hpp"

namespace coffer::chain::bitcoin {

namespace {

namespace secp256k1 = crypto::secp256k1;

constexpr std::uint8_t sighash_all = 1;
constexpr std::uint8_t tapscript_version = 0xc0;
constexpr std::uint8_t annex_mark = 0x50;
constexpr std::size_t taproot_depth_max = 128;

// One input on its way through the rules.
class Spend final : public SpendContext {
 public:
  Spend(const RawTransaction& transaction, std::size_t input, std::span<const Output> spent)
      : transaction_(transaction), at_(input), spent_(spent) {}

  Verdict check() {
    const Bytes& script = spent_[at_].script;
    if (const auto witness = witness_script_of(script)) {
      if (!input().script.empty()) {
        return invalid("the input of a segwit output has a script");
      }
      return by_witness(*witness, false);
    }
    ScriptStack stack;
    Bytes last;
    if (const Verdict verdict = run_pushes(stack, last); !verdict.is_valid()) {
      return verdict;
    }
    if (script_hash_of(script)) {
      return by_script_hash(std::move(stack), last);
    }
    if (!input().witness.empty()) {
      return unexpected_witness();
    }
    return run_clean(script, ScriptRules::legacy, stack);
  }

  Verdict check_signature(std::span<const std::uint8_t> signature,
                          std::span<const std::uint8_t> key, std::span<const std::uint8_t> script,
                          bool& is_right) override {
    is_right = false;
    return rules_ == ScriptRules::tapscript ? check_tapscript(signature, key, is_right)
                                            : check_ecdsa(signature, key, script, is_right);
  }

  // BIP-65: the same kind of time on both sides, and an input that is not final.
  [[nodiscard]] bool reaches_lock_time(std::int64_t time) const override {
    constexpr std::int64_t threshold = 500'000'000;
    const std::int64_t lock_time = transaction_.lock_time;
    return (time < threshold) == (lock_time < threshold) && time <= lock_time &&
           input().sequence != 0xffffffff;
  }

  // BIP-112 over the bits of BIP-68.
  [[nodiscard]] bool reaches_sequence(std::int64_t sequence) const override {
    constexpr std::int64_t disabled = std::int64_t{1} << 31;
    constexpr std::int64_t seconds = std::int64_t{1} << 22;
    constexpr std::int64_t mask = 0xffff;
    if ((sequence & disabled) != 0) {
      return true;
    }
    const std::int64_t own = input().sequence;
    return transaction_.version >= 2 && (own & disabled) == 0 &&
           (sequence & seconds) == (own & seconds) && (sequence & mask) <= (own & mask);
  }

 private:
  [[nodiscard]] const Input& input() const { return transaction_.inputs[at_]; }

  static Verdict unexpected_witness() {
    return invalid("the input has a witness and its output is not segwit");
  }

  // The script of the input may only push; `last` is what it pushed last.
  Verdict run_pushes(ScriptStack& stack, Bytes& last) {
    ScriptReader reader(input().script);
    while (const auto step = reader.next()) {
      if (!step->is_push && step->op > static_cast<std::uint8_t>(Op::push_16)) {
        return open_verdict("the script of the input does more than push");
      }
    }
    const Verdict verdict = run_script(input().script, ScriptRules::legacy, *this, stack);
    if (verdict.is_valid() && stack.size() > 0) {
      last = stack.top();
    }
    return verdict;
  }

  Verdict run_clean(std::span<const std::uint8_t> script, ScriptRules rules, ScriptStack& stack) {
    rules_ = rules;
    if (const Verdict verdict = run_script(script, rules, *this, stack); !verdict.is_valid()) {
      return verdict;
    }
    if (stack.size() != 1) {
      return invalid("the script leaves more or less than one element");
    }
    return stack.verify();
  }

  Verdict by_script_hash(ScriptStack stack, const Bytes& script) {
    const auto wanted = *script_hash_of(spent_[at_].script);
    const auto hash = crypto::hash160(script);
    Bytes taken;
    if (!stack.pop(taken) || !std::equal(hash.begin(), hash.end(), wanted.begin())) {
      return invalid("the script is not that of the address");
    }
    if (const auto witness = witness_script_of(script)) {
      Bytes only;
      put_push(script, only);
      if (input().script != only) {
        return invalid("the script of the input pushes more than the witness program");
      }
      return by_witness(*witness, true);
    }
    return input().witness.empty() ? run_clean(script, ScriptRules::legacy, stack)
                                   : unexpected_witness();
  }

  Verdict by_witness(const WitnessScript& output, bool is_nested) {
    const auto& witness = input().witness;
    if (output.version == 0 && output.program.size() == 20) {
      if (witness.size() != 2) {
        return invalid("the witness of a key hash is not a signature and a key");
      }
      return run_witness(key_hash_script(output.program), ScriptRules::segwit, 0);
    }
    if (output.version == 0 && output.program.size() == 32) {
      if (witness.empty()) {
        return invalid("the witness is empty");
      }
      const Digest32 hash = crypto::sha256(witness.back());
      if (!std::equal(hash.begin(), hash.end(), output.program.begin())) {
        return invalid("the script is not that of the address");
      }
      return run_witness(witness.back(), ScriptRules::segwit, 1);
    }
    if (output.version == 0) {
      return invalid("a program of segwit version 0 has neither 20 nor 32 bytes");
    }
    if (output.version == 1 && output.program.size() == 32 && !is_nested) {
      return by_taproot(output.program.first<32>());
    }
    return open_verdict("the address has a segwit version without a meaning");
  }

  // Runs a script over the witness without its last `left_out` items.
  Verdict run_witness(std::span<const std::uint8_t> script, ScriptRules rules,
                      std::size_t left_out) {
    const auto& witness = input().witness;
    ScriptStack stack;
    for (std::size_t i = 0; i + left_out < witness.size(); ++i) {
      if (witness[i].size() > 520) {
        return invalid("an item of the witness has more than 520 bytes");
      }
      stack.push(witness[i]);
    }
    return run_clean(script, rules, stack);
  }

  Verdict by_taproot(std::span<const std::uint8_t, 32> wanted) {
    const auto& witness = input().witness;
    if (witness.empty()) {
      return invalid("the witness is empty");
    }
    if (witness.size() > 1 && !witness.back().empty() && witness.back()[0] == annex_mark) {
      return open_verdict("the witness has an annex");
    }
    if (witness.size() == 1) {
      bool is_right = false;
      const Verdict verdict = check_schnorr(witness[0], wanted, std::nullopt, is_right);
      return !verdict.is_valid() || is_right ? verdict
                                             : invalid("the signature is not that of the key");
    }
    const Bytes& control = witness.back();
    const Bytes& script = witness[witness.size() - 2];
    if (control.size() < 33 || (control.size() - 33) % 32 != 0 ||
        (control.size() - 33) / 32 > taproot_depth_max) {
      return invalid("the control block has a wrong size");
    }
    const auto version = static_cast<std::uint8_t>(control[0] & 0xfe);
    const Digest32 leaf = leaf_hash(version, script);
    if (!is_committed(control, leaf, wanted)) {
      return invalid("the script is not that of the address");
    }
    if (version != tapscript_version) {
      return open_verdict("the leaf has a version without a meaning");
    }
    leaf_ = leaf;
    // BIP-342: 50 and one for each byte of the witness; each signature that is checked takes 50.
    Bytes bytes;
    put_witness(witness, bytes);
    budget_ = static_cast<std::int64_t>(bytes.size()) + 50;
    return run_witness(script, ScriptRules::tapscript, 2);
  }

  static Digest32 leaf_hash(std::uint8_t version, const Bytes& script) {
    Bytes bytes = {version};
    put_sized_bytes(script, bytes);
    return tagged_hash("TapLeaf", {bytes});
  }

  // BIP-341: the path from the leaf to the root, and the root in the output key.
  static bool is_committed(const Bytes& control, const Digest32& leaf,
                           std::span<const std::uint8_t, 32> wanted) {
    Digest32 node = leaf;
    for (std::size_t at = 33; at < control.size(); at += 32) {
      const auto sibling = std::span(control).subspan(at, 32);
      const bool is_first =
          std::lexicographical_compare(node.begin(), node.end(), sibling.begin(), sibling.end());
      node = is_first ? tagged_hash("TapBranch", {node, sibling})
                      : tagged_hash("TapBranch", {sibling, node});
    }
    const auto internal = std::span(control).subspan<1, 32>();
    const auto key = output_key(internal, node);
    return key && std::equal(wanted.begin(), wanted.end(), key->key.begin()) &&
           key->is_odd == ((control[0] & 1) != 0);
  }

  Verdict check_schnorr(std::span<const std::uint8_t> signature,
                        std::span<const std::uint8_t, 32> key, const std::optional<Digest32>& leaf,
                        bool& is_right) {
    if (signature.size() != 64 && (signature.size() != 65 || signature[64] != sighash_all)) {
      return invalid("a Schnorr signature is not 64 bytes, or does not cover all");
    }
    const std::uint8_t type = signature.size() == 64 ? 0 : sighash_all;
    secp256k1::Signature bytes;
    std::copy_n(signature.begin(), 64, bytes.begin());
    is_right = secp256k1::verify_schnorr(key, taproot_digest(transaction_, at_, spent_, type, leaf),
                                         bytes);
    return {};
  }

  Verdict check_tapscript(std::span<const std::uint8_t> signature,
                          std::span<const std::uint8_t> key, bool& is_right) {
    if (key.empty()) {
      return invalid("a key of the script is empty");
    }
    if (!signature.empty() && (budget_ -= 50) < 0) {
      return invalid("the script checks more signatures than its witness pays for");
    }
    if (key.size() != 32) {
      return open_verdict("the script has a key of a kind that is not known here");
    }
    return signature.empty() ? Verdict{}
                             : check_schnorr(signature, key.first<32>(), leaf_, is_right);
  }

  Verdict check_ecdsa(std::span<const std::uint8_t> signature, std::span<const std::uint8_t> key,
                      std::span<const std::uint8_t> script, bool& is_right) {
    if (signature.back() != sighash_all) {
      return invalid("a signature does not cover all");
    }
    const auto der = secp256k1::from_der(signature.first(signature.size() - 1));
    if (!der) {
      return invalid("a signature is not strict DER");
    }
    if (secp256k1::normalise(*der) != der) {
      return invalid("a signature has a high s");
    }
    const bool is_compressed = key.size() == 33 && (key[0] == 2 || key[0] == 3);
    if (!is_compressed && (key.size() != 65 || key[0] != 4)) {
      return invalid("a key is neither compressed nor uncompressed");
    }
    if (rules_ == ScriptRules::legacy && has_push(script, signature)) {
      return invalid("the script holds its own signature");
    }
    const Digest32 digest = rules_ == ScriptRules::legacy
                                ? legacy_digest(transaction_, at_, script)
                                : segwit_digest(transaction_, at_, script, spent_[at_].value);
    is_right = secp256k1::verify(key, digest, *der);
    return {};
  }

  // Consensus would cut the signature out of the script, which BIP-322 forbids to need.
  static bool has_push(std::span<const std::uint8_t> script,
                       std::span<const std::uint8_t> signature) {
    ScriptReader reader(script);
    while (const auto step = reader.next()) {
      if (std::equal(step->data.begin(), step->data.end(), signature.begin(), signature.end())) {
        return true;
      }
    }
    return false;
  }

  const RawTransaction& transaction_;
  std::size_t at_;
  std::span<const Output> spent_;
  ScriptRules rules_ = ScriptRules::legacy;
  std::optional<Digest32> leaf_;
  std::int64_t budget_ = 0;
};

}  // namespace

Verdict check_input(const RawTransaction& transaction, std::size_t input,
                    std::span<const Output> spent) {
  return Spend(transaction, input, spent).check();
}

}  // namespace coffer::chain::bitcoin
