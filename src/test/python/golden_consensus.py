# SPDX-License-Identifier: BSD-2-Clause
"""MODZ and median consensus by pycytominer, as ConsensusTest has them.

    python golden_consensus.py
"""
import importlib.metadata
import warnings

import numpy as np
import pandas as pd
from pycytominer import consensus

warnings.filterwarnings("ignore")
# Every value follows from a formula, so that the test can make them again; two replicates are reversed.
rows = []
for treatment, n in (("a", 4), ("b", 3), ("c", 1)):
    for i in range(n):
        values = [((7 * f * f + 3 * f + 11 * i * f + 5 * len(rows)) % 23) / 4 - 2 for f in range(9)]
        base = [((5 * f + ord(treatment)) % 9) * 1.0 for f in range(9)]
        sign = -1 if i == 3 else 1
        rows.append([treatment] + [np.float32(sign * b + 0.2 * v) for b, v in zip(base, values)])
features = [f"Cells_f{f}" for f in range(9)]
table = pd.DataFrame(rows, columns=["Metadata_Compound"] + features)
print("pycytominer", importlib.metadata.version("pycytominer"))
for operation in ("modz", "median"):
    result = consensus(table, replicate_columns=["Metadata_Compound"], operation=operation, features=features)
    print(operation)
    for _, row in result.iterrows():
        print("{ " + ", ".join(f"{row[f]:.6f}f" for f in features) + " },")
