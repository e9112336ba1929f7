// SPDX-License-Identifier: MIT
// Memory does not follow the number of rows: a job of 100,000 needs what one of 10,000 does.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "support/crypto_wallet_book.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace coffer;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_memory_real = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool is_memory_real = false;
#else
constexpr bool is_memory_real = true;
#endif
#else
constexpr bool is_memory_real = true;
#endif

/// A CSV text that is made while it is read.
class MadeText final : public TextPieces {
 public:
  explicit MadeText(std::int64_t rows) : rows_(rows) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    if (at_ == rows_ && line_.empty()) {
      return std::size_t{0};
    }
    if (line_.empty()) {
      const std::string number = std::to_string(at_++);
      line_ = "user-" + number + ",label of " + number + "\n";
    }
    const std::size_t size = std::min(buffer.size(), line_.size());
    line_.copy(buffer.data(), size);
    line_.erase(0, size);
    return size;
  }

 private:
  std::int64_t rows_;
  std::int64_t at_ = 0;
  std::string line_ = "user,label\n";
};

/// Submits the job and runs it to its end. The value is the exit code: 0 when all is made.
int work(const std::string& path, std::int64_t rows) {
  storage::SqliteOptions options;
  options.durability = storage::Durability::off;
  // Its page cache grows to its limit with the file; it is not what is measured.
  options.cache_bytes = 1 << 20;
  auto storage = storage::open_sqlite(path, options);
  if (!storage) {
    return 2;
  }
  CryptoWalletBook book({}, std::move(*storage));
  const AddressSourceId source = book.source("btc", "bitcoin");
  WalletJobDraft draft;
  draft.key = "job";
  draft.sources = std::span(&source, 1);
  MadeText text(rows);
  CsvRows reader(text);
  const auto job = book.wallets->submit(draft, reader);
  if (!job || job->job.rows != rows) {
    return 3;
  }
  WalletRun run;
  run.rows_max = rows;
  const auto done = book.wallets->run(job->id, run);
  return done && done->created == rows && book.ledger->close() ? 0 : 4;
}

/// The most memory that a process of its own held while it made so many wallets.
std::int64_t peak_kib(std::int64_t rows) {
  const TemporaryFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    _exit(work(folder.file("book.db"), rows));
  }
  int status = 0;
  rusage usage{};
  REQUIRE(wait4(child, &status, 0, &usage) == child);
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 0);
  return usage.ru_maxrss;
}

}  // namespace

TEST_CASE("a job of ten times the rows needs no more memory") {
  if (!is_memory_real) {
    MESSAGE("skipped: a sanitizer keeps memory that was freed");
    return;
  }
  const std::int64_t small = peak_kib(10'000);
  const std::int64_t large = peak_kib(100'000);
  MESSAGE("peak of 10,000 rows: ", small, " KiB, of 100,000 rows: ", large, " KiB");
  // 90,000 rows of the text alone have 2,600 KiB, their stored rows ten times that.
  CHECK(large - small < 2'048);
}
