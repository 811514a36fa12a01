"""Golden values of corrections, from other implementations.

    python golden_corrections.py <folder of bbbc021> <folder to write>

Needs numpy, scipy, pandas, pyarrow, scikit-learn, pycytominer, neuroCombat and
harmonypy 0.0.10. pycytominer's Spherize decomposes uncentered data in its current
version, so sphering and TVN are written out here from their formulas.
"""
import json
import sys
from itertools import combinations
from pathlib import Path

import harmonypy
import neuroCombat as nc
import numpy as np
import pandas as pd
import pycytominer
import scipy
from importlib.metadata import version
from pycytominer import feature_select
from pycytominer.operations.transform import RobustMAD
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler


def directions(run, allocate=harmonypy.harmony.Harmony.allocate_buffers):
    """harmonypy 0.0.10 first divides each row by its largest value, which turns rows around that have no positive
    one."""
    run.Z_cos = run.Z_orig / np.linalg.norm(run.Z_orig, axis=0)
    allocate(run)


harmonypy.harmony.Harmony.allocate_buffers = directions
source, target = Path(sys.argv[1]), Path(sys.argv[2])


def simulated():
    """5 batches of 2 plates, 20 wells each, 8 controls on a plate, 8 features of which two are correlated."""
    rng = np.random.default_rng(7)
    rows, values = [], []
    for b in range(5):
        shift, scale = rng.normal(0, 1.5, 8), rng.uniform(.6, 1.8, 8)
        for p in range(2):
            plate = rng.normal(0, .4, 8)
            for w in range(20):
                kind = 0 if w < 8 else 1 + w % 3
                x = rng.normal(0, 1, 8)
                x[1] = .95 * x[0] + .2 * x[1]
                x += np.array(
                    [[0] * 8, [3, 3, 0, 0, 0, 0, 0, 0], [0, 0, 4, 0, -2, 0, 0, 0], [0, 0, 0, 0, 0, 3, -3, 0]]
                )[kind]
                rows.append(
                    (
                        f"B{b}",
                        f"P{b}{p}",
                        f"{'ABC'[w // 10]}{w % 10 + 1:02d}",
                        "negcon" if kind == 0 else "trt",
                        f"T{kind}",
                    )
                )
                values.append(x * scale + shift + plate + 10)
    meta = pd.DataFrame(
        rows, columns=["Metadata_Batch", "Metadata_Plate", "Metadata_Well", "Metadata_pert_type", "Metadata_Label"]
    )
    return meta, np.array(values, dtype=np.float32), [f"f{i}" for i in range(8)]


def bbbc021():
    """Plates of three weeks and every 50th feature of those that vary."""
    t = pd.read_csv(source / "per_well_mean.csv.gz")
    im = pd.read_csv(source / "BBBC021_v1_image.csv.gz")
    k = im[["Image_Metadata_Plate_DAPI", "Image_Metadata_Well_DAPI", "Image_Metadata_Compound"]].drop_duplicates()
    k.columns = ["Image_Metadata_Plate", "Image_Metadata_Well", "compound"]
    t = t.merge(k, how="left", on=["Image_Metadata_Plate", "Image_Metadata_Well"])
    features = [c for c in t.columns if not c.startswith("Image_Metadata") and c != "compound"][::50]
    t = t[t.Image_Metadata_Plate.str.match("Week(1|2|6)_")]
    meta = pd.DataFrame(
        {
            "Metadata_Batch": t.Image_Metadata_Plate.str.split("_").str[0],
            "Metadata_Plate": t.Image_Metadata_Plate,
            "Metadata_Well": t.Image_Metadata_Well,
            "Metadata_pert_type": np.where(t.compound == "DMSO", "negcon", "trt"),
            "Metadata_Label": t.compound,
        }
    ).reset_index(drop=True)
    return meta, t[features].to_numpy(np.float32), features


def per(values, groups, controls, make):
    out = np.empty(values.shape)
    for g in pd.unique(groups):
        i = groups == g
        out[i] = make().fit(pd.DataFrame(values[i & controls])).transform(pd.DataFrame(values[i]))
    return out


def spherize(x, controls, method, eps, to):
    """Center (and divide by sd for -cor), SVD X = U S V'; rank-deficient: S padded with the last value that is not
    0."""
    scaler = StandardScaler(with_std=method.endswith("cor")).fit(x[controls])
    a = scaler.transform(x[controls])
    n, d = a.shape
    _, s, vt = np.linalg.svd(a, full_matrices=True)
    rank = min((s > s[0] * max(n, d) * 2 ** -52).sum(), n - 1)
    if to == "singular":
        s = np.r_[s[:rank], np.repeat(s[rank - 1], d - rank)]
        w = np.sqrt(n - 1) / (s + eps)
    else:
        s = np.r_[s[:rank], np.zeros(d - rank)]
        w = 1 / np.sqrt(s ** 2 / (n - 1) + eps)
    vt = signed(vt)
    y = scaler.transform(x) @ (vt.T * w)
    return y @ vt if method.startswith("zca") else y


def signed(axes):
    """The entry of largest absolute value of each axis is positive."""
    return axes * np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(1)])[:, None]


def power(m, p):
    w, v = np.linalg.eigh(m)
    return (v * w ** p) @ v.T


