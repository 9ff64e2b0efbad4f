"""Writes a BERT encoder of a sentence-transformers folder as an ONNX file for ONNX Runtime, in float32.

Uses ONNX Runtime's own fused operators for attention, GELU and layer normalisation: its fastest form of the model.
"""

import json
import struct
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def read_safetensors(path):
    """Name to float32 array."""
    data = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            continue
        first, last = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[first:last], "<f4").reshape(entry["shape"])
    return tensors


def write_safetensors(path, tensors):
    """Writes float32 arrays by name."""
    header, offset = {}, 0
    for name, array in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        offset += array.nbytes
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(head)) + head)
        for array in tensors.values():
            file.write(np.ascontiguousarray(array, "<f4").tobytes())


class Graph:
    """Collects nodes and weights."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def weight(self, name, array):
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind, inputs, domain="", **attributes):
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name


def layer(graph, x, mask, get, number, config):
    """One transformer layer: the name of its output."""
    name = f"encoder.layer.{number}."
    heads, epsilon = config["num_attention_heads"], config.get("layer_norm_eps", 1e-12)

    def linear(part, value):
        weight = graph.weight(f"{name}{part}.weight", get(f"{name}{part}.weight").T)
        return graph.node("MatMul", [value, weight]), graph.weight(f"{name}{part}.bias", get(f"{name}{part}.bias"))

    def norm(part, value, skip, bias):
        scale, shift = (graph.weight(f"{name}{part}.{p}", get(f"{name}{part}.{p}")) for p in ("weight", "bias"))
        inputs = [value, skip, scale, shift, bias]
        return graph.node("SkipLayerNormalization", inputs, "com.microsoft", epsilon=epsilon)

    three = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
    weight = graph.weight(f"{name}qkv.weight", np.concatenate([get(part + ".weight").T for part in three], axis=1))
    bias = graph.weight(f"{name}qkv.bias", np.concatenate([get(part + ".bias") for part in three]))
    context = graph.node("Attention", [x, weight, bias, mask], "com.microsoft", num_heads=heads)
    x = norm("attention.output.LayerNorm", *swap(linear("attention.output.dense", context), x))
    wide = graph.node("BiasGelu", list(linear("intermediate.dense", x)), "com.microsoft")
    return norm("output.LayerNorm", *swap(linear("output.dense", wide), x))


def swap(linear, skip):
    return linear[0], skip, linear[1]


def write(folder, path):
    """Writes the model of a folder: inputs input_ids (B, L) int64 and mask (B, L) int32, output (B, L, H)."""
    folder = Path(folder)
    config = json.loads((folder / "config.json").read_text())
    tensors = read_safetensors(folder / "model.safetensors")
    prefix = "bert." if any(name.startswith("bert.") for name in tensors) else ""

    def get(name):
        return tensors[prefix + name]

    graph = Graph()
    words = graph.weight("words", get("embeddings.word_embeddings.weight"))
    table = get("embeddings.position_embeddings.weight") + get("embeddings.token_type_embeddings.weight")[0]
    zero, one = graph.weight("zero", np.array([0], "<i8")), graph.weight("one", np.array([1], "<i8"))
    length = graph.node("Gather", [graph.node("Shape", ["input_ids"]), one])
    positions = graph.node("Slice", [graph.weight("positions", table), zero, length, zero])
    x = graph.node("Add", [graph.node("Gather", [words, "input_ids"]), positions])
    scale, shift = (graph.weight(f"norm.{p}", get(f"embeddings.LayerNorm.{p}")) for p in ("weight", "bias"))
    x = graph.node("LayerNormalization", [x, scale, shift], epsilon=config.get("layer_norm_eps", 1e-12))
    for number in range(config["num_hidden_layers"]):
        x = layer(graph, x, "mask", get, number, config)
    shape = ["B", "L"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "bert",
            [
                helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape),
                helper.make_tensor_value_info("mask", TensorProto.INT32, shape),
            ],
            [helper.make_tensor_value_info(x, TensorProto.FLOAT, [*shape, config["hidden_size"]])],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)],
        ir_version=9,
    )
    onnx.save(model, path)
