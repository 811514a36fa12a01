# SPDX-License-Identifier: BSD-2-Clause
"""Golden numbers of intensity statistics, from numpy and scikit-image.

Run from the project's root:  python src/test/python/pixels_statistics.py ../shared/data
Writes src/test/resources/io/github/isophene/pixels/statistics.csv, and beside it the folder
statistics with files of our own of the kinds of microscopes' files. The synthetic
images are computed the same way by the test (class Synthetic): a linear
congruential generator, skewed, with a brighter class every fifth pixel.
clip8 is the crc32 of the 8-bit image of CS-ARM-BN's preprocessing.
"""
import sys
import zlib
from pathlib import Path

import numpy as np
import skimage
import tifffile
from skimage.filters import threshold_otsu

OUT = "src/test/resources/io/github/isophene/pixels/statistics.csv"
REAL = ["nf1/B7_01_1_3_DAPI_001.tif", "jump/BR00117006/r01c01f01p01-ch5sk1fk1fl1.tiff",
        "imagexpress/9987_Plate_3434/TimePoint_1/ZStep_0/9987_B02_s1_w1.TIF"]
# Files as microscopes write them: few distinct values (8 bit times 257), big endian, compressed with a predictor.
OWN = {"statistics/eight_bits_times_257.tif": dict(byteorder="<", rowsperstrip=5),
       "statistics/big_endian.tif": dict(byteorder=">"),
       "statistics/deflate.tif": dict(byteorder="<", compression="zlib", predictor=2, rowsperstrip=16)}
Q = [0, 0.1, 1, 33.3, 50, 99, 99.9, 100]


def synthetic(kind, width, height):
    state, out = 1, []
    for i in range(width * height):
        state = (state * 1103515245 + 12345) % 2**31
        r = state >> 8 & 0xFFFF
        v = min(65535, (r * r >> 18) + (9000 + (r >> 3) if i % 5 == 0 else 0))
        out.append(v)
    v = np.array(out).reshape(height, width)
    if kind == "u8":
        return (v >> 7).clip(0, 255).astype("u1")
    if kind == "u16":
        return v.astype("u2")
    f = (v.astype("f4") - 3000) / 16
    if kind == "f32holes":
        flat = f.ravel()
        flat[::97] = np.nan
        flat[5::101] = np.inf
        flat[7::103] = -np.inf
    return f


def field(seed, coarse):
    """Nuclei as Gaussian spots on an uneven background with noise."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:48, :64]
    a = 300 + 2 * x + rng.normal(0, 12, x.shape)
    for _ in range(9):
        cx, cy, size = rng.uniform(4, 60), rng.uniform(4, 44), rng.uniform(2, 4)
        a += rng.uniform(800, 9000) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * size**2))
    return (a / 40).clip(0, 255).astype("u1").astype("u2") * 257 if coarse else a.clip(0, 65535).astype("u2")


def otsu(values):
    """In double precision; the middle of equally good splits. Checked against scikit-image, which counts in float32."""
    if values.dtype.kind == "f":
        counts, edges = np.histogram(values, 256)
        centers = (edges[:-1] + edges[1:]) / 2
    else:
        centers = np.arange(int(values.min()), int(values.max()) + 1, dtype="f8")
        counts = np.bincount(values.astype("i8") - int(values.min()))
    counts = counts.astype("f8")
    w0, w1 = np.cumsum(counts)[:-1], np.cumsum(counts[::-1])[::-1][1:]
    m0 = np.cumsum(counts * centers)[:-1] / w0
    m1 = np.cumsum((counts * centers)[::-1])[::-1][1:] / w1
    between = w0 * w1 * (m0 - m1) ** 2
    best = int(np.argmax(between))
    theirs = int(np.argmin(abs(centers - threshold_otsu(values))))
    assert between[best] * (1 - 1e-5) <= between[theirs] <= between[best], (best, theirs)
    last = best
    while counts[last + 1] == 0:
        last += 1
    return centers[best + (last - best) // 2]


def row(name, a):
    finite = a[np.isfinite(a)] if a.dtype.kind == "f" else a.ravel()
    d = finite.astype("f8")
    n = max(1, round(finite.size * 1e-4))
    thr = np.sort(finite)[-n]
    # The factor first, in double precision; non-finite and negative values are 0.
    v = np.where(np.isfinite(a), a, 0).astype("f8")
    v8 = np.clip(v * (255.0 / float(thr)), 0, 255).astype("u1")
    cells = [name, a.shape[1], a.shape[0]] + [repr(float(x)) for x in np.percentile(d, Q)]
    cells += [
        repr(float(d.mean())),
        repr(float(d.std())),
        repr(float(thr)),
        zlib.crc32(v8.tobytes()),
        repr(float(otsu(finite))),
    ]
    return ",".join(str(c) for c in cells)


lines = [
    f"# pixels_statistics.py, numpy {np.__version__}, scikit-image {skimage.__version__}, tifffile "
    f"{tifffile.__version__}",
    "image,width,height," + ",".join(f"p{q}" for q in Q) + ",mean,sd,clip,clip8,otsu",
]
for size in [(61, 47), (250, 180)]:
    for kind in ["u8", "u16", "f32", "f32holes"]:
        lines.append(row(kind, synthetic(kind, *size)))
lines.append(row("u16", synthetic("u16", 5, 3)))
for seed, (f, how) in enumerate(OWN.items()):
    a = field(seed, "257" in f)
    path = Path(OUT).parent / f
    path.parent.mkdir(exist_ok=True)
    tifffile.imwrite(path, a, metadata=None, software=False, photometric="minisblack", **how)
    lines.append(row(f, tifffile.imread(path)))
for f in REAL:
    lines.append(row(f, tifffile.imread(f"{sys.argv[1]}/{f}")))
open(OUT, "w").write("\n".join(lines) + "\n")
print("\n".join(lines))