def tvn(x, controls, batches, variant):
    if variant == "efaar":
        z = StandardScaler().fit(x[controls]).transform(x)
        z = (z - z[controls].mean(0)) @ signed(PCA().fit(z[controls]).components_).T
        z = StandardScaler().fit(z[controls]).transform(z)
    else:
        z = spherize(x, controls, "pca", 0, "singular")
    ridge = .5 if variant == "efaar" else 1
    eye = np.eye(z.shape[1])
    whole = eye if variant == "efaar" else power(np.cov(z[controls].T) + ridge * eye, .5)
    out = np.empty_like(z)
    for b in pd.unique(batches):
        i = batches == b
        out[i] = z[i] @ power(np.cov(z[i & controls].T) + ridge * eye, -.5) @ whole
    return out


def rank_int(x, c=3 / 8):
    n = len(x)
    return scipy.stats.norm.ppf((scipy.stats.rankdata(x, axis=0) - c) / (n - 2 * c + 1))


def combat(x, meta, covariate):
    # Of neuroCombat's own rounding to strings only the result counts here.
    return nc.neuroCombat(dat=x.T, covars=meta[["Metadata_Batch", "Metadata_Label"]], batch_col="Metadata_Batch",
                          categorical_cols=["Metadata_Label"] if covariate else None)["data"].T


def golden(name, meta, values, features):
    x = values.astype(np.float64)
    controls = (meta.Metadata_pert_type == "negcon").to_numpy()
    plates, batches = meta.Metadata_Plate.to_numpy(object), meta.Metadata_Batch.to_numpy(object)
    z = StandardScaler().fit(x[controls]).transform(x).astype(np.float32).astype(np.float64)
    centered = x.copy()
    for p in pd.unique(plates):
        centered[plates == p] -= x[(plates == p) & controls].mean(0)
    results = {
        "standardize": per(x, plates, controls, StandardScaler),
        "standardize_batch_all": per(x, batches, np.full(len(x), True), StandardScaler),
        "mad": per(x, plates, controls, lambda: RobustMAD(epsilon=1e-18)),
        "int": rank_int(x),
        "tvn_efaar": tvn(centered, controls, batches, "efaar"),
        "tvn_coral": tvn(centered, controls, batches, "coral"),
        "combat": combat(x, meta, False),
        "combat_covariate": combat(x, meta, True) if name == "simulated" else None,
        "pca": (x - x.mean(0)) @ signed(PCA().fit(x).components_).T,
    }
    for m in ("pca", "zca", "pca-cor", "zca-cor"):
        results["sphering_" + m] = spherize(z, controls, m, 1e-6, "singular")
    results["sphering_zca_0.1"] = spherize(z, controls, "zca", .1, "singular")
    results["sphering_zca_variance"] = spherize(z, controls, "zca", .1, "variance")
    few = np.isin(np.arange(len(x)), np.flatnonzero(controls)[:len(features) // 2 + 1])
    results["sphering_deficient"] = spherize(z, few, "zca", .1, "singular")
    runs = [
        harmonypy.run_harmony(
            z,
            meta,
            "Metadata_Batch",
            nclust=4,
            max_iter_harmony=20,
            theta=2.0,
            epsilon_cluster=1e-9,
            epsilon_harmony=1e-9,
            max_iter_kmeans=50,
            random_state=s,
            verbose=False,
        ).Z_corr.T
        for s in range(48)
    ]
    moved = np.linalg.norm(runs[0] - z)
    spread = max(np.linalg.norm(a - b) / moved for a, b in combinations(runs, 2))
    results["harmony"] = np.median(runs, 0)
    facts = {"harmony_spread": spread, "rows": len(x),
             "harmony_to_median": max(np.linalg.norm(a - results["harmony"]) / moved for a in runs)}
    frame = pd.DataFrame(x, columns=features)
    for operation in ("frequency_threshold", "correlation_threshold", "drop_outliers"):
        given = pd.DataFrame(results["standardize"], columns=features) if operation == "drop_outliers" else frame
        kept = feature_select(
            given, features=features, operation=operation, outlier_cutoff=4 if name == "simulated" else 30
        )
        facts[operation] = list(kept.columns)
    folder = target / name
    folder.mkdir(parents=True, exist_ok=True)
    if name == "simulated":
        pd.concat([meta, pd.DataFrame(values, columns=features)], axis=1).to_parquet(
            folder / "input.parquet", index=False
        )
    else:
        facts["features"] = features
    columns = {
        f"{k}__{i}": v[:, i].astype(np.float32) for k, v in results.items() if v is not None for i in range(v.shape[1])
    }
    pd.DataFrame(columns).to_parquet(folder / "expected.parquet", index=False, compression="zstd", use_dictionary=False,
                                    use_byte_stream_split=True, write_statistics=False)
    return facts


facts = {name: golden(name, *data) for name, data in (("simulated", simulated()), ("bbbc021", bbbc021()))}
facts["versions"] = {
    p: version(p) for p in ("numpy", "scipy", "pandas", "scikit-learn", "pycytominer", "neuroCombat", "harmonypy")
}
(target / "facts.json").write_text(json.dumps(facts, indent=1) + "\n")
