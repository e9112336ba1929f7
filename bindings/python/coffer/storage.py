# SPDX-License-Identifier: MIT
"""A backend of your own: a subclass of Storage that keeps rows and visits them in order."""

import ctypes
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from coffer import _abi, _lib, amounts
from coffer._callbacks import guarded

Value = int | str | bytes
"""A cell: an int (also of an amount), a text or bytes."""
Row = tuple[Value, ...]
"""One value per column of the kind's schema, in its order."""


@dataclass(frozen=True, slots=True)
class Column:
    """An optional column is absent when it is 0 or empty."""

    name: str
    type: int
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Index:
    """An ordered access path: these columns, then the primary key's. A row in which one of them is
    absent does not stand in it."""

    name: str
    columns: tuple[int, ...]
    is_unique: bool


@dataclass(frozen=True, slots=True)
class Schema:
    """One kind of row. Index 0 of a query is the primary key; `indexes` are numbered from 1."""

    kind: int
    table: str
    columns: tuple[Column, ...]
    key_columns: int
    indexes: tuple[Index, ...]
    is_append_only: bool
    version_column: int | None


@dataclass(frozen=True, slots=True)
class Query:
    """Rows of an index whose first columns equal `equal` and whose next ones, as a tuple, are not
    less than `start` and less than `end`. An empty bound is none; limit None: all."""

    index: int
    equal: Row
    start: Row
    is_start_exclusive: bool
    end: Row
    is_end_inclusive: bool
    is_backward: bool
    limit: int | None


class Storage:
    """Override everything that raises NotImplementedError. Raise an exception of coffer.errors to
    answer with its code; any other becomes StorageBackend with its text.

    Units and the writer's role are used by one thread at a time; snapshots come from any thread.
    """

    name = "python"

    def acquire_writer(self, takeover: int, wait_ns: int) -> None:
        """Becomes the writer, or raises StorageBusy."""

    def release_writer(self) -> None:
        """Stops being the writer."""

    def begin(self) -> object:
        """Opens the unit of work: any object of yours."""
        raise NotImplementedError

    def commit(self, unit: Any) -> None:
        """Makes everything of the unit durable and visible at once, or nothing."""
        raise NotImplementedError

    def end_unit(self, unit: Any) -> None:
        """Ends the unit, and undoes it when it was not committed."""
        raise NotImplementedError

    def append(self, unit: Any, schema: Schema, rows: list[Row]) -> None:
        """Inserts rows; StorageConflict when a key or a unique value is there."""
        raise NotImplementedError

    def put(self, unit: Any, schema: Schema, rows: list[Row]) -> None:
        """Inserts rows or overwrites those with the same key."""
        raise NotImplementedError

    def replace(self, unit: Any, schema: Schema, row: Row, expected_version: int) -> None:
        """Overwrites a row of that version; StorageConflict when it is another or missing."""
        raise NotImplementedError

    def destroy_rows(self, unit: Any, schema: Schema, first_id: int, last_id: int) -> None:
        """Removes rows with keys first_id..last_id; absent ones are no error."""
        raise NotImplementedError

    def snapshot(self) -> object:
        """Opens a view of all that is committed now, unmoved by later commits."""
        raise NotImplementedError

    def end_snapshot(self, snapshot: Any) -> None:
        """Ends a view."""

    def find(self, view: Any, schema: Schema, key: Row) -> Row | None:
        """The row with this primary key. `view` is a unit, which sees its own, or a snapshot."""
        raise NotImplementedError

    def scan(self, view: Any, schema: Schema, query: Query) -> Iterable[Row]:
        """The rows of a query, in its order."""
        raise NotImplementedError


def schemas() -> dict[int, Schema]:
    """All kinds of rows."""
    library = _lib.library()
    found: dict[int, Schema] = {}
    for kind in range(1, library.plain("schema_count") + 1):
        pointer = library.plain("schema_find", kind)
        if pointer:
            found[kind] = _schema(pointer[0])
    return found


def _schema(struct: _abi.Schema) -> Schema:
    columns = (struct.columns[i] for i in range(struct.columns_count))
    indexes = (struct.indexes[i] for i in range(struct.indexes_count))
    return Schema(
        struct.kind,
        struct.table.decode(),
        tuple(Column(one.name.decode(), one.type, bool(one.is_optional)) for one in columns),
        struct.key_columns,
        tuple(
            Index(
                one.name.decode(),
                tuple(one.columns[i] for i in range(one.columns_count)),
                bool(one.is_unique),
            )
            for one in indexes
        ),
        bool(struct.is_append_only),
        None if struct.version_column == 255 else struct.version_column,
    )


def _values(cells: Any, count: int) -> Row:
    return tuple(_value(cells[i]) for i in range(count))


def _value(cell: _abi.Cell) -> Value:
    if cell.type == _abi.CELL_INTEGER:
        number: int = cell.integer
        return number
    if cell.type == _abi.CELL_AMOUNT:
        return amounts.from_struct(cell.amount)
    # The pointer, and not the bytes up to a NUL.
    at = ctypes.c_void_p.from_buffer(cell, _abi.Cell.bytes.offset).value
    data = ctypes.string_at(at, cell.length) if at and cell.length else b""
    return data.decode() if cell.type == _abi.CELL_TEXT else data


