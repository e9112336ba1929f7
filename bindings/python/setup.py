# SPDX-License-Identifier: MIT
"""Builds libcoffer with CMake and puts it into the package, so that the wheel carries it."""

import os
import pathlib
import shlex
import shutil
import subprocess
import sys

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


class BuildWithLibrary(build_py):
    """Takes the library at COFFER_LIBRARY when that is set, else builds it, with CMAKE_ARGS."""

    def run(self) -> None:
        super().run()
        given = os.environ.get("COFFER_LIBRARY")
        library = pathlib.Path(given) if given else self.build_library()
        name = "libcoffer.dylib" if sys.platform == "darwin" else "libcoffer.so"
        target = pathlib.Path(self.build_lib) / "coffer" / name
        shutil.copyfile(library, target)
        if not given and sys.platform != "darwin":
            subprocess.run(["strip", "--strip-unneeded", str(target)], check=False)

    def build_library(self) -> pathlib.Path:
        if not (ROOT / "CMakeLists.txt").is_file():
            raise SystemExit("coffer: build from a checkout of the whole project")
        folder = pathlib.Path(self.get_finalized_command("build").build_temp).resolve() / "cmake"
        configure = ["cmake", "-S", str(ROOT), "-B", str(folder), "-DCMAKE_BUILD_TYPE=Release"]
        configure += ["-DCOFFER_TESTS=OFF", "-DCOFFER_EXAMPLES=OFF", "-DCOFFER_INSTALL=OFF"]
        if shutil.which("ninja"):
            configure += ["-G", "Ninja"]
        # The last one of an option counts, so these can change those above.
        configure += shlex.split(os.environ.get("CMAKE_ARGS", ""))
        subprocess.run(configure, check=True)
        jobs = str(os.cpu_count() or 1)
        build = ["cmake", "--build", str(folder), "--target", "coffer_capi", "--parallel", jobs]
        subprocess.run(build, check=True)
        return next(iter(sorted(folder.glob("libcoffer.*"))))


class PlatformDistribution(Distribution):
    """Says that the wheel fits one platform only."""

    def has_ext_modules(self) -> bool:
        return True


setup(cmdclass={"build_py": BuildWithLibrary}, distclass=PlatformDistribution)
