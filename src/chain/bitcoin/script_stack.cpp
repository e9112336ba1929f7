// SPDX-License-Identifier: MIT
// Operations on the stack alone.
#include "chain/bitcoin/script_stack.hpp"

#include "crypto/hash160.hpp"
#include "crypto/sha256.hpp"

namespace coffer::chain::bitcoin {

namespace {

constexpr Verdict not_held = {Judgement::invalid, "a condition of the script does not hold"};

}  // namespace

bool ScriptStack::pop(Bytes& out) {
  if (elements_.empty()) {
    return false;
  }
  out = std::move(elements_.back());
  elements_.pop_back();
  return true;
}

Verdict ScriptStack::pop_number(std::int64_t& value) {
  Bytes bytes;
  if (!pop(bytes)) {
    return too_few;
  }
  const auto number = script_number(bytes, 4);
  value = number.value_or(0);
  return number ? Verdict{} : invalid("a number of the script is too long or not minimal");
}

Verdict ScriptStack::pop_list(std::int64_t count_max, std::vector<Bytes>& list) {
  std::int64_t count = 0;
  if (const Verdict verdict = pop_number(count); !verdict.is_valid()) {
    return verdict;
  }
  if (count < 0 || count > count_max) {
    return invalid("a multisig of the script counts wrongly");
  }
  list.resize(static_cast<std::size_t>(count));
  for (Bytes& element : list) {
    if (!pop(element)) {
      return too_few;
    }
  }
  return {};
}

Verdict ScriptStack::conclude(bool value, bool is_verifying) {
  if (is_verifying) {
    return value ? Verdict{} : not_held;
  }
  push_truth(value);
  return {};
}

Verdict ScriptStack::verify() {
  Bytes value;
  if (!pop(value)) {
    return too_few;
  }
  return is_true(value) ? Verdict{} : not_held;
}

Verdict ScriptStack::run(Op op, bool& is_known) {
  is_known = true;
  switch (op) {
    case Op::verify: return verify();
    case Op::duplicate_if:
    case Op::depth:
    case Op::drop:
    case Op::duplicate:
    case Op::over:
    case Op::swap:
    case Op::size: return arrange(op);
    case Op::equal:
    case Op::equal_verify: return compare(op == Op::equal_verify);
    case Op::negated:
    case Op::not_zero: return change_number(op);
    case Op::add:
    case Op::both:
    case Op::either:
    case Op::same_number:
    case Op::same_number_verify: return combine(op);
    case Op::ripemd160:
    case Op::sha256:
    case Op::hash160:
    case Op::hash256: return hash(op);
    default: is_known = false; return {};
  }
}

Verdict ScriptStack::arrange(Op op) {
  const std::size_t count = elements_.size();
  if (op == Op::depth) {
    push_number(static_cast<std::int64_t>(count));
    return {};
  }
  if (count < (op == Op::over || op == Op::swap ? 2U : 1U)) {
    return too_few;
  }
  if (op == Op::drop) {
    elements_.pop_back();
  } else if (op == Op::swap) {
    std::swap(elements_[count - 1], elements_[count - 2]);
  } else if (op == Op::size) {
    push_number(static_cast<std::int64_t>(top().size()));
  } else if (op != Op::duplicate_if || is_true(top())) {
    push(elements_[op == Op::over ? count - 2 : count - 1]);
  }
  return {};
}

Verdict ScriptStack::compare(bool is_verifying) {
  Bytes a;
  Bytes b;
  if (!pop(a) || !pop(b)) {
    return too_few;
  }
  return conclude(a == b, is_verifying);
}

Verdict ScriptStack::change_number(Op op) {
  std::int64_t value = 0;
  const Verdict verdict = pop_number(value);
  push_truth((value == 0) == (op == Op::negated));
  return verdict;
}

Verdict ScriptStack::combine(Op op) {
  std::int64_t a = 0;
  std::int64_t b = 0;
  for (std::int64_t* const number : {&b, &a}) {
    if (const Verdict verdict = pop_number(*number); !verdict.is_valid()) {
      return verdict;
    }
  }
  if (op == Op::add) {
    push_number(a + b);
    return {};
  }
  const bool value = op == Op::both     ? a != 0 && b != 0
                     : op == Op::either ? a != 0 || b != 0
                                        : a == b;
  return conclude(value, op == Op::same_number_verify);
}

Verdict ScriptStack::hash(Op op) {
  Bytes bytes;
  if (!pop(bytes)) {
    return too_few;
  }
  const auto put = [this](const auto& digest) {
    elements_.emplace_back(digest.begin(), digest.end());
  };
  switch (op) {
    case Op::ripemd160: put(crypto::ripemd160(bytes)); break;
    case Op::hash160: put(crypto::hash160(bytes)); break;
    case Op::sha256: put(crypto::sha256(bytes)); break;
    default: put(crypto::sha256_twice(bytes)); break;
  }
  return {};
}

bool is_true(std::span<const std::uint8_t> element) noexcept {
  for (std::size_t i = 0; i < element.size(); ++i) {
    if (element[i] != 0) {
      return i + 1 != element.size() || element[i] != 0x80;
    }
  }
  return false;
}

}  // namespace coffer::chain::bitcoin
