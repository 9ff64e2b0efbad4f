"""Errors of Surprise's SVD and SVD++ on the folds of `matinee eval ratings` (seed 1).

python3 Benchmarks/surprise_folds.py FOLDER/ratings.npy    (pip install "numpy<2" pandas scikit-surprise)
"""

import sys

import numpy
import pandas
from surprise import SVD, Dataset, Reader, SVDpp


def mixed(seed, count):
    """SplitMix64's first number for the seeds seed ... seed + count - 1, as in SeededGenerator.swift."""
    with numpy.errstate(over="ignore"):
        state = numpy.arange(count, dtype=numpy.uint64) + numpy.uint64(seed)
        state += numpy.uint64(0x9E3779B97F4A7C15)
        state = (state ^ (state >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        return state ^ (state >> numpy.uint64(31))


def errors_of(make, rows, folds):
    errors = []
    for fold in range(5):
        kept = pandas.DataFrame(rows[folds != fold], columns=["user", "item", "rating"])
        model = make().fit(Dataset.load_from_df(kept, Reader(rating_scale=(0.5, 5))).build_full_trainset())
        errors += [model.predict(user, item).est - rating for user, item, rating in rows[folds == fold]]
    return numpy.array(errors)


def main():
    ratings = numpy.load(sys.argv[1])
    folds = mixed(1, len(ratings)) % numpy.uint64(5)
    rows = numpy.stack([ratings[field] for field in ("user", "movie", "rating")], axis=1).astype(float)
    for name, algorithm in [("SVD", SVD), ("SVD++", SVDpp)]:
        errors = errors_of(lambda: algorithm(random_state=1), rows, folds)
        print(f"{name}: RMSE {numpy.sqrt((errors**2).mean()):.4f}, MAE {abs(errors).mean():.4f}", flush=True)


main()
