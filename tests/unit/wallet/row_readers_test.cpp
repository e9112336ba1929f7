// SPDX-License-Identifier: MIT
// Readers of rows: what CSV and JSON may look like, and what is said when they do not.
#include <coffer/wallet/row_readers.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace coffer;

namespace {

/// Gives one byte at a time, so that every border between pieces is tried.
class Bytewise final : public TextPieces {
 public:
  explicit Bytewise(std::string_view text) : text_(text) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    if (text_.empty()) {
      return std::size_t{0};
    }
    buffer[0] = text_.front();
    text_.remove_prefix(1);
    return std::size_t{1};
  }

 private:
  std::string_view text_;
};

class Unreadable final : public TextPieces {
 public:
  Result<std::size_t> read(std::span<char> /*buffer*/) override {
    return Error{Code::source_unavailable, "the disk is gone"};
  }
};

/// "user|network|key|label|extra" for each row, "! message" for a wrong one; the reader's own
/// failure as "!! message" at the end.
template <class Reader, class Pieces>
std::vector<std::string> read_pieces(Pieces&& pieces) {
  Reader reader(pieces);
  std::vector<std::string> lines;
  WalletRowReader::Item item;
  for (;;) {
    const Result<bool> has_row = reader.next(item);
    if (!has_row) {
      lines.push_back("!! " + has_row.error().message);
      return lines;
    }
    if (!*has_row) {
      return lines;
    }
    const WalletRow& row = item.row;
    lines.push_back(item.error.code != Code::ok
                        ? "! " + item.error.message
                        : std::string(row.user) + "|" + std::string(row.network) + "|" +
                              std::string(row.key) + "|" + std::string(row.label) + "|" +
                              std::string(row.extra));
  }
}

template <class Reader>
std::vector<std::string> read(std::string_view text) {
  std::vector<std::string> whole = read_pieces<Reader>(WholeText(text));
  CHECK(read_pieces<Reader>(Bytewise(text)) == whole);
  return whole;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("CSV rows have the columns that the heading names, in any order") {
  CHECK(read<CsvRows>("user,network,key,label,extra\nann,bitcoin,k1,main,\"{\"\"a\"\":1}\"\n") ==
        Lines{"ann|bitcoin|k1|main|{\"a\":1}"});
  CHECK(read<CsvRows>("label,user\r\n\"a, b\",ann\r\n\r\nsecond,bob") ==
        Lines{"ann|||a, b|", "bob|||second|"});
  CHECK(read<CsvRows>("\xef\xbb\xbfuser\nann\n\"two\nlines\"\n") ==
        Lines{"ann||||", "two\nlines||||"});
  CHECK(read<CsvRows>("\xef\xbb\xbf\"user\",key\nann,1\n") == Lines{"ann||1||"});
  CHECK(read<CsvRows>("user\n").empty());
  CHECK(read<CsvRows>("user,key\n,\n") == Lines{"||||"});
}

TEST_CASE(
    "a CSV row with a fault has an error that names row and line, and the next ones are read") {
  CHECK(read<CsvRows>("user,key\nann\nbob,1,2\n\"cid\"x,1\nd\"d,1\nee,1\n") ==
        Lines{"! row 1 (line 2): has 1 fields, the heading has 2",
              "! row 2 (line 3): has 3 fields, the heading has 2",
              "! row 3 (line 4): field 1 goes on after its closing quote",
              "! row 4 (line 5): field 1 has a quote and is not quoted", "ee||1||"});
  CHECK(read<CsvRows>("user\na\rb\n") ==
        Lines{"! row 1 (line 2): field 1 has a carriage return and is not quoted"});
}

TEST_CASE("a CSV text that can't be understood is refused as a whole") {
  CHECK(read<CsvRows>("") == Lines{"!! heading: the text is empty"});
  CHECK(read<CsvRows>("name\nann\n") ==
        Lines{"!! heading: 'name' is no column; there are user, network, key, label, extra"});
  CHECK(read<CsvRows>("user,user\n") == Lines{"!! heading: 'user' stands there twice"});
  CHECK(read<CsvRows>("key\n1\n") == Lines{"!! heading: the column 'user' is missing"});
  CHECK(read<CsvRows>("user\nann\n\"bob\n") ==
        Lines{"ann||||", "!! row 2 (line 3): field 1 is quoted to the end of the text"});
  CHECK(read<CsvRows>("user\n" + std::string(70'000, 'x')) ==
        Lines{"!! row 1 (line 2): is longer than 65536 bytes"});
  CHECK(read<CsvRows>("user\n" + std::string(70'000, ',')) ==
        Lines{"!! row 1 (line 2): is longer than 65536 bytes"});
  CHECK(read_pieces<CsvRows>(Unreadable()) == Lines{"!! the disk is gone"});
}

TEST_CASE("JSON rows stand in an array or one after the other") {
  const Lines two{"ann|bitcoin|k1|main|{\"a\":[1,true,null,\"x\\\"\"]}", "bob||||{}"};
  const std::string ann = R"({"user":"ann","network":"bitcoin","key":"k1","label":"main",)"
                          R"("extra":{"a":[1,true,null,"x\""]}})";
  const std::string bob = R"({"user":"bob","extra":"{}","label":null})";
  CHECK(read<JsonRows>("[" + ann + ", " + bob + "]\n") == two);
  CHECK(read<JsonRows>(ann + "\n" + bob + "\n") == two);
  CHECK(read<JsonRows>("[]").empty());
  CHECK(read<JsonRows>(" ").empty());
  CHECK(read<JsonRows>(R"([{"user":"a}\"{"}])") == Lines{"a}\"{||||"});
}

