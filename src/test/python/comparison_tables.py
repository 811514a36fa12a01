"""Table and figure of Compare Adaptations over several screens.

python comparison_tables.py [figure.png] TITLE=FOLDER[,FOLDER...] ...

Each title is a data set, each folder of it the results of one comparison; the seeds of all folders of a data set must
differ. Prints, for each data set, a row per method: mean and standard deviation over the seeds, the mean accuracy of
the worst plate, and the paired difference from ordinary training (erm) with the 95 % interval of a t test and Holm's
correction over the methods. With a figure: a point per seed and a bar at the mean.
"""
import sys

import numpy as np
import pandas as pd
from scipy import stats

BASE = "erm"
COLUMNS = {"in-domain": "known batches", "held-out": "new batches", "single-class": "one class at a time",
           "control-wells=1": "1 control well", "control-wells=4": "4"}


def read(folders):
    """Accuracy by seed, method, condition: correct of all queries of a seed's plates."""
    rows = pd.concat([pd.read_csv(f"{f}/results.csv") for f in folders.split(",")])
    keys = ["seed", "method", "condition"]
    seeds = rows.groupby(keys)[["correct", "queries"]].sum()
    plates = rows.groupby(keys + ["plate"])[["correct", "queries"]].sum()
    plates = (plates.correct / plates.queries).groupby(level=keys).min()
    return (seeds.correct / seeds.queries).unstack("condition"), plates.unstack("condition")


def holm(p):
    order = np.argsort(p)
    adjusted = np.empty(len(p))
    worst = 0.0
    for rank, i in enumerate(order):
        worst = max(worst, min(1.0, (len(p) - rank) * p[i]))
        adjusted[i] = worst
    return adjusted


def differences(new):
    """Paired differences from BASE: mean, half width of the 95 % interval, Holm's p."""
    base = new.xs(BASE, level="method")
    found = {}
    for method in new.index.get_level_values("method").unique():
        if method == BASE:
            continue
        d = (new.xs(method, level="method") - base).dropna()
        if len(d) < 2:
            continue
        half = stats.t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
        p = stats.ttest_1samp(d, 0).pvalue if d.std() > 0 else 1.0
        found[method] = (d.mean(), half, p)
    adjusted = holm([f[2] for f in found.values()])
    return {m: (f[0], f[1], a) for (m, f), a in zip(found.items(), adjusted)}


def spread(values):
    values = values.dropna()
    return "" if values.empty else f"{values.mean():.3f} ± {values.std(ddof=1) if len(values) > 1 else 0:.3f}"


def table(title, accuracy, worst):
    seeds = accuracy.index.get_level_values("seed").nunique()
    print(f"\n### {title} ({seeds} seeds)\n")
    columns = [c for c in COLUMNS if c in accuracy.columns]
    print("| method | " + " | ".join(COLUMNS[c] for c in columns) + " | worst plate | new - `erm` | Holm's p |")
    print("| --- |" + " --: |" * (len(columns) + 3))
    differ = differences(accuracy["held-out"])
    means = accuracy["held-out"].groupby(level="method").mean().sort_values(ascending=False)
    for method in means.index:
        of = accuracy.xs(method, level="method")
        cells = [spread(of[c]) for c in columns]
        cells.append(f"{worst.xs(method, level='method')['held-out'].mean():.3f}")
        if method in differ:
            mean, half, p = differ[method]
            cells += [f"{100 * mean:+.1f} [{100 * (mean - half):.1f}, {100 * (mean + half):.1f}]", f"{p:.3f}"]
        else:
            cells += ["", ""]
        print(f"| `{method}` | " + " | ".join(cells) + " |")


def figure(path, sets):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    first = next(iter(sets.values()))["held-out"]
    order = first.groupby(level="method").mean().sort_values().index
    place = {m: i for i, m in enumerate(order)}
    plot, axes = plt.subplots(1, len(sets), sharey=True, figsize=(3 + 3 * len(sets), 0.27 * len(order) + 1.2))
    for axis, (title, accuracy) in zip(np.atleast_1d(axes), sets.items()):
        new = accuracy["held-out"]
        for method in order:
            values = new.xs(method, level="method")
            axis.plot(values, [place[method]] * len(values), "o", ms=3, color="0.6", zorder=1)
            color = "tab:blue" if "cs-arm-bn" in method else "tab:orange" if method == BASE else "black"
            axis.plot([values.mean()], [place[method]], "|", ms=12, mew=2.5, color=color, zorder=2)
        axis.axvline(new.xs(BASE, level="method").mean(), color="tab:orange", lw=0.7, ls="--", zorder=0)
        axis.set_title(title, fontsize=9)
        axis.grid(axis="x", lw=0.3)
        axis.set_xlabel("accuracy on new batches", fontsize=8)
        axis.tick_params(labelsize=7)
    np.atleast_1d(axes)[0].set_yticks(range(len(order)), order)
    plot.tight_layout()
    plot.savefig(path, dpi=110)


def main(arguments):
    path = arguments.pop(0) if arguments[0].endswith(".png") else None
    sets = {}
    for argument in arguments:
        title, folders = argument.rsplit("=", 1)
        accuracy, worst = read(folders)
        sets[title] = accuracy
        table(title, accuracy, worst)
    if path:
        figure(path, sets)


main(sys.argv[1:])
