# SPDX-License-Identifier: BSD-2-Clause
"""BBBC013 (a real plate: 96 wells, GFP and DRAQ, two drugs in nine doses), for evaluation only, and what is measured
on it. Used by control_wells.py and real_plates.py.

Concentrations are those of the set's plate map: doubling from 250/256 nM to 250 nM of Wortmannin in A3 to D11, from
80/256 uM to 80 uM of LY294002 in E3 to H11. Positive controls are A12 to D12 (150 nM Wortmannin) and E1 to H1 (80 in
the plate map, so LY294002; the set's description names Wortmannin only). E12 to H12, negative here, are wells without
drug.
"""
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import spearmanr


class Plate:
    """Wells of the plate in the order of the table: well names, drugs, doses, negative and positive wells."""

    def __init__(self, data):
        self.data = Path(data).resolve()
        t = pd.read_csv(self.data / "1049_Metadata.csv", dtype={"Row": str, "Column": str})
        t.Row, t.Column = t.Row.str.strip(), t.Column.astype(int)
        t["well"] = t.Row + t.Column.map("{:02d}".format)
        self.table = t
        self.negative = (t.SBS_Controls == -1).to_numpy()
        self.positive = (t.SBS_Controls == 1).to_numpy()
        self.dose = t.SBS_Doses.to_numpy()
        self.drug = np.where(t.Row.isin(list("ABCD")), "Wortmannin", "LY294002")
        top = np.where(self.drug == "Wortmannin", 0.25, 80.0)
        self.concentration = np.where((self.dose > 0) & (self.dose < 10), top / 2.0 ** (9 - self.dose), np.nan)
        self.dosed = (self.dose > 0) & (t.SBS_Controls == 0).to_numpy()
        assert self.dosed.sum() == 72 and self.negative.sum() == 16 and self.positive.sum() == 8

    def files(self, i):
        """Paths of the two channels' images of a well."""
        r = self.table.loc[i]
        return [sorted(self.data.glob(f"Channel{c}-*-{r.Row}-{r.Column:02d}.tif"))[0] for c in (1, 2)]

    def screen(self):
        """Screen table of the plate; concentrations in micromoles per liter."""
        role = np.where(self.negative, "negcon", np.where(self.positive, "poscon", "trt"))
        rows = [["bbbc013", self.table.well[i], "1", role[i],
                 {"negcon": "none", "poscon": "positive control"}.get(role[i], self.drug[i]),
                 f"{self.concentration[i]:.6g}" if self.dosed[i] else "",
                 *[f.name for f in self.files(i)], *[str(f.parent) for f in self.files(i)]]
                for i in range(len(self.table))]
        return pd.DataFrame(rows, columns=["Metadata_Plate", "Metadata_Well", "Metadata_Site", "Metadata_pert_type",
                                           "Metadata_Compound", "Metadata_Concentration", "FileName_OrigGFP",
                                           "FileName_OrigDNA", "PathName_OrigGFP", "PathName_OrigDNA"])

    def precision(self, x, negative=None):
        """Average precision of each dosed well (others: NaN) among the wells of its drug and dose and the negatives
        (or some of them: a mask), by cosine similarity."""
        negative = self.negative if negative is None else negative
        u = x / np.linalg.norm(x, axis=1, keepdims=True)
        s = u @ u.T
        ap = np.full(len(x), np.nan)
        for i in np.flatnonzero(self.dosed):
            same = self.dosed & (self.drug == self.drug[i]) & (self.dose == self.dose[i])
            same[i] = False
            candidates = np.flatnonzero(same | negative)
            # ties in favor of positives, as copairs resolves them
            order = candidates[np.lexsort((~same[candidates], -s[i, candidates]))]
            hit = same[order]
            ap[i] = (np.cumsum(hit) / np.arange(1, len(hit) + 1))[hit].mean()
        return ap

    def rank_correlation(self, distance):
        """Spearman's correlation of a well's distance with its dose, mean over the drugs."""
        return np.mean(
            [
                spearmanr(distance[self.dosed & (self.drug == d)], self.dose[self.dosed & (self.drug == d)]).statistic
                for d in np.unique(self.drug)
            ]
        )


def features(profiles):
    return profiles[[c for c in profiles if not c.startswith("Metadata_")]].to_numpy(np.float64)


def zscored(x, controls):
    """Features z-scored by the rows of controls; those that are the same in all of them are left out."""
    c = x[controls]
    sd = c.std(0, ddof=1)
    keep = sd > 1e-6 * np.abs(x).max(0).clip(1e-12)
    return ((x - c.mean(0)) / np.where(sd > 0, sd, 1))[:, keep]
