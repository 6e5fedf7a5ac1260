#!/usr/bin/env python3
"""Does what a walk-through in docs/ tells its reader to do, block by block, and looks for what it says they will see.

    walkthrough_test.py DOCUMENT CCMS_SERVER PRESETS

A block ```sh must end well (```sh fails: must not), ```server is left running until the end, and each line of ```output
must stand in what the block before it printed. All blocks share one empty folder and one shell's variables. The programs
and presets are those given here, in place of those that the document names in the clone it was run from.
"""
import json
import os
import pathlib
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

DOCUMENT, SERVER, PRESETS = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
DEFAULT_ADDRESS = "http://127.0.0.1:8080"
CLONE_PROGRAMS, CLONE_PRESETS = "$PWD/build/release/bin", "$PWD/settings/presets"
BLOCK = re.compile(r"^```(sh fails|sh|server|output)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Reader:
    """Somebody who follows the document in a folder of their own."""

    def __init__(self, folder):
        self.folder = folder
        self.address = f"http://127.0.0.1:{free_port()}"
        self.server = None
        self.shell_state = folder / "shell-state"
        self.shell_state.write_text("")
        # What the reader has not set, no step may use.
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("CCMS_")}
        self.substitutes = {DEFAULT_ADDRESS: self.address, CLONE_PROGRAMS: self._folder_of_the_server(),
                            CLONE_PRESETS: str(PRESETS)}

    def _folder_of_the_server(self):
        """As built, but for the port: another server may be running on this machine."""
        config = self.folder / "server.json"
        config.write_text(json.dumps({"data_folder": str(self.folder / "ccms-data"),
                                      "http": {"port": int(self.address.rsplit(":", 1)[1])}}))
        path = self.folder / "bin"
        path.mkdir()
        command = path / "ccms-server"
        command.write_text(f'#!/bin/sh\nexec {shlex.quote(str(SERVER))} --config {shlex.quote(str(config))} "$@"\n')
        command.chmod(0o755)
        return str(path)

    def run(self, commands):
        for written, meant in self.substitutes.items():
            commands = commands.replace(written, meant)
        script = (f"set -euo pipefail\n. {self.shell_state}\ncd {self.folder}\n"
                  f"{commands}\nexport -p > {self.shell_state}\n")
        return subprocess.run(["bash", "-c", script], env=self.environment, text=True, capture_output=True,
                              timeout=120, check=False)

    def serve(self, command):
        with (self.folder / "server.log").open("w") as log:
            self.server = subprocess.Popen(["bash", "-c", f". {self.shell_state}\nexec {command.strip()}"],
                                           env=self.environment, cwd=self.folder, stdout=log, stderr=log)
        for _ in range(600):
            try:
                with urllib.request.urlopen(self.address + "/readyz", timeout=5):
                    return
            except OSError:
                if self.server.poll() is not None:
                    break
                time.sleep(0.1)
        raise AssertionError("the server does not come up:\n" + (self.folder / "server.log").read_text())

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait(timeout=30)


class Walkthrough(unittest.TestCase):
    def test_every_step_does_what_the_document_says(self):
        blocks = BLOCK.findall(DOCUMENT.read_text())
        self.assertGreater(sum(kind == "sh" for kind, _ in blocks), 3, "the document has hardly any steps")
        with tempfile.TemporaryDirectory() as folder:
            reader = Reader(pathlib.Path(folder))
            try:
                self._follow(reader, blocks)
            finally:
                reader.stop()

    def _follow(self, reader, blocks):
        said = ""
        for kind, text in blocks:
            if kind == "server":
                reader.serve(text)
            elif kind == "output":
                for line in filter(str.strip, text.splitlines()):
                    self.assertIn(line, said, f"not seen after:\n{step}")
            else:
                step = text
                done = reader.run(text)
                said = done.stdout + done.stderr
                self.assertEqual(done.returncode != 0, kind == "sh fails", f"{text}\nsaid: {said}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
