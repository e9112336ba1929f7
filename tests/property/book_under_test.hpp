// SPDX-License-Identifier: MIT
// The book under test: a ledger in memory or on a file, closed, killed, copied and opened again.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <coffer/ledger/ledger.hpp>

#include "support/temporary_folder.hpp"

namespace coffer::property {

/// Keeps what the ledger tells.
class ToldEvents final : public EventSink {
 public:
  void on_event(const Event& event) noexcept override {
    if (event.kind == EventKind::expired) {
      is_told_once = is_told_once && expired.insert(event.id).second;
    } else {
      events.push_back(event);
    }
  }
  std::vector<Event> events;       ///< all but expiries
  std::set<std::int64_t> expired;  ///< holds whose expiry is in the journal
  bool is_told_once = true;
};

enum class Backend : std::uint8_t { memory, file };

class BookUnderTest {
 public:
  explicit BookUnderTest(Backend backend);

  [[nodiscard]] Ledger& ledger() { return *ledger_; }
  /// Closes in order and opens again, on the file with another connection.
  void reopen();
  /// Goes on with the copy that an online backup made; in memory, as `reopen`.
  void restore();
  /// What another process sees of the file; null in memory.
  [[nodiscard]] std::unique_ptr<Ledger> follower();
  /// Opens beside the writer, as after the death of its process, and lets that one find out.
  void replace_writer();

  ManualClock clock{Timestamp{1'700'000'000'000'000'000}};
  ToldEvents told;

 private:
  void open();

  std::optional<TemporaryFolder> folder_;
  std::string path_;
  int copies_ = 0;
  std::unique_ptr<storage::Storage> followed_;
  std::unique_ptr<storage::Storage> storage_;
  std::unique_ptr<Ledger> ledger_;
};

}  // namespace coffer::property
