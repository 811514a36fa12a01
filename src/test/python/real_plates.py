# SPDX-License-Identifier: BSD-2-Clause
"""Encoders on a real plate (BBBC013; evaluation only): table and figure of methods/default-model.md.

    python real_plates.py ../shared/data/bbbc013 FOLDER "java -cp ... io.github.isophene.cli.Main" ENCODER ...

Encoders are names or files that *Embed Screen* takes as model; statistics stands for intensity and texture
statistics without a network. Each is embedded with scaling by the plate's controls and with scaling of each image by
itself, tiles of 208 pixels. The images of the 16 negative wells are embedded a second time after 1 pixel of blur, with
noise of 2 % of the 99.9th percentile of the channel, and with 0.7 of the gain, scaled as the plate is.

Profiles of wells, z-scored by the negatives. *mAP*: activity, of each dosed well among the wells of its drug and dose
and the negatives. *Cross-fitted*: the z-scores come from one half of the negatives, and the other half are the ones
ranked against; mean over both (and over 10 divisions). *Column 2*: z-scored by the 8 negatives of column 2 alone, since
on this plate the dose is the column. *SSMD* of the distances of positives and negatives from the negatives' mean.
*Camera*: distance of the positives over the shift of the negatives, both from the negatives' mean. *Trace*: odd and
even rows are two plates, each scaled and z-scored by its own negatives; share of dosed wells whose half a logistic
regression recognizes that has learned from the other doses (chance 0.5).
"""
import subprocess
import sys
from pathlib import Path

import bbbc013
import numpy as np
import pandas as pd
import tifffile
from scipy.ndimage import gaussian_filter
from sklearn.linear_model import LogisticRegression

CAMERA = ("blur 1 px", "noise 2 %", "gain 0.7")
SCALINGS = {"plate": "control-percentile:0.1:99.9", "image": "percentile:0.1:99.9"}

plate, folder, command = bbbc013.Plate(sys.argv[1]), Path(sys.argv[2]).resolve(), sys.argv[3].split(" ")
folder.mkdir(parents=True, exist_ok=True)
n = len(plate.table)
half = np.where(plate.table.Row.map("ABCDEFGH".index) % 2 == 0, "odd", "even")


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
    out = folder / f"{Path(encoder).stem}-{scaling}{'-halves' * halves}.parquet"
    screen = folder / ("halves.csv" if halves else "screen.csv")
    if not screen.exists():
        table(halves).to_csv(screen, index=False)
    if not out.exists():
        what = ["features=statistics"] if encoder == "statistics" else [f"model={encoder}"]
        subprocess.run([*command, "embed", f"screen={screen}", f"profiles={out}", "level=well", "tile=208", *what,
                        f"intensity={SCALINGS[scaling]}"], check=True, stdout=subprocess.DEVNULL)
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


head, distances = None, {}
for encoder in sys.argv[4:]:
    for scaling in SCALINGS:
        values, distance = numbers(embed(encoder, scaling, False))
        values["trace"] = trace(embed(encoder, scaling, True))
        if scaling == "plate":
            distances[Path(encoder).stem] = distance
        if head is None:
            head = list(values)
            print("| encoder, scaling | " + " | ".join(head) + " |\n| --- |" + " --: |" * len(head))
        print(f"| {Path(encoder).stem}, {scaling} | " + " | ".join(
            str(v) if isinstance(v, (int, np.integer)) else f"{v:.3f}" if abs(v) < 2
            else f"{v:.1f}" if v < 1000 else "> 1000"
            for v in values.values()) + " |", flush=True)
figure(distances)
