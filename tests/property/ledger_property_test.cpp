// SPDX-License-Identifier: MIT
// Random commands against a real ledger and the naive model: both must say the same, always.
#include <cstdlib>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "book_under_test.hpp"
#include "operations.hpp"
#include "questions.hpp"

namespace {

using namespace coffer;
using namespace coffer::property;

/// How often what was played, for the reader of the log.
struct Counts {
  std::int64_t sequences = 0;
  std::int64_t on_files = 0;
  std::int64_t accepted = 0;
  std::int64_t repeated = 0;
  std::int64_t refused = 0;
  std::int64_t batches = 0;
  std::int64_t openings = 0;
  std::int64_t expired = 0;
  std::int64_t traceless = 0;
  std::set<Code> reasons;  ///< all codes that were answered
};

/// One sequence: a book, and the model beside it.
class Sequence {
 public:
  Sequence(Backend backend, std::uint64_t seed, Counts& counts)
      : book_(backend), random_(model_, seed), counts_(counts) {
    model_.now = book_.clock.now().ns;
    last_time_ = model_.now - 1;
    for (const char* code : {"USD", "EUR"}) {
      REQUIRE(book_.ledger().register_asset({code, 2, AssetKind::fiat, {}, {}, code}));
    }
    model_.assets = 2;
    while (model_.accounts.size() < 5) {
      call(random_.open_account());
    }
  }

  void run(int steps) {
    for (int i = 0; i < steps; ++i) {
      step();
    }
    expire();
    compare_state(book_.ledger(), model_);
    compare_journal(book_.ledger(), model_);
    compare_questions(book_.ledger(), model_, random_);
    CHECK(book_.told.is_told_once);
    const Result<VerifyReport> report = book_.ledger().verify({});
    INFO((report ? std::string() : report.error().message));
    CHECK(report.has_value());
    counts_.expired += static_cast<std::int64_t>(book_.told.expired.size());
  }

