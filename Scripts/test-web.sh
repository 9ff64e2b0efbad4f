#!/usr/bin/env bash
# Tests the page in Debian's Chromium, and the assistants' doors with the official clients; needs a built program.
# MATINEE_PICTURES=1 draws the pictures of the documentation anew.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v chromium >/dev/null; then
    sudo=$([ "$(id -u)" = 0 ] || echo sudo)
    $sudo apt-get install -y --no-install-recommends chromium fonts-dejavu-core
fi

venv=${XDG_CACHE_HOME:-$HOME/.cache}/matinee/web-tests
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check mcp==2.3.0 openai==3.57.0 playwright==1.65.2

cd Tests/WebTests
CHROMIUM=$(command -v chromium) PYTHONDONTWRITEBYTECODE=1 "$venv/bin/python" -m unittest "$@"
