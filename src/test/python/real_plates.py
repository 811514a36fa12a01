# SPDX-License-Identifier: BSD-2-Clause
"""Encoders and corrections on real plates: tables and figures of methods/default-model.md and methods/corrections.md.

    python real_plates.py data=../shared/data folder=FOLDER encoders=default,fixed-seed,statistics
    python real_plates.py folder=FOLDER encoders=default,mine.zip screen=screen.csv label=Metadata_Compound

Writes FOLDER/real-plates.md and figures; what is in FOLDER already isn't computed again. None of these sets is one to
choose by. Encoders are names or files that *Embed Screen* takes as model; statistics stands for intensity and texture
statistics without a network, default+statistics for both of them. Needs NumPy, pandas, PyArrow, scikit-learn, SciPy,
tifffile and matplotlib. Keys:

data         folder with bbbc013, nf1, operetta, jump, bbbc021, cpjump1 (those that are there)
folder       where to write
encoders     default,fixed-seed,statistics
parts        bbbc013, screen, fields, corrections; empty: all that the data allow
screen       a screen table of your own, with label, and if you like treatment, batch, controls and method (chains of
             corrections), as of *Assess Batch Effects*
isophene     the program: the launcher of this checkout
classpath    of the bench of the corrections: that of this checkout (mvn -Pbench test-compile)

**bbbc013**: each encoder with scaling by the plate's controls and with scaling of each image by itself, tiles of 208
pixels. The images of the 16 negative wells are embedded a second time after 1 pixel of blur, with noise of 2 % of the
99.9th percentile of the channel, and with 0.7 of the gain, scaled as the plate is. Profiles of wells, z-scored by the
negatives. *mAP*: activity, of each dosed well among the wells of its drug and dose and the negatives. *Cross-fitted*:
the z-scores come from one half of the negatives, and the other half are the ones ranked against; mean over both (and
over 10 divisions). *Column 2*: z-scored by the 8 negatives of column 2 alone, since on this plate the dose is the
column. *SSMD* of the distances of positives and negatives from the negatives' mean. *Camera*: distance of the positives
over the shift of the negatives, both from the negatives' mean. *Trace*: odd and even rows are two plates, each scaled
and z-scored by its own negatives; share of dosed wells whose half a logistic regression recognizes that has learned
from the other doses (chance 0.5).

**screen**: *Embed Screen* (a row per well) and *Assess Batch Effects* (cross-fitted corrections, dose responses, active
treatments) for each encoder, on BBBC013 or on a screen of your own.

**fields**: tiles of 224 pixels of real fields without treatments, each image scaled by itself: mean cosine of pairs,
effective rank of features divided by their sd, and how often a tile's nearest neighbor is of the same field.

**corrections**: all built-in corrections on bbbc021 and cpjump1; see real_tables.py.
"""
import os
import subprocess
import sys
from pathlib import Path

import bbbc013
import numpy as np
import pandas as pd
import tifffile
from scipy.ndimage import gaussian_filter
from sklearn.linear_model import LogisticRegression

import real_tables

ROOT = Path(__file__).resolve().parents[3]
CAMERA = ("blur 1 px", "noise 2 %", "gain 0.7")
BOTH = "+statistics"
SCALINGS = {"plate": "control-percentile:0.1:99.9", "image": "percentile:0.1:99.9"}

NF1 = r"pattern=(?<well>[A-Z]\d+)_01_\d_(?<site>\d)_(?<channel>DAPI|GFP|RFP)_001\.tif"
FIELDS = {"NF1": ("nf1", ["format=pattern", NF1]),
          "Operetta": ("operetta", []), "JUMP": ("jump/BR00117006", [])}
given = {"data": "", "folder": "", "encoders": "default,fixed-seed,statistics", "parts": "", "screen": "", "label": "",
         "treatment": "", "batch": "Metadata_Batch", "controls": "Metadata_pert_type=negcon",
         "method": "none; drop_quiet,standardize:shrink=table", "isophene": str(ROOT / "isophene"), "classpath": ""}
for argument in sys.argv[1:]:
    key, equals, value = argument.partition("=")
    if not equals or key not in given:
        sys.exit(f"'{argument}': write key=value, with one of the keys {', '.join(given)}")
    given[key] = value
if not given["folder"] or not (given["data"] or given["screen"]):
    sys.exit("folder is missing, or both of data and screen: see the head of this file")
folder, command = Path(given["folder"]).resolve(), given["isophene"].split(" ")
folder.mkdir(parents=True, exist_ok=True)
data = Path(given["data"]).resolve() if given["data"] else None
encoders = given["encoders"].split(",")
plate = half = None
n = 0


