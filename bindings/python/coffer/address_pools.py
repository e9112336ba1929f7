# SPDX-License-Identifier: MIT
"""Address pools: addresses derived ahead and given out on demand."""

import ctypes

from coffer import _abi, _lib
from coffer._lib import sized
from coffer.addresses import AddressPool, AssignedAddress, CryptoWallet, UsedAddresses
from coffer.keys import Xprv, bulk_options
from coffer.secret import Handle
from coffer.wallet_hooks import ChainUse, chain_function
from coffer.wallet_jobs import CryptoWalletStatus


class AddressPools(Handle):
    """What CryptoWallets does with pools: each source has one, of addresses for no user."""

    def pool(self, source: int) -> AddressPool:
        """The counts of a source's pool."""
        struct = _abi.AddressPool()
        _lib.call("address_pool_find", self._handle(), source, ctypes.byref(struct))
        return AddressPool(
            struct.free_count,
            struct.assigned_count,
            struct.used_count,
            struct.retired_count,
            struct.gap,
            struct.gap_limit,
            struct.next_index,
        )

    def fill_pool(
        self,
        source: int,
        free_min: int = 100,
        node: Xprv | None = None,
        *,
        threads: int = 1,
        actor: str = "",
    ) -> int:
        """Derives addresses ahead until so many are free; says how many were added. `node` is the
        private account node, for ed25519 sources."""
        added = ctypes.c_int64()
        options = bulk_options(threads, _abi.ProgressFunction(0))
        key = None if node is None else node._handle()
        place = (self._handle(), source, free_min, ctypes.byref(options))
        _lib.call("address_pool_fill", *place, key, *sized(actor, "actor"), ctypes.byref(added))
        return added.value

    def assign_address(
        self, source: int, key: str, owner: str = "", actor: str = ""
    ) -> AssignedAddress:
        """Gives out a free address; the same key gets the same one again."""
        struct = _abi.AssignedAddress()
        texts = (*sized(key, "key"), *sized(owner, "owner"), *sized(actor, "actor"))
        _lib.call("address_pool_assign", self._handle(), source, *texts, ctypes.byref(struct))
        return AssignedAddress(
            CryptoWallet.from_struct(struct.wallet),
            bool(struct.existed),
            bool(struct.is_beyond_gap),
            bool(struct.may_be_reused),
        )

    def mark_address(self, address: int, status: CryptoWalletStatus, actor: str = "") -> None:
        """Marks a pool's address USED or RETIRED."""
        _lib.call("address_pool_mark", self._handle(), address, status, *sized(actor, "actor"))

    def set_gap_limit(self, source: int, limit: int, actor: str = "") -> None:
        """Sets after how many unused addresses `is_beyond_gap` warns."""
        place = (self._handle(), source, limit)
        _lib.call("address_pool_set_gap_limit", *place, *sized(actor, "actor"))

    def find_used(
        self, source: int, chain: ChainUse, node: Xprv | None = None, actor: str = ""
    ) -> UsedAddresses:
        """Asks the chain for addresses that were used, also behind the last one of the book, until
        as many as the gap limit in a row were not; none of them is given out again. Ends
        `may_be_reused` of a restored source."""
        struct = _abi.UsedAddresses()
        place = (self._handle(), source, chain_function(chain), None)
        key = None if node is None else node._handle()
        end = (*sized(actor, "actor"), ctypes.byref(struct))
        _lib.call("address_pool_find_used", *place, key, *end)
        return UsedAddresses(struct.looked_at, struct.used, struct.next_index)
