# SPDX-License-Identifier: MIT
# Runs clang-tidy over the tracked sources within a time budget, recently changed files first.
import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def git(*arguments: str) -> list[str]:
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")


def in_order(files: list[str]) -> list[str]:
    """Files of the last ten commits first; the others rotated by the number of commits."""
    recent = set(git("log", "-10", "--name-only", "--format="))
    first = [file for file in files if file in recent]
    rest = [file for file in files if file not in recent]
    start = len(git("rev-list", "HEAD")) * 7 % len(rest) if rest else 0
    return first + rest[start:] + rest[:start]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--budget", type=int, default=240, help="seconds")
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_args()

    commands = json.loads((pathlib.Path(arguments.build) / "compile_commands.json").read_text())
    compiled = {os.path.relpath(entry["file"], ROOT) for entry in commands}
    tracked = [file for file in git("ls-files", "src", "capi/src") if file in compiled]
    files = arguments.files or in_order(tracked)
    deadline = time.monotonic() + arguments.budget

    def examine(file: str) -> tuple[str, int, str] | None:
        if time.monotonic() > deadline:
            return None
        # The build is GCC's, and some of its warnings have no meaning for clang.
        command = ["clang-tidy-14", "--quiet", "--extra-arg=-Wno-unknown-warning-option"]
        command += ["-p", arguments.build, file]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        return file, done.returncode, done.stdout

    examined = failed = 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for result in pool.map(examine, files):
            if result is None:
                continue
            examined += 1
            if result[1] != 0:
                failed += 1
                print(result[2], flush=True)
    print(f"clang-tidy: {examined} of {len(files)} files examined, {failed} with findings")
    return 1 if failed or not examined else 0


if __name__ == "__main__":
    sys.exit(main())
