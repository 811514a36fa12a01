# SPDX-License-Identifier: BSD-2-Clause
"""Writes TIFF files of which parts were never written, or whose pages aren't all planes.

Run from the project's root:  python src/test/python/pixels_sparse_fixtures.py
Needs numpy, tifffile with imagecodecs. Writes src/test/resources/io/github/isophene/pixels/file/sparse.zip; its comment
holds the versions. Of every <name>.tif there is <name>.<frame>.u16, what tifffile reads of it: little-endian, row by
row.
"""

import io
import struct
import zipfile

import numpy as np
import tifffile

OUT = "src/test/resources/io/github/isophene/pixels/file/sparse.zip"
y, x = np.mgrid[0:64, 0:64]
A = (31 * x * x + 17 * y + 101 * ((x * y) % 7)).astype("<u2")
B = (A // 3 + 5).astype("<u2")


def tiles(a, missing):
    for i in range(4):
        r, c = divmod(i, 2)
        yield None if i in missing else a[r * 32:(r + 1) * 32, c * 32:(c + 1) * 32]


def holes(a, missing):
    a = a.copy()
    for i in missing:
        r, c = divmod(i, 2)
        a[r * 32:(r + 1) * 32, c * 32:(c + 1) * 32] = 0
    return a


def file(pages):
    out = io.BytesIO()
    with tifffile.TiffWriter(out) as t:
        for data, options in pages:
            t.write(data, **options)
    return out.getvalue()


def sparse(a, missing, **options):
    return tiles(a, missing), dict(shape=a.shape, dtype=a.dtype, tile=(32, 32), photometric="minisblack", **options)


def retag(data, tags):
    """Renames tags of the first directory, and sorts its entries again."""
    b = bytearray(data)
    at = struct.unpack_from("<I", b, 4)[0]
    n = struct.unpack_from("<H", b, at)[0]
    entries = [bytes(b[at + 2 + 12 * i:at + 14 + 12 * i]) for i in range(n)]
    entries = [struct.pack("<H", tags.get(e[0] + 256 * e[1], e[0] + 256 * e[1])) + e[2:] for e in entries]
    b[at + 2:at + 2 + 12 * n] = b"".join(sorted(entries, key=lambda e: struct.unpack("<H", e[:2])[0]))
    return bytes(b)


def zero_count(data):
    b = io.BytesIO(data)
    with tifffile.TiffFile(b) as t:
        tag = t.pages[0].tags[279]
        assert tag.count == 1
        at = tag.offset + 8
    b = bytearray(data)
    b[at:at + 4] = bytes(4)
    return bytes(b)


def unwritten(data):
    """Sets all offsets and counts to 0."""
    b = bytearray(data)
    with tifffile.TiffFile(io.BytesIO(data)) as t:
        for code in (324, 325):
            tag = t.pages[0].tags[code]
            size = {3: 2, 4: 4}[int(tag.dtype)] * tag.count
            b[tag.valueoffset:tag.valueoffset + size] = bytes(size)
    return bytes(b)


FILES = {
    "raw": (file([sparse(A, {3})]), [holes(A, {3})]),
    "lzw": (file([sparse(A, {1, 3}, compression="lzw")]), [holes(A, {1, 3})]),
    "deflate": (file([sparse(A, {1}, compression="zlib", predictor=2)]), [holes(A, {1})]),
    "pages": (file([sparse(A, ()), sparse(B, {2})]), [A, holes(B, {2})]),
    "thumbnail": (
        file([(A[::4, ::4], dict(subfiletype=1)), (A, dict(subfiletype=0)), (B, dict(subfiletype=2))]),
        [A, B],
    ),
    "pyramid": (
        file([(A, {}), (A[::2, ::2], dict(subfiletype=1)), (B, {}), (B[::2, ::2], dict(subfiletype=1))]),
        [A, B],
    ),
    "mask": (file([((A > 9).astype("u1") * 255, dict(extratags=[(254, 4, 1, 4, True)])), (A, {})]), [A]),
    "allreduced": (file([(A[:32, :32], dict(subfiletype=1))]), [A[:32, :32]]),
    "quad": (retag(file([(A, dict(tile=(32, 32)))]), {324: 273, 325: 279}), [A]),
    "zerocount": (zero_count(file([(A, dict(compression="lzw", rowsperstrip=64))])), [A]),
    "nothing": (unwritten(file([(A, dict(tile=(32, 32)))])), []),
}
with zipfile.ZipFile(OUT, "w", zipfile.ZIP_DEFLATED) as z:
    z.comment = f"tifffile {tifffile.__version__}, numpy {np.__version__}".encode()
    for name, (data, planes) in FILES.items():
        z.writestr(zipfile.ZipInfo(name + ".tif"), data, zipfile.ZIP_DEFLATED)
        for frame, plane in enumerate(planes):
            z.writestr(
                zipfile.ZipInfo(f"{name}.{frame}.u16"), np.ascontiguousarray(plane).tobytes(), zipfile.ZIP_DEFLATED
            )
# What tifffile itself reads of the files that it reads as such.
for name in ("raw", "lzw", "deflate", "pages"):
    with tifffile.TiffFile(io.BytesIO(FILES[name][0])) as t:
        for page, plane in zip(t.pages, FILES[name][1]):
            assert (page.asarray() == plane).all(), name
