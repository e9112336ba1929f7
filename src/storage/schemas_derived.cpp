// SPDX-License-Identifier: MIT
// The schemas of the rows that can be rebuilt from the journal.
#include <coffer/storage/rows_derived.hpp>

#include <cstddef>

#include "storage/column.hpp"

namespace coffer::storage {
namespace {

constexpr Column heads_columns[] = {
    integer("account", offsetof(HeadRow, account)),
    amount("balance", offsetof(HeadRow, balance)),
    integer("last_transaction", offsetof(HeadRow, last_transaction)),
};
constexpr Schema heads_schema = {RowKind::head, "heads", heads_columns,  1, {},
                                 false,         0xff,    sizeof(HeadRow)};

}  // namespace

const Schema& HeadRow::schema() { return heads_schema; }

namespace {

constexpr Column open_holds_columns[] = {
    integer("hold", offsetof(OpenHoldRow, hold)),
    integer("account", offsetof(OpenHoldRow, account)),
    integer("bucket", offsetof(OpenHoldRow, bucket)),
    amount("remaining", offsetof(OpenHoldRow, remaining)),
    integer("expires_at", offsetof(OpenHoldRow, expires_at), Presence::optional),
};
constexpr std::uint8_t open_holds_by_account_columns[] = {position(open_holds_columns, "account")};
constexpr std::uint8_t open_holds_by_expiry_columns[] = {
    position(open_holds_columns, "expires_at")};
constexpr Index open_holds_indexes[] = {
    {"open_holds_by_account", open_holds_by_account_columns, false},
    {"open_holds_by_expiry", open_holds_by_expiry_columns, false},
};
constexpr Schema open_holds_schema = {
    RowKind::open_hold, "open_holds", open_holds_columns, 1, open_holds_indexes, false, 0xff,
    sizeof(OpenHoldRow)};

}  // namespace

const Schema& OpenHoldRow::schema() { return open_holds_schema; }

namespace {

constexpr Column index_segments_columns[] = {
    integer("id", offsetof(IndexSegmentRow, id)),
    integer("kind", offsetof(IndexSegmentRow, kind)),
    integer("level", offsetof(IndexSegmentRow, level)),
    integer("first_transaction", offsetof(IndexSegmentRow, first_transaction)),
    integer("last_transaction", offsetof(IndexSegmentRow, last_transaction)),
    integer("first_block", offsetof(IndexSegmentRow, first_block)),
    integer("block_count", offsetof(IndexSegmentRow, block_count)),
    integer("first_filter", offsetof(IndexSegmentRow, first_filter)),
    integer("filter_count", offsetof(IndexSegmentRow, filter_count)),
    integer("item_count", offsetof(IndexSegmentRow, item_count)),
    integer("seed", offsetof(IndexSegmentRow, seed)),
    integer("checksum", offsetof(IndexSegmentRow, checksum)),
};
constexpr std::uint8_t index_segments_by_kind_columns[] = {
    position(index_segments_columns, "kind")};
constexpr Index index_segments_indexes[] = {
    {"index_segments_by_kind", index_segments_by_kind_columns, false},
};
constexpr Schema index_segments_schema = {RowKind::index_segment,
                                          "index_segments",
                                          index_segments_columns,
                                          1,
                                          index_segments_indexes,
                                          false,
                                          0xff,
                                          sizeof(IndexSegmentRow)};

}  // namespace

const Schema& IndexSegmentRow::schema() { return index_segments_schema; }

namespace {

constexpr Column index_blocks_columns[] = {
    integer("id", offsetof(IndexBlockRow, id)),
    blob("data", offsetof(IndexBlockRow, data)),
};
constexpr Schema index_blocks_schema = {
    RowKind::index_block, "index_blocks", index_blocks_columns, 1, {}, false, 0xff,
    sizeof(IndexBlockRow)};

}  // namespace

const Schema& IndexBlockRow::schema() { return index_blocks_schema; }

}  // namespace coffer::storage
