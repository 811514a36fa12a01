# SPDX-License-Identifier: BSD-2-Clause
"""Corrections on two public tables of profiles (BBBC021, CPJUMP1; evaluation only), for real_plates.py.

Every built-in correction is in a chain; rows that a chain was not fitted on are judged (CorrectionsBench). Baselines:
no correction; *random shift*: each plate moved in a random direction, by the distance of its controls' mean from that
of all controls; *random projection*: as many random directions as principal components with 98 % of the variance; both
after standardizing the whole table, mean and standard deviation over three draws.
"""
import hashlib
import re
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd

STEPS = {  # a chain for each built-in correction; scaling by the whole table first where it depends on units
    "standardize": ["standardize:per=table", "standardize", "standardize:shrink=table", "standardize:shrink=batch"],
    "mad_robustize": ["mad_robustize"],
    "center": ["standardize:per=table,center"],
    "int": ["int"],
    "sphering": [f"standardize:per=table,sphering:{m}:1:to=variance" for m in ("zca", "pca")],
    "pca": ["standardize:per=table,pca"],
    "tvn": ["standardize:per=table,center,tvn:efaar", "standardize:per=table,center,tvn:coral"],
    "combat": ["standardize:per=table,combat"],
    "harmony": ["standardize:per=table,pca,harmony"],
    "drop_quiet": ["drop_quiet,standardize:shrink=table"],
    "variance": ["variance,standardize:per=table"],
    "correlation": ["correlation,standardize:per=table"],
    "outlier": ["standardize:per=table,outlier"],
    "variant": ["variant,standardize:per=table"],
    "drop_missing": ["drop_missing,standardize:per=table"],
    "clip": ["standardize,clip"],
    "wellpos": ["standardize:per=table,wellpos"],
    "regress_out": ["standardize:per=table,regress_out"],
}
NO_CHAIN = {  # leave values as they are, or rows other than wells
    "aggregate": "joins rows of a well", "consensus": "joins wells of a treatment",
    "drop_missing_rows": "leaves out rows", "drop_named": "leaves out features by their names",
}
# Learn from treated rows, so that they are judged on treatments that a fit has not seen, apart from the others.
TREATED = ("int", "pca", "combat", "harmony", "wellpos", "regress_out")
REFERENCES = ["none", "standardize:per=table"]
COLUMNS = {"batch-probe-1nn": "nearest-neighbor probe", "batch-trace-treated": "batch trace, treated",
           "plate-trace": "plate trace", "map-activity": "mAP activity", "map-replicability": "mAP replicability",
           "nsc": "NSC", "nscb": "NSCB"}


def bbbc021(data):
    table = pd.read_csv(data / "bbbc021/per_well_mean.csv.gz")
    image = pd.read_csv(data / "bbbc021/BBBC021_v1_image.csv.gz")
    moa = pd.read_csv(data / "bbbc021/BBBC021_v1_moa.csv")
    well = ["Image_Metadata_Plate", "Image_Metadata_Well"]
    image = image.rename(columns={f"{w}_DAPI": w for w in well})
    image = image[[*well, "Image_Metadata_Compound", "Image_Metadata_Concentration"]].drop_duplicates(well)
    table = table.merge(image, on=well, how="left").merge(
        moa.rename(columns={"compound": "Image_Metadata_Compound", "concentration": "Image_Metadata_Concentration",
                            "moa": "Metadata_moa"}), how="left")
    table = table.rename(columns=lambda c: c.replace("Image_Metadata", "Metadata"))
    table["Metadata_Batch"] = table.Metadata_Plate.astype(str).str.split("_").str[0]
    return table


def cpjump1(data):
    files = sorted((data / "cpjump1").glob("BR*.csv.gz"))
    table = pd.concat([pd.read_csv(f) for f in files], join="inner", ignore_index=True)
    plates = pd.read_csv(data / "cpjump1/experiment-metadata.tsv", sep="\t").set_index("Assay_Plate_Barcode")
    table["Metadata_Time"] = table.Metadata_Plate.map(plates.Time.groupby(level=0).first()).astype(str) + " h"
    table["Metadata_Batch"] = table.Metadata_Plate
    table["Metadata_pert_type"] = np.where(table.Metadata_control_type == "negcon", "negcon", "trt")
    return table


