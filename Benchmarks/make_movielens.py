"""Writes a folder of MovieLens-32M's shape, for measuring imports: make_movielens.py FOLDER [--share S] [--seed N]

87,585 films, 200,948 users, 32,000,204 ratings (grouped by user, in the order of the film's id, as in the original),
2,000,072 tags, and links. All of it is random; nothing is MovieLens' own. Needs NumPy. Never commit the result.
"""

import argparse
import pathlib

import numpy as np

FILMS, USERS, RATINGS, TAGS = 87_585, 200_948, 32_000_204, 2_000_072
GENRES = "Action Adventure Animation Children Comedy Crime Documentary Drama Fantasy Horror Romance Sci-Fi".split()


def write_films(folder, random, ids):
    words = random.integers(0, 20_000, size=(len(ids), 3))
    years = random.integers(1920, 2024, size=len(ids))
    with open(folder / "movies.csv", "w") as movies, open(folder / "links.csv", "w") as links:
        movies.write("movieId,title,genres\n")
        links.write("movieId,imdbId,tmdbId\n")
        for id, (a, b, c), year in zip(ids, words, years):
            title = f'"Word{a} of Word{b}, The ({year})"' if c % 4 == 0 else f"Word{a} Word{b} Word{c} ({year})"
            genres = "|".join(sorted({GENRES[a % 12], GENRES[b % 12]}))
            movies.write(f"{id},{title},{genres}\n")
            links.write(f"{id},{int(id) * 7 + 100000:07d},{int(id) * 3 + 5 if c % 50 else ''}\n")


def write_ratings(folder, random, ids, weights, users, ratings):
    counts = random.lognormal(4.3, 1.2, size=users)
    counts = np.maximum(20, counts / counts.sum() * (ratings - 20 * users)).astype(int)
    counts = np.minimum(counts, len(ids) // 4)
    while counts.sum() != ratings:
        step = int(np.sign(ratings - counts.sum()))
        some = random.integers(0, users, size=abs(ratings - counts.sum()))
        np.add.at(counts, some, step)
        counts = np.clip(counts, 20, len(ids) // 4)
    line_of = np.cumsum(weights / weights.sum())
    with open(folder / "ratings.csv", "w") as file:
        file.write("userId,movieId,rating,timestamp\n")
        for user, count in enumerate(counts, 1):
            films = np.unique(np.searchsorted(line_of, random.random(count)))
            while len(films) < count:
                more = random.integers(0, len(ids), size=count - len(films))
                films = np.union1d(films, more)
            values = random.integers(1, 11, size=count) / 2
            times = random.integers(789_652_009, 1_697_164_147, size=count)
            rows = zip(ids[films].tolist(), values.tolist(), times.tolist())
            file.write("".join(f"{user},{film},{value},{time}\n" for film, value, time in rows))


def write_tags(folder, random, ids, users, tags):
    names = [f"tag {n} word{n % 700}" for n in range(150_000)]
    chosen = np.minimum(random.zipf(1.3, size=tags) - 1, len(names) - 1)
    films, who = random.integers(0, len(ids), size=tags), np.sort(random.integers(1, users + 1, size=tags))
    with open(folder / "tags.csv", "w") as file:
        file.write("userId,movieId,tag,timestamp\n")
        for user, film, tag in zip(who, films, chosen):
            file.write(f"{user},{ids[film]},{names[tag]},1500000000\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--share", type=float, default=1, help="how much of the full size, 0 to 1")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = np.random.default_rng(options.seed)
    films, users, ratings, tags = (int(n * options.share) for n in (FILMS, USERS, RATINGS, TAGS))
    options.folder.mkdir(parents=True, exist_ok=True)
    ids = np.sort(random.choice(np.arange(1, 292_758), size=films, replace=False))
    write_films(options.folder, random, ids)
    write_ratings(options.folder, random, ids, random.permutation(1 / np.arange(10, films + 10)), users, ratings)
    write_tags(options.folder, random, ids, users, tags)


if __name__ == "__main__":
    main()
