"""Computes what `matinee eval alignment --json` tells of a log, from the log and the artifacts alone.

    python alignment.py ARTIFACTS LOG

ARTIFACTS is the folder that `matinee build` makes, LOG what `matinee log export` writes. Intervals are left out, since
they are drawn at random. The definitions are in docs/evaluation.md.
"""

import itertools
import json
import sys
from pathlib import Path

import numpy as np


def read(folder):
    films = [json.loads(line) for line in open(Path(folder) / "movies.jsonl", encoding="utf-8")]
    vectors = np.load(Path(folder) / "movies.npy").astype(np.float64)
    return films, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def unit(vector):
    vector = np.array(vector, dtype=np.float32).astype(np.float64)
    return vector / np.linalg.norm(vector)


def tau(first, second):
    """Kendall's tau over the films that both orders have."""
    common = [film for film in first if film in second]
    pairs = list(itertools.combinations(common, 2))
    if not pairs:
        return None
    agree = sum(1 if second.index(a) < second.index(b) else -1 for a, b in pairs)
    return agree / len(pairs)


def overlap(first, second):
    shorter = min(len(first), len(second))
    return len(set(first) & set(second)) / shorter if shorter else None


class Space:
    def __init__(self, folder):
        self.films, self.vectors = read(folder)
        self.row = {film["id"]: row for row, film in enumerate(self.films)}

    def diversity(self, ids):
        if len(ids) < 2:
            return None
        rows = self.vectors[[self.row[i] for i in ids]]
        cosines = rows @ rows.T
        return float(np.mean(1 - cosines[np.triu_indices(len(ids), 1)]))

    def novelty(self, ids):
        known = [self.films[self.row[i]].get("popularity") for i in ids]
        known = [min(1, max(0, p)) for p in known if p is not None]
        return 1 - float(np.mean(known)) if known else None

    def cosines(self, taste, ids):
        return self.vectors[[self.row[i] for i in ids]] @ taste

    def list(self, ids, taste, present):
        return {
            "taste": float(np.mean(self.cosines(taste, ids))),
            "present": float(np.mean(self.cosines(present, ids))) if present is not None else None,
            "diversity": self.diversity(ids),
            "novelty": self.novelty(ids),
        }

    def turn(self, row, before, seen):
        picks = [pick["id"] for pick in sorted(row["picks"], key=lambda pick: pick["rank"])]
        taste, present = unit(row["u_t"]), unit(row["e_t"]) if row.get("e_t") else None
        cosines = self.cosines(taste, picks)
        every = self.vectors @ taste
        random, nearest = float(np.mean(every)), float(np.mean(np.sort(every)[::-1][: len(picks)]))
        centre = np.mean(self.vectors[[self.row[i] for i in picks]], axis=0)
        result = {
            "user": row["user"],
            "turn": row["turn"],
            "picks": len(picks),
            "taste": float(np.mean(cosines)),
            "deviation": float(np.std(cosines, ddof=1)),
            "present": float(np.mean(self.cosines(present, picks))) if present is not None else None,
            "random": random,
            "nearest": nearest,
            "alignment": (float(np.mean(cosines)) - random) / (nearest - random),
            "diversity": self.diversity(picks),
            "variance": 1 - float(centre @ centre),
            "novelty": self.novelty(picks),
            "repeated": float(np.mean([i in seen for i in picks])),
            "time": row["timings_ms"]["total"],
        }
        result["orders"] = self.orders(row, picks, taste, present)
        if before is not None:
            old = unit(before["u_t"])
            candidates = [[c["id"] for c in r["candidates"]] for r in (before, row)]
            result["change"] = {
                "drift": 1 - float(old @ taste),
                "surprise": 1 - float(old @ present) if present is not None else None,
                "picks_overlap": overlap([p["id"] for p in before["picks"]], picks),
                "candidates_overlap": overlap(*candidates),
                "candidates_tau": tau(*candidates),
            }
        return result

    def orders(self, row, picks, taste, present):
        ids = [c["id"] for c in row["candidates"]]
        if len(ids) <= len(picks) or not set(picks) <= set(ids):
            return None
        scores = [c["scores"].get("cosine") for c in row["candidates"]]
        if None in scores:
            scores = list(self.cosines(taste, ids))
        by_embedding = [ids[i] for i in np.argsort(-np.array(scores), kind="stable")]
        final = [ids[i] for i in np.argsort([-c["scores"]["final"] for c in row["candidates"]], kind="stable")]
        first = by_embedding[: len(picks)]
        return {
            "embedding": self.list(first, taste, present),
            "shown": self.list(picks, taste, present),
            "overlap": overlap(first, picks),
            "tau": tau(by_embedding, final),
        }