TEST_CASE("a JSON object with a fault has an error, and the next ones are read") {
  CHECK(read<JsonRows>(
            "[{\"user\":1},\n{\"name\":\"x\"},{\"user\":\"a\",\"user\":\"b\"},{\"user\":x},"
            "{\"extra\":1},{\"user\":\"ann\"}]") ==
        Lines{"! row 1 (line 1): 'user' is no string",
              "! row 2 (line 2): 'name' is no member; there are user, network, key, label, extra",
              "! row 3 (line 2): the member 'user' stands there twice",
              "! row 4 (line 2): is no well-formed JSON object",
              "! row 5 (line 2): 'extra' is no string and no object", "ann||||"});
}

TEST_CASE("a JSON text that is no sequence of objects is refused as a whole") {
  CHECK(read<JsonRows>("7") == Lines{"!! line 1: '7' where there should be an object"});
  CHECK(read<JsonRows>("[{\"user\":\"a\"}") ==
        Lines{"a||||", "!! line 1: the text ends where there should be ',' or ']'"});
  CHECK(read<JsonRows>("[{\"user\":\"a\"},]") ==
        Lines{"a||||", "!! line 1: ']' where there should be an object"});
  CHECK(read<JsonRows>("[] x") == Lines{"!! line 1: 'x' where there should be nothing more"});
  CHECK(read<JsonRows>("{\"user\":\"a\"") ==
        Lines{"!! row 1 (line 1): the text ends within the object"});
  CHECK(read<JsonRows>("{\"user\":\"" + std::string(70'000, 'x') + "\"}") ==
        Lines{"!! row 1 (line 1): is longer than 65536 bytes"});
  CHECK(read_pieces<JsonRows>(Unreadable()) == Lines{"!! the disk is gone"});
}

TEST_CASE("messages hold no bytes that can't be shown, and no name of any length") {
  CHECK(read<CsvRows>("us\xff,key\n") ==
        Lines{"!! heading: a text of 3 bytes is no column; there are user, network, key, "
              "label, extra"});
  CHECK(read<CsvRows>(std::string(41, 'x') + "\n") ==
        Lines{"!! heading: a text of 41 bytes is no column; there are user, network, "
              "key, label, extra"});
  CHECK(read<JsonRows>("[{\"us\\u0000er\":1},{\"" + std::string(60'000, 'x') + "\":1}]") ==
        Lines{"! row 1 (line 1): a text of 5 bytes is no member; there are user, "
              "network, key, label, extra",
              "! row 2 (line 1): a text of 60000 bytes is no member; there are user, "
              "network, key, label, extra"});
  CHECK(read<JsonRows>("\x01") ==
        Lines{"!! line 1: a text of 1 byte where there should be an object"});
}

TEST_CASE("an array of rows is read where it stands") {
  const std::vector<WalletRow> rows{{"ann", {}, {}, {}, {}}};
  ArrayRows reader(rows);
  WalletRowReader::Item item;
  CHECK(*reader.next(item));
  CHECK(item.row.user.data() == rows[0].user.data());
  CHECK(!*reader.next(item));
  CHECK(!*reader.next(item));
}
