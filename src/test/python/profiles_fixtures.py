# SPDX-License-Identifier: BSD-2-Clause
"""Writes the small Parquet files that ForeignParquetTest reads.

Run from the project's root: python src/test/python/profiles_fixtures.py
Each file carries the versions it was made with in its schema metadata.
"""
import datetime
import os

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = "src/test/resources/io/github/isophene/profiles"
MADE_WITH = {"made_with": f"pyarrow {pa.__version__}, pandas {pd.__version__}, numpy {np.__version__}"}
PLATES = ["P1", "P1", "P2"]
WELLS = ["01", "02", None]


def write(name, columns, **options):
    table = pa.table(columns).replace_schema_metadata(MADE_WITH)
    pq.write_table(table, os.path.join(FOLDER, name), **options)


def metadata():
    return {"Metadata_Plate": pa.array(PLATES).dictionary_encode(), "Metadata_Well": pa.array(WELLS, pa.string())}


os.makedirs(FOLDER, exist_ok=True)
write("float32.parquet", {**metadata(),
      "a": pa.array([1.5, float("nan"), None], pa.float32()),
      "b": pa.array([0.1, -0.0, float("inf")], pa.float32())}, compression="snappy")
write("float64.parquet", {**metadata(),
      "a": pa.array([0.1, 1e300, -1e300]), "b": pa.array([1e-300, None, float("nan")])}, compression="zstd")
write("integers.parquet", {**metadata(), "Metadata_Site": pa.array([1, 2, 3], pa.int64()),
      "i8": pa.array([-128, 0, 127], pa.int8()), "i16": pa.array([-32768, None, 32767], pa.int16()),
      "i32": pa.array([1, 2, 2**31 - 1], pa.int32()), "i64": pa.array([1, 2, 2**40], pa.int64()),
      "u8": pa.array([0, 1, 255], pa.uint8()), "u64": pa.array([0, 1, 2**64 - 1], pa.uint64()),
      "f16": pa.array(np.array([0.5, 1, 2], np.float16))}, compression="gzip")
write("lists.parquet", {**metadata(),
      "embedding": pa.array([[1, 2, 3], [4, None, 6], None], pa.list_(pa.float32())),
      "wide": pa.array([[1.0, 2.0]] * 3, pa.list_(pa.float64())),
      "fixed": pa.array([[7, 8]] * 3, pa.list_(pa.int32(), 2))}, compression="none")
write("ragged.parquet", {**metadata(), "embedding": pa.array([[1.0], [1.0, 2.0], [3.0]])})
write("text.parquet", {**metadata(), "compound": ["DMSO", "ä µM", ""], "treated": [False, True, None],
      "day": [datetime.date(2024, 5, 1)] * 3, "x": [1.0, 2.0, 3.0]})
write("struct.parquet", {**metadata(), "x": [1.0] * 3, "s": pa.array([{"a": 1}] * 3)})
twice = pa.Table.from_arrays([pa.array(PLATES), pa.array([1.0] * 3), pa.array([2.0] * 3)], ["Metadata_Plate", "x", "x"])
pq.write_table(twice.replace_schema_metadata(MADE_WITH), os.path.join(FOLDER, "twice.parquet"))
write("case.parquet", {**metadata(), "Cells_x": [1.0] * 3, "cells_X": [2.0] * 3})
write("nofeatures.parquet", metadata())
write("norows.parquet", {"Metadata_Plate": pa.array([], pa.string()), "x": pa.array([], pa.float32())})
frame = pd.DataFrame({"Metadata_Plate": PLATES, "x": [1.0, 2.0, 3.0]}, index=[5, 6, 7])
frame.to_parquet(os.path.join(FOLDER, "index.parquet"))
# Row numbers as pandas keeps them, and what CellProfiler counts in tables of compartments.
frame = pd.DataFrame({"Metadata_Plate": PLATES, "x": [1.0, 2.0, 3.0], "Unnamed: 0": [4, 5, 6], "index": [7, 9, 11],
                      "level_0": [0, 1, 2], "Cells_Number_Object_Number": [1, 2, 3], "Image_ImageNumber": [1, 1, 2],
                      "Cytoplasm_Parent_Cells": [1, 2, 3], "Nuclei_ObjectNumber": [1, 2, 3]},
                     index=pd.Index([5, 6, 7], name="cell"))
frame.to_parquet(os.path.join(FOLDER, "rownumbers.parquet"))
