// SPDX-License-Identifier: MIT
// Many signatures in one call, several of them at once.
#pragma once

#include <span>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/keys/bulk.hpp>
#include <coffer/keys/signer.hpp>

namespace coffer::keys {

/// Signs many requests (R105). Each has its own answer, at its place, so that one that is refused
/// stops no other.
///
/// Every request goes through `Signer::sign` by itself: read-only mode that begins meanwhile
/// refuses what is not signed yet. A service or a device is waited for by as many threads as
/// `options` says, so there may be more of them than processors. Of the observer only `on_progress`
/// is called; what it stops is answered with `cancelled`.
///
/// A request fails as `Signer::sign` does, with `cancelled`, or with `out_of_memory`. Threads: any.
/// Cost: that of the signatures, spread over the threads.
[[nodiscard]] std::vector<Result<Signature>> sign_many(Signer& signer,
                                                       std::span<const SignRequest> requests,
                                                       const BulkOptions& options = {});

}  // namespace coffer::keys
