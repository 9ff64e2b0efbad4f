#!/bin/sh
# Kills the program in the midst of a conversation, again and again: kill-loop.sh [ROUNDS] [SEED], by default 200 rounds.
# The tests do the same with 20 rounds.
set -eu
MATINEE_KILL_ROUNDS="${1:-200}" MATINEE_KILL_SEED="${2:-1}" swift test -c release --disable-testable-imports \
    --explicit-target-dependency-import-check error --filter KillTests
