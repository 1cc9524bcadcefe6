# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a safetensors file as its specification says: read_safetensors.py FILE

Prints {"metadata": {...}, "tensors": {name: {"shape": [...], "sum": sum of the absolute values}}}.
"""
import json
import struct
import sys

import numpy

with open(sys.argv[1], "rb") as file:
    (length,) = struct.unpack("<Q", file.read(8))
    header = json.loads(file.read(length))
    data = file.read()
metadata = header.pop("__metadata__", {})
tensors = {}
for name, entry in header.items():
    assert entry["dtype"] == "F32", name
    begin, end = entry["data_offsets"]
    values = numpy.frombuffer(data[begin:end], dtype="<f4").reshape(entry["shape"])
    tensors[name] = {"shape": values.shape, "sum": float(numpy.abs(values.astype(numpy.float64)).sum())}
print(json.dumps({"metadata": metadata, "tensors": tensors}))
