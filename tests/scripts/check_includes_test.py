"""Runs scripts/check_includes on small trees, and looks at what it prints."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check_includes"


def run_on(files):
    """The exit code and the printed lines, less the summary, for a tree of {path: text}."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            file = Path(root, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, SCRIPT, root], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()[:-1]


class CheckIncludes(unittest.TestCase):
    def accepts(self, path, text):
        self.assertEqual(run_on({path: text}), (0, []))

    def refuses(self, path, text, *messages):
        self.assertEqual(run_on({path: text}), (1, list(messages)))

    def test_a_folder_may_include_itself_and_the_standard_library(self):
        self.accepts("core/domain/a.cpp", '#include "core/domain/a.h"\n#include <vector>\n#include <nlohmann/json.hpp>\n')

    def test_arrows_go_one_way(self):
        self.accepts("core/settings/a.cpp", '#include "core/domain/a.h"\n')
        self.refuses("core/domain/a.cpp", '\n#include "core/settings/a.h"\n',
                     "core/domain/a.cpp:2: core/domain must not include core/settings/a.h")
        self.refuses("core/wire/a.h", '#include "core/settings/a.h"\n',
                     "core/wire/a.h:1: core/wire must not include core/settings/a.h")
        self.refuses("core/db/a.h", '#include "core/db_mysql/a.h"\n',
                     "core/db/a.h:1: core/db must not include core/db_mysql/a.h")

    def test_plugin_and_server_never_meet(self):
        self.refuses("plugin/app/a.cpp", '#include "server/a.h"\n#include "core/db_mysql/a.h"\n#include "core/phone/a.h"\n',
                     "plugin/app/a.cpp:1: plugin must not include server/a.h",
                     "plugin/app/a.cpp:2: plugin must not include core/db_mysql/a.h",
                     "plugin/app/a.cpp:3: plugin must not include core/phone/a.h")
        self.refuses("server/a.cpp", '#include "plugin/app/a.h"\n#include "host-sim/a.h"\n',
                     "server/a.cpp:1: server must not include plugin/app/a.h",
                     "server/a.cpp:2: server must not include host-sim/a.h")
        self.accepts("server/a.cpp", '#include "core/db_mysql/a.h"\n#include "core/phone/a.h"\n#include <Poco/URI.h>\n')

    def test_a_host_knows_the_abi_alone(self):
        self.accepts("host-sim/a.cpp", '#include "plugin/include/ccms/ccms_plugin.h"\n#include "host-sim/a.h"\n')
        self.accepts("host-sim/a.cpp", "#include <ccms/ccms_plugin.h>\n")
        self.refuses("host-sim/a.cpp", '#include "plugin/abi/guard.h"\n#include "core/domain/a.h"\n',
                     "host-sim/a.cpp:1: host-sim must not include plugin/abi/guard.h",
                     "host-sim/a.cpp:2: host-sim must not include core/domain/a.h")

    def test_nothing_leans_on_tests(self):
        self.refuses("server/a.cpp", '#include "tests/support/a.h"\n', "server/a.cpp:1: server must not include tests/support/a.h")
        self.accepts("tests/a.cpp", '#include "server/a.h"\n#include "plugin/app/a.h"\n')

    def test_rules_are_pure(self):
        self.refuses("core/workflow/a.cpp", "#include <Poco/URI.h>\n#include <mutex>\n#  include <fstream>\n",
                     "core/workflow/a.cpp:1: core/workflow is pure: no <Poco/URI.h>",
                     "core/workflow/a.cpp:2: core/workflow is pure: no <mutex>",
                     "core/workflow/a.cpp:3: core/workflow is pure: no <fstream>")
        self.refuses("core/domain/a.cpp", "auto t = std::chrono::system_clock::now();\n",
                     "core/domain/a.cpp:1: core/domain is pure: it must not read a clock")
        self.accepts("core/domain/a.cpp", "#include <chrono>\n// never system_clock::now()\n")
        self.accepts("core/crypto/a.cpp", "#include <openssl/evp.h>\n")

    def test_includes_start_at_the_root(self):
        self.refuses("plugin/app/a.cpp", '#include "a.h"\n', "plugin/app/a.cpp:1: \"a.h\" is not from the project's root")


if __name__ == "__main__":
    unittest.main()
