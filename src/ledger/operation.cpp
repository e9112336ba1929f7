// SPDX-License-Identifier: MIT
// Outcomes in words: what the subject of a failure is depends on the failure's code.
#include <coffer/ledger/operation.hpp>

#include <algorithm>
#include <array>

#include "ledger/difference.hpp"
#include "ledger/item_field.hpp"

namespace coffer {
namespace {

using ledger::ItemField;

/// What can be wrong with a field besides its bytes; a text also has its greatest length.
struct FieldWords {
  ItemField field;
  std::string_view name;
  std::string_view bytes_max;
  std::string_view rule;
};

constexpr std::array field_words{
    FieldWords{ItemField::key, "key", "128", ""},
    FieldWords{ItemField::reference, "reference", "256", ""},
    FieldWords{ItemField::description, "description", "1024", ""},
    FieldWords{ItemField::metadata, "metadata", "4096", ""},
    FieldWords{ItemField::owner, "owner", "128", ""},
    FieldWords{ItemField::purpose, "purpose", "32", ""},
    FieldWords{ItemField::user, "user", "128", "it is empty"},
    FieldWords{ItemField::label, "label", "256", ""},
    FieldWords{ItemField::notes, "notes", "4096", ""},
    FieldWords{ItemField::kind, "kind", "",
               "a draft is a posting or a correction; reversals and captures have their own calls"},
    FieldWords{ItemField::bucket, "bucket", "", "it is neither held nor pending nor frozen"},
    FieldWords{ItemField::expires_at, "expires_at", "",
               "it is not later than the time of recording"},
    FieldWords{ItemField::destination, "destination", "",
               "neither the hold nor the capture names an account"},
    FieldWords{ItemField::end_at, "end_at", "", "it is not later than start_at"},
    FieldWords{ItemField::difference, "difference", "", "it is not the outside less the books"},
    FieldWords{ItemField::asset, "asset", "",
               "one of its fields is not allowed; registering it by itself tells which"},
    FieldWords{ItemField::records, "records", "", "their ids do not follow those of the book"},
    FieldWords{ItemField::currency, "currency", "", "it is empty"},
};

struct Sentence {
  Code code;
  std::string_view subject;  ///< what `Outcome::subject` counts; empty: nothing
  std::string_view text;
};

// Only what needs other words than the code's own name.
constexpr std::array sentences{
    Sentence{Code::not_found, "", "what was asked for does not exist"},
    Sentence{Code::invalid_utf8, "", "a text is not well-formed UTF-8"},
    Sentence{Code::closed, "", "the ledger is closed"},
    Sentence{Code::out_of_memory, "", "an allocation failed; nothing was changed"},
    Sentence{Code::amount_overflow, "account", "the balance would not fit 256 bits"},
    Sentence{Code::asset_mismatch, "account", "it is of another asset than the other entries"},
    Sentence{Code::asset_not_found, "asset", "it is not registered"},
    Sentence{Code::asset_scale_fixed, "asset", "the scale of a registered asset never changes"},
    Sentence{Code::unbalanced, "asset", "debits and credits differ"},
    Sentence{Code::no_entries, "", "a transaction needs at least two entries"},
    Sentence{Code::too_many_entries, "", "more entries than a transaction may have"},
    Sentence{Code::amount_not_positive, "entry", "the amount must be greater than zero"},
    Sentence{Code::same_account, "account", "debit and credit name the same account"},
    Sentence{Code::key_required, "", "the idempotency key is empty"},
    Sentence{Code::key_too_long, "", "the idempotency key is longer than 128 bytes"},
    Sentence{Code::text_too_long, "", "a reference, description or metadata text is too long"},
    Sentence{Code::effective_in_future, "", "effective_at is later than the time of recording"},
    Sentence{Code::group_failed, "", "another item of the same group failed"},
    Sentence{Code::not_attempted, "", "an earlier item failed and the batch stopped there"},
    Sentence{Code::account_not_found, "account", "there is no such account"},
    Sentence{Code::account_frozen, "account", "it is frozen"},
    Sentence{Code::account_closed, "account", "it is closed"},
    Sentence{Code::account_not_empty, "account",
             "it can be closed only at balance zero and without holds"},
    Sentence{Code::exceeds_balance, "account",
             "the available balance would fall below its minimum"},
    Sentence{Code::exceeds_limit, "account", "the balance would rise above its maximum"},
    Sentence{Code::condition_not_met, "account",
             "its available balance is less than the condition demands"},
    Sentence{Code::invalid_bounds, "account",
             "the minimum is above the maximum, or the present balance is outside of them"},
    Sentence{Code::hold_not_found, "hold", "there is no such hold"},
    Sentence{Code::hold_not_open, "hold", "it was released, fully captured or has expired"},
    Sentence{Code::exceeds_hold, "hold", "the capture is larger than what is left of it"},
    Sentence{Code::transaction_not_found, "transaction", "there is no such transaction"},
    Sentence{Code::already_reversed, "", "the transaction was reversed before"},
    Sentence{Code::not_reversible, "transaction", "it is a reversal itself"},
    Sentence{Code::wallet_not_found, "wallet", "there is no such wallet"},
    Sentence{Code::wallet_frozen, "wallet", "it is frozen"},
    Sentence{Code::insufficient_balance, "wallet", "insufficient balance"},
};

std::string readable(std::string_view name) {
  std::string text(name);
  for (char& letter : text) {
    if (letter == '_') {
      letter = ' ';
    }
  }
  return text;
}

/// The other codes have an id as their subject, and a wrong one may be negative too.
bool is_about_field(Code code) {
  switch (code) {
    case Code::key_required:
    case Code::key_too_long:
    case Code::text_too_long:
    case Code::invalid_utf8:
    case Code::invalid_argument:
    case Code::invalid_range: return true;
    default: return false;
  }
}

/// For codes whose subject is a field; empty when it is none, or one of a newer coffer.
std::string describe_field(const Outcome& outcome) {
  if (!is_about_field(outcome.code)) {
    return {};
  }
  const auto* const words = std::find_if(
      field_words.begin(), field_words.end(),
      [&outcome](const FieldWords& known) { return subject_of(known.field) == outcome.subject; });
  if (words == field_words.end()) {
    return {};
  }
  std::string text = std::string(words->name) + ": ";
  switch (outcome.code) {
    case Code::key_required: return text + "it is empty, and it must name the item for ever";
    case Code::invalid_utf8: return text + "it is not well-formed UTF-8";
    case Code::key_too_long:
    case Code::text_too_long:
      return text.append("it is longer than ").append(words->bytes_max).append(" bytes");
    default: return words->rule.empty() ? std::string() : text.append(words->rule);
  }
}

std::string describe_failure(const Outcome& outcome) {
  if (std::string text = describe_field(outcome); !text.empty()) {
    return text;
  }
  for (const Sentence& sentence : sentences) {
    if (sentence.code != outcome.code) {
      continue;
    }
    std::string text;
    std::string_view rest = sentence.text;
    if (!sentence.subject.empty() && outcome.subject > 0) {
      text.append(sentence.subject).append(" ").append(std::to_string(outcome.subject));
      text.append(": ");
    } else if (!sentence.subject.empty() && rest.substr(0, 3) == "it ") {
      text.append("the ").append(sentence.subject);
      rest.remove_prefix(2);
    }
    text.append(rest);
    if (outcome.code == Code::already_reversed && outcome.subject != 0) {
      text.append(", by transaction ").append(std::to_string(outcome.subject));
    }
    return text;
  }
  if (const std::string_view difference = ledger::difference_of(outcome.code);
      !difference.empty()) {
    std::string text = "the key was used before";
    if (outcome.subject != 0) {
      text.append(", for id ").append(std::to_string(outcome.subject)).append(",");
    }
    return text.append(" with ").append(difference);
  }
  return readable(name_of(outcome.code));
}

}  // namespace

std::string describe(const Outcome& outcome) {
  if (outcome.code != Code::ok) {
    return describe_failure(outcome);
  }
  std::string text = outcome.existed ? "was there already" : "done";
  if (outcome.id != 0) {
    text.append(": id ").append(std::to_string(outcome.id));
  }
  return text;
}

}  // namespace coffer
