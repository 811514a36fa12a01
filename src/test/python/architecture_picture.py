# SPDX-License-Identifier: BSD-2-Clause

"""The picture of the architecture page, from the order of packages that RoomsTest enforces.

Run from the project's root:  python src/test/python/architecture_picture.py
Standard library only; writes src/site/markdown/images/architecture.svg.
"""

import re

TEST = "src/test/java/io/github/isophene/RoomsTest.java"
PICTURE = "src/site/markdown/images/architecture.svg"
LAYERS = {  # the first package of each
    "cli": ("Entries", "#0072B2"),
    "commands": ("Menu and service", "#0072B2"),
    "comparison.builtin": ("Runs", "#009E73"),
    "training.objective": ("Training", "#E69F00"),
    "metrics.builtin": ("Tables", "#E69F00"),
    "viewer": ("Windows", "#56B4E9"),
    "run": ("Data", "#56B4E9"),
    "network.imports": ("Parts", "#CC79A7"),
    "engine": ("Ground", "#999999"),
}
OF_PROFILES = ("spark", "imagej", "bioformats")
LEFT, WIDEST, STEP = 140, 1120, 52


def main():
    order = re.search(r"ORDER = List\.of\((.*?)\);", open(TEST).read(), re.S).group(1)
    packages = re.findall(r'"([a-z.]*)"', order)
    boxes, x, y, color = [], LEFT, -38, ""
    for package in packages:
        text = package or "IsopheneService (root)"
        width = round(7.4 * len(text) + 18)
        if package in LAYERS:
            title, color = LAYERS[package]
            x, y = LEFT, y + STEP
            boxes.append(f'<text x="10" y="{y + 26}" font-size="13" fill="#333">{title}</text>')
        elif x + width > WIDEST:
            x, y = LEFT, y + 44
        dashed = ' stroke-dasharray="4 3"' if package in OF_PROFILES else ""
        boxes.append(
            f'<rect x="{x}" y="{y}" width="{width}" height="38" rx="5" fill="{color}22" stroke="{color}"{dashed}/>'
            f'<text x="{x + width // 2}" y="{y + 24}" font-size="13" text-anchor="middle" fill="#111">{text}</text>'
        )
        x += width + 10
    y += 66
    boxes.append(
        f'<text x="{LEFT}" y="{y}" font-size="12" fill="#555">A package uses its own layer to the right and '
        "everything below, never above. Dashed: built by Maven profiles.</text></svg>"
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDEST + 10}" height="{y + 16}" '
        f'viewBox="0 0 {WIDEST + 10} {y + 16}" font-family="sans-serif" role="img" '
        'aria-label="Packages in layers; arrows point down">\n<rect width="100%" height="100%" fill="#ffffff"/>\n'
    )
    with open(PICTURE, "w") as out:
        out.write(head + "\n".join(boxes) + "\n")
    print(len(packages), "packages")


main()
