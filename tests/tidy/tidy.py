# SPDX-License-Identifier: MIT
# The rules of the house as a test: prints each finding; fails when one has no excuse.
import pathlib
import sys

import rules_contract
import rules_graph
import rules_text
import selftest
from tree import Finding, Rule, Tree

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXCEPTIONS = "tests/tidy/exceptions.txt"
RULES: tuple[Rule, ...] = rules_text.RULES + rules_graph.RULES + rules_contract.RULES


def exceptions(tree: Tree) -> dict[tuple[str, str], int]:
    """(rule, path) -> line in the list. A line is: rule, path, reason; a folder ends in /."""
    allowed = {}
    for number, line in enumerate(tree.files.get(EXCEPTIONS, "").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split(maxsplit=2)
        if len(fields) < 3 or len(fields[2]) < 20:
            raise SystemExit(
                f"{EXCEPTIONS}:{number}: wants a rule, a path and a reason of one sentence"
            )
        allowed[fields[0], fields[1]] = number
    return allowed


def judge(tree: Tree) -> list[Finding]:
    allowed = exceptions(tree)
    used, findings = set(), []
    for rule in RULES:
        for finding in rule(tree):
            fit = [
                key for key in allowed if key[0] == finding.rule and covers(key[1], finding.path)
            ]
            used.update(fit)
            if not fit:
                findings.append(finding)
    for key in allowed.keys() - used:
        findings.append(
            Finding(
                "exceptions", EXCEPTIONS, allowed[key], f"nothing needs '{' '.join(key)}' any more"
            )
        )
    return sorted(findings)


def covers(place: str, path: str) -> bool:
    return path.startswith(place) if place.endswith("/") else path == place


def main() -> int:
    silent = selftest.silent_rules(RULES)
    for name in silent:
        print(f"self-test: rule '{name}' does not judge its samples as it should")
    try:
        tree = Tree.of_checkout(ROOT)
    except (FileNotFoundError, OSError, selftest.NOT_A_CHECKOUT) as error:
        print(f"not a git checkout, so there is no list of files to look at: {error}")
        return 77
    findings = judge(tree)
    for finding in findings:
        print(finding)
    print(f"tidy: {len(tree.files)} files, {len(RULES)} rules, {len(findings)} findings")
    return 1 if findings or silent else 0


if __name__ == "__main__":
    sys.exit(main())
