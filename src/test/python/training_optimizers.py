#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Golden numbers of torch.optim for the optimizers: a vector of seven weights, six steps.

Writes src/test/resources/io/github/isophene/training/optimizer/optimizers.json. The gradient of
weight i at step t is sin(1 + i + 3 t) * 10^(i - 4): from tiny to large.
"""
import json, math, pathlib
import torch

N, STEPS = 7, 6
CASES = {
    "adam": (lambda p: torch.optim.Adam(p, lr=1e-3), 0),
    "adam-decay": (lambda p: torch.optim.Adam(p, lr=1e-2, weight_decay=0.05), 0),
    "adamw": (lambda p: torch.optim.AdamW(p, lr=1e-2, weight_decay=0.1), 0),
    "sgd": (lambda p: torch.optim.SGD(p, lr=0.1), 0),
    "sgd-momentum": (lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), 0),
    "sgd-nesterov-decay": (lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.8, nesterov=True, weight_decay=0.01), 0),
    "adam-clipped": (lambda p: torch.optim.Adam(p, lr=1e-3), 0.5),
    "sgd-momentum-clipped-cosine": (lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), 2.0),
}


def run(name, make, clip):
    w = torch.tensor([0.5 - 0.25 * i for i in range(N)], requires_grad=True)
    optimizer = make([w])
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS) if "cosine" in name else None
    weights = []
    for t in range(STEPS):
        w.grad = torch.tensor([math.sin(1 + i + 3 * t) * 10.0 ** (i - 4) for i in range(N)])
        if clip:
            torch.nn.utils.clip_grad_norm_([w], clip)
        optimizer.step()
        if schedule:
            schedule.step()
        weights.append([float(v) for v in w.detach()])
    return weights


out = pathlib.Path(__file__).resolve().parents[1] / "resources/io/github/isophene/training/optimizer/optimizers.json"
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text(json.dumps({"made by": "training_optimizers.py", "torch": torch.__version__,
                           "cases": {n: run(n, m, c) for n, (m, c) in CASES.items()}}, indent=1) + "\n")
