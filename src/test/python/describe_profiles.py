# SPDX-License-Identifier: BSD-2-Clause
"""Prints what pandas with pyarrow finds in a file of profiles; PandasTest compares."""
import sys

import pandas as pd

path = sys.argv[1]
if path.endswith(".parquet"):
    import pyarrow.parquet as pq
    file = pq.ParquetFile(path)
    print("metadata", file.metadata.metadata[b"isophene_profiles"].decode())
    frame = pd.read_parquet(path, engine="pyarrow")
else:
    frame = pd.read_csv(path, dtype={"Metadata_Plate": str, "Metadata_Well": str})
print("shape", *frame.shape)
print("columns", *frame.columns)
features = [c for c in frame.columns if not c.startswith("Metadata_")]
print("types", *sorted({str(frame[c].dtype) for c in features}))
print("missing", int(frame["Metadata_Note"].isna().sum()), int(frame[features].isna().to_numpy().sum()))
for i in (0, len(frame) // 2, len(frame) - 1):
    row = frame.iloc[i]
    print("row", row["Metadata_Plate"], row["Metadata_Well"],
          *("NaN" if pd.isna(row[c]) else float(row[c]).hex() for c in features))
