// SPDX-License-Identifier: MIT
// A batch of signatures over the threads of bulk work.
#include <coffer/keys/sign_many.hpp>

#include <new>

#include "keys/chunked_work.hpp"

namespace coffer::keys {

namespace {

Result<Signature> sign_one(Signer& signer, const SignRequest& request) {
  try {
    return signer.sign(request);
  } catch (const std::bad_alloc&) {
    return Error{Code::out_of_memory, "no memory"};
  }
}

}  // namespace

std::vector<Result<Signature>> sign_many(Signer& signer, std::span<const SignRequest> requests,
                                         const BulkOptions& options) {
  std::vector<Result<Signature>> answers(
      requests.size(),
      Result<Signature>(Error{Code::cancelled, "stopped before this request was signed"}));
  const auto work = [&](std::size_t begin, std::size_t end) -> Status {
    for (std::size_t i = begin; i < end; ++i) {
      answers[i] = sign_one(signer, requests[i]);
    }
    return {};
  };
  // One at a time, since what signs may be slow. Why it ended early stands in the answers.
  static_cast<void>(run_in_chunks(requests.size(), options, work, 1));
  return answers;
}

}  // namespace coffer::keys
