// SPDX-License-Identifier: MIT
// Wallets in bulk: a job of many rows beside what derivation and SQLite cost by themselves.
#include <coffer/wallet/crypto_wallets.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <secp256k1.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <array>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "bench_support.hpp"

namespace {

using namespace coffer;

constexpr std::int64_t rows_per_commit = 4096;

std::int64_t memory_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

std::string user_of(std::int64_t i) {
  std::uint64_t random = static_cast<std::uint64_t>(i);
  return fmt::format("user-{:016x}", bench::next_random(random));
}

keys::ExtendedPrivateKey account_node() {
  const auto root = keys::ExtendedPrivateKey::from_seed(std::vector<std::uint8_t>(32, 7));
  bench::require(root, "seed");
  auto node = root->derive(keys::Path::account(84, 0, 0));
  bench::require(node, "account");
  return std::move(node).value();
}

/// What anyone would write first: HMAC, tweak the private key, create and serialise the public key.
double derivation_floor(std::int64_t count) {
  const auto node = account_node().derive(0);
  bench::require(node, "branch");
  secp256k1_context* context = secp256k1_context_create(SECP256K1_CONTEXT_SIGN);
  const auto& above = node->to_public();
  std::array<std::uint8_t, 33> out{};
  const bench::Stopwatch watch;
  for (std::int64_t i = 0; i < count; ++i) {
    std::array<std::uint8_t, 37> message{};
    std::copy(above.public_key().begin(), above.public_key().end(), message.begin());
    for (unsigned byte = 0; byte < 4; ++byte) {
      message[33 + byte] = static_cast<std::uint8_t>(i >> (24 - 8 * byte));
    }
    std::array<std::uint8_t, 64> mac{};
    unsigned size = 64;
    HMAC(EVP_sha512(), above.chain_code().data(), 32, message.data(), message.size(), mac.data(),
         &size);
    std::array<std::uint8_t, 32> secret{};
    std::copy(node->private_key().begin(), node->private_key().end(), secret.begin());
    secp256k1_pubkey key;
    std::size_t written = out.size();
    if (secp256k1_ec_seckey_tweak_add(context, secret.data(), mac.data()) != 1 ||
        secp256k1_ec_pubkey_create(context, &key, secret.data()) != 1 ||
        secp256k1_ec_pubkey_serialize(context, out.data(), &written, &key,
                                      SECP256K1_EC_COMPRESSED) != 1) {
      fmt::print("the plain loop failed\n");
    }
  }
  const double seconds = watch.seconds();
  secp256k1_context_destroy(context);
  return seconds;
}

void run_sql(sqlite3* database, const char* sql) {
  if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    fmt::print("{}: {}\n", sql, sqlite3_errmsg(database));
    std::exit(1);
  }
}

