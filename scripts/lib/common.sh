# shellcheck shell=bash
# Shared by the scripts: where the project is, how progress is said, which Node.js is used.
# Sourced by bash scripts that have set -euo pipefail.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
stamps=$project/build/setup
toolchain=$project/scripts/toolchain

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "error: $*"
  exit 1
}

# Seconds as 7s or 3m07s.
elapsed() {
  local s=$1
  if [ "$s" -lt 60 ]; then printf '%ds' "$s"; else printf '%dm%02ds' $((s / 60)) $((s % 60)); fi
}

# True when the node given can run the front end's tools, which ask for 20.19, or 22.12 and later.
node_is_new_enough() {
  "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number);
    process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

machine_has_node() {
  command -v node >/dev/null && command -v npm >/dev/null && node_is_new_enough "$(command -v node)"
}

# Puts the Node.js and npm that the project uses first on PATH: the machine's own, else the pinned one.
use_node() {
  machine_has_node && return
  [ -x "$toolchain/node_modules/.bin/node" ] || fail "no Node.js: run scripts/setup"
  PATH=$toolchain/node_modules/.bin:$PATH
}

# stamp_is NAME VALUE / set_stamp NAME VALUE: what was last installed, so that nothing is done twice.
stamp_is() { [ "$(cat "$stamps/$1" 2>/dev/null)" = "$2" ]; }
set_stamp() {
  mkdir -p "$stamps"
  printf '%s\n' "$2" >"$stamps/$1"
}
