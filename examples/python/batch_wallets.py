# SPDX-License-Identifier: MIT
"""Creates wallets for users of a CSV file, with a progress bar; stopped half way and resumed."""

import pathlib
import sys

import coffer

# Everyone knows this sentence: never send money to its addresses.
SENTENCE = "abandon " * 11 + "about"
NETWORKS = ("bitcoin", "ethereum", "tron")
ROWS_A_STEP = 2  # a server takes some thousands


def add_sources(wallets: coffer.CryptoWallets) -> list[coffer.AddressSource]:
    """The account's public key of each network: all that the book is given."""
    networks = coffer.NetworkTable()
    with coffer.Mnemonic(SENTENCE) as mnemonic, mnemonic.seed() as seed:
        master = coffer.Xprv.from_seed(seed)
        return [
            wallets.add_source(name, name, master.derive(networks.account_path(name)).public())
            for name in NETWORKS
        ]


def show_bar(job: coffer.WalletJob) -> None:
    filled = "#" * (job.done * 18 // job.rows)
    print(f"creating wallets [{filled:18}] {job.done} of {job.rows}")


def print_results(wallets: coffer.CryptoWallets, job: coffer.WalletJob) -> None:
    for result in wallets.results(job.id):
        made = "existed" if result.existed else "created"
        what = f"row {result.row}: {result.user} {made} {result.address}"
        print(result.message or what)


def create(book: str, csv: str, steps: int) -> None:
    """One life of the program: goes on where the last one stopped, for at most so many steps."""
    with coffer.Engine(book) as engine, coffer.CryptoWallets(engine) as wallets:
        # A repeat with this key and the same rows finds the job.
        job = wallets.submit("users.csv", add_sources(wallets), csv)
        print(f"job users.csv: {job.done} of {job.rows} rows are done")
        while job.state == coffer.WalletJobState.READY and steps > 0:
            job, steps = wallets.run(job.id, ROWS_A_STEP), steps - 1
            show_bar(job)
        if job.state == coffer.WalletJobState.COMPLETED:
            print_results(wallets, job)
            print(f"{job.created} created, {job.existed} existed, {job.failed} failed")


if len(sys.argv) != 3:
    sys.exit("usage: batch_wallets.py BOOK CSV")
text = pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
create(sys.argv[1], text, 2)
print("stopped, and started again")
create(sys.argv[1], text, 1000)
