#!/usr/bin/env python3
"""Looks for runs of eight words that the overviews of a catalogue have in common with other texts.

    python3 Scripts/compare-texts.py Sources/Matinee/Resources/starter.jsonl OTHER.jsonl ...

OTHER.jsonl are catalogues of other sources, rows with an "overview". Prints every run in common and ends with 1 where
there is one: the starter catalogue's sentences are our own.
"""

import json
import re
import sys
import unicodedata


def runs(text):
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    others = set()
    for path in sys.argv[2:]:
        for row in rows(path):
            others |= runs(row.get("overview") or "")
    found = [(row["title"], run) for row in rows(sys.argv[1]) for run in runs(row.get("overview") or "") & others]
    for title, run in found:
        print(f"{title}: {' '.join(run)}")
    print(f"{len(found)} runs in common with {len(others)} others.")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