def program(*arguments):
    """Runs a command of the program; its message on failure."""
    run = subprocess.run([*command, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                         check=False)
    if run.returncode:
        sys.exit(f"{' '.join(map(str, arguments))}\n{run.stdout[-2000:]}")


def model(encoder):
    if encoder == "statistics":
        return ["features=statistics"]
    return [f"model={encoder.removesuffix(BOTH)}"] + ["features=both"] * encoder.endswith(BOTH)


def stem(encoder):
    return Path(encoder.removesuffix(BOTH)).stem + BOTH * encoder.endswith(BOTH)


def row(name, well, control, files):
    return [name, well, "1", "negcon" if control else "", *[f.name for f in files], *[str(f.parent) for f in files]]


def table(halves):
    """The plate, or its halves as plates, with the changed images of the negatives in further wells (rows I to N)."""
    rows = [row(half[i] if halves else "bbbc013", plate.table.well[i], plate.negative[i], plate.files(i))
            for i in range(n)]
    rng = np.random.default_rng(1)
    bright = [np.percentile([tifffile.imread(plate.files(i)[c]) for i in np.flatnonzero(plate.negative)], 99.9)
              for c in (0, 1)]
    for k, change in enumerate(CAMERA):
        for j, i in enumerate(np.flatnonzero(plate.negative)):
            files = []
            for c, file in enumerate(plate.files(i)):
                image = tifffile.imread(file).astype(np.float64)
                image = (gaussian_filter(image, 1) if k == 0
                         else image + rng.normal(0, 0.02 * bright[c], image.shape) if k == 1 else 0.7 * image)
                files.append(folder / f"{plate.table.well[i]}-{k}-{c + 1}.tif")
                tifffile.imwrite(files[-1], np.clip(image, 0, 255).astype(np.float32))
            if not halves:
                rows.append(row("bbbc013", f"{'IKM'[k]}{j + 1:02d}", False, files))
    return pd.DataFrame(rows, columns=["Metadata_Plate", "Metadata_Well", "Metadata_Site", "Metadata_pert_type",
                                       "FileName_OrigGFP", "FileName_OrigDNA", "PathName_OrigGFP", "PathName_OrigDNA"])


def embed(encoder, scaling, halves):
    out = folder / f"{stem(encoder)}-{scaling}{'-halves' * halves}.parquet"
    screen = folder / ("halves.csv" if halves else "screen.csv")
    if not screen.exists():
        table(halves).to_csv(screen, index=False)
    if not out.exists():
        program("embed", f"screen={screen}", f"profiles={out}", "level=well", "tile=208", *model(encoder),
                f"intensity={SCALINGS[scaling]}")
    p = pd.read_parquet(out).set_index("Metadata_Well")
    changed = [] if halves else [f"{r}{j:02d}" for r in "IKM" for j in range(1, 17)]
    return bbbc013.features(p.loc[list(plate.table.well) + changed])


def numbers(x):
    """All but the trace; x are the profiles of the wells and behind them those of the changed images."""
    z = bbbc013.zscored(x, np.flatnonzero(plate.negative))
    ap = plate.precision(z[:n])
    distance = np.linalg.norm(z[:n], axis=1)
    neg, pos = distance[plate.negative], distance[plate.positive]
    u = z[:n] / np.linalg.norm(z[:n], axis=1, keepdims=True)
    cosine = ((u @ u.T).sum() - n) / (n * (n - 1))
    share = np.linalg.svd(x[:n] - x[:n].mean(0), compute_uv=False) ** 2
    share = share[share > 0] / share.sum()
    crossed = []
    rng = np.random.default_rng(1)
    for _ in range(10):
        own = rng.permutation(np.flatnonzero(plate.negative))
        for fit, rest in ((own[:8], own[8:]), (own[8:], own[:8])):
            a = plate.precision(bbbc013.zscored(x[:n], fit), np.isin(np.arange(n), rest))
            crossed.append((np.nanmean(a), np.nanmean(a[plate.dose <= 3])))
    second = plate.negative & (plate.table.Column == 2).to_numpy()
    b = plate.precision(bbbc013.zscored(x[:n], np.flatnonzero(second)), second)
    moved = z[n:].reshape(len(CAMERA), -1, z.shape[1]) - z[:n][plate.negative]
    return {
        "features": x.shape[1],
        "mAP": np.nanmean(ap), "doses 1-3": np.nanmean(ap[plate.dose <= 3]),
        "cross-fitted": np.mean(crossed, 0)[0], "cross-fitted, 1-3": np.mean(crossed, 0)[1],
        "column 2": np.nanmean(b), "column 2, 1-3": np.nanmean(b[plate.dose <= 3]),
        "rank correlation": plate.rank_correlation(distance),
        "SSMD": (pos.mean() - neg.mean()) / np.sqrt(pos.var(ddof=1) + neg.var(ddof=1)),
        **{c: pos.mean() / np.linalg.norm(m, axis=1).mean() for c, m in zip(CAMERA, moved)},
        "mean cosine": cosine, "effective rank": np.exp(-(share * np.log(share)).sum()),
        "dead": int((x[:n].std(0) == 0).sum()),
    }, distance


def trace(x):
    z = np.empty_like(x)
    for h in ("odd", "even"):
        own = half == h
        c = x[own & plate.negative]
        sd = c.std(0, ddof=1)
        z[own] = (x[own] - c.mean(0)) / np.where(sd > 0, sd, 1)
    right = []
    for d in range(1, 10):
        test = plate.dosed & (plate.dose == d)
        train = plate.dosed & ~test
        m, sd = z[train].mean(0), z[train].std(0) + 1e-9
        model = LogisticRegression(C=1.0, max_iter=2000).fit((z[train] - m) / sd, half[train])
        right += list(model.predict((z[test] - m) / sd) == half[test])
    return np.mean(right)


def figure(distances):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    plot, axes = plt.subplots(2, len(distances), sharex=True, figsize=(2.6 * len(distances), 4.6), squeeze=False)
    for k, (name, distance) in enumerate(distances.items()):
        for j, drug in enumerate(("Wortmannin", "LY294002")):
            axis = axes[j][k]
            of = plate.dosed & (plate.drug == drug)
            limit = distance[plate.negative]
            axis.axhspan(limit.min(), limit.max(), color="0.85", label="negative wells")
            axis.plot(plate.dose[of], distance[of], "o", ms=3.5, color="#0072b2")
            axis.set_title(f"{name}: {drug}", fontsize=8)
            axis.tick_params(labelsize=7)
            axis.set_yscale("log")
    axes[1][0].set_xlabel("dose", fontsize=8)
    axes[0][0].set_ylabel("distance from the negatives", fontsize=8)
    axes[0][0].legend(fontsize=7)
    plot.tight_layout()
    plot.savefig(folder / "dose.png", dpi=100)


def cell(v):
    return str(v) if isinstance(v, (str, int, np.integer)) else "" if np.isnan(v) else f"{v:.3f}" if abs(v) < 2 \
        else f"{v:.1f}" if v < 1000 else "> 1000"


def rows_of(rows):
    """A table of dictionaries with the same keys; texts left, numbers right."""
    head = list(rows[0])
    first = rows[0]
    lines = ["| " + " | ".join(head) + " |",
             "| " + " | ".join("---" if isinstance(first[h], str) else "--:" for h in head) + " |"]
    return "\n".join(lines + ["| " + " | ".join(cell(r[h]) for h in head) + " |" for r in rows])


def plate_part():
    global plate, half, n
    plate = bbbc013.Plate(data / "bbbc013")
    n = len(plate.table)
    half = np.where(plate.table.Row.map("ABCDEFGH".index) % 2 == 0, "odd", "even")
    activity, robust, distances = [], [], {}
    for encoder in encoders:
        for scaling in SCALINGS:
            values, distance = numbers(embed(encoder, scaling, False))
            values["trace"] = trace(embed(encoder, scaling, True))
            if scaling == "plate":
                distances[stem(encoder)] = distance
            name = {"encoder, scaling": f"`{stem(encoder)}`, {scaling}"}
            first = list(values)[1:9]
            activity.append(name | {k: values[k] for k in first})
            robust.append(name | {k: v for k, v in values.items() if k not in first})
    figure(distances)
    return f"{rows_of(activity)}\n\n{rows_of(robust)}"


def screen_part(screen, label, treatment, batch, controls, method):
    """Numbers of the program itself: profiles of wells, cross-fitted corrections, dose responses."""
    rows = []
    for encoder in encoders:
        name = f"{Path(screen).stem}-{stem(encoder)}"
        profiles, report = folder / f"{name}.parquet", folder / f"{name}-report"
        if not profiles.exists():
            program("embed", f"screen={screen}", f"profiles={profiles}", "level=well", *model(encoder))
        if not (report / "metrics.csv").exists():
            program("assess", f"profiles={profiles}", f"method={method}", f"label={label}", f"treatment={treatment}",
                    f"batch={batch}", f"controls={controls}", f"report={report}")
        metrics = pd.read_csv(report / "metrics.csv")
        curves, activity = pd.read_csv(report / "curves.csv"), pd.read_csv(report / "activity.csv")
        for chain in metrics.method.unique():
            of = metrics[metrics.method == chain].set_index("metric").value
            line = {"encoder": f"`{stem(encoder)}`", "correction": f"`{chain}`"}
            line |= {title: float(of[metric]) for metric, title in SHOWN.items()}
            calls = activity[(activity.method == chain) & (activity.level == "compound")]
            doses = activity[(activity.method == chain) & (activity.level == "dose")]
            line["active compounds"] = f"{(calls.call == 'active').sum()} of {len(calls)}" if len(calls) else ""
            line["active at a dose"] = f"{(doses.call == 'active').sum()} of {len(doses)}" if len(doses) else ""
            for _, curve in curves[curves.method == chain].head(4).iterrows():
                line[f"{curve.compound}: EC50"] = (
                    f"{curve.ec50:.3g} ({curve.ec50_low:.3g} to {curve.ec50_high:.3g})" if np.isfinite(curve.ec50)
                    else curve.call)
                line[f"{curve.compound}: Spearman"] = float(curve.spearman)
            rows.append(line)
    keys = list(dict.fromkeys(k for r in rows for k, v in r.items() if isinstance(v, str) or not np.isnan(v)))
    kind = {k: next(r[k] for r in rows if k in r) for k in keys}
    return rows_of([{k: r.get(k, "" if isinstance(kind[k], str) else float("nan")) for k in keys} for r in rows])


def effective_rank(x):
    share = np.linalg.svd(x - x.mean(0), compute_uv=False) ** 2
    share = share[share > 0] / share.sum()
    return np.exp(-(share * np.log(share)).sum())


def fields_part():
    rows = []
    for title, (name, more) in FIELDS.items():
        if not (data / name).exists():
            continue
        screen = folder / f"fields-{title}.csv"
        if not screen.exists():
            program("open", f"source={data / name}", f"table={screen}", *more)
        for encoder in encoders:
            out = folder / f"fields-{title}-{stem(encoder)}.parquet"
            if not out.exists():
                program("embed", f"screen={screen}", f"profiles={out}", "level=tile", "tile=224", *model(encoder),
                        f"intensity={SCALINGS['image']}", "controls=")
            p = pd.read_parquet(out)
            x = bbbc013.features(p)
            of = (p.Metadata_Plate.astype(str) + p.Metadata_Well.astype(str) + p.Metadata_Site.astype(str)).to_numpy()
            u = x / np.linalg.norm(x, axis=1, keepdims=True)
            sd = x.std(0)
            z = ((x - x.mean(0)) / np.where(sd > 1e-6, sd, 1))[:, sd > 1e-6]
            s = z / np.linalg.norm(z, axis=1, keepdims=True)
            s = s @ s.T
            np.fill_diagonal(s, -np.inf)
            same = of[:, None] == of[None]
            pairs = len(x) * (len(x) - 1)
            rows.append({"fields": title, "encoder": f"`{stem(encoder)}`", "tiles": len(x),
                         "mean cosine": ((u @ u.T).sum() - len(x)) / pairs, "effective rank": effective_rank(z),
                         "nearest of the same field": np.mean(of[s.argmax(1)] == of),
                         "chance": (same.sum() - len(x)) / pairs})
    return rows_of(rows)


def java():
    """Java with the bench classes of this checkout."""
    path = given["classpath"]
    if not path:
        kept = ROOT / "target/isophene.classpath"
        if not (ROOT / "target/test-classes/io/github/isophene/assessment/CorrectionsBench.class").exists() \
                or not kept.exists():
            sys.exit("the bench is not compiled: run ./isophene help, then mvn -Pbench test-compile, or give classpath")
        path = os.pathsep.join([str(ROOT / "target/test-classes"), str(ROOT / "target/classes"), kept.read_text()])
    return ["java", "-Xmx2g", "-cp", path]


SHOWN = {"batch-probe": "batch probe", "plate-trace": "plate trace", "map-activity": "mAP activity",
         "map-replicability": "mAP replicability", "label-probe": "label probe"}
parts = {}
if data and (data / "bbbc013").exists():
    parts["bbbc013"] = plate_part

    def own_screen():
        table_of_plate = folder / "bbbc013.csv"
        bbbc013.Plate(data / "bbbc013").screen().to_csv(table_of_plate, index=False)
        return screen_part(table_of_plate, "Metadata_Compound", "Metadata_Compound,Metadata_Concentration", "",
                           given["controls"], given["method"])

    parts["screen"] = own_screen
if data:
    parts["fields"] = fields_part
    parts["corrections"] = lambda: real_tables.part(data, folder, command, java())
if given["screen"]:
    parts["screen"] = lambda: screen_part(Path(given["screen"]).resolve(), given["label"],
                                          given["treatment"] or given["label"], given["batch"], given["controls"],
                                          given["method"])
chosen = given["parts"].split(",") if given["parts"] else list(parts)
unknown = [p for p in chosen if p not in parts]
if unknown:
    sys.exit(f"parts names {', '.join(unknown)}: there are {', '.join(parts)}")
text = []
for name in chosen:
    text.append(f"## {name}\n\n{parts[name]()}\n")
    print(text[-1], flush=True)
(folder / "real-plates.md").write_text("\n".join(text))
