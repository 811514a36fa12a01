# Prints NSC, NSCB and how often a control's nearest control is of its week (cosine, same plate excluded)
# on BBBC021 after corrections, with NumPy alone: python bbbc021_references.py <folder of bbbc021, or of the
# simulated table in its layout, src/test/resources/io/github/isophene/miniature/bbbc021>
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from golden_assessment import bbbc021_raw

meta, x = bbbc021_raw(Path(sys.argv[1]))
control, batch, plate = meta.control.to_numpy(), meta.batch.to_numpy(), meta.plate.to_numpy()


def nearest(y, allowed):
    unit = y / np.linalg.norm(y, axis=1, keepdims=True)
    return np.where(allowed, unit @ unit.T, -np.inf).argmax(1)


def numbers(y):
    t = pd.DataFrame(y[~control]).groupby((meta["compound"] + "/" + meta.concentration)[~control].to_numpy())
    m = meta[~control].reset_index(drop=True)
    key = m.assign(t=m["compound"] + "/" + m.concentration).groupby("t")
    moa, compound = key.moa.first().to_numpy(), key["compound"].first().to_numpy()
    week = key.batch.agg(lambda b: b.mode()[0]).to_numpy()
    profile = t.mean().to_numpy()
    nsc = np.mean(moa[nearest(profile, compound[:, None] != compound[None])] == moa)
    keep = np.array([len(set(week[moa == k])) > 1 for k in moa])
    p, k, c, w = profile[keep], moa[keep], compound[keep], week[keep]
    nscb = np.mean(k[nearest(p, (c[:, None] != c[None]) & (w[:, None] != w[None]))] == k)
    b, q = batch[control], plate[control]
    leak = np.mean(b[nearest(y[control], q[:, None] != q[None])] == b)
    return f"{nsc:.3f} {nscb:.3f} {leak:.3f}"


def standardize(y):
    sd = y[control].std(0)
    return (y - y[control].mean(0)) / np.where(sd == 0, 1, sd)


def center(y):
    out = y.copy()
    for name in np.unique(plate):
        out[plate == name] -= y[control & (plate == name)].mean(0)
    return out


def mad(y):
    out = y.copy()
    for name in np.unique(plate):
        c = y[control & (plate == name)]
        median = np.median(c, 0)
        scale = 1.4826 * np.median(np.abs(c - median), 0)
        out[plate == name] = (y[plate == name] - median) / np.where(scale == 0, 1, scale)
    return np.clip(out, -20, 20)


def sphering(y, eps):
    c = y[control] - y[control].mean(0)
    w, e = np.linalg.eigh(np.cov(c.T))
    return (y - y[control].mean(0)) @ (e / np.sqrt(np.maximum(w, 0) + eps)) @ e.T


z = standardize(x)
print("standardize", numbers(z))
print("mad_robustize,clip", numbers(mad(x)))
print("standardize,center", numbers(center(z)))
for eps in (0.01, 0.1, 1):
    print("standardize,sphering", eps, numbers(sphering(z, eps)))
for eps in (0.01, 0.1, 1):
    print("standardize,center,sphering", eps, numbers(sphering(center(z), eps)))
