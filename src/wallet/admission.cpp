// SPDX-License-Identifier: MIT
// The default admission: sorted lists of users.
#include <coffer/wallet/admission.hpp>

#include <algorithm>

namespace coffer {
namespace {

void add_all(std::span<const std::string_view> users, std::vector<std::string>* list) {
  list->insert(list->end(), users.begin(), users.end());
  std::sort(list->begin(), list->end());
}

bool has(const std::vector<std::string>& list, std::string_view user) {
  return std::binary_search(list.begin(), list.end(), user);
}

}  // namespace

void StaticAdmission::allow(std::span<const std::string_view> users) { add_all(users, &allowed_); }

void StaticAdmission::deny(std::span<const std::string_view> users) { add_all(users, &denied_); }

Result<CryptoWalletStatus> StaticAdmission::decide(const AdmissionRequest& request) noexcept {
  if (has(denied_, request.user)) {
    return CryptoWalletStatus::refused;
  }
  if (has(allowed_, request.user)) {
    return CryptoWalletStatus::active;
  }
  return others_ == nullptr ? Result<CryptoWalletStatus>(otherwise_) : others_->decide(request);
}

}  // namespace coffer
