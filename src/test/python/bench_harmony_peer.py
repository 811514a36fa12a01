# SPDX-License-Identifier: BSD-2-Clause
"""The other side of CorrectionBench harmony: harmonypy on the same rows.

    python bench_harmony_peer.py FOLDER FEATURES CLUSTERS ROUNDS ITERATIONS LAMBDA

FOLDER holds rows.f32 and batches.txt; peer.f32 is written there. Tolerances are 0, so that
every round and iteration is done.
"""
import sys
import time
from importlib.metadata import version
from pathlib import Path

import harmonypy
import numpy as np
import pandas as pd

folder = Path(sys.argv[1])
features, clusters, rounds, iterations = map(int, sys.argv[2:6])
rows = np.fromfile(folder / "rows.f32", np.float32).reshape(-1, features).astype(np.float64)
meta = pd.DataFrame({"batch": (folder / "batches.txt").read_text().split("\n")})
start = time.perf_counter()
run = harmonypy.run_harmony(
    rows,
    meta,
    "batch",
    theta=2.0,
    lamb=None if sys.argv[6] == "auto" else float(sys.argv[6]),
    nclust=clusters,
    max_iter_harmony=rounds,
    max_iter_kmeans=iterations,
    epsilon_cluster=-1,
    epsilon_harmony=-1e9,
    verbose=False,
)
print(f"harmonypy {version('harmonypy')}".ljust(60), f"{time.perf_counter() - start:8.2f} s", flush=True)
corrected = np.asarray(run.Z_corr)
(corrected if corrected.shape[0] == len(rows) else corrected.T).astype(np.float32).tofile(folder / "peer.f32")
