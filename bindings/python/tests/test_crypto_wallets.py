# SPDX-License-Identifier: MIT
"""Crypto wallets in bulk: the addresses of a published seed, results by row, pools."""

import unittest

import coffer
from coffer import errors
from coffer.crypto_wallets import CryptoWallets
from coffer.wallet_hooks import AdmissionRequest
from coffer.wallet_jobs import CryptoWalletKind, CryptoWalletStatus, WalletJobState, WalletRow
from tests import HAS_KEYS

SENTENCE = "abandon " * 11 + "about"
FIRST = "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"
SECOND = "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g"


def decide(request: AdmissionRequest) -> CryptoWalletStatus:
    if request.user == "cid":
        return CryptoWalletStatus.REFUSED
    return CryptoWalletStatus.PENDING if request.network == "" else CryptoWalletStatus.ACTIVE


@unittest.skipUnless(HAS_KEYS, "a library without keys")
class CryptoWalletsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = coffer.Engine(None)
        self.addCleanup(self.engine.close)
        self.wallets = CryptoWallets(self.engine, decide)
        self.addCleanup(self.wallets.close)
        self.seed = coffer.Mnemonic(SENTENCE).seed()
        account = coffer.Xprv.from_seed(self.seed).derive("m/84'/0'/0'")
        self.source = self.wallets.add_source("btc", "bitcoin", account.public())

    def test_a_job_makes_the_addresses_of_the_standard(self) -> None:
        rows = [WalletRow("ann", label="main"), WalletRow(""), WalletRow("bob"), WalletRow("cid")]
        job = self.wallets.submit("job", [self.source], rows)
        self.assertEqual(job.state, WalletJobState.READY)
        self.assertEqual(self.wallets.submit("job", [self.source], rows).id, job.id)
        with self.assertRaises(errors.ExistsWithDifferentEntries):
            self.wallets.submit("job", [self.source], rows[1:])
        done = self.wallets.run(job.id, 1)
        self.assertEqual((done.done, done.created), (1, 1))
        done = self.wallets.run(job.id)
        self.assertEqual(done.state, WalletJobState.COMPLETED)
        self.assertEqual((done.rows, done.created, done.failed), (4, 3, 1))
        results = list(self.wallets.results(job.id))
        self.assertEqual([r.address for r in results[::2]], [FIRST, SECOND])
        self.assertEqual(results[1].message, "row 2, user: is empty")
        self.assertEqual(results[3].status, CryptoWalletStatus.REFUSED)
        self.assertEqual(len(list(self.wallets.results(job.id, failed_only=True))), 1)
        wallet = self.wallets.find_by_user("ann", "bitcoin")
        self.assertEqual((wallet.path, wallet.label), ("m/84'/0'/0'/0/0", "main"))
        self.assertEqual(self.wallets.find_by_address("bitcoin", SECOND).user, "bob")
        frozen = self.wallets.set_status(wallet.id, CryptoWalletStatus.FROZEN, "ops", "asked to")
        self.assertEqual(frozen.status, CryptoWalletStatus.FROZEN)
        self.wallets.roll_back(job.id, "ops")
        self.assertEqual(self.wallets.find(wallet.id).status, CryptoWalletStatus.RETIRED)
        self.engine.verify()

    def test_rows_come_as_csv_and_json(self) -> None:
        job = self.wallets.submit("csv", [self.source], "user,label\nann,main\nbob\n")
        self.assertEqual(self.wallets.run(job.id).failed, 1)
        json = '[{"user": "ann"}, {"user": "dan"}]'
        job = self.wallets.submit("json", [self.source], json, text_format="json")
        done = self.wallets.run(job.id)
        self.assertEqual((done.existed, done.created), (1, 1))
        with self.assertRaises(errors.InvalidArgument):
            self.wallets.submit("bad", [self.source], "name\nann\n")

    def test_a_job_waits_is_cancelled_and_is_found(self) -> None:
        job = self.wallets.submit(
            "job", [self.source], [WalletRow("ann")], needs_approval=True, all_or_nothing=True
        )
        with self.assertRaises(errors.ConditionNotMet):
            self.wallets.run(job.id)
        self.assertEqual(self.wallets.approve(job.id, "boss").state, WalletJobState.READY)
        self.assertEqual(self.wallets.cancel(job.id).state, WalletJobState.CANCELLED)
        self.assertEqual(self.wallets.job("job").id, job.id)
        with self.assertRaises(errors.ConditionNotMet):
            self.wallets.retry(job.id)
        with self.assertRaises(errors.NotFound):
            self.wallets.job("other")

    def test_an_ed25519_source_takes_its_private_node(self) -> None:
        node = coffer.Xprv.from_seed(self.seed, coffer.Curve.ED25519).derive("m/44'/501'")
        source = self.wallets.add_source("sol", "solana", node.public())
        job = self.wallets.submit("job", [source], [WalletRow("ann")])
        with self.assertRaises(errors.InvalidKey):
            self.wallets.run(job.id)
        self.wallets.run(job.id, nodes={source.id: node})
        self.assertEqual(
            next(self.wallets.results(job.id)).address,
            "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk",
        )

    def test_a_source_has_a_kind_and_a_limit(self) -> None:
        self.assertEqual(self.source.kind, CryptoWalletKind.HOT)
        self.assertIsNone(self.source.balance_max)
        self.wallets.set_balance_max(self.source.id, 50_000_000, "ops")
        self.assertEqual(self.wallets.source("btc").balance_max, 50_000_000)
        node = coffer.Xprv.from_seed(self.seed).derive("m/44'/60'/0'").public()
        vault = self.wallets.add_source("vault", "ethereum", node, kind=CryptoWalletKind.COLD)
        self.wallets.set_balance_max(vault.id, 10**30)
        self.assertEqual(self.wallets.source("vault").balance_max, 10**30)
        self.wallets.run(self.wallets.submit("job", [vault], [WalletRow("ann")]).id)
        self.assertEqual(
            self.wallets.find_by_user("ann", "ethereum").kind, CryptoWalletKind.COLD
        )
        self.wallets.set_balance_max(vault.id, None)
        self.assertIsNone(self.wallets.source("vault").balance_max)
        with self.assertRaises(errors.OutOfRange):
            self.wallets.set_balance_max(vault.id, -1)
        with self.assertRaises(errors.NotFound):
            self.wallets.set_balance_max(99, 1)
        self.engine.verify()

    def test_a_pool_gives_each_address_once(self) -> None:
        self.assertEqual(self.wallets.fill_pool(self.source.id, 2), 2)
        first = self.wallets.assign_address(self.source.id, "a", "ann")
        self.assertEqual(first.wallet.address, FIRST)
        self.assertTrue(self.wallets.assign_address(self.source.id, "a", "ann").existed)
        self.assertEqual(self.wallets.assign_address(self.source.id, "b").wallet.address, SECOND)
        with self.assertRaises(errors.ConditionNotMet):
            self.wallets.assign_address(self.source.id, "c")
        self.wallets.mark_address(first.wallet.id, CryptoWalletStatus.USED)
        self.wallets.set_gap_limit(self.source.id, 5)
        pool = self.wallets.pool(self.source.id)
        self.assertEqual((pool.free, pool.assigned, pool.used, pool.gap_limit), (0, 1, 1, 5))
        self.assertEqual(self.wallets.source("btc").next_index, 2)


if __name__ == "__main__":
    unittest.main()
