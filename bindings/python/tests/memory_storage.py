# SPDX-License-Identifier: MIT
"""A backend in Python: tables of rows in memory, copied when a unit first writes them."""

from collections.abc import Iterator

import coffer
from coffer import errors

Table = dict[coffer.Row, coffer.Row]


def ordered(values: coffer.Row) -> tuple[int | bytes, ...]:
    """Values as they compare: texts by their bytes."""
    return tuple(value.encode() if isinstance(value, str) else value for value in values)


class View:
    """The tables of one commit; a unit of work replaces those that it changes by copies."""

    def __init__(self, tables: dict[int, Table]) -> None:
        self.tables = dict(tables)
        self.copied: set[int] = set()

    def writable(self, kind: int) -> Table:
        if kind not in self.copied:
            self.tables[kind] = dict(self.tables.get(kind, {}))
            self.copied.add(kind)
        return self.tables[kind]


class Book:
    """What is committed, and how many write it: more than one after a takeover."""

    def __init__(self) -> None:
        self.tables: dict[int, Table] = {}
        self.writers = 0


class MemoryStorage(coffer.Storage):
    """Passes the conformance suite; scans sort, so it is for small books. Several may be opened on
    one book."""

    name = "python memory"

    def __init__(self, book: Book | None = None) -> None:
        self.book = book or Book()

    def acquire_writer(self, takeover: int, wait_ns: int) -> None:
        if self.book.writers > 0 and takeover != coffer.Takeover.TAKE:
            raise errors.StorageBusy("another one writes this book")
        self.book.writers += 1

    def release_writer(self) -> None:
        self.book.writers = max(0, self.book.writers - 1)

    def begin(self) -> View:
        return View(self.book.tables)

    def commit(self, unit: View) -> None:
        self.book.tables = dict(unit.tables)

    def end_unit(self, unit: View) -> None:
        pass

    def snapshot(self) -> View:
        return View(self.book.tables)

    def append(self, unit: View, schema: coffer.Schema, rows: list[coffer.Row]) -> None:
        table = dict(unit.tables.get(schema.kind, {}))
        unique = [index for index in schema.indexes if index.is_unique]
        taken = [
            {self.values(schema, index.columns, row) for row in table.values()} for index in unique
        ]
        for row in rows:
            key = row[: schema.key_columns]
            if key in table:
                raise errors.StorageConflict(f"{schema.table}: {key} is there already")
            table[key] = row
            for index, values in zip(unique, taken):
                value = self.values(schema, index.columns, row)
                if value is not None and value in values:
                    raise errors.StorageConflict(f"{schema.table}: {index.name} is not unique")
                values.add(value)
        unit.tables[schema.kind] = table
        unit.copied.add(schema.kind)

    def put(self, unit: View, schema: coffer.Schema, rows: list[coffer.Row]) -> None:
        table = unit.writable(schema.kind)
        for row in rows:
            table[row[: schema.key_columns]] = row

    def replace(
        self, unit: View, schema: coffer.Schema, row: coffer.Row, expected_version: int
    ) -> None:
        table = unit.writable(schema.kind)
        key = row[: schema.key_columns]
        version = schema.version_column or 0
        if key not in table or table[key][version] != expected_version:
            raise errors.StorageConflict(f"{schema.table}: the version of {key} moved on")
        table[key] = row

    def destroy_rows(self, unit: View, schema: coffer.Schema, first_id: int, last_id: int) -> None:
        table = unit.writable(schema.kind)
        for key in [key for key in table if first_id <= int(key[0]) <= last_id]:
            del table[key]

    def find(self, view: View, schema: coffer.Schema, key: coffer.Row) -> coffer.Row | None:
        return view.tables.get(schema.kind, {}).get(key)

    def scan(
        self, view: View, schema: coffer.Schema, query: coffer.Query
    ) -> Iterator[coffer.Row]:
        columns = tuple(range(schema.key_columns))
        if query.index > 0:
            columns = schema.indexes[query.index - 1].columns + columns
        found = []
        for row in view.tables.get(schema.kind, {}).values():
            values = self.values(schema, columns, row)
            if values is not None and self.is_within(values, query):
                found.append((values, row))
        found.sort(key=lambda item: item[0], reverse=query.is_backward)
        for _values, row in found[: query.limit]:
            yield row

    @staticmethod
    def values(
        schema: coffer.Schema, columns: tuple[int, ...], row: coffer.Row
    ) -> tuple[int | bytes, ...] | None:
        """What a row is ordered by; None when an optional value of it is absent."""
        if any(schema.columns[at].is_optional and not row[at] for at in columns):
            return None
        return ordered(tuple(row[at] for at in columns))

    @staticmethod
    def is_within(values: tuple[int | bytes, ...], query: coffer.Query) -> bool:
        equal, start, end = ordered(query.equal), ordered(query.start), ordered(query.end)
        if values[: len(equal)] != equal:
            return False
        rest = values[len(equal) :]
        if start:
            begins = rest[: len(start)]
            if begins < start or (query.is_start_exclusive and begins == start):
                return False
        if end:
            ends = rest[: len(end)]
            if ends > end or (not query.is_end_inclusive and ends == end):
                return False
        return True
