# Makes the golden files of the assessment tests:
#   python golden_assessment.py src/test/resources/io/github/isophene/metrics [folder of bbbc021]
# from copairs (average precision, p-values), scib-metrics (silhouettes, LISI, kBET), scikit-learn
# (logistic regression, nearest neighbors, PCA, t-SNE's starting point) and scipy (graph connectivity,
# by scib's formula). Versions are written into the files.
import json, sys, warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
VERSIONS = {p: version(p) for p in ("copairs", "scib-metrics", "scikit-learn", "scipy", "numpy", "pandas")}


def average_precision(meta, feats, **rule):
    from copairs.map import average_precision as ap
    return ap(meta, feats, progress_bar=False, batch_size=2000, **rule)


def mean_average_precision(ap, sameby, folder):
    from copairs.map import mean_average_precision as map_
    return map_(ap, sameby, null_size=10000, threshold=0.05, seed=0, progress_bar=False, cache_dir=folder)


def neighbors(x, k):
    """Each row itself first, then its k - 1 nearest others."""
    from scib_metrics.nearest_neighbors import NeighborsResults
    d, i = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(x).kneighbors(x)
    for row in range(len(x)):  # duplicates: the row itself comes first
        at = np.flatnonzero(i[row] == row)
        if len(at) and at[0] != 0:
            i[row, [0, at[0]]] = i[row, [at[0], 0]]
    return NeighborsResults(indices=i, distances=d)


