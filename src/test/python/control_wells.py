# SPDX-License-Identifier: BSD-2-Clause
"""How many control wells scaling by controls takes: the built-in encoder on BBBC013 (evaluation only).

    python control_wells.py ../shared/data/bbbc013 FOLDER "java -cp ... io.github.isophene.cli.Main"

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

import numpy as np
import pandas as pd
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression

data, folder, command = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), sys.argv[3].split(" ")
folder.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(1)
t = pd.read_csv(data / "1049_Metadata.csv", dtype={"Row": str})
t["well"] = t.Row.str.strip() + t.Column.astype(int).map("{:02d}".format)
t["negative"] = t.SBS_Controls == -1
t["half"] = np.where(t.Row.map("ABCDEFGH".index) % 2 == 0, "odd", "even")
NUMBERS = {1: 5, 2: 4, 4: 4, 8: 3, 16: 1}  # control wells to draws
HALVES = {1: 4, 2: 3, 4: 3, 8: 1}


def table(draws):
    """draws: plate to the indices of its fields and of its control wells."""
    rows = []
    for plate, (fields, controls) in draws.items():
        for i in fields:
            r = t.loc[i]
            files = [sorted(data.glob(f"Channel{c}-*-{r.Row}-{int(r.Column):02d}.tif"))[0].name for c in (1, 2)]
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
    p = pd.concat(parts).reindex(t.well)
    x = p[[c for c in p if not c.startswith("Metadata_")]].to_numpy(np.float64)
    c = x[t.negative]
    sd = c.std(0, ddof=1)
    keep = sd > 1e-6 * np.abs(x).max(0).clip(1e-12)
    return ((x - c.mean(0)) / np.where(sd > 0, sd, 1))[:, keep]


drug = np.where(t.Row.isin(list("ABCD")), "Wortmannin", "LY294002")
dosed = ((t.SBS_Doses > 0) & (t.SBS_Controls == 0)).to_numpy()


def scores(x):
    u = x / np.linalg.norm(x, axis=1, keepdims=True)
    s = u @ u.T
    ap = {}
    for i in np.flatnonzero(dosed):
        same = dosed & (drug == drug[i]) & (t.SBS_Doses == t.SBS_Doses[i]).to_numpy()
        same[i] = False
        candidates = np.flatnonzero(same | t.negative.to_numpy())
        # ties in favor of positives, as copairs resolves them
        order = candidates[np.lexsort((~same[candidates], -s[i, candidates]))]
        hit = same[order]
        ap[i] = (np.cumsum(hit) / np.arange(1, len(hit) + 1))[hit].mean()
    distance = np.linalg.norm(x, axis=1)
    rho = [
        spearmanr(distance[dosed & (drug == d)], t.SBS_Doses[dosed & (drug == d)]).statistic for d in np.unique(drug)
    ]
    low = [v for i, v in ap.items() if t.SBS_Doses[i] <= 3]
    return np.mean(list(ap.values())), np.mean(low), np.mean(rho)


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


assert dosed.sum() == 72 and t.negative.sum() == 16
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