TABLES = {
    "bbbc021": (bbbc021, "Metadata_moa", "Metadata_Compound,Metadata_Concentration", "Metadata_Compound=DMSO"),
    "cpjump1": (cpjump1, "Metadata_pert_iname", "Metadata_pert_iname", "Metadata_pert_type=negcon"),
}


DRAWS = 3


def baselines(table, control, draw):
    """The table with plates shifted at random, and in random directions."""
    names = [c for c in table if not c.startswith("Metadata_")]
    x = table[names].to_numpy(np.float64)
    c = x[control]
    sd = np.nanstd(c, 0)
    keep = np.isfinite(sd) & (sd > 1e-9)
    z = np.nan_to_num((x[:, keep] - np.nanmean(c[:, keep], 0)) / sd[keep]).clip(-50, 50)
    rng = np.random.default_rng(draw)
    shifted = z.copy()
    plates = table.Metadata_Plate.to_numpy()
    for plate in pd.unique(plates):
        own = plates == plate
        direction = rng.normal(size=z.shape[1])
        shifted[own] += direction / np.linalg.norm(direction) * np.linalg.norm(z[own & control].mean(0))
    variance = np.linalg.svd(z - z.mean(0), compute_uv=False) ** 2
    k = int(np.searchsorted(np.cumsum(variance) / variance.sum(), 0.98)) + 1
    directions = np.linalg.qr(rng.normal(size=(z.shape[1], k)))[0]
    metadata = table[[c for c in table if c.startswith("Metadata_")]]
    return {
        "random shift": pd.concat([metadata, pd.DataFrame(shifted, columns=np.array(names)[keep])], axis=1),
        f"random projection ({k})": pd.concat(
            [metadata, pd.DataFrame(z @ directions, columns=[f"f{i}" for i in range(k)])], axis=1),
    }


def over_draws(found):
    """Means and standard deviations over the draws of each baseline."""
    for _, of in found.groupby(["method", "metric"], sort=False):
        yield of.head(1).assign(value=of.value.mean(), sd_over_folds=of.value.std(), judged_on="DRAWS")


def require_all(isophene):
    """Fails if the program has a correction that is in no chain."""
    said = subprocess.run([*isophene, "correct", "profiles=none.csv", "method=?", "corrected=none2.csv"],
                          capture_output=True, text=True, check=False).stderr
    listed = re.search(r"is no correction: use ([a-z_, ]+)", said)
    missing = set(re.findall(r"[a-z_]+", listed.group(1) if listed else "")) - set(STEPS) - set(NO_CHAIN)
    assert listed and not missing, f"corrections without a chain: {sorted(missing)}; the program said: {said}"


def measure(name, table, groups, folder, java):
    """Numbers of groups of chains on a table, by chain and metric; what is in the folder isn't measured again."""
    _, label, treatment, controls = TABLES[name.split("-")[0]]
    profiles = folder / f"{name}.parquet"
    found = []
    for chains in groups:
        method = ";".join(chains)
        result = folder / f"corrections-{name}-{hashlib.sha256(method.encode()).hexdigest()[:8]}.csv"
        if not result.exists():
            if not profiles.exists():
                table.to_parquet(profiles, index=False)
            subprocess.run([*java, "io.github.isophene.assessment.CorrectionsBench", f"profiles={profiles}",
                            f"label={label}", f"treatment={treatment}", "batch=Metadata_Batch",
                            f"controls={controls}", f"method={method}", f"file={result}"], check=True,
                           stdout=subprocess.DEVNULL)
        found.append(pd.read_csv(result))
    return pd.concat(found)


def number(row):
    if not np.isfinite(row.value):
        return ""
    fitted = row.judged_on in ("HELD_OUT", "DRAWS")
    spread = f" ± {row.sd_over_folds:.3f}" if fitted and row.sd_over_folds >= 0.0005 else ""
    own = row.value_on_own_rows
    inside = f" ({own:.3f})" if row.judged_on == "HELD_OUT" and abs(own - row.value) >= 0.0005 else ""
    return f"{row.value:.3f}{spread}{inside}" + (" *" if row.judged_on == "OWN_ROWS" else "")


