// SPDX-License-Identifier: MIT
// What the benchmarks share: a stopwatch, medians, random transfers, a scratch folder.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/ledger/ledger.hpp>

namespace coffer::bench {

using Seconds = std::chrono::duration<double>;

class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return Seconds(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

inline double quantile(std::vector<double> values, double q) {
  if (values.empty()) {
    return 0;
  }
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}
inline double median(const std::vector<double>& values) { return quantile(values, 0.5); }

inline std::uint64_t next_random(std::uint64_t& state) {
  std::uint64_t word = (state += 0x9e3779b97f4a7c15ULL);
  word = (word ^ (word >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  word = (word ^ (word >> 27U)) * 0x94d049bb133111ebULL;
  return word ^ (word >> 31U);
}

/// Transfers with random keys of 16..64 bytes between random accounts, made outside the timed part.
struct TransferBatch {
  std::string keys;
  std::vector<Transfer> transfers;
  std::vector<Outcome> outcomes;

  void fill(std::size_t count, std::int64_t accounts, std::uint64_t& random) {
    constexpr std::string_view digits = "0123456789abcdef";
    keys.clear();
    keys.reserve(count * 64);
    transfers.clear();
    outcomes.assign(count, Outcome{});
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t start = keys.size();
      const std::size_t length = 16 + next_random(random) % 49;
      while (keys.size() < start + length) {
        for (std::uint64_t word = next_random(random), n = 0;
             n < 16 && keys.size() < start + length; ++n, word >>= 4U) {
          keys.push_back(digits[word & 15U]);
        }
      }
      Transfer transfer;
      transfer.key = std::string_view(keys.data() + start, length);
      const auto limit = static_cast<std::uint64_t>(accounts);
      transfer.debit = AccountId(1 + static_cast<std::int64_t>(next_random(random) % limit));
      do {
        transfer.credit = AccountId(1 + static_cast<std::int64_t>(next_random(random) % limit));
      } while (transfer.credit == transfer.debit);
      transfer.amount = Amount(1 + static_cast<std::int64_t>(next_random(random) % 1000));
      transfer.code = 7;
      transfers.push_back(transfer);
    }
  }
};

/// A folder that is removed with everything in it.
class Scratch {
 public:
  explicit Scratch(const std::string& parent) {
    path_ = std::filesystem::path(parent) /
            ("coffer-bench-" +
             std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
    std::filesystem::create_directories(path_);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// Ends the program with the reason when something that must work does not.
template <class T>
void require(const Result<T>& result, const char* what) {
  if (!result) {
    std::fprintf(stderr, "%s: %s\n", what, result.error().message.c_str());
    std::exit(1);
  }
}

/// Opens `count` accounts without bounds in one asset, so that any transfer posts.
inline void open_accounts(Ledger& ledger, std::int64_t count) {
  require(ledger.register_asset({"USD", 2, AssetKind::fiat, {}, {}, "$"}), "register_asset");
  std::vector<std::string> keys;
  std::vector<Operation> operations;
  std::vector<Outcome> outcomes;
  for (std::int64_t done = 0; done < count;) {
    const std::int64_t part = std::min<std::int64_t>(count - done, 20'000);
    keys.clear();
    operations.clear();
    for (std::int64_t i = 0; i < part; ++i) {
      keys.push_back("account-" + std::to_string(done + i));
    }
    for (const std::string& key : keys) {
      AccountDraft draft;
      draft.key = key;
      draft.owner = key;
      draft.asset = AssetId(1);
      draft.policy.minimum = std::nullopt;
      operations.push_back({draft, false});
    }
    outcomes.assign(operations.size(), Outcome{});
    require(ledger.execute(operations, BatchMode::independent, outcomes), "open accounts");
    done += part;
  }
}

}  // namespace coffer::bench