def _cells(schema: Schema, row: Row) -> tuple[Any, list[bytes]]:
    """A row that an older version stored is shorter; the columns that came since are empty."""
    absent = [
        0 if column.type in (_abi.CELL_INTEGER, _abi.CELL_AMOUNT) else b""
        for column in schema.columns[len(row) :]
    ]
    values: list[Any] = [*row, *absent]
    cells, keep = (_abi.Cell * len(schema.columns))(), []
    for cell, column, value in zip(cells, schema.columns, values, strict=True):
        cell.type = column.type
        if column.type == _abi.CELL_INTEGER:
            cell.integer = value
        elif column.type == _abi.CELL_AMOUNT:
            cell.amount = amounts.to_struct(amounts.whole(value))
        else:
            data = value.encode() if isinstance(value, str) else bytes(value)
            keep.append(data)
            cell.bytes, cell.length = data, len(data)
    return cells, keep


class Adapter:
    """For the engine: the table of C functions over a Storage. It keeps alive what C refers to."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.schemas = schemas()
        self.views: dict[int, object] = {}
        self.next_view = 1
        self.vtable: _abi.StorageVtable = _lib.new(_abi.StorageVtable)
        self.vtable.name = _lib.utf8(storage.name, "name")
        types: dict[str, Any] = {name: kind for name, kind, *_ in _abi.StorageVtable._fields_}
        for field in (
            "acquire_writer begin commit append put replace destroy_rows snapshot find scan"
        ).split():
            function = guarded(getattr(self, field), _abi.ERR_STORAGE_BACKEND)
            setattr(self.vtable, field, types[field](function))
        for field in ("release_writer", "end_unit", "end_snapshot"):
            setattr(self.vtable, field, types[field](getattr(self, field)))

    def remember(self, view: object, out: Any) -> None:
        number = self.next_view
        self.next_view += 1
        self.views[number] = view
        out[0] = number

    def acquire_writer(self, takeover: int, wait_ns: int) -> None:
        self.storage.acquire_writer(takeover, wait_ns)

    def release_writer(self, _data: Any) -> None:
        self.storage.release_writer()

    def begin(self, out: Any) -> None:
        self.remember(self.storage.begin(), out)

    def commit(self, unit: int) -> None:
        self.storage.commit(self.views[unit])

    def end_unit(self, _data: Any, unit: int) -> None:
        self.storage.end_unit(self.views.pop(unit))

    def snapshot(self, out: Any) -> None:
        self.remember(self.storage.snapshot(), out)

    def end_snapshot(self, _data: Any, snapshot: int) -> None:
        self.storage.end_snapshot(self.views.pop(snapshot))

    def rows(self, schema: Schema, cells: Any, count: int) -> list[Row]:
        width = len(schema.columns)
        return [
            tuple(_value(cells[i]) for i in range(at, at + width))
            for at in range(0, count * width, width)
        ]

    def append(self, unit: int, kind: int, cells: Any, count: int) -> None:
        schema = self.schemas[kind]
        self.storage.append(self.views[unit], schema, self.rows(schema, cells, count))

    def put(self, unit: int, kind: int, cells: Any, count: int) -> None:
        schema = self.schemas[kind]
        self.storage.put(self.views[unit], schema, self.rows(schema, cells, count))

    def replace(self, unit: int, kind: int, cells: Any, version: int) -> None:
        schema = self.schemas[kind]
        (row,) = self.rows(schema, cells, 1)
        self.storage.replace(self.views[unit], schema, row, version)

    def destroy_rows(self, unit: int, kind: int, first_id: int, last_id: int) -> None:
        self.storage.destroy_rows(self.views[unit], self.schemas[kind], first_id, last_id)

    def find(self, view: int, _is_unit: int, kind: int, key: Any, give: Any, data: Any) -> None:
        schema = self.schemas[kind]
        row = self.storage.find(self.views[view], schema, _values(key, schema.key_columns))
        if row is not None:
            cells, _keep = _cells(schema, row)
            give(data, cells, 1)

    def scan(self, view: int, _is_unit: int, kind: int, scan: Any, give: Any, data: Any) -> None:
        schema, struct = self.schemas[kind], scan[0]
        query = Query(
            struct.index,
            _values(struct.equal, struct.equal_count),
            _values(getattr(struct, "from"), struct.from_count),
            bool(struct.is_from_exclusive),
            _values(struct.to, struct.to_count),
            bool(struct.is_to_inclusive),
            bool(struct.is_backward),
            None if struct.limit < 0 else struct.limit,
        )
        for row in self.storage.scan(self.views[view], schema, query):
            cells, _keep = _cells(schema, row)
            if give(data, cells, 1) != 0:
                return


def run_conformance(
    create: Callable[[], Storage],
    reopen: Callable[[], Storage] | None = None,
    report: Callable[[str, str], None] | None = None,
) -> tuple[int, int]:
    """Runs the conformance suite; gives how many cases passed and failed.

    `create` makes a new, empty storage for each case; `reopen` the one that it made last. `report`
    hears of each case; its second argument is empty when the case passed.
    """
    adapters: list[Adapter] = []

    def maker(make: Callable[[], Storage]) -> Any:
        def call(_data: Any, out: Any, _error_out: Any) -> int:
            try:
                adapters.append(Adapter(make()))
            except Exception:
                return _abi.ERR_STORAGE_BACKEND
            out[0] = adapters[-1].vtable
            return _abi.OK

        return _abi.StorageMakeFunction(call)

    def tell(_data: Any, name: bytes, problem: bytes) -> None:
        if report is not None:
            report(name.decode(), problem.decode(errors="replace"))

    passed, failed = ctypes.c_int64(), ctypes.c_int64()
    none = _abi.StorageMakeFunction(0)
    _lib.call(
        "storage_conformance_run",
        maker(create),
        none if reopen is None else maker(reopen),
        None,
        _abi.ConformanceFunction(tell),
        None,
        ctypes.byref(passed),
        ctypes.byref(failed),
    )
    return passed.value, failed.value
