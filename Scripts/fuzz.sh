#!/bin/sh
# Tries random and spoilt inputs on every reader: fuzz.sh [ROUNDS] [SEED], by default 100,000 rounds of seed 1.
# The tests do the same with 2,000 rounds. A seed gives the same inputs each time.
set -eu
MATINEE_FUZZ_ROUNDS="${1:-100000}" MATINEE_FUZZ_SEED="${2:-1}" swift test -c release --disable-testable-imports \
    --explicit-target-dependency-import-check error --filter FuzzTests
