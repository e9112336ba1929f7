// SPDX-License-Identifier: MIT
// Many signatures in one call: their answers, their threads, read-only mode, cancelling.
#include <coffer/keys/sign_many.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "../crypto/crypto_text.hpp"

using namespace coffer::keys;
using coffer::Code;
using coffer::Error;
using coffer::Result;
using crypto_test::from_hex;

namespace {

ExtendedPrivateKey master() {
  auto key = ExtendedPrivateKey::from_seed(from_hex("000102030405060708090a0b0c0d0e0f"));
  REQUIRE(key.has_value());
  return std::move(*key);
}

/// Requests for children of more accounts than a signer keeps, each over a digest of its own.
struct Requests {
  explicit Requests(std::size_t count) : digests(count), all(count) {
    for (std::size_t i = 0; i < count; ++i) {
      const auto number = static_cast<std::uint32_t>(i);
      digests[i][0] = static_cast<std::uint8_t>(i);
      digests[i][1] = 1;
      all[i].key = {"main", Path{hardened(84), hardened(0), hardened(number % 11), 0, number},
                    Curve::secp256k1};
      all[i].message = digests[i];
    }
  }
  std::vector<std::array<std::uint8_t, 32>> digests;
  std::vector<SignRequest> all;
};

class Watching final : public BulkObserver {
 public:
  explicit Watching(std::size_t stop_at) : stop_at_(stop_at) {}
  bool on_progress(std::size_t done, std::size_t total) noexcept override {
    is_ordered = is_ordered && done == last + 1 && total == 20;
    last = done;
    return done < stop_at_;
  }
  std::size_t last = 0;
  bool is_ordered = true;

 private:
  std::size_t stop_at_;
};

}  // namespace

TEST_CASE("many signatures are those that are made one by one, in any number of threads") {
  SoftwareSigner signer;
  REQUIRE(signer.add("main", master()).has_value());
  const Requests requests(60);
  for (const unsigned threads : {1U, 2U, 5U}) {
    BulkOptions options;
    options.threads = threads;
    const auto answers = sign_many(signer, requests.all, options);
    REQUIRE(answers.size() == 60);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      REQUIRE(answers[i].has_value());
      CHECK(answers[i]->bytes == signer.sign(requests.all[i])->bytes);
    }
  }
  CHECK(sign_many(signer, {}).empty());
}

TEST_CASE("a request that is refused stops no other") {
  SoftwareSigner signer;
  REQUIRE(signer.add("main", master()).has_value());
  Requests requests(4);
  requests.all[1].key.name = "none";
  requests.all[2].message = requests.all[2].message.first(31);
  const auto answers = sign_many(signer, requests.all);
  CHECK(answers[0].has_value());
  CHECK(answers[1].error().code == Code::not_found);
  CHECK(answers[2].error().code == Code::invalid_argument);
  CHECK(answers[3].has_value());
}

TEST_CASE("a slow signer is waited for by all threads at once") {
  // No request ends before there is one for each thread. A minute is more than a busy machine
  // takes, and ends the test where they never come.
  constexpr int threads = 6;
  std::mutex mutex;
  std::condition_variable changed;
  int come = 0;
  bool is_given_up = false;
  SoftwareSigner device;
  REQUIRE(device.add("main", master()).has_value());
  CallbackSigner signer([&](const KeyReference& key) { return device.public_key(key); },
                        [&](const SignRequest& request) {
                          std::unique_lock lock(mutex);
                          ++come;
                          changed.notify_all();
                          is_given_up = !changed.wait_for(lock, std::chrono::minutes(1), [&] {
                            return is_given_up || come == threads;
                          }) || is_given_up;
                          lock.unlock();
                          return device.sign(request);
                        });
  BulkOptions options;
  options.threads = threads;
  const Requests requests(threads);
  for (const Result<Signature>& answer : sign_many(signer, requests.all, options)) {
    CHECK(answer.has_value());
  }
  CHECK(!is_given_up);
}

TEST_CASE("read-only mode that begins meanwhile refuses what is not signed yet") {
  SoftwareSigner device;
  REQUIRE(device.add("main", master()).has_value());
  int signed_so_far = 0;
  Signer* port = nullptr;
  CallbackSigner signer([&](const KeyReference& key) { return device.public_key(key); },
                        [&](const SignRequest& request) {
                          port->set_read_only(++signed_so_far == 3);
                          return device.sign(request);
                        });
  port = &signer;
  const Requests requests(5);
  const auto answers = sign_many(signer, requests.all);
  CHECK(signed_so_far == 3);
  CHECK(answers[2].has_value());
  CHECK(answers[3].error().code == Code::signing_refused);
  CHECK(answers[4].error().code == Code::signing_refused);
}

TEST_CASE("an observer hears of every signature and may stop") {
  SoftwareSigner signer;
  REQUIRE(signer.add("main", master()).has_value());
  const Requests requests(20);
  Watching all(99);
  BulkOptions options;
  options.observer = &all;
  CHECK(sign_many(signer, requests.all, options).back().has_value());
  CHECK(all.last == 20);
  CHECK(all.is_ordered);
  Watching some(5);
  options.observer = &some;
  const auto answers = sign_many(signer, requests.all, options);
  CHECK(answers[4].has_value());
  CHECK(answers[5].error().code == Code::cancelled);
}
