# SPDX-License-Identifier: MIT
"""Long work tells how far it is, and may be stopped."""

from collections.abc import Callable
from types import TracebackType
from typing import Any

from coffer import _abi
from coffer.errors import Cancelled

Progress = Callable[[int, int], bool | None]
"""Called with what is done and what there is to do. Return False to stop the work, which raises
Cancelled, or raise what it shall raise; None goes on."""


class Reporting:
    """A progress callback for C; what it raises is raised again when the call has returned."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._raised: BaseException | None = None

    def _report(self, _data: Any, done: int, total: int) -> int:
        assert self._progress is not None
        try:
            return 1 if self._progress(done, total) is False else 0
        except BaseException as error:  # it may not pass through C
            self._raised = error
            return 1

    def __enter__(self) -> Any:
        if self._progress is None:
            return _abi.ProgressFunction(0)  # a null pointer
        return _abi.ProgressFunction(self._report)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._raised is not None and isinstance(error, Cancelled):
            raise self._raised from None
