// SPDX-License-Identifier: MIT
// What crypto wallets ask the host through C functions: admission, permissions, the chain, a text.
#include <algorithm>
#include <new>
#include <string>
#include <vector>

#include "crypto_wallet_handle.hpp"
#include "input.hpp"

namespace coffer::capi {
namespace {

Error no_memory() { return {Code::out_of_memory, "out of memory"}; }

}  // namespace

Result<CryptoWalletStatus> CallbackAdmission::decide(const AdmissionRequest& request) noexcept {
  try {
    // Views end anywhere; a host in C reads on to the NUL.
    const std::string user(request.user);
    const std::string network(request.network);
    const std::string label(request.label);
    const std::string extra(request.extra);
    coffer_admission_request out{};
    out.struct_size = sizeof out;
    out.job = request.job.value();
    out.user = user.c_str();
    out.user_length = user.size();
    out.network = network.c_str();
    out.network_length = network.size();
    out.label = label.c_str();
    out.label_length = label.size();
    out.extra = extra.c_str();
    out.extra_length = extra.size();
    coffer_crypto_wallet_status decided = 0;
    coffer_error err{};
    const coffer_status code = decide_(data_, &out, &decided, &err);
    COFFER_TRY(callback_status(code, err, Code::source_unavailable, "the admission"));
    if (decided < COFFER_CRYPTO_WALLET_PENDING || decided > COFFER_CRYPTO_WALLET_REFUSED) {
      return Error{Code::invalid_argument, "the admission decided " + std::to_string(decided) +
                                               ", which is none of active, pending, refused"};
    }
    return static_cast<CryptoWalletStatus>(decided);
  } catch (const std::bad_alloc&) {
    return no_memory();
  }
}

Status CallbackPermissions::may(std::string_view actor, WalletAction action,
                                WalletJobId job) noexcept {
  try {
    const std::string who(actor);
    coffer_permission_request out{};
    out.struct_size = sizeof out;
    out.action = static_cast<coffer_wallet_action>(action);
    out.job = job.value();
    out.actor = who.c_str();
    out.actor_length = who.size();
    coffer_error err{};
    const coffer_status code = may_(data_, &out, &err);
    return callback_status(code, err, Code::not_permitted, "the permissions");
  } catch (const std::bad_alloc&) {
    return no_memory();
  }
}

Status CallbackChain::was_used(std::string_view network,
                               std::span<const std::string_view> addresses, std::span<bool> used) {
  const std::string name(network);
  const std::vector<std::string> texts(addresses.begin(), addresses.end());
  std::vector<const char*> pointers;
  pointers.reserve(texts.size());
  for (const std::string& text : texts) {
    pointers.push_back(text.c_str());
  }
  std::vector<std::uint8_t> answers(texts.size());
  coffer_error err{};
  const coffer_status code =
      was_used_(data_, name.c_str(), pointers.data(), pointers.size(), answers.data(), &err);
  COFFER_TRY(callback_status(code, err, Code::source_unavailable, "the chain"));
  std::transform(answers.begin(), answers.end(), used.begin(),
                 [](std::uint8_t answer) { return answer != 0; });
  return {};
}

Result<std::size_t> CallbackPieces::read(std::span<char> buffer) {
  std::size_t size = 0;
  coffer_error err{};
  const coffer_status code = read_(data_, buffer.data(), buffer.size(), &size, &err);
  COFFER_TRY(callback_status(code, err, Code::source_unavailable, "the text"));
  if (size > buffer.size()) {
    return Error{Code::invalid_argument, "read: says it wrote " + std::to_string(size) +
                                             " bytes where there is room for " +
                                             std::to_string(buffer.size())};
  }
  return size;
}

}  // namespace coffer::capi
