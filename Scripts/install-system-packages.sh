#!/bin/sh
# Installs the few Debian packages that Matinee builds on, where they are missing. Asks nothing.
# With --list it only prints the names of those that are missing.
set -eu

missing=""
if command -v dpkg-query >/dev/null; then
    for package in libfaiss-dev libopenblas-pthread-dev libsqlite3-dev libedit-dev zlib1g-dev; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
    done
    command -v python3 >/dev/null || missing="$missing python3"
    python3 -m pip --version >/dev/null 2>&1 || missing="$missing python3-pip"
fi
if [ "${1:-}" = --list ]; then
    echo "$missing"
    exit 0
fi
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
    $as_root true 2>/dev/null || { echo "Run this once, then try again: sudo apt-get install$missing" >&2; exit 1; }
fi
echo "Installing$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of names
$as_root apt-get install -y -qq $missing >/dev/null
