// SPDX-License-Identifier: MIT
// Readers of a job's rows: from an array, from CSV text, from JSON text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/wallet/wallet_job.hpp>

namespace coffer {

/// Rows that are in memory. They are read where they stand.
class ArrayRows final : public WalletRowReader {
 public:
  explicit ArrayRows(std::span<const WalletRow> rows) noexcept : rows_(rows) {}
  /// Fails with nothing.
  [[nodiscard]] Result<bool> next(Item& item) override;

 private:
  std::span<const WalletRow> rows_;
  std::size_t at_ = 0;
};

/// A text that comes in pieces: a file of any size is read with the memory of one row.
class TextPieces {
 public:
  virtual ~TextPieces() = default;
  /// Fills the front of `buffer`; the value is how many bytes, 0 at the end of the text. Fails with
  /// the reason why it can't be read.
  [[nodiscard]] virtual Result<std::size_t> read(std::span<char> buffer) = 0;
};

/// A text in memory, as pieces.
class WholeText final : public TextPieces {
 public:
  explicit WholeText(std::string_view text) noexcept : text_(text) {}
  /// Fails with nothing.
  [[nodiscard]] Result<std::size_t> read(std::span<char> buffer) override;

 private:
  std::string_view text_;
};

/// CSV by RFC 4180: the first line names the columns, in any order, out of user, network, key,
/// label and extra; "user" must be there. Fields may be quoted; lines end in LF or CRLF; a byte
/// order mark is allowed; empty lines are skipped.
///
/// A row with another number of fields than the heading, or a quote where none may be, is a row
/// with an error. `next` fails with `invalid_argument` on a wrong heading, on a field that is still
/// quoted at the end of the text, and on a row of more than 64 KiB: where the next row begins is
/// unknown then. Messages count rows from 1 without the heading, and name the line of the text.
class CsvRows final : public WalletRowReader {
 public:
  /// `pieces` outlives this object.
  explicit CsvRows(TextPieces& pieces);
  ~CsvRows() override;
  [[nodiscard]] Result<bool> next(Item& item) override;

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// JSON by RFC 8259: an array of objects, or one object after the other (JSON lines). Members are
/// user, network, key and label, which are strings, and extra, which is an object or a string that
/// holds one.
///
/// An object with another member, a member twice, or a member of a wrong type is a row with an
/// error. `next` fails with `invalid_argument` on what is no sequence of objects, and on an object
/// of more than 64 KiB.
class JsonRows final : public WalletRowReader {
 public:
  /// `pieces` outlives this object.
  explicit JsonRows(TextPieces& pieces);
  ~JsonRows() override;
  [[nodiscard]] Result<bool> next(Item& item) override;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace coffer
