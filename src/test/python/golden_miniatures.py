"""Tiny tables of our own in the layouts of BBBC021 and of JUMP's pipeline, with the numbers that other implementations
get of them, for tests where the real tables are absent.

    python golden_miniatures.py <folder to write>

Needs numpy, scipy, pandas, pyarrow, scikit-learn and pycytominer of requirements.txt, and harmonypy 0.0.10 in place of
its 2.1.0: pip install --no-deps --target old harmonypy==0.0.10, then PYTHONPATH=old. Takes about seven minutes.
Simulated with a fixed seed; the shape of the files, the names of their columns and the steps are those of the
originals.
"""
import gzip
import json
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import harmonypy
import numpy as np
import pandas as pd
import scipy
from pycytominer import feature_select
from pycytominer.operations.transform import RobustMAD
from sklearn.preprocessing import StandardScaler

target = Path(sys.argv[1])


def write(table, file):
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".parquet":
        table.to_parquet(file, index=False, compression="zstd")
    elif file.suffix == ".gz":
        # Without a time, so that the bytes are the same again.
        with open(file, "wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as out:
            out.write(table.to_csv(index=False).encode())
    else:
        table.to_csv(file, index=False)


def spherize(x, controls, eps, correlation=False, to="variance"):
    """ZCA (or ZCA-cor) of the controls: eps is added to their variances, or to their singular values."""
    scaler = StandardScaler(with_std=correlation).fit(x[controls])
    a = scaler.transform(x[controls])
    n = len(a)
    _, s, vt = np.linalg.svd(a, full_matrices=False)
    w = 1 / np.sqrt(s**2 / (n - 1) + eps) if to == "variance" else np.sqrt(n - 1) / (s + eps)
    return scaler.transform(x) @ (vt.T * w) @ vt


def bbbc021():
    """4 weeks of 2 plates: 6 wells of DMSO, and 2 of each of 5 treatments, on a plate; 10 compounds of 5 mechanisms."""
    rng = np.random.default_rng(21)
    features = [f"{part}_{what}_{i}" for part in ("Cells", "Cytoplasm", "Nuclei")
                for what in ("AreaShape", "Texture") for i in range(4)]
    mechanisms = [f"mechanism {m}" for m in range(5)]
    effects = rng.normal(0, 0.5, (5, len(features)))
    # Both compounds of the last mechanism were tested in one week only.
    weeks = [[(0, 1), (1, 1), (2, 1), (3, 1), (4, 1)], [(0, 2), (1, 2), (5, 1), (6, 1), (7, 1)],
             [(2, 2), (3, 2), (4, 2), (5, 2), (6, 2)], [(7, 2), (8, 1), (8, 2), (9, 1), (9, 2)]]
    mechanism_of = [0, 1, 2, 3, 0, 1, 2, 3, 4, 4]
    wells, images, values = [], [], []
    for week, treatments in enumerate(weeks, 1):
        shift, scale = rng.normal(0, 1, len(features)), rng.uniform(0.7, 1.4, len(features))
        for plate in range(2):
            local = rng.normal(0, 0.3, len(features))
            layout = [None] * 6 + [t for t in treatments for _ in range(2)]
            for i, treatment in enumerate(layout):
                name, well = f"Week{week}_{week}00{plate}", f"{'BCDE'[i // 4]}{i % 4 + 2:02d}"
                x = rng.normal(0, 1, len(features))
                if treatment:
                    x += effects[mechanism_of[treatment[0]]] * (0.8 + 0.4 * treatment[1])
                wells.append((name, well))
                values.append(np.round(10 + scale * (x + shift + local), 5))
                compound = "DMSO" if treatment is None else f"compound {treatment[0]}"
                images.append((name, well, compound, 0 if treatment is None else treatment[1]))
    numbers = pd.DataFrame(values, columns=features)
    table = pd.DataFrame(wells, columns=["Image_Metadata_Plate", "Image_Metadata_Well"])
    table = pd.concat([table, numbers], axis=1)
    for name in ("Cells_Number_Object_Number", "Cells_Parent_Nuclei", "Nuclei_Number_Object_Number"):
        table[name] = np.round(rng.uniform(40, 60, len(table)), 3)
    write(table, target / "bbbc021/per_well_mean.csv.gz")
    columns = ["Image_Metadata_Plate_DAPI", "Image_Metadata_Well_DAPI", "Image_Metadata_Compound",
               "Image_Metadata_Concentration"]
    write(pd.DataFrame(images, columns=columns), target / "bbbc021/BBBC021_v1_image.csv.gz")
    moa = [(f"compound {c}", float(d), mechanisms[mechanism_of[c]]) for c in range(10) for d in (1, 2)]
    write(pd.DataFrame(moa, columns=["compound", "concentration", "moa"]), target / "bbbc021/BBBC021_v1_moa.csv")
    x = table.drop(columns=["Image_Metadata_Plate", "Image_Metadata_Well"]).to_numpy(np.float32).astype(np.float64)
    meta = pd.DataFrame(images, columns=["plate", "well", "compound", "dose"])
    meta["moa"] = [mechanisms[mechanism_of[int(c.split()[1])]] if c != "DMSO" else "" for c in meta["compound"]]
    return meta, x


def matched(meta, y):
    """Treatments whose nearest other compound, and other compound in another week, has the same mechanism."""
    treated = meta[meta["compound"] != "DMSO"]
    groups = [(k, g) for k, g in treated.groupby(["compound", "dose"])]
    means = np.array([y[g.index].astype(np.float32).astype(np.float64).mean(0).astype(np.float32) for _, g in groups])
    means = means.astype(np.float64)
    weeks = [min(Counter(p.split("_")[0] for p in g.plate).items(), key=lambda e: (-e[1], e[0]))[0] for _, g in groups]
    moas = [g.moa.iloc[0] for _, g in groups]
    several = {m for m in moas if len({w for w, o in zip(weeks, moas) if o == m}) > 1}
    unit = means / np.linalg.norm(means, axis=1)[:, None]
    cosine = unit @ unit.T
    nsc = nscb = eligible = 0
    for i, ((compound, _), _) in enumerate(groups):
        other = [j for j, ((c, _), _) in enumerate(groups) if c != compound]
        nsc += moas[max(other, key=lambda j: cosine[i, j])] == moas[i]
        if moas[i] in several:
            eligible += 1
            other = [j for j in other if weeks[j] != weeks[i] and moas[j] in several]
            nscb += moas[max(other, key=lambda j: cosine[i, j])] == moas[i]
    return len(groups), eligible, nsc, nscb


def mechanisms():
    meta, x = bbbc021()
    controls = (meta["compound"] == "DMSO").to_numpy()
    z = StandardScaler().fit(x[controls]).transform(x)
    plates, centered, mad = meta.plate.to_numpy(object), z.copy(), np.empty_like(x)
    for p in pd.unique(plates):
        i = plates == p
        centered[i] -= z[i & controls].mean(0)
        mad[i] = RobustMAD(epsilon=1e-18).fit(pd.DataFrame(x[i & controls])).transform(pd.DataFrame(x[i]))
    corrected = {"standardize:table": z, "mad_robustize,clip:20": np.clip(mad, -20, 20),
                 "standardize:table,center:plate": centered}
    for before, y in (("", z), (",center:plate", centered)):
        for eps in ("0.01", "0.1", "1"):
            corrected[f"standardize:table{before},sphering:zca:{eps}:variance"] = spherize(y, controls, float(eps))
    rows = [(method, *matched(meta, y)) for method, y in corrected.items()]
    write(pd.DataFrame(rows, columns=["method", "treatments", "eligible", "nsc", "nscb"]),
          target / "bbbc021/expected.csv")


def directions(run, allocate=harmonypy.harmony.Harmony.allocate_buffers):
    """harmonypy 0.0.10 first divides each row by its largest value, which turns rows around that have no positive
    one."""
    run.Z_cos = run.Z_orig / np.linalg.norm(run.Z_orig, axis=0)
    allocate(run)


def harmony(x, meta):
    runs = [harmonypy.run_harmony(x, meta, "Metadata_Plate", nclust=12, max_iter_harmony=20, theta=1.0,
                                  epsilon_cluster=1e-9, epsilon_harmony=1e-9, max_iter_kmeans=50, random_state=s,
                                  verbose=False).Z_corr.T for s in range(12)]
    return np.median(runs, 0)


def jump():
    """2 batches of 2 plates of 96 wells, a third of them controls; 6 features: one is constant among the controls of a
    plate, one is nearly another; a column of embeddings; a table without features; a file that was not downloaded."""
    rng = np.random.default_rng(4)
    features = [f"Cells_AreaShape_Zernike_{i}" for i in range(6)]
    inputs, folder = [], target / "jump-pipeline/inputs/profiles"
    kinds = np.array([[0, 0, 0, 0, 0, 0], [1.5, 1, 0, 0, 0, 0], [0, 0, 2, 0, -1, 0], [0, -1, 0, 0, 1.5, 0]])
    for b in range(2):
        for p in range(2):
            plate, shift, scale = f"P{b}{p}", rng.normal(0, 1, 6), rng.uniform(0.7, 1.4, 6)
            kind = np.arange(96) % 6
            x = rng.normal(0, 1, (96, 6)) + kinds[np.where(kind < 3, 0, kind - 2)]
            x[:, 3] = x[:, 0] + rng.normal(0, 0.3, 96)
            x = (x * scale + shift + 10).astype(np.float32)
            if plate == "P01":
                x[kind < 3, 5] = 7
            compound = np.where(kind < 3, "JCP2022_033924", np.char.add("JCP2022_10000", kind.astype(str)))
            table = pd.DataFrame({"Metadata_Source": "source_m", "Metadata_Plate": plate,
                                  "Metadata_Well": [f"{'ABCDEFGH'[w // 12]}{w % 12 + 1:02d}" for w in range(96)]})
            profiles = pd.concat([table, pd.DataFrame(x, columns=features)], axis=1)
            file = f"source_m/workspace/profiles/Batch{b}/{plate}/{plate}.parquet"
            write(profiles, folder / file)
            inputs.append(profiles.assign(Metadata_JCP2022=compound))
            names = {"source": "source_m", "batch": f"Batch{b}", "plate": plate, "well": table.Metadata_Well}
            cnn = pd.DataFrame({**names, "all_emb": list(x[:, :3])})
            net = pd.DataFrame({**names, "agp_emb": list(x[:, :1].astype(np.float64)),
                                "dna_emb": list(x[:, 1:2].astype(np.float64))})
            if plate == "P00":
                write(cnn, target / "jump-pipeline/inputs/profiles_cpcnn" / file)
                write(net, target / "jump-pipeline/inputs/profiles_efficientnet" / file)
    plates = pd.DataFrame({"Metadata_Source": "source_m", "Metadata_Batch": ["Batch0", "Batch1"],
                           "Metadata_Plate": ["P00", "P10"], "Metadata_PlateType": "COMPOUND"})
    write(plates, folder / "source_m/workspace/metadata/plate.parquet")
    whole = pd.concat(inputs, ignore_index=True)
    outputs(whole, features)
    stub = target / "jump-pipeline/outputs/stub_public/profiles_var_mad_int_featselect.parquet"
    stub.parent.mkdir(parents=True, exist_ok=True)
    stub.write_text("../controls_public/profiles_var_mad_int_featselect.parquet")


def outputs(whole, features):
    """Features with a MAD on every plate, divided by it; ranks; no nearly equal features; Harmony, sphering before."""
    x, plates = whole[features].to_numpy(np.float64), whole.Metadata_Plate.to_numpy(object)
    controls = (whole.Metadata_JCP2022 == "JCP2022_033924").to_numpy()
    keep, scaled = np.full(len(features), True), np.empty_like(x)
    for p in pd.unique(plates):
        i = plates == p
        median = np.median(x[i & controls], 0)
        mad = np.median(np.abs(x[i & controls] - median), 0)
        keep &= np.abs(mad / median) > 1e-3
        scaled[i] = (x[i] - median) / np.where(mad > 0, mad, 1)
    names = [f for f, k in zip(features, keep) if k]
    ranks = scipy.stats.rankdata(scaled[:, keep].astype(np.float32), axis=0)
    scores = scipy.stats.norm.ppf((ranks - 3 / 8) / (len(x) - 2 * 3 / 8 + 1))
    frame = pd.DataFrame(scores.astype(np.float32), columns=names)
    scores = feature_select(frame, features=names, operation=["variance_threshold", "correlation_threshold"])
    assert len(names) == scores.shape[1] + 1
    names, scores = list(scores.columns), scores.to_numpy(np.float32)
    meta = whole[["Metadata_Source", "Metadata_Plate", "Metadata_Well", "Metadata_JCP2022"]]
    name = "jump-pipeline/outputs/controls_public/profiles_var_mad_int_featselect"
    of = lambda values: pd.concat([meta, pd.DataFrame(values.astype(np.float32), columns=names)], axis=1)
    write(of(scores), target / f"{name}.parquet")
    write(of(harmony(scores.astype(np.float64), meta)), target / f"{name}_harmony.parquet")
    sphered = spherize(scores.astype(np.float64), controls, 0.01, True, "singular")
    write(of(harmony(sphered, meta)), target / f"{name}_sphering_harmony.parquet")


harmonypy.harmony.Harmony.allocate_buffers = directions
mechanisms()
jump()
packages = ("numpy", "scipy", "pandas", "pyarrow", "scikit-learn", "pycytominer", "harmonypy")
(target / "versions.json").write_text(json.dumps({p: version(p) for p in packages}, indent=1) + "\n")
