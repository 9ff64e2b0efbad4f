#!/usr/bin/env python3
"""Finds the 10 nearest movies of some movies, with the .faiss file that Matinee wrote.

    python3 search_faiss.py ARTIFACTS INDEX.faiss ROW [ROW ...]

ARTIFACTS is the folder that holds movies.npy, a row of float32 numbers for each movie of the catalogue; ROW counts
from 0. Prints a JSON object: for each row the numbers of the nearest rows, best first, ties by number. The index
proposes rows; they are scored from movies.npy in float64, as Matinee does, so that both give the same order.

Needs: pip install faiss-cpu numpy
"""

import json
import pathlib
import sys

import faiss
import numpy

LIMIT = 10


def nearest(movies, index, row):
    query = numpy.asarray(movies[row])  # (dimension)
    asked = min(index.ntotal, 2 * LIMIT + 64)
    _, proposed = index.search(query[None], asked)  # (1, asked), -1 where there is none
    rows = proposed[0][proposed[0] >= 0]
    scores = (movies[rows].astype(numpy.float64) @ query.astype(numpy.float64)).astype(numpy.float32)
    order = numpy.lexsort((rows, -scores))  # by score, then by number
    return rows[order][:LIMIT].tolist()


def main(arguments):
    if len(arguments) < 3:
        sys.exit(__doc__)
    artifacts, path, *rows = arguments
    movies = numpy.load(pathlib.Path(artifacts) / "movies.npy", mmap_mode="r")  # (count, dimension)
    index = faiss.read_index(path)
    if (index.ntotal, index.d) != movies.shape:
        sys.exit(f"{path} is of {index.ntotal} x {index.d} numbers, movies.npy of {movies.shape}: run `matinee build`.")
    print(json.dumps({row: nearest(movies, index, int(row)) for row in rows}))


if __name__ == "__main__":
    main(sys.argv[1:])
