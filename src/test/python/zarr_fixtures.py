# SPDX-License-Identifier: BSD-2-Clause
"""Writes small Zarr arrays of every kind that the reader promises to read, and small OME-Zarr plates.

Run from the project's root:  python src/test/python/zarr_fixtures.py
Needs zarr 3, ome-zarr, ngff-zarr. Writes src/test/resources/io/github/isophene/zarr/arrays.zip.gz and
plates.zip.gz; their comments hold the versions.

Arrays have the shape [C 2, Z 2, Y 29, X 19]. Element (c, z, y, x) of a 16-bit array is
    v = (13 (x div 3) + 29 (y div 2) + 700 c + 210 z + (x y mod 7) div 6) mod 4001
u8: v mod 251; i16: v - 2000; f32, f64: v / 8 - 100; i8: v mod 251 - 125; u32, i32: v 3; bool: v odd; rep: f64 (v -
700 c) / 8.
Plates: field (well row r, column k, both from 0, image f), channel c: [2, 30, 40], uint16,
    v = 13 (x div 3) + 29 (y div 2) + 700 c + 97 r + 53 k + 11 f + (x y mod 7) div 6
The test computes the same.
"""

import gzip
import io
import pathlib
import tempfile
import warnings
import zipfile
from importlib.metadata import version

import numcodecs
import numpy
import zarr
from zarr.codecs import BloscCodec, BytesCodec, Crc32cCodec, GzipCodec, ShardingCodec, TransposeCodec, ZstdCodec

warnings.filterwarnings("ignore")
OUT = pathlib.Path("src/test/resources/io/github/isophene/zarr")
SHAPE = (2, 2, 29, 19)
CHUNK = (1, 2, 16, 16)