def scib(x, labels, batches, label_rows):
    import scib_metrics
    x64 = x.astype(np.float64)
    k = min(90, len(x))
    lab = x64[label_rows]
    kl = min(90, len(lab))
    out = dict(
        ilisi=float(scib_metrics.ilisi_knn(neighbors(x64, k), batches)),
        clisi=float(scib_metrics.clisi_knn(neighbors(lab, kl), labels[label_rows])),
        silhouette_label=float(scib_metrics.silhouette_label(lab, labels[label_rows])),
        silhouette_batch=float(scib_metrics.silhouette_batch(x64, labels, batches)),
    )
    kbet = {}
    for label in np.unique(labels):
        rows = labels == label
        n, b = rows.sum(), len(np.unique(batches[rows]))
        if n < 10 or b < 2:
            continue
        k0 = min(n, max(10, min(70, n // b // 4)))
        kbet[str(label)] = float(scib_metrics.kbet(neighbors(x64[rows], k0), batches[rows])[0])
    out["kbet"] = kbet
    # scib's graph connectivity: largest component of each label's part of the undirected graph
    idx = neighbors(x64, 15).indices
    n = len(x)
    graph = csr_matrix((np.ones(idx.size), (np.repeat(np.arange(n), 15), idx.ravel())), shape=(n, n))
    graph = graph.maximum(graph.T)
    shares = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        if len(rows) < 2:
            continue
        _, comp = connected_components(graph[rows][:, rows], connection="strong")
        shares.append(np.bincount(comp).max() / len(rows))
    out["graph_connectivity"] = float(np.mean(shares))
    return out


def logistic(x, classes, folds):
    predicted = np.empty(len(x), object)
    for fold in np.unique(folds):
        train = folds != fold
        scaler = StandardScaler().fit(x[train])
        model = LogisticRegression(C=1.0, max_iter=5000, tol=1e-8).fit(scaler.transform(x[train]), classes[train])
        predicted[~train] = model.predict(scaler.transform(x[~train]))
    return predicted


def small(out, cache):
    rng = np.random.default_rng(1)
    labels = np.array(["a", "b", "c"])
    meta, feats = [], []
    centers = rng.normal(0, 1.2, (6, 8))
    shift = rng.normal(0, 0.7, (3, 8))
    for batch in range(3):
        for plate in range(2):
            for t in range(6):
                for r in range(2):
                    meta.append(
                        (
                            f"B{batch}",
                            f"B{batch}P{plate}",
                            f"{'ABCDEF'[t // 2]}{t % 2 * 2 + r + 1:02d}",
                            f"cpd{t}",
                            labels[t // 2],
                            "trt",
                        )
                    )
                    feats.append(centers[t] + shift[batch] + rng.normal(0, 1, 8))
            for r in range(4):
                meta.append((f"B{batch}", f"B{batch}P{plate}", f"H{r + 1:02d}", "DMSO", "", "negcon"))
                feats.append(shift[batch] + rng.normal(0, 1, 8))
    feats = np.round(np.array(feats), 3)
    feats[40] = feats[3]  # duplicates: ties
    feats[41] = feats[3]
    feats[90] = feats[12]
    columns = [
        "Metadata_Batch",
        "Metadata_Plate",
        "Metadata_Well",
        "Metadata_Treatment",
        "Metadata_Label",
        "Metadata_Type",
    ]
    table = pd.concat(
        [pd.DataFrame(meta, columns=columns), pd.DataFrame(feats, columns=[f"emb_{i + 1:04d}" for i in range(8)])],
        axis=1,
    )
    table.to_csv(out / "small.csv", index=False)
    x = feats.astype(np.float32)
    m = table[columns].copy()
    control = (m.Metadata_Type == "negcon").to_numpy()
    m["reference"] = np.where(control, np.arange(len(m)), -1)
    result = dict(versions=VERSIONS)
    activity = average_precision(m, x, pos_sameby=["Metadata_Treatment", "reference"], pos_diffby=[], neg_sameby=[],
                                 neg_diffby=["Metadata_Treatment", "reference"])
    same_plate = average_precision(m, x, pos_sameby=["Metadata_Treatment"], pos_diffby=["Metadata_Plate"],
                                   neg_sameby=["Metadata_Plate"], neg_diffby=["Metadata_Treatment"])
    for name, ap in dict(activity=activity, same_plate=same_plate).items():
        result[name] = dict(ap=[None if np.isnan(v) else round(float(v), 7) for v in ap.average_precision],
                            positives=ap.n_pos_pairs.astype(int).tolist(), total=ap.n_total_pairs.astype(int).tolist())
        groups = mean_average_precision(ap, ["Metadata_Treatment"], cache)
        result[name]["map"] = {
            g.Metadata_Treatment: [
                round(float(g.mean_average_precision), 7),
                float(g.p_value),
                float(g.corrected_p_value),
            ]
            for g in groups.itertuples()
        }
    label = np.where(control, "negative control", m.Metadata_Label)
    result["scib"] = scib(x, label, m.Metadata_Batch.to_numpy(), ~control)
    result["lr"] = logistic(
        x[~control], m.Metadata_Label[~control].to_numpy(), m.Metadata_Batch[~control].to_numpy()
    ).tolist()
    pca = PCA(2, svd_solver="full").fit(x.astype(np.float64))
    result["pca_variance"] = pca.explained_variance_ratio_.tolist()
    result["pca_first_row"] = np.abs(pca.transform(x.astype(np.float64))[0]).tolist()
    (out / "small.json").write_text(json.dumps(result, indent=None))


def bbbc021_raw(folder):
    table = pd.read_csv(folder / "per_well_mean.csv.gz")
    image = pd.read_csv(folder / "BBBC021_v1_image.csv.gz")
    wells = image[["Image_Metadata_Plate_DAPI", "Image_Metadata_Well_DAPI", "Image_Metadata_Compound",
                   "Image_Metadata_Concentration"]].drop_duplicates()
    wells.columns = ["Image_Metadata_Plate", "Image_Metadata_Well", "compound", "concentration"]
    table = table.merge(wells, how="left", on=["Image_Metadata_Plate", "Image_Metadata_Well"], validate="one_to_one")
    table = table.merge(pd.read_csv(folder / "BBBC021_v1_moa.csv"), how="left", on=["compound", "concentration"])
    features = [c for c in table if c.split("_")[0] in ("Cells", "Cytoplasm", "Nuclei")]
    meta = pd.DataFrame(
        dict(
            plate=table.Image_Metadata_Plate,
            well=table.Image_Metadata_Well,
            compound=table["compound"],
            concentration=table.concentration.map(lambda c: f"{c:g}"),
            moa=table.moa,
        )
    )
    meta["batch"] = meta.plate.str.split("_").str[0]
    meta["control"] = meta["compound"] == "DMSO"
    return meta, table[features].to_numpy().astype(np.float32).astype(np.float64)


def bbbc021(folder):
    meta, x = bbbc021_raw(folder)
    controls = x[meta.control]
    sd = controls.std(axis=0)
    return meta, ((x - controls.mean(axis=0)) / np.where(sd == 0, 1, sd)).astype(np.float32)


def large(out, folder, cache):
    meta, x = bbbc021(folder)
    print(len(meta), x.shape, meta.control.sum(), meta.moa.notna().sum(), "sd0", (x.std(axis=0) == 0).sum())
    control = meta.control.to_numpy()
    m = meta.copy()
    m["treatment"] = m["compound"] + " / " + m.concentration
    m.loc[control, "treatment"] = "DMSO"
    m["reference"] = np.where(control, np.arange(len(m)), -1)
    rows = pd.DataFrame(dict(plate=m.plate, well=m.well))
    result = dict(versions=VERSIONS)
    use = m.drop(columns="moa")
    activity = average_precision(
        use,
        x,
        pos_sameby=["treatment", "reference"],
        pos_diffby=[],
        neg_sameby=[],
        neg_diffby=["treatment", "reference"],
    )
    rows["activity"] = activity.average_precision.round(6)
    same_plate = average_precision(
        use,
        x,
        pos_sameby=["treatment", "reference"],
        pos_diffby=[],
        neg_sameby=["plate"],
        neg_diffby=["treatment", "reference"],
    )
    rows["activity_same_plate"] = same_plate.average_precision.round(6)
    treated = use[~control].reset_index(drop=True)
    replicability = average_precision(
        treated, x[~control], pos_sameby=["treatment"], pos_diffby=[], neg_sameby=[], neg_diffby=["treatment"]
    )
    rows.loc[~control, "replicability"] = replicability.average_precision.round(6).to_numpy()
    groups = mean_average_precision(activity[~control], ["treatment"], cache)
    result["activity"] = {
        g.treatment: [round(float(g.mean_average_precision), 7), float(g.p_value), float(g.corrected_p_value)]
        for g in groups.itertuples()
    }
    labeled = (~control) & meta.moa.notna().to_numpy()
    consensus = pd.DataFrame(x[labeled]).groupby(m.treatment[labeled].to_numpy()).median()
    key = m[labeled].groupby("treatment").first()
    key = key.loc[consensus.index].rename_axis("treatment").reset_index()
    consistency = average_precision(
        key[["treatment", "compound", "moa"]],
        consensus.to_numpy().astype(np.float32),
        pos_sameby=["moa"],
        pos_diffby=["compound"],
        neg_sameby=[],
        neg_diffby=["moa"],
    )
    result["consistency"] = {
        t: round(float(v), 7) for t, v in zip(consistency.treatment, consistency.average_precision)
    }
    label = np.where(control, "negative control", meta.moa.fillna(""))
    assert (label != "").all()
    result["scib"] = scib(x, label, meta.batch.to_numpy(), ~control)
    rows.to_csv(out / "bbbc021_ap.csv", index=False)
    (out / "bbbc021.json").write_text(json.dumps(result))


if __name__ == "__main__":
    import tempfile
    out = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as cache:
        small(out, Path(cache) / "small")
        if len(sys.argv) > 2:
            large(out, Path(sys.argv[2]), Path(cache) / "large")