 private:
  void step() {
    // The clock moves between commands only, so both sides see the same time in a command.
    const bool is_short = random_.once_in(4);
    book_.clock.advance(is_short ? short_step : random_.pick(1, 3) * 1'000'000'000);
    model_.now = book_.clock.now().ns;
    if (is_short) {
      return call(random_.any());
    }
    switch (random_.pick(0, 19)) {
      case 0: return restart();
      case 1: return expire();
      case 2: return compare_questions(book_.ledger(), model_, random_);
      case 3:
      case 4: return check_then_post();
      case 5:
      case 6:
      case 7:
      case 8: return batch();
      default: return call(random_.any());
    }
  }

  void restart() {
    ++counts_.openings;
    switch (random_.pick(0, 4)) {
      case 0:
      case 1: book_.reopen(); break;
      case 2: book_.restore(); break;
      default: book_.replace_writer();
    }
    if (random_.once_in(3)) {
      compare_state(book_.ledger(), model_);
    }
    if (const std::unique_ptr<Ledger> follower = book_.follower()) {
      compare_state(*follower, model_);
    }
  }

  /// Each through its own function of the ledger.
  void call(const Command& command) {
    Operations operations;
    const Operation operation = operations.of(command);
    Ledger& ledger = book_.ledger();
    Result<Outcome> outcome = Outcome{};
    const Trace before = trace();
    if (const auto* transfer = std::get_if<Transfer>(&operation.what)) {
      REQUIRE(ledger.post({transfer, 1}, BatchMode::independent, {&*outcome, 1}));
    } else if (const auto* draft = std::get_if<Draft>(&operation.what)) {
      outcome = ledger.post(*draft);
    } else if (const auto* hold = std::get_if<HoldDraft>(&operation.what)) {
      outcome = ledger.reserve(*hold);
    } else if (const auto* capture = std::get_if<Capture>(&operation.what)) {
      outcome = ledger.capture(*capture);
    } else if (const auto* release = std::get_if<Release>(&operation.what)) {
      outcome = ledger.release(release->hold);
    } else if (const auto* reversal = std::get_if<Reversal>(&operation.what)) {
      outcome = ledger.reverse(*reversal);
    } else {
      REQUIRE(ledger.execute({&operation, 1}, BatchMode::independent, {&*outcome, 1}));
    }
    if (!outcome) {
      Outcome refused;
      refused.code = outcome.error().code;
      outcome = refused;
    }
    agree({model_.apply(command)}, {*outcome}, before);
  }

  void check_then_post() {
    const PostCommand command = random_.draft();
    Operations operations;
    const Trace before = trace();
    const Result<std::vector<Error>> reasons = book_.ledger().check(operations.draft_of(command));
    REQUIRE(reasons);
    CHECK(trace() == before);
    Model after = model_;
    const Code code = after.apply(command).code;
    std::string said;
    bool is_named = code == Code::ok;
    for (const Error& reason : *reasons) {
      said += reason.message + "; ";
      is_named = is_named || reason.code == code;
    }
    INFO("check said: ", said, " model: ", std::string(name_of(code)));
    CHECK(reasons->empty() == (code == Code::ok));
    CHECK(is_named);
    call(command);
  }

  void batch() {
    ++counts_.batches;
    const std::vector<Item> items = random_.batch();
    const auto mode = static_cast<BatchMode>(random_.pick(0, 2));
    Operations translated;
    const std::vector<Operation> operations = translated.of(items);
    std::vector<Outcome> outcomes(operations.size());
    Ledger& ledger = book_.ledger();
    const Trace before = trace();
    Model dry = model_;
    if (random_.once_in(3)) {
      REQUIRE(ledger.dry_run(operations, mode, outcomes));
      agree_on_each(dry.run(items, mode), outcomes);
      CHECK(trace() == before);
    }
    const bool is_plain =
        std::all_of(operations.begin(), operations.end(), [](const Operation& operation) {
          return std::holds_alternative<Transfer>(operation.what);
        });
    if (is_plain) {
      std::vector<Transfer> transfers;
      for (const Operation& operation : operations) {
        transfers.push_back(std::get<Transfer>(operation.what));
        transfers.back().is_linked = operation.is_linked;
      }
      REQUIRE(ledger.post(transfers, mode, outcomes));
    } else {
      REQUIRE(ledger.execute(operations, mode, outcomes));
    }
    agree(model_.run(items, mode), outcomes, before);
  }

  /// The journal tells the expiry of every hold that is over, of each once.
  void expire() {
    const std::size_t told_before = book_.told.expired.size();
    const Result<std::int64_t> expired = book_.ledger().expire_due_holds();
    REQUIRE(expired);
    CHECK(*expired == static_cast<std::int64_t>(book_.told.expired.size() - told_before));
    CHECK(book_.told.expired == over());
    CHECK(*book_.ledger().expire_due_holds() == 0);
  }

  [[nodiscard]] std::set<std::int64_t> over() const {
    std::set<std::int64_t> ids;
    for (std::size_t i = 0; i < model_.holds.size(); ++i) {
      if (model_.holds[i].remaining > 0 && model_.is_over(model_.holds[i])) {
        ids.insert(static_cast<std::int64_t>(i) + 1);
      }
    }
    return ids;
  }

  /// Everything that a command can leave behind ends in the chain; only time passes without one.
  struct Trace {
    ChainHead head;
    std::size_t expired = 0;
    friend bool operator==(const Trace&, const Trace&) = default;
  };
  [[nodiscard]] Trace trace() {
    const Result<ChainHead> head = book_.ledger().chain_head();
    REQUIRE(head);
    return {*head, book_.told.expired.size()};
  }

  void agree_on_each(const std::vector<Verdict>& verdicts, const std::vector<Outcome>& outcomes) {
    REQUIRE(verdicts.size() == outcomes.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      CAPTURE(i);
      const Verdict& verdict = verdicts[i];
      const Outcome& outcome = outcomes[i];
      INFO("ledger: ", std::string(name_of(outcome.code)),
           ", model: ", std::string(name_of(verdict.code)));
      CHECK(outcome.code == verdict.code);
      if (verdict.code == Code::ok) {
        CHECK(outcome.existed == verdict.existed);
        CHECK(outcome.id == verdict.id);
        if (!outcome.existed) {
          CHECK(outcome.recorded_at.ns > last_time_);
          last_time_ = outcome.recorded_at.ns;
        }
      }
    }
  }

  void agree(const std::vector<Verdict>& verdicts, const std::vector<Outcome>& outcomes,
             const Trace& before) {
    agree_on_each(verdicts, outcomes);
    bool has_new = false;
    std::size_t event = 0;
    const std::vector<Event>& events = book_.told.events;
    for (const Outcome& outcome : outcomes) {
      ++(outcome.code != Code::ok ? counts_.refused
         : outcome.existed        ? counts_.repeated
                                  : counts_.accepted);
      counts_.reasons.insert(outcome.code);
      has_new = has_new || (outcome.code == Code::ok && !outcome.existed);
      if (!outcome.existed) {
        REQUIRE(event < events.size());
        CHECK(events[event].code == outcome.code);
        CHECK((events[event].kind == EventKind::rejected) == (outcome.code != Code::ok));
        CHECK(events[event].id == outcome.id);
        ++event;
      }
    }
    CHECK(event == events.size());
    book_.told.events.clear();
    take_times(outcomes);
    if (!has_new && book_.told.expired.size() == before.expired) {
      CHECK(trace() == before);
      ++counts_.traceless;
    }
    compare_counts();
  }

  /// When it was recorded is the one thing that the model is told.
  void take_times(const std::vector<Outcome>& outcomes) {
    for (ModelTransaction& transaction : model_.transactions) {
      if (transaction.recorded_at == 0) {
        const Result<Transaction> stored = book_.ledger().find_transaction(transaction.key);
        REQUIRE(stored);
        transaction.recorded_at = stored->recorded_at.ns;
        CHECK(std::any_of(outcomes.begin(), outcomes.end(), [&](const Outcome& outcome) {
          return outcome.recorded_at == stored->recorded_at;
        }));
      }
    }
  }

  void compare_counts() {
    const Result<Statistics> statistics = book_.ledger().statistics();
    REQUIRE(statistics);
    CHECK(statistics->transactions == model_.last_transaction());
    CHECK(statistics->accounts == static_cast<std::int64_t>(model_.accounts.size()));
    CHECK(statistics->holds == static_cast<std::int64_t>(model_.holds.size()));
  }

  BookUnderTest book_;
  Model model_;
  RandomCommands random_;
  Counts& counts_;
  std::int64_t last_time_ = 0;
};

}  // namespace

TEST_CASE("the ledger agrees with the naive model on any sequence of commands") {
  const char* wanted = std::getenv("COFFER_PROPERTY_SEQUENCES");
  const int sequences = wanted == nullptr ? 300 : std::atoi(wanted);
  Counts counts;
  for (int i = 0; i < sequences; ++i) {
    const std::uint64_t seed = 0xc0ffe5 + static_cast<std::uint64_t>(i);
    const Backend backend = i % 20 == 7 ? Backend::file : Backend::memory;
    CAPTURE(seed);
    Sequence(backend, seed, counts).run(30);
    ++counts.sequences;
    counts.on_files += backend == Backend::file ? 1 : 0;
  }
  MESSAGE("sequences of 30 steps: ", counts.sequences, ", of these on files: ", counts.on_files,
          "; commands accepted: ", counts.accepted, ", repeated: ", counts.repeated,
          ", refused: ", counts.refused, "; batches: ", counts.batches,
          ", restarts: ", counts.openings, ", holds expired: ", counts.expired,
          ", refusals without any trace: ", counts.traceless, ", reasons: ", counts.reasons.size());
  // Fewer would mean that the generator no longer comes to what it was made for.
  CHECK(counts.reasons.size() >= (sequences >= 300 ? 33U : 0U));
}
