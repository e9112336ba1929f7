// SPDX-License-Identifier: MIT
// The machine: control flow, limits, time locks and signatures.
#include "chain/bitcoin/script_machine.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace coffer::chain::bitcoin {

namespace {

// Consensus limits (BIP-342 lifts the first two for tapscript).
constexpr std::size_t script_size_max = 10'000;
constexpr std::size_t operations_max = 201;
constexpr std::size_t element_size_max = 520;
constexpr std::size_t stack_size_max = 1'000;
constexpr std::int64_t multisig_keys_max = 20;

constexpr Verdict not_known = {Judgement::open,
                               "the script has an operation that is not known here"};
constexpr Verdict wrong_signature = {Judgement::invalid,
                                     "a signature is not that of its key over this message"};
constexpr Verdict too_many_operations = {Judgement::invalid,
                                         "the script has more than 201 operations"};

// What follows is known by its byte alone; an operation that is not is refused even where it would
// not run, since some of those make a script succeed or fail wherever they stand.
bool is_known(Op op) {
  switch (op) {
    case Op::if_true:
    case Op::if_false:
    case Op::otherwise:
    case Op::end_if:
    case Op::fail:
    case Op::to_alternative:
    case Op::from_alternative:
    case Op::check_signature:
    case Op::check_signature_verify:
    case Op::check_multisig:
    case Op::check_multisig_verify:
    case Op::check_lock_time:
    case Op::check_sequence:
    case Op::check_signature_add: return true;
    default: break;
  }
  bool on_stack = false;
  ScriptStack nothing;
  static_cast<void>(nothing.run(op, on_stack));
  return on_stack;
}

class Machine {
 public:
  Machine(std::span<const std::uint8_t> script, ScriptRules rules, SpendContext& context,
          ScriptStack& stack)
      : script_(script), rules_(rules), context_(context), stack_(stack) {}

  Verdict run() {
    if (rules_ != ScriptRules::tapscript && script_.size() > script_size_max) {
      return invalid("the script is longer than 10,000 bytes");
    }
    ScriptReader reader(script_);
    while (const auto step = reader.next()) {
      Verdict verdict = check_step(*step);
      const bool is_running =
          std::find(branches_.begin(), branches_.end(), false) == branches_.end();
      const Op op{step->op};
      if (verdict.is_valid() && op >= Op::if_true && op <= Op::end_if) {
        verdict = branch(op, is_running);
      } else if (verdict.is_valid() && is_running) {
        verdict = execute(*step);
      }
      if (!verdict.is_valid()) {
        return verdict;
      }
      if (stack_.size() + alternative_.size() > stack_size_max) {
        return invalid("the script's stack holds more than 1,000 elements");
      }
    }
    if (reader.is_broken()) {
      return invalid("the script ends within a push");
    }
    return branches_.empty() ? Verdict{} : invalid("the script ends within a condition");
  }

 private:
  Verdict check_step(const ScriptStep& step) {
    const Op op{step.op};
    if (step.data.size() > element_size_max) {
      return invalid("the script pushes more than 520 bytes");
    }
    if (op == Op::code_separator) {
      return invalid("the script has a code separator");
    }
    if (op > Op::push_16) {
      if (rules_ != ScriptRules::tapscript && ++operations_ > operations_max) {
        return too_many_operations;
      }
      return is_known(op) ? Verdict{} : not_known;
    }
    return step.is_push || op == Op::push_negative || op >= Op::push_1 ? Verdict{} : not_known;
  }

  Verdict branch(Op op, bool is_running) {
    if (op == Op::end_if || op == Op::otherwise) {
      if (branches_.empty()) {
        return invalid("the script ends a condition that it did not begin");
      }
      if (op == Op::end_if) {
        branches_.pop_back();
      } else {
        branches_.back() = !branches_.back();
      }
      return {};
    }
    if (!is_running) {
      branches_.push_back(false);
      return {};
    }
    Bytes condition;
    if (!stack_.pop(condition)) {
      return too_few;
    }
    if (!condition.empty() && condition != Bytes{1}) {
      return invalid("a condition of the script is neither empty nor 1");
    }
    branches_.push_back(condition.empty() == (op == Op::if_false));
    return {};
  }

