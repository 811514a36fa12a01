"""Draws effects.png: how far batches and plates lie apart in real and simulated images.

Reads the output of io.github.isophene.demo.EffectsBench:
    python figure_effects.py effects.txt src/site/markdown/images/effects.png
"""
import re
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

ROW = re.compile(r"^(\w+)\s+" + r"\s+".join([r"(-?[\d.]+)"] * 10) + r"\s*$")


def read(path):
    presets, name = {}, None
    for line in open(path):
        if line.startswith("effects="):
            name = line.split()[0].split("=")[1]
            presets[name] = []
        match = ROW.match(line)
        if match and "_sat_" not in line:
            presets[name].append([match[1]] + [float(v) for v in match.groups()[1:]])
    return presets


def main(source, target):
    presets = read(source)
    figure, axes = plt.subplots(1, 2, figsize=(9, 8.5), sharey=True)
    names = [row[0].replace("_", " ") for row in presets["jump"]]
    for axis, title, real, simulated in ((axes[0], "between batches", 7, 8),
                                         (axes[1], "between plates of a batch", 9, 10)):
        for y, rows in enumerate(zip(presets["jump"], presets["standard"])):
            axis.plot([rows[0][real], rows[0][simulated]], [y, y], color="0.8", zorder=0)
        axis.scatter([r[real] for r in presets["jump"]], range(len(names)), color="black", s=22,
                     label="real (JUMP source 3)")
        axis.scatter([r[simulated] for r in presets["jump"]], range(len(names)), color="#0072b2", s=22,
                     label="effects=jump")
        axis.scatter([r[simulated] for r in presets["standard"]], range(len(names)), color="#d55e00", s=12, marker="x",
                     label="effects=standard")
        axis.set_xscale("symlog", linthresh=.1)
        axis.set_xlim(0, 8)
        axis.set_xticks([0, .1, .3, 1, 3], ["0", "0.1", "0.3", "1", "3"])
        axis.set_title("Spread " + title + " / within a plate", fontsize=9)
        axis.grid(axis="x", color="0.92")
    axes[0].set_yticks(range(len(names)), names, fontsize=7)
    axes[0].invert_yaxis()
    figure.legend(*axes[1].get_legend_handles_labels(), loc="lower center", ncols=3, fontsize=8)
    figure.tight_layout(rect=(0, .03, 1, 1))
    figure.savefig(target, dpi=110)


if __name__ == "__main__":
    main(*sys.argv[1:3])
