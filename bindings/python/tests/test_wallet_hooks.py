# SPDX-License-Identifier: MIT
"""What crypto wallets ask a host in Python, networks of its own, and pages."""

import io
import unittest
from collections.abc import Sequence

import coffer
from coffer import errors
from coffer.crypto_wallets import CryptoWallets
from coffer.networks import Family, Network, NetworkTable
from coffer.wallet_hooks import AdmissionRequest, StaticAdmission, WalletAction
from coffer.wallet_jobs import CryptoWalletStatus, WalletJobState, WalletRow
from tests import HAS_KEYS

SENTENCE = "abandon " * 11 + "about"
FIRST = "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"
THIRD = "bc1qp59yckz4ae5c4efgw2s5wfyvrz0ala7rgvuz8z"

MAY = {
    "clerk": {WalletAction.SUBMIT, WalletAction.RUN},
    "boss": {WalletAction.APPROVE},
    "auditor": {WalletAction.QUERY},
    "ops": set(WalletAction),
}


def may(actor: str, action: WalletAction, job: int) -> bool:
    if actor == "broken":
        raise RuntimeError("\ud800 is no text")
    return action in MAY.get(actor, set())


@unittest.skipUnless(HAS_KEYS, "a library without keys")
class WalletHooksTest(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = coffer.Engine(None)
        self.addCleanup(self.engine.close)
        self.master = coffer.Xprv.from_seed(coffer.Mnemonic(SENTENCE).seed())
        self.account = self.master.derive("m/84'/0'/0'").public()

    def test_who_may_submit_may_not_approve_or_look(self) -> None:
        wallets = CryptoWallets(self.engine, permission=may)
        self.addCleanup(wallets.close)
        with self.assertRaisesRegex(errors.NotPermitted, "nobody: may not add_source"):
            wallets.add_source("btc", "bitcoin", self.account)
        source = wallets.add_source("btc", "bitcoin", self.account, actor="ops")
        rows = [WalletRow("ann")]
        with self.assertRaisesRegex(errors.NotPermitted, "boss: may not submit"):
            wallets.submit("job", [source], rows, actor="boss")
        job = wallets.submit("job", [source], rows, needs_approval=True, actor="clerk")
        self.assertEqual((job.state, job.actor), (WalletJobState.WAITING, "clerk"))
        with self.assertRaises(errors.NotPermitted):
            wallets.job(job.id, "clerk")
        with self.assertRaises(errors.NotPermitted):
            wallets.approve(job.id, "clerk")
        with self.assertRaisesRegex(errors.NotPermitted, "RuntimeError"):
            wallets.approve(job.id, "broken")
        self.assertEqual(wallets.approve(job.id, "boss").state, WalletJobState.READY)
        with self.assertRaises(errors.NotPermitted):
            wallets.run(job.id, actor="boss")
        self.assertEqual(wallets.run(job.id, actor="clerk").created, 1)
        with self.assertRaises(errors.NotPermitted):
            list(wallets.results(job.id))
        self.assertEqual(next(wallets.results(job.id, actor="auditor")).address, FIRST)
        with self.assertRaises(errors.NotPermitted):
            list(wallets.jobs(actor="clerk"))
        self.assertEqual([one.key for one in wallets.jobs(actor="auditor")], ["job"])
        with self.assertRaises(errors.NotPermitted):
            wallets.fill_pool(source.id, actor="clerk")
        with self.assertRaises(errors.NotPermitted):
            wallets.set_status(1, CryptoWalletStatus.FROZEN, "clerk")
        with self.assertRaises(errors.NotPermitted):  # the whole actor is compared
            wallets.approve(job.id, "boss\0evil")

    def test_a_permission_that_does_not_say_true_refuses(self) -> None:
        wallets = CryptoWallets(self.engine, permission=lambda *_: None)  # type: ignore[arg-type]
        self.addCleanup(wallets.close)
        with self.assertRaises(errors.NotPermitted):
            wallets.add_source("btc", "bitcoin", self.account)

    def test_an_admission_that_fails_is_asked_again(self) -> None:
        asked: list[AdmissionRequest] = []

        def decide(request: AdmissionRequest) -> CryptoWalletStatus:
            asked.append(request)
            if len(asked) == 1:
                raise errors.SourceUnavailable("the list is gone")
            if len(asked) == 2:
                raise ValueError("\ud800")
            if len(asked) == 3:
                return CryptoWalletStatus.USED
            return CryptoWalletStatus.PENDING

        wallets = CryptoWallets(self.engine, decide)
        self.addCleanup(wallets.close)
        source = wallets.add_source("btc", "bitcoin", self.account)
        job = wallets.submit("job", [source], [WalletRow("a\0b", "", "", "one", '{"x":1}')])
        for code in (errors.SourceUnavailable, errors.SourceUnavailable, errors.InvalidArgument):
            self.assertEqual(wallets.run(job.id).failed, 1)
            self.assertEqual(next(wallets.results(job.id)).code, code.code)
            wallets.retry(job.id)
        self.assertEqual(wallets.run(job.id).created, 1)
        self.assertEqual(
            asked[0], AdmissionRequest("a\0b", "bitcoin", "one", '{"x":1}', job.id)
        )
        self.assertEqual(wallets.extra(1), '{"x":1}')

    def test_lists_of_users_decide_how_wallets_begin(self) -> None:
        lists = StaticAdmission(["ann", "cid"], ["eve", "cid"], CryptoWalletStatus.PENDING)
        with CryptoWallets(self.engine, lists) as wallets:
            source = wallets.add_source("btc", "bitcoin", self.account)
            rows = [WalletRow(user) for user in ("ann", "bob", "cid", "eve")]
            job = wallets.run(wallets.submit("job", [source], rows).id)
            self.assertEqual(
                [result.status for result in wallets.results(job.id)],
                [
                    CryptoWalletStatus.ACTIVE,
                    CryptoWalletStatus.PENDING,
                    CryptoWalletStatus.REFUSED,
                    CryptoWalletStatus.REFUSED,
                ],
            )

    def test_a_check_of_users_is_asked_for_who_is_on_no_list(self) -> None:
        asked: list[str] = []

        def check(request: AdmissionRequest) -> CryptoWalletStatus:
            asked.append(request.user)
            return CryptoWalletStatus.PENDING

        lists = StaticAdmission(["ann"], ["eve"], check)
        with CryptoWallets(self.engine, lists) as wallets:
            source = wallets.add_source("btc", "bitcoin", self.account)
            rows = [WalletRow(user) for user in ("ann", "bob", "eve")]
            job = wallets.run(wallets.submit("job", [source], rows).id)
            self.assertEqual(
                [result.status for result in wallets.results(job.id)],
                [
                    CryptoWalletStatus.ACTIVE,
                    CryptoWalletStatus.PENDING,
                    CryptoWalletStatus.REFUSED,
                ],
            )
        self.assertEqual(asked, ["bob"])

    def test_jobs_and_wallets_come_in_pages(self) -> None:
        wallets = CryptoWallets(self.engine)
        self.addCleanup(wallets.close)
        source = wallets.add_source("btc", "bitcoin", self.account)
        text = "user\n" + "".join(f"user-{i}\n" for i in range(1001))
        job = wallets.submit("job", [source], io.BytesIO(text.encode()))
        self.assertEqual(job.rows, 1001)
        self.assertEqual(wallets.run(job.id).created, 1001)
        second = wallets.submit("second", [source], [WalletRow("ann", key="k")])
        self.assertEqual([one.key for one in wallets.jobs()], ["job", "second"])
        self.assertEqual([one.id for one in wallets.jobs(job.id)], [second.id])
        users = [wallet.user for wallet in wallets.list()]
        self.assertEqual((len(users), users[-1]), (1001, "user-1000"))
        self.assertEqual([w.id for w in wallets.list("user-7")], [8])
        self.assertEqual([w.id for w in wallets.list(after=1000)], [1001])
        with self.assertRaises(errors.WalletNotFound):
            next(wallets.list("user-7", after=1))
        wallets.cancel(second.id, "ops", "by mistake")
        self.assertEqual(wallets.reason(second.id), "by mistake")
        self.assertEqual([one.name for one in wallets.sources()], ["btc"])
        self.assertEqual(wallets.source(source.id).next_index, 1001)

    def test_a_file_that_breaks_off_is_not_a_job(self) -> None:
        class Broken:
            def read(self, size: int, /) -> bytes:
                raise OSError("the disk is gone")

        class Lying:
            def read(self, size: int, /) -> bytes:
                return bytes(size + 1)

        wallets = CryptoWallets(self.engine)
        self.addCleanup(wallets.close)
        source = wallets.add_source("btc", "bitcoin", self.account)
        with self.assertRaisesRegex(errors.SourceUnavailable, "the disk is gone"):
            wallets.submit("job", [source], Broken())
        with self.assertRaises(errors.SourceUnavailable):
            wallets.submit("job", [source], Lying())

    def test_a_pool_asks_the_chain_what_was_used(self) -> None:
        wallets = CryptoWallets(self.engine)
        self.addCleanup(wallets.close)
        source = wallets.add_source("btc", "bitcoin", self.account, is_restored=True)
        asked: list[str] = []

        def chain(network: str, addresses: Sequence[str]) -> list[bool]:
            self.assertEqual(network, "bitcoin")
            asked.extend(addresses)
            return [address in (FIRST, THIRD) for address in addresses]

        def down(network: str, addresses: Sequence[str]) -> list[bool]:
            raise TimeoutError("no answer")

        with self.assertRaisesRegex(errors.SourceUnavailable, "no answer"):
            wallets.find_used(source.id, down)
        with self.assertRaisesRegex(errors.SourceUnavailable, "answered for 1"):
            wallets.find_used(source.id, lambda network, addresses: [True])
        self.assertTrue(wallets.source("btc").is_restored)
        found = wallets.find_used(source.id, chain, actor="ops")
        self.assertEqual((found.used, found.next_index), (2, 3))
        self.assertEqual(found.looked_at, len(asked))
        self.assertFalse(wallets.source("btc").is_restored)
        wallets.fill_pool(source.id, 1)
        given = wallets.assign_address(source.id, "a")
        self.assertEqual((given.wallet.address_index, given.may_be_reused), (3, False))
        with self.assertRaises(errors.NotFound):
            wallets.find_used(99, chain)

    def test_a_network_of_the_host_has_wallets(self) -> None:
        networks = NetworkTable()
        networks.add(
            Network("our-chain", Family.ETHEREUM, "OUR", coin_type=60, scale=18, chain_id=777001)
        )
        node = self.master.derive("m/44'/60'/0'").public()
        with CryptoWallets(self.engine, networks=networks) as wallets:
            networks.close()  # it was copied
            source = wallets.add_source("own", "our-chain", node)
            wallets.run(wallets.submit("job", [source], [WalletRow("ann")]).id)
        with CryptoWallets(self.engine) as wallets:
            wallet = wallets.find_by_user("ann", "our-chain")
            self.assertEqual(wallet.address, "0x9858EfFD232B4033E47d90003D41EC34EcaEda94")
            self.assertEqual(wallet.path, "m/44'/60'/0'/0/0")
            with self.assertRaises(errors.NetworkNotFound):
                wallets.fill_pool(source.id, 1)


if __name__ == "__main__":
    unittest.main()
