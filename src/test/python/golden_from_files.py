# SPDX-License-Identifier: BSD-2-Clause
"""Golden probabilities for FilesGoldenTest: from 16-bit TIFF files to predictions, as the public code of CS-ARM-BN
does it.

    python golden_from_files.py src/test/resources/io/github/isophene/adaptation/files

Writes two small plates of TIFF files (files.zip with a screen table) and golden.csv. The
arithmetic is that of github.com/ml-jku/cs-arm-bn at e091e7e, written anew from reading it:

- half size by pixel (1, 1) of each 2 x 2 (its pyvips call; also Pillow 9.1's default for 16 bit);
- 8 bit: n = round(H * W * 1e-4); threshold = the smallest of the n brightest; the whole part of
  v * (255 / threshold) in double precision, at most 255;
- / 255, the center crop, (v - mean) / sd per channel;
- adapt: one pass over queries and controls, every layer normalized by their biased variance, mean
  and unbiased variance kept; predict: with what was kept; softmax, mean over two networks, entropy;
- the chunks of its evaluation: some queries with controls drawn with replacement, one batch
  normalized by itself.

Which images share a chunk is drawn at random there and here, so golden.csv holds the outcome of
every possible chunk of QUERIES of a plate with every possible draw of controls.

Weights come from SplitMix64, as in golden_adaptation.py.
"""

import csv
import io
import itertools
import os
import platform
import sys
import zipfile

import numpy as np
import tifffile
import torch
import torch.nn.functional as F

MASK = (1 << 64) - 1
CHANNELS, CLASSES, WIDTH, TILE = ["DNA", "ER"], 3, 4, 64
PLATES, QUERIES, CONTROLS = ["P1", "P2"], 5, 2  # images of a plate
CHUNK, DRAWN = 4, 6  # queries and controls of a chunk: the last has one query, and controls repeat
SHAPE = 250, 258  # rows and columns of a file
MEAN, SD = [0.0913, 0.0880], [0.1152, 0.1075]


