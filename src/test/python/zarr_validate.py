# SPDX-License-Identifier: BSD-2-Clause
"""Opens plates that Export Screen to OME-Zarr has written with other people's software, and compares every pixel.

    python src/test/python/zarr_validate.py FOLDER [SCREEN.csv]

FOLDER is what the export has written; SCREEN.csv the screen table it was made of (TIFF files, one plane each). Needs
ome-zarr, ome-zarr-models, zarr 3, tensorstore, tifffile, numpy. Checks each plate against the specification
(ome-zarr-models, which
reads every group and array), opens it with ome-zarr-py's reader, and compares each level of each image: the finest with
the TIFF files (also as tensorstore reads it), the others with the mean of squares of the finest, halves up.
"""

import csv
import pathlib
import sys
from importlib.metadata import version

import numpy
import ome_zarr_models
import tensorstore
import tifffile
import zarr
from ome_zarr.io import parse_url
from ome_zarr.reader import Reader


def table(path):
    folder = pathlib.Path(path).parent
    rows = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            channels = [c[len("FileName_Orig"):] for c in row if c.startswith("FileName_Orig")]
            key = row["Metadata_Plate"], row["Metadata_Well"], row["Metadata_Site"]
            rows[key] = {c: folder / row["PathName_Orig" + c] / row["FileName_Orig" + c] for c in channels}
    return rows


def mean(plane, factor):
    h, w = plane.shape[0] // factor, plane.shape[1] // factor
    squares = plane[:h * factor, :w * factor].astype("f8").reshape(h, factor, w, factor).mean((1, 3))
    return numpy.floor(squares + .5).astype(plane.dtype) if plane.dtype.kind == "u" else squares.astype(plane.dtype)


def main(folder, source=None):
    exported = table(pathlib.Path(folder) / "screen.csv")
    original = table(source) if source else {}
    for plate in sorted(pathlib.Path(folder).glob("*.ome.zarr")):
        group = zarr.open_group(str(plate), mode="r")
        model = ome_zarr_models.open_ome_zarr(group)
        assert type(model).__name__ == "HCS", type(model)
        nodes = list(Reader(parse_url(str(plate)))())
        data = nodes[0].data
        print(plate.name, model.ome_zarr_version, [d.shape for d in data])
        assert numpy.asarray(data[-1]).max() > 0
    images = levels = 0
    for (plate, well, site), files in exported.items():
        path = next(iter(files.values()))
        image = zarr.open_group(str(path), mode="r")
        attributes = image.attrs["ome"] if "ome" in image.attrs else image.attrs
        scale = attributes["multiscales"][0]
        assert type(ome_zarr_models.open_ome_zarr(image)).__name__ == "Image"
        assert [c["label"] for c in attributes["omero"]["channels"]] == list(files), well
        finest = image[scale["datasets"][0]["path"]][...]
        driver = "zarr3" if "ome" in image.attrs else "zarr"
        store = {"driver": "file", "path": str(pathlib.Path(path) / scale["datasets"][0]["path"])}
        assert numpy.array_equal(
            finest, tensorstore.open({"driver": driver, "kvstore": store}).result().read().result()
        )
        if original:
            for c, file in enumerate(original[plate, well, site].values()):
                assert numpy.array_equal(finest[c], tifffile.imread(file)), (plate, well, site, file)
        for dataset in scale["datasets"][1:]:
            first = scale["datasets"][0]["coordinateTransformations"][0]["scale"]
            factor = round(dataset["coordinateTransformations"][0]["scale"][-1] / first[-1])
            level = image[dataset["path"]][...]
            for c in range(len(finest)):
                assert numpy.array_equal(level[c], mean(finest[c], factor)), (plate, well, site, dataset["path"])
            levels += 1
        images += 1
    print(images, "images,", levels, "smaller levels, all as they should be;", ", ".join(f"{p} {version(p)}" for p in (
        "ome-zarr", "ome-zarr-models", "zarr", "numcodecs", "tensorstore")))


if __name__ == "__main__":
    main(*sys.argv[1:])
