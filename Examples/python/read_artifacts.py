#!/usr/bin/env python3
"""Opens an artifacts folder that Matinee built, and tells of the films and users in it.

    python3 read_artifacts.py ARTIFACTS

movies.npy and users.npy are float32 matrices with unit rows, memory-mapped here; movies.jsonl and users.jsonl say what
their rows are. Prints a JSON object: how many there are, and the film nearest to the first user.

Needs: pip install numpy
"""

import json
import pathlib
import sys

import numpy


def matrix(path):
    numbers = numpy.load(path, mmap_mode="r")
    assert numbers.dtype == numpy.float32 and numbers.flags.c_contiguous
    assert numpy.allclose(numpy.linalg.norm(numbers, axis=1), 1, atol=1e-3)
    return numbers


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main():
    folder = pathlib.Path(sys.argv[1])
    films, movies = lines(folder / "movies.jsonl"), matrix(folder / "movies.npy")
    assert len(films) == len(movies)
    told = {"movies": list(movies.shape), "users": None}
    if (folder / "users.npy").exists():
        names, users = lines(folder / "users.jsonl"), matrix(folder / "users.npy")
        assert len(names) == len(users)
        told["users"] = list(users.shape)
        told["first"] = {"user": names[0]["id"], "nearest": films[int(numpy.argmax(movies @ users[0]))]["id"]}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
