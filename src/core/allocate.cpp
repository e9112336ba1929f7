// SPDX-License-Identifier: MIT
// The method of the largest remainder.
#include <coffer/core/allocate.hpp>

#include <algorithm>
#include <numeric>

#include "core/wide.hpp"

namespace coffer {
namespace {

Result<Wide> sum_of(std::span<const Amount> weights) {
  if (weights.empty() || weights.size() > parts_max) {
    return Error{Code::out_of_range, "weights: their number " + std::to_string(weights.size()) +
                                         " is outside 1.." + std::to_string(parts_max)};
  }
  Wide sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i].is_negative()) {
      return Error{Code::out_of_range, "weights: number " + std::to_string(i + 1) + " is negative"};
    }
    sum += to_wide(weights[i]);
  }
  if (sum.is_zero()) {
    return Error{Code::division_by_zero, "weights: all of them are zero"};
  }
  return sum;
}

// A share is never farther from zero than the whole amount, so it always fits.
Amount narrowed(const Wide& magnitude, bool negative) {
  return *from_wide(negative ? Wide(-magnitude) : magnitude);
}

}  // namespace

Result<std::vector<Amount>> allocate(const Amount& amount, std::span<const Amount> weights) {
  COFFER_TRY_ASSIGN(const Wide weight_sum, sum_of(weights));
  const bool negative = amount.is_negative();
  const Wide whole = boost::multiprecision::abs(to_wide(amount));

  std::vector<Wide> shares(weights.size());
  std::vector<Wide> remainders(weights.size());
  Wide left = whole;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    boost::multiprecision::divide_qr(Wide(whole * to_wide(weights[i])), weight_sum, shares[i],
                                     remainders[i]);
    left -= shares[i];
  }

  // Fewer units are left than there are remainders above zero, so each gets at most one.
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  const auto extra = static_cast<std::size_t>(left);
  for (std::size_t i = 0; i < extra; ++i) {
    ++shares[order[i]];
  }

  std::vector<Amount> parts;
  parts.reserve(shares.size());
  for (const Wide& share : shares) {
    parts.push_back(narrowed(share, negative));
  }
  return parts;
}

Result<std::vector<Amount>> split(const Amount& amount, std::size_t count) {
  if (count == 0 || count > parts_max) {
    return Error{Code::out_of_range,
                 "count: " + std::to_string(count) + " is outside 1.." + std::to_string(parts_max)};
  }
  Wide share;
  Wide left;
  boost::multiprecision::divide_qr(Wide(boost::multiprecision::abs(to_wide(amount))), Wide(count),
                                   share, left);
  const bool negative = amount.is_negative();
  std::vector<Amount> parts(count, narrowed(share, negative));
  const auto larger = static_cast<std::ptrdiff_t>(left);
  if (larger > 0) {
    std::fill(parts.begin(), parts.begin() + larger, narrowed(share + 1, negative));
  }
  return parts;
}

}  // namespace coffer
