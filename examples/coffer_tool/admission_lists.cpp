// SPDX-License-Identifier: MIT
// Reading the lists of users.
#include "admission_lists.hpp"

#include <fstream>
#include <vector>

namespace tool {
namespace {

using coffer::CryptoWalletStatus;

/// The lines of a file that are not empty, without a carriage return at their end.
Result<std::vector<std::string>> users_of(std::string_view path) {
  std::ifstream file{std::string(path), std::ios::binary};
  std::vector<std::string> users;
  std::string line;
  while (std::getline(file, line)) {
    if (!line.empty() && line.back() == '\r') {
      line.pop_back();
    }
    if (!line.empty()) {
      users.push_back(line);
    }
  }
  if (!file.eof()) {
    return Error{Code::not_found, std::string(path) + ": can't be read"};
  }
  return users;
}

Result<CryptoWalletStatus> status_for_others(std::string_view word) {
  for (const CryptoWalletStatus status :
       {CryptoWalletStatus::active, CryptoWalletStatus::pending, CryptoWalletStatus::refused}) {
    if (word == name_of(status)) {
      return status;
    }
  }
  return Error{Code::invalid_argument, "--others: is active, pending or refused"};
}

}  // namespace

Result<std::unique_ptr<AdmissionLists>> AdmissionLists::read(const Arguments& arguments) {
  const std::string_view word = arguments.has("others") ? arguments.text("others") : "active";
  COFFER_TRY_ASSIGN(const CryptoWalletStatus others, status_for_others(word));
  std::unique_ptr<AdmissionLists> lists(new AdmissionLists(others));
  for (const std::string_view option : {"allow", "deny"}) {
    if (!arguments.has(option)) {
      continue;
    }
    COFFER_TRY_ASSIGN(const std::vector<std::string> users, users_of(arguments.text(option)));
    const std::vector<std::string_view> views(users.begin(), users.end());
    option == "allow" ? lists->admission_.allow(views) : lists->admission_.deny(views);
  }
  return lists;
}

}  // namespace tool
