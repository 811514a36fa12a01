# SPDX-License-Identifier: BSD-2-Clause
"""Folder of real single-channel images to train the default encoder on, from public repositories.

    python real_pool.py FOLDER CLONES

CLONES holds clones of the repositories below (bare or not), under their names. The images are taken from the commits
named here, whatever is checked out:

    for r in DeepTrackAI/cell_counting_dataset CellProfiler/examples cytomining/CytoDataFrame \\
        google/microscopeimagequality; do git clone --bare https://github.com/$r.git CLONES/$(basename $r); done

FOLDER gets STAIN/REPOSITORY--NAME.png, gray, 16 bit, in counts; STAIN is one of nuclei, cytoplasm, actin, organelles,
foci. An image belongs to the validation part if crc32 of its name (without the ending) is a multiple of 5. Left out are
bright field, stained tissue, whatever evaluates encoders (BBBC013 and 014, the NF1 and JUMP fields), and the 2018 Data
Science Bowl, whose mirror has no license file and whose overlap with BBBC021 isn't known. Of nuclei, which
are most of what is public, so many images of a repository are taken as LIMIT says, drawn by their names' crc32.
FOLDER/sources.csv names for every image its repository, commit, path and license; `pool-licenses.md` beside the
recipe has the notices.
"""
import csv
import io
import re
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

LIMIT = 60
SMALLEST = 128

# repository, commit, license, [(pattern of paths, stain)]; the first pattern that matches counts
SOURCES = [
    ("cell_counting_dataset", "d460149beb419c92785edcdef0628c5bf66f3325", "CC0-1.0 (BBBC039)",
     [(r"(?!.*mask).*\.tif", "nuclei")]),
    ("microscopeimagequality", "d77ee5f07537f6a753f909789e489adc1d2b6d9e", "Apache-2.0",
     [(r"tests/data/images_for_glob_test/.*\.tif", "nuclei"), (r"tests/data/BBBC006_.*w1_10\.png", "nuclei")]),
    ("examples", "4972b59e670a4ae96c3d453803c92eeff378d054", "BSD-3-Clause",
     [(r"ExampleHuman/.*d0\.tif", "nuclei"), (r"ExampleHuman/.*d1\.tif", "foci"),
      (r"ExampleHuman/.*d2\.tif", "cytoplasm"), (r"ExampleFly/.*_D\.TIF", "nuclei"),
      (r"ExampleFly/.*_F\.TIF", "actin"), (r"ExampleFly/.*_R\.TIF", "foci"), (r"ExampleSpeckles/.*h2ax2\.tif", "foci"),
      (r"ExampleSpeckles/.*hoe2\.tif", "nuclei"), (r"ExampleColocalization/.*_[GR]\.png", "organelles"),
      (r"ExampleIlluminationCorrection/.*f0[01]d2\.TIF", "cytoplasm"),
      (r"ExampleTrackObjects/images/Sequence[123]/.*_00[01]0\.tif", "nuclei")]),
    ("CytoDataFrame", "462accbc18e57441b560cde034667e0c88f4d9b9", "BSD-3-Clause",
     [(r".*/pediatric_cancer_atlas_profiling/images/orig/.*-ch5.*\.tiff", "nuclei"),
      (r".*/pediatric_cancer_atlas_profiling/images/orig/.*-ch[1-46].*\.tiff", "organelles"),
      (r".*/nuclear_speckles/images/.*CH0.*\.tiff", "nuclei"), (r".*/nuclear_speckles/images/.*\.tiff", "foci")]),
]


def git(repository, *arguments):
    return subprocess.run(["git", "-C", str(repository), *arguments], check=True, capture_output=True).stdout


def gray(data):
    """The image in counts, or None where it is no gray fluorescence image."""
    image = np.asarray(Image.open(io.BytesIO(data)))
    if image.ndim == 3:
        if image.shape[2] == 4:
            image = image[..., :3]
        spread = image.max(2).astype(int) - image.min(2)
        if np.percentile(spread, 99) > 2:
            # One color of a pseudo-colored channel.
            weight = image.reshape(-1, image.shape[2]).mean(0)
            if np.sort(weight)[-2] > 0.1 * weight.max():
                return None
        image = image.max(2)
    if image.ndim != 2 or image.dtype.kind not in "u" or min(image.shape) < SMALLEST:
        return None
    # Bright field is bright where there is nothing; an empty image has no contrast.
    low, middle, high = np.percentile(image, [0.1, 50, 99.9])
    return image if high - low >= 8 and middle - low < 0.6 * (high - low) else None


def main():
    folder, clones = Path(sys.argv[1]), Path(sys.argv[2])
    rows = []
    for name, commit, license_, patterns in SOURCES:
        repository = clones / name
        paths = git(repository, "ls-tree", "-rz", "--name-only", commit).decode().split("\0")
        found = [(p, next((s for r, s in patterns if re.fullmatch(r, p)), None)) for p in paths if p]
        found = sorted((x for x in found if x[1]), key=lambda x: zlib.crc32(x[0].encode()))
        nuclei = 0
        for path, stain in found:
            if stain == "nuclei" and nuclei >= LIMIT:
                continue
            try:
                image = gray(git(repository, "cat-file", "blob", f"{commit}:{path}"))
            except subprocess.CalledProcessError:
                print(f"{name}: {path} is not in the clone", file=sys.stderr)
                continue
            if image is None:
                continue
            nuclei += stain == "nuclei"
            own = re.sub(r"[^A-Za-z0-9_]+", "-", Path(path).stem)[-60:]
            file = folder / stain / f"{name}--{own}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(image.astype(np.uint16)).save(file)
            rows.append([stain, file.name, name, commit, path, license_, *image.shape])
    with open(folder / "sources.csv", "w", newline="") as f:
        writer = csv.writer(f)
        writer.writerow(["stain", "file", "repository", "commit", "path", "license", "height", "width"])
        writer.writerows(rows)
    for stain in sorted({r[0] for r in rows}):
        own = [r for r in rows if r[0] == stain]
        held = sum(zlib.crc32(Path(r[1]).stem.encode()) % 5 == 0 for r in own)
        print(f"{stain}: {len(own)} images, {held} for validation, "
              f"{sum((r[6] // SMALLEST) * (r[7] // SMALLEST) for r in own)} places of {SMALLEST} pixels")


main()
