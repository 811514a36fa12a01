# SPDX-License-Identifier: BSD-2-Clause
"""Tables of what AbraBench has written.

    python abra_report.py abra.csv [NAME:NAME ...]

For each method the mean accuracy over seeds, in percent, by kind of batch and statistics, and the
mean accuracy and loss on the inner validation batch, which is what settings may be chosen by. For
each pair A:B the difference A - B over the seeds that both have, with the 95 % interval of the
paired t test, and in how many seeds A is above B.
"""
import sys

import numpy as np
import pandas as pd
from scipy import stats

table = pd.read_csv(sys.argv[1])
table["accuracy"] *= 100
names = list(dict.fromkeys(table.name))
kinds = list(dict.fromkeys(table.kind))
for statistics, part in table.groupby("statistics"):
    wide = (
        part.pivot_table(index="name", columns="kind", values="accuracy").reindex(index=names, columns=kinds).dropna()
    )
    first = part.drop_duplicates(["name", "seed"]).groupby("name")
    wide["seeds"] = first.seed.nunique()
    wide["inner %"] = 100 * first.validation_accuracy.mean()
    wide["inner loss"] = first.validation_loss.mean()
    wide["cpu s"] = first.cpu_seconds.mean()
    print(f"\nstatistics: {statistics}\n{wide.round(2).to_string()}")
for pair in sys.argv[2:]:
    a, b = pair.split(":")
    for statistics, part in table.groupby("statistics"):
        for kind in kinds:
            seeds = part[part.kind == kind].pivot_table(index="seed", columns="name", values="accuracy")
            if not {a, b} <= set(seeds.columns):
                continue
            d = (seeds[a] - seeds[b]).dropna().to_numpy()
            if len(d) < 2:
                continue
            half = stats.t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
            print(f"{a} - {b}, {statistics}, {kind}: {d.mean():+.1f} [{d.mean() - half:+.1f}, {d.mean() + half:+.1f}], "
                  f"{(d > 0).sum()} of {len(d)} seeds")
