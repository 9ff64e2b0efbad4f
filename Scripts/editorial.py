#!/usr/bin/env python3
"""Opens the editorial lists as two tables that people can edit, and closes them again.

    Scripts/editorial.py open FOLDER [FILE]     writes FOLDER/alike.tsv and FOLDER/themes.tsv
    Scripts/editorial.py close FOLDER [FILE]    makes FILE of them, by default Sources/Matinee/Resources/editorial.json

A line of alike.tsv is a film, a tab, and the films that people name to somebody who liked it; one of themes.tsv is phrases, a
tab, and the films that come to mind. Films are written `tt0113277 Heat (1995)`, with `-` where no IMDb id is known, and set
apart by `|`, phrases by `;`.
"""

import json
import pathlib
import re
import sys

RESOURCE = pathlib.Path(__file__).parent.parent / "Sources/Matinee/Resources/editorial.json"


def open_tables(folder, file):
    lists = json.loads(file.read_text())
    films = lists["films"]

    def named(places):
        return "|".join(films[place] for place in places)

    alike = [f"{film}\t{named(places)}\n" for film, places in zip(films, lists["alike"]) if places]
    themes = [f"{'; '.join(theme['words'])}\t{named(theme['films'])}\n" for theme in lists["themes"]]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "alike.tsv").write_text("".join(alike))
    (folder / "themes.tsv").write_text("".join(themes))


def rows(file):
    for number, line in enumerate(file.read_text().splitlines(), 1):
        parts = line.split("\t")
        films = parts[-1].split("|")
        wrong = [film for film in films if not re.fullmatch(r"(tt\d{7,8}|-) .+ \(\d{4}\)", film)]
        if len(parts) != 2 or wrong:
            sys.exit(f"{file}, line {number}: {'no film: ' + wrong[0] if wrong else 'one tab belongs in it'}")
        yield parts[0], films


def close_tables(folder, file):
    alike = {film: [other for other in others if other != film] for film, others in rows(folder / "alike.tsv")}
    themes = list(rows(folder / "themes.tsv"))
    named = set(alike).union(*alike.values(), *(films for _, films in themes))
    films = sorted(named, key=lambda film: (film.partition(" ")[2], film))
    places = {film: place for place, film in enumerate(films)}

    def placed(names):
        return [places[name] for name in dict.fromkeys(names)]

    def lines(values):
        return ",\n".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)

    lists = [placed(alike.get(film, [])) for film in films]
    wishes = [
        {"words": [word.strip() for word in words.split(";")], "films": placed(names)} for words, names in themes
    ]
    file.write_text(
        f'{{\n"films":[\n{lines(films)}\n],\n"alike":[\n{lines(lists)}\n],\n"themes":[\n{lines(wishes)}\n]\n}}\n'
    )


if __name__ == "__main__":
    actions = {"open": open_tables, "close": close_tables}
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in actions:
        sys.exit(__doc__)
    actions[sys.argv[1]](pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]) if sys.argv[3:] else RESOURCE)