def measures(folder, log):
    space, users, turns, shown = Space(folder), {}, [], []
    for line in open(log, encoding="utf-8"):
        row = json.loads(line)
        if not row["undone"] and row["picks"]:
            users.setdefault(row["user"], []).append(row)
    for rows in users.values():
        before, seen = None, set()
        for row in sorted(rows, key=lambda row: row["turn"]):
            if row["u_t"]:
                turns.append(space.turn(row, before if before and before["u_t"] else None, seen))
                shown += [pick["id"] for pick in row["picks"]]
            before = row
            seen |= {pick["id"] for pick in row["picks"]}
    return {
        "turns": turns,
        "summaries": summaries(turns),
        "differences": differences(turns),
        "variance": variance(turns),
        "coverage": coverage(shown, len(space.films)),
    }


def value(turn, name):
    for part in (turn, turn.get("orders") or {}, turn.get("change") or {}):
        if part.get(name) is not None:
            return part[name]
    return None


def summaries(turns):
    names = ["taste", "present", "alignment", "deviation", "diversity", "variance", "novelty", "repeated", "overlap",
             "tau", "drift", "surprise", "picks_overlap", "candidates_overlap", "candidates_tau", "time"]
    found = {}
    for name in names:
        values = [(turn["user"], value(turn, name)) for turn in turns if value(turn, name) is not None]
        if not values:
            continue
        users = [np.mean([v for u, v in values if u == user]) for user in {u for u, _ in values}]
        numbers = [v for _, v in values]
        found[name] = {
            "turns": len(numbers),
            "mean": float(np.mean(numbers)),
            "deviation": float(np.std(numbers, ddof=1)) if len(numbers) > 1 else None,
            "user_mean": float(np.mean(users)),
            "user_deviation": float(np.std(users, ddof=1)) if len(users) > 1 else None,
        }
    return found


def differences(turns):
    found = {}
    for name in ["taste", "present", "diversity", "novelty"]:
        pairs = [(t["orders"]["embedding"][name], t["orders"]["shown"][name]) for t in turns if t["orders"]]
        pairs = [pair for pair in pairs if None not in pair]
        if pairs:
            embedding, shown = np.mean(pairs, axis=0)
            found[name] = {"embedding": embedding, "shown": shown, "difference": shown - embedding}
    return found


def variance(turns):
    """Shares of the sum of squares of the cosines: between users, between a user's turns, within lists."""
    weights = np.array([turn["picks"] for turn in turns], dtype=float)
    means = np.array([turn["taste"] for turn in turns])
    grand = np.average(means, weights=weights)
    users = within = between = 0.0
    for user in {turn["user"] for turn in turns}:
        own = np.array([turn["user"] == user for turn in turns])
        mean = np.average(means[own], weights=weights[own])
        users += weights[own].sum() * (mean - grand) ** 2
        between += float(np.sum(weights[own] * (means[own] - mean) ** 2))
    within = sum((turn["picks"] - 1) * turn["deviation"] ** 2 for turn in turns)
    total = users + between + within
    return {
        "total": total / (weights.sum() - 1),
        "between_users": users / total,
        "between_turns": between / total,
        "within_turns": within / total,
    }


def coverage(shown, films):
    counts = np.zeros(films)
    _, found = np.unique(shown, return_counts=True)
    counts[: len(found)] = found
    # Half the mean absolute difference over the mean: the other definition of Gini's coefficient.
    gini = np.abs(counts[:, None] - counts[None, :]).mean() / (2 * counts.mean())
    return {
        "shown": len(shown),
        "films": len(found),
        "share": len(found) / films,
        "random_share": 1 - (1 - 1 / films) ** len(shown),
        "gini": float(gini),
    }


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(json.dumps(measures(sys.argv[1], sys.argv[2]), default=float))
