# SPDX-License-Identifier: MIT
"""Shares of a secret (SLIP-39): guardians of whom a few together bring it back."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from coffer import _abi, _lib
from coffer.secret import Handle, Password, Secret


@dataclass(frozen=True, slots=True)
class ShareGroup:
    """A group of guardians: any `threshold` of its `count` shares speak for it."""

    threshold: int
    count: int


@dataclass(frozen=True, slots=True)
class ShareInfo:
    """What one share says about its set. Indexes are counted from 0."""

    identifier: int
    is_extendable: bool
    iteration_exponent: int
    group_index: int
    group_threshold: int
    group_count: int
    member_index: int
    member_threshold: int
    secret_size: int


class ShareSet(Handle):
    """The shares of one secret."""

    noun = "share_set"
    groups: tuple[ShareGroup, ...]

    @classmethod
    def split(
        cls,
        secret: Secret,
        groups: Sequence[ShareGroup],
        passphrase: Password = "",
        *,
        group_threshold: int = 1,
        iteration_exponent: int = 1,
        extendable: bool = True,
    ) -> Self:
        """Splits a secret of 16 to 64 bytes, an even number, among groups, of which
        `group_threshold` are needed.

        Every passphrase opens the shares and gives another secret; a mistyped one is not noticed.
        """
        phrase = _lib.as_bytes(passphrase, "passphrase")
        structs = (_abi.ShareGroup * len(groups))()
        for struct, group in zip(structs, groups):
            struct.threshold, struct.count = group.threshold, group.count
        options = _lib.new(
            _abi.ShareOptions,
            group_threshold=group_threshold,
            iteration_exponent=iteration_exponent,
            is_not_extendable=not extendable,
        )
        pointer = ctypes.c_void_p()
        _lib.call(
            "share_split",
            secret._handle(), structs, len(groups), phrase, len(phrase), ctypes.byref(options),
            ctypes.byref(pointer),
        )
        made = cls._own(pointer)
        made.groups = tuple(groups)
        return made

    def export_sentence(self, group: int, member: int) -> str:
        """One share: for one guardian, and no other eye. Both are counted from 0."""
        return _lib.secret_text_out(
            _abi.SHARE_TEXT_SIZE, "share_set_export_sentence", self._handle(), group, member
        )


def combine_shares(shares: Sequence[str], passphrase: Password = "") -> Secret:
    """Brings the secret back from exactly the threshold number of groups, each with exactly its
    threshold of shares; else ShareInvalid, which names the share, counted from 1, or the group."""
    phrase = _lib.as_bytes(passphrase, "passphrase")
    structs = (_abi.Share * len(shares))()
    for struct, share in zip(structs, shares):
        _lib.set_text(struct, sentence=share)
    return Secret._make("share_combine", structs, len(shares), phrase, len(phrase))


def inspect_share(share: str) -> ShareInfo:
    """What one share says about its set; else ShareInvalid."""
    text, struct = _lib.utf8(share, "share"), _abi.ShareInfo()
    _lib.call("share_inspect", text, len(text), ctypes.byref(struct))
    return ShareInfo(
        struct.identifier,
        bool(struct.is_extendable),
        struct.iteration_exponent,
        struct.group_index,
        struct.group_threshold,
        struct.group_count,
        struct.member_index,
        struct.member_threshold,
        struct.secret_size,
    )
