// SPDX-License-Identifier: MIT
// Work on a range in chunks: several threads, progress in order, cancelling.
#pragma once

#include <cstddef>
#include <functional>

#include <coffer/core/result.hpp>
#include <coffer/keys/bulk.hpp>

namespace coffer::keys {

/// The children that one thread takes at a time: long enough that taking costs nothing.
inline constexpr std::size_t chunk_size = 256;

/// Calls `work(begin, end)` for all chunks of 0 to `total`, each of `chunk` or, at the end, less.
/// The error of the lowest chunk wins, so that the answer does not depend on the threads.
///
/// Fails as `work` does, with `cancelled`, with `out_of_memory` when `work` throws `bad_alloc`.
[[nodiscard]] Status run_in_chunks(
    std::size_t total, const BulkOptions& options,
    const std::function<Status(std::size_t begin, std::size_t end)>& work,
    std::size_t chunk = chunk_size);

}  // namespace coffer::keys
