# SPDX-License-Identifier: BSD-2-Clause
"""Writes tiny images of every kind that the reader promises to read.

Run from the project's root:  python src/test/python/pixels_tiff_fixtures.py
Needs numpy, tifffile with imagecodecs, Pillow. Writes
src/test/resources/io/github/isophene/pixels/file/fixtures.zip; its comment holds
the versions. Pixel (x, y) of page p is, in 16 bits,
    v = (31 x x + 17 y + 101 ((x y) mod 7) + 1000 p) mod 65536
u8: v >> 8 of 7 v; i8: that - 128; i16: v - 20000; u32: v * 3; i32: v * 3 - 50000;
f32, f64: v / 8 - 100. The test computes the same.
"""
import io
import sys
import zipfile

import imagecodecs
import numpy
import PIL
import tifffile
from PIL import Image

OUT = "src/test/resources/io/github/isophene/pixels/file/fixtures.zip"
H, W = 13, 21


def pattern(kind, page=0):
    y, x = numpy.mgrid[0:H, 0:W].astype("i8")
    v = (31 * x * x + 17 * y + 101 * ((x * y) % 7) + 1000 * page) % 65536
    return {
        "u8": lambda: ((7 * v) % 65536 >> 8).astype("u1"),
        "i8": lambda: (((7 * v) % 65536 >> 8) - 128).astype("i1"),
        "u16": lambda: v.astype("u2"),
        "i16": lambda: (v - 20000).astype("i2"),
        "u32": lambda: (v * 3).astype("u4"),
        "i32": lambda: (v * 3 - 50000).astype("i4"),
        "f32": lambda: (v / 8 - 100).astype("f4"),
        "f64": lambda: (v / 8 - 100).astype("f8"),
        "f16": lambda: (v / 8).astype("f2"),
    }[kind]()


def main():
    files = {}

    def tiff(name, data, **options):
        f = io.BytesIO()
        options.setdefault("photometric", "minisblack")
        tifffile.imwrite(f, data, software=False, **options)
        files[name + ".tif"] = f.getvalue()

    def pil(name, image, **options):
        f = io.BytesIO()
        kind = {"png": "PNG", "jpg": "JPEG", "bmp": "BMP"}[name.split(".")[1]]
        (image if isinstance(image, Image.Image) else Image.fromarray(image)).save(f, kind, **options)
        files[name] = f.getvalue()

    layouts = {"strip": dict(rowsperstrip=5), "tile": dict(tile=(16, 16))}
    for kind in ["u8", "u16", "i16", "u32", "f32"]:
        for order, mark in (("<", "le"), (">", "be")):
            for codec in [None, "lzw", "zlib", "packbits"]:
                for predicted in [False, True]:
                    if predicted and codec in (None, "packbits"):
                        continue
                    for layout, how in layouts.items():
                        tiff(f"{kind}-{codec or 'none'}{'-predicted' if predicted else ''}-{mark}-{layout}",
                             pattern(kind), compression=codec, predictor=predicted, byteorder=order, **how)
    for kind in ["i8", "i32", "f64"]:
        tiff(f"{kind}-none-le-strip", pattern(kind))
    tiff("u16-adobe-le-strip", pattern("u16"), compression="adobe_deflate")
    tiff("u16-big-le-strip", pattern("u16"), bigtiff=True, compression="lzw")
    tiff("u16-big-be-tile", pattern("u16"), bigtiff=True, byteorder=">", tile=(16, 16))
    pages = numpy.stack([pattern("u16", p) for p in range(3)])
    tiff("pages-u16-lzw", pages, compression="lzw")
    tiff("pages-u16-imagej", pages, imagej=True)
    tiff("white-u16", 65535 - pattern("u16"), photometric="miniswhite")
    tiff("white-u8", 255 - pattern("u8"), photometric="miniswhite")
    tiff("palette-u8", pattern("u8"), photometric="palette", colormap=numpy.zeros((3, 256), "u2"))
    # what must be refused
    tiff("refuse-color", numpy.stack([pattern("u8")] * 3, -1), photometric="rgb")
    tiff("refuse-zstd", pattern("u16"), compression="zstd")
    tiff("refuse-half", pattern("f16"))
    tiff("refuse-jpeg", pattern("u8"), compression="jpeg")
    tiff("refuse-complex", pattern("f32").astype("c8"))

    pil("u8.png", pattern("u8"))
    pil("u16.png", pattern("u16"))
    pil("refuse-color.png", numpy.stack([pattern("u8")] * 3, -1))
    pil("refuse-palette.png", Image.fromarray(pattern("u8")).convert("P"))
    pil("refuse-bits.png", pattern("u8") > 99)
    pil("refuse-color.jpg", numpy.stack([pattern("u8")] * 3, -1))
    flat = numpy.full((H, W), 77, "u1")
    pil("flat77.jpg", flat, quality=95)
    pil("refuse.bmp", pattern("u8"))

    with zipfile.ZipFile(OUT, "w", zipfile.ZIP_DEFLATED) as z:
        for name in sorted(files):
            z.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED)
        z.comment = (
            f"pixels_tiff_fixtures.py, Python {sys.version.split()[0]}, numpy {numpy.__version__}, tifffile "
            f"{tifffile.__version__}, imagecodecs {imagecodecs.__version__}, Pillow {PIL.__version__}"
        ).encode()
    print(len(files), "files")


main()
