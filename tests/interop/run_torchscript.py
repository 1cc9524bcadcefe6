# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a TorchScript file in PyTorch: run_torchscript.py MODEL INPUTS LOGITS C,H,W

INPUTS and LOGITS: raw float32. Prints greenfront.json, which the file carries.
"""
import sys

import numpy
import torch

model_path, inputs_path, logits_path, sizes = sys.argv[1:]
torch.set_num_threads(1)
extra = {"greenfront.json": ""}
model = torch.jit.load(model_path, map_location="cpu", _extra_files=extra)
model.eval()
inputs = numpy.fromfile(inputs_path, dtype="<f4").reshape(-1, *map(int, sizes.split(",")))
with torch.no_grad():
    logits = model(torch.from_numpy(inputs))
logits.numpy().astype("<f4").tofile(logits_path)
description = extra["greenfront.json"]
print(description.decode() if isinstance(description, bytes) else description)
