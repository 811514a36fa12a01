# SPDX-License-Identifier: BSD-2-Clause
"""Checksums of real microscope files as tifffile and Pillow read them.

Run from the project's root:  python src/test/python/pixels_real_files.py ../shared/data
Writes src/test/resources/io/github/isophene/pixels/file/real-files.csv. crc32 is
over the pixels as little-endian 16-bit integers, row by row.
"""
import pathlib
import sys
import zlib

import numpy
import PIL
import tifffile
from PIL import Image

OUT = "src/test/resources/io/github/isophene/pixels/file/real-files.csv"
root = pathlib.Path(sys.argv[1])
lines = [
    f"# pixels_real_files.py, numpy {numpy.__version__}, tifffile {tifffile.__version__}, Pillow {PIL.__version__}",
    "file,width,height,crc32,min,max,mean",
]
for folder in ["imagexpress", "jump", "nf1", "operetta"]:
    for f in sorted(root.joinpath(folder).rglob("*")):
        if f.suffix.lower() not in (".tif", ".tiff"):
            continue
        a = tifffile.imread(f)
        assert a.dtype == numpy.uint16 and a.ndim == 2, f
        assert (numpy.asarray(Image.open(f)) == a).all(), f
        crc = zlib.crc32(a.astype("<u2").tobytes())
        numbers = f"{crc},{a.min()},{a.max()},{a.mean(dtype='f8')!r}".replace("np.float64(", "").replace(")", "")
        lines.append(f"{f.relative_to(root).as_posix()},{a.shape[1]},{a.shape[0]},{numbers}")
pathlib.Path(OUT).write_text("\n".join(lines) + "\n")
print(len(lines) - 2, "files")