  Verdict execute(const ScriptStep& step) {
    const Op op{step.op};
    if (step.is_push) {
      if (!step.is_minimal) {
        return invalid("a push of the script is not in its shortest form");
      }
      stack_.push({step.data.begin(), step.data.end()});
      return {};
    }
    if (op <= Op::push_16) {
      stack_.push_number(step.op - 0x50);
      return {};
    }
    switch (op) {
      case Op::fail: return invalid("the script fails by itself");
      case Op::check_lock_time:
      case Op::check_sequence: return check_time(op);
      case Op::to_alternative: return move(stack_, alternative_);
      case Op::from_alternative: return move(alternative_, stack_);
      case Op::check_signature:
      case Op::check_signature_verify:
      case Op::check_signature_add: return check_signature(op);
      case Op::check_multisig:
      case Op::check_multisig_verify: return check_multisig(op == Op::check_multisig_verify);
      default: break;
    }
    bool on_stack = false;
    const Verdict verdict = stack_.run(op, on_stack);
    return on_stack ? verdict : not_known;
  }

  static Verdict move(ScriptStack& from, ScriptStack& to) {
    Bytes element;
    if (!from.pop(element)) {
      return too_few;
    }
    to.push(std::move(element));
    return {};
  }

  Verdict check_time(Op op) {
    if (stack_.size() == 0) {
      return too_few;
    }
    const auto number = script_number(stack_.top(), 5);
    if (!number || *number < 0) {
      return invalid("a time lock of the script is not a number");
    }
    const bool is_reached = op == Op::check_lock_time ? context_.reaches_lock_time(*number)
                                                      : context_.reaches_sequence(*number);
    return is_reached ? Verdict{} : invalid("a time lock of the script is not reached");
  }

  Verdict check_signature(Op op) {
    const bool is_adding = op == Op::check_signature_add;
    if (is_adding && rules_ != ScriptRules::tapscript) {
      return not_known;
    }
    Bytes key;
    Bytes signature;
    std::int64_t sum = 0;
    if (!stack_.pop(key)) {
      return too_few;
    }
    if (is_adding) {
      if (const Verdict verdict = stack_.pop_number(sum); !verdict.is_valid()) {
        return verdict;
      }
    }
    if (!stack_.pop(signature)) {
      return too_few;
    }
    bool is_right = false;
    if (const Verdict verdict = check_one(signature, key, is_right); !verdict.is_valid()) {
      return verdict;
    }
    if (!is_right && !signature.empty()) {
      return wrong_signature;
    }
    if (is_adding) {
      stack_.push_number(sum + (is_right ? 1 : 0));
      return {};
    }
    return stack_.conclude(is_right, op == Op::check_signature_verify);
  }

  // An empty signature is wrong by agreement; tapscript still looks at the key.
  Verdict check_one(const Bytes& signature, const Bytes& key, bool& is_right) {
    if (signature.empty() && rules_ != ScriptRules::tapscript) {
      return {};
    }
    return context_.check_signature(signature, key, script_, is_right);
  }

  Verdict check_multisig(bool is_verifying) {
    if (rules_ == ScriptRules::tapscript) {
      return invalid("tapscript has no multisig of this kind");
    }
    std::vector<Bytes> keys;
    std::vector<Bytes> signatures;
    if (const Verdict verdict = stack_.pop_list(multisig_keys_max, keys); !verdict.is_valid()) {
      return verdict;
    }
    operations_ += keys.size();
    if (operations_ > operations_max) {
      return too_many_operations;
    }
    const auto count_max = static_cast<std::int64_t>(keys.size());
    if (const Verdict verdict = stack_.pop_list(count_max, signatures); !verdict.is_valid()) {
      return verdict;
    }
    Bytes extra;
    if (!stack_.pop(extra)) {
      return too_few;
    }
    if (!extra.empty()) {
      return invalid("the element below a multisig's signatures is not empty");
    }
    std::size_t at = 0;
    for (std::size_t k = 0; k < keys.size() && at < signatures.size(); ++k) {
      bool is_right = false;
      if (const Verdict verdict = check_one(signatures[at], keys[k], is_right);
          !verdict.is_valid()) {
        return verdict;
      }
      at += is_right ? 1 : 0;
    }
    const bool is_complete = at == signatures.size();
    if (!is_complete && std::any_of(signatures.begin(), signatures.end(),
                                    [](const Bytes& signature) { return !signature.empty(); })) {
      return wrong_signature;
    }
    return stack_.conclude(is_complete, is_verifying);
  }

  std::span<const std::uint8_t> script_;
  ScriptRules rules_;
  SpendContext& context_;
  ScriptStack& stack_;
  ScriptStack alternative_;
  std::vector<bool> branches_;
  std::size_t operations_ = 0;
};

}  // namespace

Verdict run_script(std::span<const std::uint8_t> script, ScriptRules rules, SpendContext& context,
                   ScriptStack& stack) {
  return Machine(script, rules, context, stack).run();
}

}  // namespace coffer::chain::bitcoin
