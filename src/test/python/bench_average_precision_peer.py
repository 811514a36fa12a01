# The same as AveragePrecisionBench with copairs: python bench_average_precision_peer.py profiles.parquet ap.csv
import sys, tempfile, time
from importlib.metadata import version

import numpy as np
import pandas as pd
from copairs.map import average_precision, mean_average_precision

table = pd.read_parquet(sys.argv[1])
meta = table[[c for c in table if c.startswith("Metadata_")]]
feats = table.drop(columns=meta.columns).to_numpy()
start, cpu = time.time(), time.process_time()
ap = average_precision(
    meta,
    feats,
    pos_sameby=["Metadata_Treatment", "Metadata_Reference"],
    pos_diffby=[],
    neg_sameby=[],
    neg_diffby=["Metadata_Reference", "Metadata_Treatment"],
    progress_bar=False,
)
seconds, cpu = time.time() - start, time.process_time() - cpu
with tempfile.TemporaryDirectory() as cache:
    groups = mean_average_precision(
        ap, ["Metadata_Treatment"], null_size=10000, threshold=0.05, seed=0, progress_bar=False, cache_dir=cache
    )
print(
    f"copairs {version('copairs')}: AP {seconds:.2f} s (CPU {cpu:.2f} s), with p-values of {len(groups)} groups "
    f"{time.time() - start:.2f} s, "
    f"mAP {groups.mean_average_precision.mean():.4f}",
    flush=True,
)
np.savetxt(sys.argv[2], ap.average_precision.where(ap.n_pos_pairs > 0), fmt="%.8f")
