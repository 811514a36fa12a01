# SPDX-License-Identifier: BSD-2-Clause
"""Average precision with several labels per row, by copairs, for MultiLabelsTest.

    python multilabel_reference.py ../resources/io/github/isophene/metrics/multilabel.json
"""
import json
import sys
from importlib.metadata import version

import numpy as np
import pandas as pd
from copairs.map import multilabel

LABELS = ["A|B", "B|C", "D", "A", "C|D", "B", "A|B", "D", "E", "C", "A|E", "E"]

rng = np.random.default_rng(5)
features = rng.normal(size=(len(LABELS), 5)).astype(np.float32)
meta = pd.DataFrame(
    {
        "label": [label.split("|") for label in LABELS],
        "compound": [f"c{i // 2}" for i in range(len(LABELS))],
        "row": range(len(LABELS)),
    }
)
result = multilabel.average_precision(
    meta, features, ["label"], ["compound"], [], ["label"], "label", progress_bar=False
)
rows = [
    {
        "row": int(r.row),
        "label": r.label,
        "ap": float(r.average_precision),
        "positives": int(r.n_pos_pairs),
        "total": int(r.n_total_pairs),
    }
    for r in result.itertuples()
]
with open(sys.argv[1], "w") as out:
    json.dump({"versions": {"copairs": version("copairs")}, "labels": LABELS, "compounds": meta.compound.tolist(),
               "features": features.tolist(), "rows": rows}, out, indent=1)