def lines(found, title):
    """A table of Markdown, by activity."""
    metrics = [m for m in COLUMNS if np.isfinite(found[found.metric == m].value).any()]
    text = [f"\n{title}\n", "| chain | " + " | ".join(COLUMNS[m] for m in metrics) + " |",
            "| --- |" + " --: |" * len(metrics)]
    order = found[found.metric == "map-activity"].set_index("method").value.sort_values(ascending=False).index
    for method in order:
        of = found[found.method == method].set_index("metric")
        if not np.isfinite(of.value).any():
            why = of.undefined_because.iloc[0].split(",")[0]
            text.append(f"| `{method}` | not possible: {why} |" + " |" * (len(metrics) - 1))
            continue
        shown = method if method.startswith("random") else f"`{method}`"
        text.append(f"| {shown} | " + " | ".join(number(of.loc[m]) for m in metrics) + " |")
    chance = found[found.method == "none"].set_index("metric").chance
    text.append("| *chance* | " + " | ".join("" if np.isnan(chance[m]) else f"{chance[m]:.3f}" for m in metrics) + " |")
    return text


def part(data, folder, isophene, java):
    """The tables as text, and a figure."""
    require_all(isophene)
    text, numbers = [], {}
    # Rows of treatments are put aside for all chains of a group if one of them learns from treated rows.
    treated = [[c] for step in TREATED for c in STEPS[step]]
    treated[0] = REFERENCES + treated[0]
    # What is uncorrected is judged on the same folds only beside a correction.
    controls = [REFERENCES] + [[c] for step, chains in STEPS.items() if step not in TREATED for c in chains
                               if c not in REFERENCES]
    for name, (read, _, _, negative) in TABLES.items():
        if not (data / name).exists():
            continue
        table = read(data)
        column, value = negative.split("=")
        found = measure(name, table, controls, folder, java)
        random = []
        for draw in range(1, DRAWS + 1):
            for kind, changed in baselines(table, (table[column] == value).to_numpy(), draw).items():
                file = f"{name}-{kind.split(' (')[0].replace(' ', '-')}-{draw}"
                random.append(measure(file, changed, [["standardize:per=table"]], folder, java).assign(method=kind))
        found = pd.concat([found, *over_draws(pd.concat(random))])
        others = measure(name, table, treated, folder, java)
        text += lines(found, f"### {name}, chains that learn from controls") + lines(
            others, f"### {name}, chains that learn from treated rows")
        numbers[name] = pd.concat([found, others[~others.method.isin(REFERENCES)]])
    figure(numbers, folder)
    return "\n".join(text)


def figure(numbers, folder):
    """A row per chain: activity, and trace of the plates."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    wide = {name: found.assign(method=found.method.str.replace(r" \(.*", "", regex=True)).pivot_table(
        index="method", columns="metric", values=["value", "chance"]) for name, found in numbers.items()}
    order = next(iter(wide.values()))[("value", "map-activity")].sort_values().index
    order = [*order, *[m for w in wide.values() for m in w.index if m not in set(order)]]
    plot, axes = plt.subplots(1, len(wide), sharey=True, figsize=(3.4 + 3.2 * len(wide), 0.24 * len(order) + 1.3),
                              squeeze=False)
    for axis, (name, of) in zip(axes[0], wide.items()):
        of = of.reindex(order)
        axis.axvline(of[("chance", "plate-trace")].median(), color="#d55e00", lw=0.8, ls="--")
        axis.plot(of[("value", "map-activity")], range(len(order)), "o", ms=5, color="#0072b2", label="mAP activity")
        axis.plot(of[("value", "plate-trace")], range(len(order)), "s", ms=4.5, mfc="none", color="#d55e00",
                  label="plate trace (dashed: chance)")
        axis.set_title(name.upper(), fontsize=9)
        axis.set_xlim(0, 1)
        axis.grid(axis="x", lw=0.3)
        axis.tick_params(labelsize=7)
    axes[0][0].set_yticks(range(len(order)), order)
    axes[0][0].set_ylim(-0.7, len(order) - 0.3)
    axes[0][0].legend(fontsize=7, loc="upper center", bbox_to_anchor=(0.5, -0.04), ncol=2)
    plot.tight_layout()
    plot.savefig(Path(folder) / "corrections.png", dpi=110)