def pattern(kind):
    c, z, y, x = numpy.mgrid[0:2, 0:2, 0:29, 0:19].astype("i8")
    v = (13 * (x // 3) + 29 * (y // 2) + 700 * c + 210 * z + x * y % 7 // 6) % 4001
    return {
        "u8": lambda: (v % 251).astype("u1"),
        "u16": lambda: v.astype("u2"),
        "i16": lambda: (v - 2000).astype("i2"),
        "f32": lambda: (v / 8 - 100).astype("f4"),
        "f64": lambda: (v / 8 - 100).astype("f8"),
        "i8": lambda: (v % 251 - 125).astype("i1"),
        "u32": lambda: (v * 3).astype("u4"),
        "i32": lambda: (v * 3).astype("i4"),
        "bool": lambda: (v % 2 == 1),
        "rep": lambda: ((v - 700 * c) / 8).astype("f8"),
    }[kind]()


def arrays(folder):
    def v2(name, kind="u16", dtype=None, chunks=CHUNK, **options):
        data = pattern(kind)
        options.setdefault("compressor", None)
        a = zarr.create_array(
            store=str(folder / name),
            shape=SHAPE,
            chunks=chunks,
            dtype=dtype or data.dtype,
            zarr_format=2,
            compressors=options.pop("compressor"),
            fill_value=options.pop("fill_value", 0),
            **options,
        )
        a[...] = data

    def v3(name, kind="u16", chunks=CHUNK, fill_value=0, **options):
        data = pattern(kind)
        a = zarr.create_array(store=str(folder / name), shape=SHAPE, chunks=chunks, dtype=data.dtype, zarr_format=3,
                              fill_value=fill_value, **options)
        a[...] = data

    for codec in ("blosclz", "lz4", "lz4hc", "zlib", "zstd"):
        for shuffle in (0, 1, 2):
            v2(f"v2-u16-blosc_{codec}_{shuffle}", compressor=numcodecs.Blosc(cname=codec, clevel=5, shuffle=shuffle))
    v2("v2-u16-blosc_blocks", chunks=SHAPE, compressor=numcodecs.Blosc(cname="lz4", shuffle=1, blocksize=1024))
    v2(
        "v2-f32-blosc_blocks",
        kind="f32",
        chunks=SHAPE,
        compressor=numcodecs.Blosc(cname="blosclz", clevel=9, shuffle=1, blocksize=2048),
    )
    v2(
        "v2-rep-blosc_far",
        kind="rep",
        chunks=SHAPE,
        compressor=numcodecs.Blosc(cname="blosclz", clevel=9, shuffle=0, blocksize=1 << 16),
    )
    v2("v2-u16-blosc_copied", compressor=numcodecs.Blosc(cname="lz4", clevel=0))
    v2("v2-u16-zstd", compressor=numcodecs.Zstd(level=3))
    v2("v2-u16-zstd_checksum", compressor=numcodecs.Zstd(level=3, checksum=True))
    v2("v2-u16-gzip", compressor=numcodecs.GZip(level=3))
    v2("v2-u16-zlib", compressor=numcodecs.Zlib(level=3))
    v2("v2-u16-none")
    v2("v2-u16-columns", order="F")
    v2("v2-u16-big", dtype=">u2")
    v2("v2-u16-slash", chunk_key_encoding={"name": "v2", "separator": "/"})
    v2("v2-u16-fill", fill_value=700, config={"write_empty_chunks": False})
    for kind in ("u8", "i8", "i16", "i32", "u32", "f32", "f64", "bool"):
        v2(f"v2-{kind}-plain", kind=kind, compressor=numcodecs.Zstd())
    v2("v2-f32-big", kind="f32", dtype=">f4")

    v3("v3-u16-zstd", compressors=ZstdCodec(level=3))
    v3("v3-u16-zstd_checksum", compressors=ZstdCodec(level=3, checksum=True))
    v3("v3-u16-gzip", compressors=GzipCodec(level=3))
    v3("v3-u16-none", compressors=None)
    v3("v3-u16-big", compressors=None, serializer=BytesCodec(endian="big"))
    v3("v3-u16-crc32c", compressors=[ZstdCodec(), Crc32cCodec()])
    v3("v3-u16-transposed", compressors=GzipCodec(), filters=TransposeCodec(order=(2, 0, 3, 1)))
    v3("v3-u16-v2names", compressors=None, chunk_key_encoding={"name": "v2", "separator": "."})
    for codec in ("blosclz", "lz4", "zstd"):
        for shuffle in ("noshuffle", "shuffle", "bitshuffle"):
            v3(f"v3-u16-blosc_{codec}_{shuffle}", compressors=BloscCodec(cname=codec, shuffle=shuffle))
    v3("v3-u16-sharded", shards=(2, 4, 32, 32), compressors=ZstdCodec())
    v3("v3-u16-sharded_many", shards=(1, 2, 16, 32), compressors=BloscCodec(cname="lz4"))
    v3("v3-u16-sharded_none", shards=(2, 4, 32, 32), compressors=None)
    v3("v3-u16-sharded_fill", shards=(2, 4, 32, 32), fill_value=700)
    v3("v3-u16-sharded_start", chunks=(2, 4, 32, 32), compressors=None, serializer=ShardingCodec(
        chunk_shape=CHUNK, codecs=[BytesCodec(), GzipCodec()], index_location="start"))
    v3("v3-u16-sharded_transposed", chunks=(2, 4, 32, 32), compressors=None, serializer=ShardingCodec(
        chunk_shape=CHUNK, codecs=[TransposeCodec(order=(3, 2, 1, 0)), BytesCodec(), ZstdCodec()]))
    for kind in ("u8", "i8", "i16", "i32", "u32", "f32", "f64", "bool"):
        v3(f"v3-{kind}-plain", kind=kind, compressors=ZstdCodec())


def field(r, k, f):
    c, y, x = numpy.mgrid[0:2, 0:30, 0:40].astype("i8")
    return (13 * (x // 3) + 29 * (y // 2) + 700 * c + 97 * r + 53 * k + 11 * f + x * y % 7 // 6).astype("u2")


def plate_by_ome_zarr(folder, name, fmt, storage_options):
    from ome_zarr.writer import write_image, write_plate_metadata, write_well_metadata
    root = zarr.open_group(str(folder / f"{name}.ome.zarr"), mode="w", zarr_format=fmt.zarr_format)
    rows, columns = ["B", "C"], ["2", "11"]
    write_plate_metadata(root, rows, columns, ["B/2", "B/11", "C/2"], fmt=fmt, field_count=2, name=name)
    for r, k in ((0, 0), (0, 1), (1, 0)):
        well = root.require_group(rows[r]).require_group(columns[k])
        write_well_metadata(well, ["0", "1"], fmt=fmt)
        for f in range(2):
            image = well.require_group(str(f))
            write_image(
                field(r, k, f),
                image,
                axes="cyx",
                fmt=fmt,
                scale_factors=[2],
                storage_options=storage_options,
                omero={
                    "channels": [
                        {
                            "label": label,
                            "color": color,
                            "active": True,
                            "window": {"start": 0, "end": 2000, "min": 0, "max": 65535},
                        }
                        for label, color in (("DNA", "0000FF"), ("Mito", "FF0000"))
                    ]
                },
            )


def plate_by_ngff_zarr(folder, name, ome_version):
    import ngff_zarr
    from ngff_zarr import HCSPlateWriter, Plate, PlateColumn, PlateRow, PlateWell
    wells = [PlateWell(path="B/2", rowIndex=0, columnIndex=0), PlateWell(path="C/2", rowIndex=1, columnIndex=0)]
    plate = Plate(
        columns=[PlateColumn(name="2")],
        rows=[PlateRow(name="B"), PlateRow(name="C")],
        wells=wells,
        name=name,
        field_count=2,
        version=ome_version,
    )
    path = str(folder / f"{name}.ome.zarr")
    from ngff_zarr.hcs import HCSPlate, to_hcs_zarr, write_hcs_well_image
    to_hcs_zarr(HCSPlate(path, plate), path)
    for r, row in enumerate(("B", "C")):
        for f in range(2):
            image = ngff_zarr.to_ngff_image(field(r, 0, f), dims=["c", "y", "x"], scale={"y": .65, "x": .65})
            write_hcs_well_image(
                path,
                ngff_zarr.to_multiscales(image, scale_factors=[2], chunks=32),
                plate,
                row,
                "2",
                field_index=f,
                version=ome_version,
            )


def plates(folder):
    from ome_zarr.format import FormatV04, FormatV05
    plate_by_ome_zarr(folder, "v04", FormatV04(), {"chunks": (1, 30, 32), "compressor": numcodecs.Blosc(cname="lz4")})
    plate_by_ome_zarr(folder, "v05", FormatV05(), {"chunks": (1, 30, 32), "compressors": [ZstdCodec()]})
    plate_by_ome_zarr(
        folder,
        "v05sharded",
        FormatV05(),
        {"chunks": (1, 16, 16), "shards": (2, 32, 48), "compressors": [BloscCodec(cname="zstd")]},
    )
    plate_by_ngff_zarr(folder, "ngff04", "0.4")
    plate_by_ngff_zarr(folder, "ngff05", "0.5")


def pack(name, write):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        write(folder)
        OUT.mkdir(parents=True, exist_ok=True)
        # Stored, and compressed as one: most files are small and alike.
        plain = io.BytesIO()
        with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as out:
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    out.writestr(zipfile.ZipInfo(str(file.relative_to(folder))), file.read_bytes())
            out.comment = ", ".join(
                f"{p} {version(p)}" for p in ("zarr", "numcodecs", "ome-zarr", "ngff-zarr", "numpy")
            ).encode()
        (OUT / name).write_bytes(gzip.compress(plain.getvalue(), 9, mtime=0))
        print(name, (OUT / name).stat().st_size)


if __name__ == "__main__":
    pack("arrays.zip.gz", arrays)
    pack("plates.zip.gz", plates)
