// SPDX-License-Identifier: MIT
// Everything that can be said against a draft without looking into the books.
#include <coffer/transaction/draft.hpp>

#include <algorithm>
#include <string>

#include <coffer/core/text.hpp>

namespace coffer {
namespace {

std::string bytes_text(std::size_t count) { return std::to_string(count) + " bytes"; }

void check_length(std::vector<Error>* problems, Code code, const char* field, std::string_view text,
                  std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    problems->push_back({code, std::string(field) + ": " + bytes_text(text.size()) +
                                   ", more than the " + std::to_string(bytes_max) + " allowed"});
  }
}

void check_utf8(std::vector<Error>* problems, const char* field, std::string_view text) {
  const std::size_t valid = valid_utf8_prefix(text);
  if (valid != text.size()) {
    problems->push_back({Code::invalid_utf8, std::string(field) + ": not UTF-8 from position " +
                                                 std::to_string(valid + 1) + " on"});
  }
}

std::string entry_name(std::size_t position) { return "entry " + std::to_string(position + 1); }

void check_texts(std::vector<Error>* problems, const Draft& draft) {
  if (draft.key.empty()) {
    problems->push_back({Code::key_required, "key: empty, a transaction needs one"});
  }
  check_length(problems, Code::key_too_long, "key", draft.key, key_bytes_max);
  check_length(problems, Code::text_too_long, "reference", draft.reference, reference_bytes_max);
  check_length(problems, Code::text_too_long, "description", draft.description,
               description_bytes_max);
  check_length(problems, Code::text_too_long, "metadata", draft.metadata, metadata_bytes_max);
  check_utf8(problems, "key", draft.key);
  check_utf8(problems, "reference", draft.reference);
  check_utf8(problems, "description", draft.description);
  check_utf8(problems, "metadata", draft.metadata);
}

void check_entries(std::vector<Error>* problems, std::span<const Entry> entries) {
  if (entries.size() < 2) {
    problems->push_back({Code::no_entries, "entries: " + std::to_string(entries.size()) +
                                               ", a transaction needs at least two"});
  }
  if (entries.size() > entries_max) {
    problems->push_back({Code::too_many_entries, "entries: " + std::to_string(entries.size()) +
                                                     ", more than the " +
                                                     std::to_string(entries_max) + " allowed"});
  }
  // The first ones only: a list of a million reasons helps nobody.
  const std::size_t looked_at = std::min(entries.size(), entries_max);
  for (std::size_t i = 0; i < looked_at; ++i) {
    if (!entries[i].amount.is_positive()) {
      problems->push_back({Code::amount_not_positive, entry_name(i) + ": amount is " +
                                                          to_integer_text(entries[i].amount) +
                                                          ", it must be greater than zero"});
    }
  }
  for (std::size_t i = 0; i < looked_at; ++i) {
    if (entries[i].side != Side::debit && entries[i].side != Side::credit) {
      problems->push_back(
          {Code::invalid_argument, entry_name(i) + ": side is neither debit nor credit"});
    }
  }
}

}  // namespace

std::vector<Error> problems_of(const Draft& draft) {
  std::vector<Error> problems;
  check_texts(&problems, draft);
  check_entries(&problems, draft.entries);
  if (draft.kind != TransactionKind::posting && draft.kind != TransactionKind::correction) {
    problems.push_back({Code::invalid_argument,
                        "kind: a draft is a posting or a correction; reversals and captures have "
                        "their own calls"});
  }
  return problems;
}

}  // namespace coffer
