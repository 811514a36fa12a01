# SPDX-License-Identifier: BSD-2-Clause
"""How many control wells scaling by controls takes: the built-in encoder on BBBC013 (evaluation only).

    python control_wells.py data=../shared/data folder=FOLDER

data is the folder that has bbbc013; isophene=PROGRAM takes another program than the launcher of this checkout. What is
in FOLDER already isn't embedded again.

Every draw of control wells is a plate of its own in one screen table, so that one run of Embed Screen per
rule embeds them all. Profiles of wells are z-scored by all 16 negative wells. Activity: average precision of
each dosed well among the wells of its drug and dose (positives) and the negatives, by cosine similarity, mean
over wells. Rank correlation: of a well's distance from the negatives' mean with its dose, mean over the
drugs. Trace: odd and even rows are two virtual plates, each scaled by its own draw; a logistic regression that
has learned from the wells of the other doses tells of a dosed well in which half it is (chance .5).
"""
import subprocess
import sys
from pathlib import Path

import bbbc013
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

given = {"data": "", "folder": "", "isophene": str(Path(__file__).resolve().parents[3] / "isophene")}
for argument in sys.argv[1:]:
    key, equals, value = argument.partition("=")
    if not equals or key not in given:
        sys.exit(f"'{argument}': write key=value, with one of the keys {', '.join(given)}")
    given[key] = value
if not given["data"] or not given["folder"]:
    sys.exit("data or folder is missing: see the head of this file")
data, folder = Path(given["data"]).resolve() / "bbbc013", Path(given["folder"]).resolve()
command = given["isophene"].split(" ")
folder.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(1)
wells = bbbc013.Plate(data)
t, drug, dosed = wells.table, wells.drug, wells.dosed
t["negative"] = wells.negative
t["half"] = np.where(t.Row.map("ABCDEFGH".index) % 2 == 0, "odd", "even")
NUMBERS = {1: 5, 2: 4, 4: 4, 8: 3, 16: 1}  # control wells to draws
HALVES = {1: 4, 2: 3, 4: 3, 8: 1}


def table(draws):
    """draws: plate to the indices of its fields and of its control wells."""
    rows = []
    for plate, (fields, controls) in draws.items():
        for i in fields:
            r = t.loc[i]
            files = [file.name for file in wells.files(i)]
            rows.append([plate, r.well, "1", "negcon" if i in controls else "", *files, str(data), str(data)])
    return pd.DataFrame(rows, columns=["Metadata_Plate", "Metadata_Well", "Metadata_Site", "Metadata_pert_type",
                                       "FileName_OrigGFP", "FileName_OrigDNA", "PathName_OrigGFP", "PathName_OrigDNA"])


def embed(name, draws, intensity):
    out = folder / f"{name}.parquet"
    if not out.exists():
        table(draws).to_csv(folder / f"{name}.csv", index=False)
        subprocess.run([*command, "embed", f"screen={folder / (name + '.csv')}", f"profiles={out}", "level=well",
                        f"intensity={intensity}+fixed:0.2:0.2"], check=True, stdout=subprocess.DEVNULL)
    p = pd.read_parquet(out)
    return {plate: p[p.Metadata_Plate == plate].set_index("Metadata_Well") for plate in draws}


def zscored(*parts):
    return bbbc013.zscored(bbbc013.features(pd.concat(parts).reindex(t.well)), wells.negative)


def scores(x):
    ap = wells.precision(x)
    return np.nanmean(ap), np.nanmean(ap[wells.dose <= 3]), wells.rank_correlation(np.linalg.norm(x, axis=1))


def trace(x):
    right = []
    half = t.half.to_numpy()
    for d in range(1, 10):
        test = dosed & (t.SBS_Doses == d).to_numpy()
        train = dosed & ~test
        m, sd = x[train].mean(0), x[train].std(0) + 1e-9
        model = LogisticRegression(C=1.0, max_iter=2000).fit((x[train] - m) / sd, half[train])
        right += list(model.predict((x[test] - m) / sd) == half[test])
    return np.mean(right)


negatives = np.flatnonzero(t.negative)
everything = list(range(len(t)))
whole = {
    f"{n}-{k}": (everything, set(rng.choice(negatives, n, replace=False))) for n, r in NUMBERS.items() for k in range(r)
}
halves = {}
for n in HALVES:
    for k in range(HALVES[n]):
        for h in ("odd", "even"):
            own = np.flatnonzero(t.negative & (t.half == h))
            halves[f"{n}-{k}-{h}"] = (list(np.flatnonzero(t.half == h)), set(rng.choice(own, n, replace=False)))
one = {"all": (everything, set(negatives))}
two = {
    f"all-{h}": (list(np.flatnonzero(t.half == h)), set(np.flatnonzero(t.negative & (t.half == h))))
    for h in ("odd", "even")
}

print("| scaling | activity mAP | doses 1-3 | rank correlation | trace of halves |\n| --- | --- | --- | --- | --- |")


def line(name, values, traces):
    v = np.array(values)
    cells = [
        f"{m:.3f}" + (f" ± {s:.3f}" if len(v) > 1 else "")
        for m, s in zip(v.mean(0), v.std(0, ddof=1) if len(v) > 1 else v[0])
    ]
    cells.append(
        ""
        if not traces
        else f"{np.mean(traces):.2f}" + (f" ± {np.std(traces, ddof=1):.2f}" if len(traces) > 1 else "")
    )
    print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


controls, parts = embed("whole", whole, "control-percentile:0.1:99.9"), embed(
    "halves", halves, "control-percentile:0.1:99.9"
)
for n, r in NUMBERS.items():
    line(f"{n} control well{'s' * (n > 1)}", [scores(zscored(controls[f"{n}-{k}"])) for k in range(r)],
         [trace(zscored(parts[f"{n}-{k}-odd"], parts[f"{n}-{k}-even"])) for k in range(HALVES.get(n, 0))])
for rule, name in (
    ("plate-percentile:0.1:99.9", "all wells of the plate"),
    ("percentile:0.1:99.9", "each image by itself"),
):
    short = rule.split("-")[0].split(":")[0]
    a, b = embed(f"one-{short}", one, rule), embed(f"two-{short}", two, rule)
    line(name, [scores(zscored(a["all"]))], [trace(zscored(b["all-odd"], b["all-even"]))])