/// The plainest loop that stores such rows: one prepared insert, some thousand to a transaction.
double storage_floor(const std::string& path, std::int64_t count, bool has_indexes) {
  sqlite3* database = nullptr;
  sqlite3_open(path.c_str(), &database);
  run_sql(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536");
  run_sql(database,
          "CREATE TABLE wallets(id INTEGER PRIMARY KEY, user TEXT, network TEXT, address TEXT, "
          "source INTEGER, address_index INTEGER, public_key BLOB, kind INTEGER, status INTEGER, "
          "job INTEGER, recorded_at INTEGER)");
  if (has_indexes) {
    run_sql(database,
            "CREATE INDEX by_user ON wallets(user, network); CREATE INDEX by_address ON "
            "wallets(address); CREATE UNIQUE INDEX by_source ON wallets(source, address_index)");
  }
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(database, "INSERT INTO wallets VALUES(NULL,?,?,?,1,?,?,1,2,2,?)", -1, &insert,
                     nullptr);
  std::vector<std::string> users;
  for (std::int64_t i = 0; i < count; ++i) {
    users.push_back(user_of(i));
  }
  std::uint64_t random = 5;
  std::string address = "bc1q0000000000000000000000000000000000000000";
  const std::string key(33, 'k');
  const bench::Stopwatch watch;
  for (std::int64_t i = 0; i < count; ++i) {
    if (i % rows_per_commit == 0) {
      run_sql(database, i == 0 ? "BEGIN" : "COMMIT; BEGIN");
    }
    std::uint64_t word = bench::next_random(random);
    for (std::size_t at = 4; at < 20; ++at, word >>= 4U) {
      address[at] = "qpzry9x8gf2tvdw0"[word & 15U];
    }
    const std::string& user = users[static_cast<std::size_t>(i)];
    sqlite3_bind_text(insert, 1, user.data(), static_cast<int>(user.size()), SQLITE_STATIC);
    sqlite3_bind_text(insert, 2, "bitcoin", 7, SQLITE_STATIC);
    sqlite3_bind_text(insert, 3, address.data(), static_cast<int>(address.size()), SQLITE_STATIC);
    sqlite3_bind_int64(insert, 4, i);
    sqlite3_bind_blob(insert, 5, key.data(), static_cast<int>(key.size()), SQLITE_STATIC);
    sqlite3_bind_int64(insert, 6, 1'767'225'600'000'000'000 + i);
    if (sqlite3_step(insert) != SQLITE_DONE) {
      fmt::print("insert: {}\n", sqlite3_errmsg(database));
    }
    sqlite3_reset(insert);
  }
  run_sql(database, "COMMIT");
  const double seconds = watch.seconds();
  sqlite3_finalize(insert);
  sqlite3_close(database);
  return seconds;
}

/// Makes its rows when they are asked for, so that memory is the library's alone.
class MadeRows final : public WalletRowReader {
 public:
  explicit MadeRows(std::int64_t count) : count_(count) {}
  Result<bool> next(Item& item) override {
    if (at_ == count_) {
      return false;
    }
    user_ = user_of(at_++);
    item = Item{};
    item.row.user = user_;
    return true;
  }

 private:
  std::int64_t count_;
  std::int64_t at_ = 0;
  std::string user_;
};

struct JobSeconds {
  double submit = 0;
  double run = 0;
};

JobSeconds job(const std::string& path, std::int64_t count, unsigned threads) {
  auto storage = storage::open_sqlite(path, {});
  bench::require(storage, "open");
  const auto ledger = Ledger::open(**storage, system_clock(), {});
  bench::require(ledger, "ledger");
  CryptoWallets wallets(**ledger);
  const keys::ExtendedPrivateKey node = account_node();
  AddressSourceDraft source;
  source.name = "bitcoin";
  source.network = "bitcoin";
  source.node = &node.to_public();
  const auto added = wallets.add_source(source);
  bench::require(added, "source");
  WalletJobDraft draft;
  draft.key = "bench";
  draft.sources = std::span(&added->source.id, 1);
  MadeRows rows(count);
  JobSeconds seconds;
  const bench::Stopwatch submitting;
  const auto submitted = wallets.submit(draft, rows);
  bench::require(submitted, "submit");
  seconds.submit = submitting.seconds();
  WalletRun options;
  options.derivation.threads = threads;
  const bench::Stopwatch running;
  for (;;) {
    const auto state = wallets.run(submitted->id, options);
    bench::require(state, "run");
    if (state->state != WalletJobState::ready) {
      break;
    }
  }
  seconds.run = running.seconds();
  return seconds;
}

}  // namespace

int main(int count, char** texts) {
  const std::string folder = count > 1 ? texts[1] : ".";
  const std::int64_t rows = count > 2 ? std::atoll(texts[2]) : 100'000;
  const auto each = [rows](double seconds) { return seconds * 1e6 / static_cast<double>(rows); };
  const bench::Scratch scratch(folder);
  const double derivation = derivation_floor(rows);
  const double bare = storage_floor(scratch.file("bare.db"), rows, false);
  const double indexed = storage_floor(scratch.file("indexed.db"), rows, true);
  fmt::print("{} wallets, microseconds each\n", rows);
  fmt::print("{:54} {:8.2f}\n", "floor: plain derivation loop", each(derivation));
  fmt::print("{:54} {:8.2f}\n", "floor: SQLite rows without indexes", each(bare));
  fmt::print("{:54} {:8.2f}\n", "floor: SQLite rows with the three indexes", each(indexed));
  std::int64_t file = 0;
  for (const unsigned threads : {1U, 2U}) {
    for (const std::int64_t part : {rows / 10, rows}) {
      const JobSeconds made =
          job(scratch.file(("job" + std::to_string(++file) + ".db").c_str()), part, threads);
      const double scale = static_cast<double>(rows) / static_cast<double>(part);
      const double total = (made.submit + made.run) * scale;
      fmt::print("{:54} {:8.2f}  = {:.2f} of derivation + rows, {:.2f} with indexes\n",
                 fmt::format("job of {}, {} thread(s): submit {:.2f} + run {:.2f}", part, threads,
                             each(made.submit * scale), each(made.run * scale)),
                 each(total), total / (derivation + bare), total / (derivation + indexed));
      fmt::print("{:54} {:8}\n", "  most memory so far, KiB", memory_kib());
    }
  }
  return 0;
}