def mix(z):
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def uniform(name, shape):
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = (h ^ byte) * 0x100000001B3 & MASK
    with np.errstate(over="ignore"):
        state = mix(np.array([h], np.uint64))
        steps = np.arange(1, int(np.prod(shape)) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        u = (mix(state + steps) >> np.uint64(11)).astype(np.float64) * 2.0 ** -53
    return u.reshape(shape)


def weight(member, name, shape):
    u = uniform(f"{member} {name}", shape)
    if len(shape) == 4:
        u = (2 * u - 1) * np.sqrt(6 / np.prod(shape[1:]))
    elif name == "fc.weight":
        u = (2 * u - 1) * np.sqrt(20 / shape[1])
    elif name.endswith("bn3.weight"):
        u = 0.1 + 0.1 * u
    elif name.endswith(".weight"):
        u = 0.25 + 0.5 * u
    else:
        u = 0.2 * (2 * u - 1)
    return torch.from_numpy(u.astype(np.float32))


class Network:
    """ResNet-50 with average pooling in place of strides, WIDTH channels wide."""

    def __init__(self, member, precision):
        self.member, self.precision, self.weights, self.kept = member, precision, {}, None

    def get(self, name, shape):
        if name not in self.weights:
            self.weights[name] = weight(self.member, name, shape).to(self.precision)
        return self.weights[name]

    def conv(self, x, name, out, kernel, stride=1):
        return F.conv2d(
            x, self.get(name + ".weight", (out, x.shape[1], kernel, kernel)), stride=stride, padding=kernel // 2
        )

    def norm(self, x, name):
        n = x.shape[1]
        if self.mode == "fixed":
            mean, used = self.kept[name]
        else:
            mean, used = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
            if self.mode == "adapt":
                self.kept[name] = mean, x.var((0, 2, 3), unbiased=True)
        y = (x - mean[None, :, None, None]) / torch.sqrt(used + 1e-5)[None, :, None, None]
        return (
            y * self.get(name + ".weight", (n,))[None, :, None, None]
            + self.get(name + ".bias", (n,))[None, :, None, None]
        )

    def __call__(self, x, mode):
        """mode: batch (normalized by itself), adapt (the same, and kept), fixed (by what was kept)."""
        self.mode = mode
        if mode == "adapt":
            self.kept = {}
        x = x.to(self.precision)
        x = F.max_pool2d(F.relu(self.norm(self.conv(x, "conv1", WIDTH, 7, 2), "bn1")), 3, 2, 1)
        for stage, blocks in enumerate([3, 4, 6, 3]):
            for b in range(blocks):
                p, inner = f"layer{stage + 1}.{b}.", WIDTH << stage
                pool = 2 if stage and not b else 1
                y = F.relu(self.norm(self.conv(x, p + "conv1", inner, 1), p + "bn1"))
                y = F.relu(self.norm(self.conv(y, p + "conv2", inner, 3), p + "bn2"))
                y = self.norm(self.conv(F.avg_pool2d(y, pool), p + "conv3", 4 * inner, 1), p + "bn3")
                if not b:
                    x = self.norm(self.conv(F.avg_pool2d(x, pool), p + SHORTCUT[0], 4 * inner, 1), p + SHORTCUT[1])
                x = F.relu(x + y)
        z = x.mean((2, 3))
        return z @ self.get("fc.weight", (CLASSES, z.shape[1])).T + self.get("fc.bias", (CLASSES,))


SHORTCUT = "downsample.0", "downsample.1"


def picture(plate, field, channel):
    """16 bit: squares of 32 pixels, a fine pattern that tells pixels of a 2 x 2 apart, a bright corner of each
    square."""
    rows, columns = SHAPE
    name = f"{plate} {field} {channel}"
    of = uniform("image " + name, (2,))
    coarse = uniform("coarse " + name, (rows // 32 + 1, columns // 32 + 1)).repeat(32, 0).repeat(32, 1)[:rows, :columns]
    y, x = np.mgrid[:rows, :columns]
    fine = (5 * (y % 4) + 3 * (x % 4)) * 11
    bright = ((y % 32 < 3) & (x % 32 < 3)) * (3000 + 9000 * coarse[:, ::-1])
    return (200 + 300 * of[0] + (1 + of[1]) * 6000 * coarse ** 2 + fine + bright).astype("<u2")


def prepared(raw):
    half = raw[1::2, 1::2]
    n = int(np.around(half.size * 1e-4))
    assert n >= 1
    threshold = np.sort(half, axis=None)[-n]
    v8 = half.astype(float) * (255 / float(threshold))
    v8[v8 > 255] = 255
    v8 = v8.astype(np.uint8)
    top, left = (int(round((s - TILE) / 2)) for s in v8.shape)
    return v8[top:top + TILE, left:left + TILE]


def main(folder):
    torch.set_grad_enabled(False)
    torch.set_num_threads(1)
    os.makedirs(folder, exist_ok=True)
    table, tensors = [], {}
    archive = zipfile.ZipFile(os.path.join(folder, "files.zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=9)

    def add(name, data):
        archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)

    for plate in PLATES:
        for i in range(QUERIES + CONTROLS):
            well, planes = f"A{i + 1:02d}", []
            for channel in CHANNELS:
                raw, file = picture(plate, i, channel), io.BytesIO()
                tifffile.imwrite(file, raw, metadata=None, software=False)
                name = f"{plate}_{well}_{channel}.tif"
                add(name, file.getvalue())
                planes.append(prepared(tifffile.imread(io.BytesIO(file.getvalue()))))
            x = torch.from_numpy(np.stack(planes)).float() / 255
            tensors[plate, i] = (x - torch.tensor(MEAN)[:, None, None]) / torch.tensor(SD)[:, None, None]
            table.append(
                [plate, well, "1", "trt" if i < QUERIES else "negcon", *[f"{plate}_{well}_{c}.tif" for c in CHANNELS]]
            )
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(
        [
            "Metadata_Plate",
            "Metadata_Well",
            "Metadata_Site",
            "Metadata_pert_type",
            *[f"FileName_Orig{c}" for c in CHANNELS],
        ]
    )
    rows.writerows(table)
    add("screen.csv", text.getvalue())
    archive.close()

    def probabilities(precision):
        networks = [Network(m, precision) for m in ("first", "second")]
        for plate in PLATES:
            x = torch.stack([tensors[plate, i] for i in range(QUERIES + CONTROLS)])
            for network in networks:
                network(x, "adapt")
            p = torch.stack([network(x[:QUERIES], "fixed").softmax(1) for network in networks]).mean(0)
            for i in range(QUERIES):
                yield [plate, i + 1, "joint-plate", "", ""], [*p[i].tolist(), -(p[i] * p[i].log()).sum().item()]
            for size in {CHUNK, QUERIES % CHUNK}:
                for chunk in itertools.combinations(range(QUERIES), size):
                    for drawn in itertools.combinations_with_replacement(range(QUERIES, QUERIES + CONTROLS), DRAWN):
                        batch = x[[*chunk, *drawn]]
                        p = torch.stack([network(batch, "batch")[:size].softmax(1) for network in networks]).mean(0)
                        names = ["+".join(str(i + 1) for i in part) for part in (chunk, drawn)]
                        for k, i in enumerate(chunk):
                            yield [plate, i + 1, "joint", *names], [*p[k].tolist(), -(p[k] * p[k].log()).sum().item()]

    single, double = list(probabilities(torch.float32)), list(probabilities(torch.float64))
    off = max(abs(a - b) for (_, s), (_, d) in zip(single, double) for a, b in zip(s, d))
    print(f"{len(double)} rows; single differs from double precision by {off:.2g}; probabilities from "
          f"{min(min(v[:-1]) for _, v in double):.3g} to {max(max(v[:-1]) for _, v in double):.3g}")
    with open(os.path.join(folder, "golden.csv"), "w") as out:
        out.write(
            f"# golden_from_files.py, torch {torch.__version__.split('+')[0]}, numpy {np.__version__}, tifffile "
            f"{tifffile.__version__}, Python {platform.python_version()}; arithmetic of ml-jku/cs-arm-bn e091e7e\n"
        )
        out.write("plate,query,statistics,chunk,controls," + ",".join(f"p{k}" for k in range(CLASSES)) + ",entropy\n")
        for key, values in double:
            out.write(",".join(map(str, key)) + "," + ",".join(f"{v:.9f}" for v in values) + "\n")


main(sys.argv[1])
