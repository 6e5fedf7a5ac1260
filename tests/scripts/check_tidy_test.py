"""Runs scripts/check_tidy on a small project, and looks at what it checks again and what it remembers."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
CMAKE = """
cmake_minimum_required(VERSION 3.25)
project(small LANGUAGES CXX)
add_library(small STATIC core/a.cpp core/b.cpp)
target_include_directories(small PRIVATE ${CMAKE_SOURCE_DIR})
"""
CONFIG = "Checks: '-*,bugprone-sizeof-expression,misc-unused-using-decls'\nWarningsAsErrors: '*'\n"


class CheckTidy(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name, "one")
        self.write("CMakeLists.txt", CMAKE)
        self.write(".clang-tidy", CONFIG)
        self.write("core/a.h", "#pragma once\nint a();\n")
        self.write("core/a.cpp", '#include "core/a.h"\nint a() { return 1; }\n')
        self.write("core/b.cpp", "int b() { return 2; }\n")
        (self.root / "scripts").mkdir()
        shutil.copy(SCRIPTS / "check_tidy", self.root / "scripts")

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def checks(self):
        """Builds, runs the check; its exit code and its first line, which says how much it has to do."""
        subprocess.run(["cmake", "-G", "Ninja", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", "-B", "build/dev"],
                       cwd=self.root, check=True, capture_output=True)
        subprocess.run(["ninja", "-C", "build/dev"], cwd=self.root, check=True, capture_output=True)
        done = subprocess.run(["scripts/check_tidy"], cwd=self.root, capture_output=True, text=True, check=False,
                              env={**os.environ, "XDG_CACHE_HOME": self.folder.name})
        return done.returncode, done.stdout.splitlines()[0], done.stdout

    def test_checks_again_what_changed_alone(self):
        self.assertEqual(self.checks()[:2], (0, "tidy: 2 files, 2 to check"))
        self.assertEqual(self.checks()[:2], (0, "tidy: 2 files, 0 to check"))
        self.write("core/a.h", "#pragma once\nint a();\nint c();\n")
        self.assertEqual(self.checks()[:2], (0, "tidy: 2 files, 1 to check"))
        self.write(".clang-tidy", CONFIG.replace("-*,", "-*,modernize-use-override,"))
        self.assertEqual(self.checks()[:2], (0, "tidy: 2 files, 2 to check"))

    def test_remembers_for_another_clone(self):
        self.checks()
        other = Path(self.folder.name, "two")
        shutil.copytree(self.root, other, ignore=shutil.ignore_patterns("build"))
        self.root = other
        self.assertEqual(self.checks()[:2], (0, "tidy: 2 files, 0 to check"))

    def test_a_finding_fails_until_it_is_mended(self):
        self.write("core/b.cpp", "int b(const int* p) { return sizeof(p) / sizeof(*p); }\n")
        code, _, output = self.checks()
        self.assertEqual(code, 1)
        self.assertIn("core/b.cpp:1", output)
        self.assertEqual(self.checks()[:2], (1, "tidy: 2 files, 1 to check"))


if __name__ == "__main__":
    unittest.main()
