# SPDX-License-Identifier: BSD-2-Clause
"""Golden values of Harmony with either ridge penalty (lambda=auto and 1), from harmonypy 2.1.0.

    python golden_harmony.py src/test/resources/io/github/isophene/correction/harmonypy2.json

Three groups of rows, far apart, in three batches that hold them in different shares, so that most runs
find the groups, whatever their seed, and a result can be compared to the digit. Of 16 runs the one with
the least objective is kept; at least half must agree with it.
"""
import json
import sys
from importlib.metadata import version

import harmonypy
import numpy as np
import pandas as pd

random = np.random.default_rng(5)
directions = np.array([[4, 0, 0, 1, 0], [0, 4, 1, 0, 0], [-2, -2, 3, 0, 1.]])
counts = [[40, 20, 10], [10, 30, 30], [25, 5, 35]]  # batch by group
rows, batches = [], []
for b, of in enumerate(counts):
    for g, n in enumerate(of):
        shift = random.normal(0, .6, 5) + .3 * b
        rows.append(directions[g] + shift + random.normal(0, .5, (n, 5)))
        batches += ["abc"[b]] * n
rows = np.round(np.concatenate(rows), 3)
out = {"rows": rows.tolist(), "batches": batches}
for penalty, lamb in (("auto", None), ("1", 1.0)):
    for clusters in (1, 3):
        runs = []
        for seed in range(16):
            run = harmonypy.run_harmony(
                rows,
                pd.DataFrame({"batch": batches}),
                "batch",
                theta=2.0,
                lamb=lamb,
                alpha=0.2,
                nclust=clusters,
                max_iter_harmony=30,
                max_iter_kmeans=200,
                epsilon_cluster=1e-12,
                epsilon_harmony=1e-12,
                verbose=False,
                random_state=seed,
            )
            corrected = np.asarray(run.Z_corr)
            runs.append((run.objective_harmony[-1], corrected if corrected.shape == rows.shape else corrected.T))
        best = min(runs, key=lambda r: r[0])[1]
        off = [np.linalg.norm(r - best) / np.linalg.norm(best - rows) for _, r in runs]
        print(
            penalty,
            clusters,
            "runs that agree:",
            sum(o < 1e-4 for o in off),
            "others are off by",
            *np.round([o for o in off if o > 1e-4], 2),
        )
        assert np.median(off) < 1e-4
        out[f"{penalty} {clusters}"] = np.round(best, 5).tolist()
out["versions"] = {p: version(p) for p in ("harmonypy", "numpy", "pandas")}
with open(sys.argv[1], "w") as file:
    file.write(json.dumps(out) + "\n")
