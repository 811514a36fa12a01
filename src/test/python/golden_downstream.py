# SPDX-License-Identifier: BSD-2-Clause
"""Dose-response fits by SciPy, shrunken covariances by scikit-learn and false discovery rates by statsmodels, as
LogLogisticTest, ShrunkCovarianceTest and DownstreamTest have them.

    python golden_downstream.py src/test/resources/io/github/isophene/downstream/golden.json
"""
import importlib.metadata
import json
import sys

import numpy as np
from scipy.optimize import curve_fit
from scipy.stats import f as f_distribution
from scipy.stats import spearmanr
from scipy.stats import t as t_distribution
from sklearn.covariance import LedoitWolf
from statsmodels.stats.multitest import multipletests


def curve(x, bottom, top, log_ec50, log_slope):
    share = np.zeros_like(x)
    share[x > 0] = 1 / (1 + np.exp(-np.exp(log_slope) * (np.log(x[x > 0]) - log_ec50)))
    return bottom + (top - bottom) * share


def noise(n, k):
    """Numbers without a generator, about as spread as a standard normal."""
    i = np.arange(n)
    return ((7 * i * i + 3 * i + 11 * k) % 23 - 11) / 6.5


def case(name, truth, doses, replicates, controls, scatter, k):
    x = np.concatenate([np.zeros(controls), np.repeat(doses, replicates)])
    response = curve(x, *truth)
    y = response + scatter * noise(len(x), k) * (1 + 0.3 * (response - truth[0]))
    y = np.round(y, 6)
    start = (truth[0], truth[1], truth[2], truth[3])
    p, _ = curve_fit(curve, x, y, p0=start, method="lm", maxfev=20000, ftol=1e-14, xtol=1e-14, gtol=1e-14)
    residual = y - curve(x, *p)
    jacobian = np.empty((len(x), 4))
    for j in range(4):
        step = 1e-6
        up, down = p.copy(), p.copy()
        up[j] += step
        down[j] -= step
        jacobian[:, j] = (curve(x, *up) - curve(x, *down)) / (2 * step)
    bread = np.linalg.inv(jacobian.T @ jacobian)
    leverage = np.einsum("ij,jk,ik->i", jacobian, bread, jacobian)
    meat = jacobian.T @ np.diag((residual / (1 - leverage)) ** 2) @ jacobian
    error = np.sqrt((bread @ meat @ bread)[2, 2])
    freedom = len(x) - 4
    rss = float(residual @ residual)
    total = float(((y - y.mean()) ** 2).sum())
    statistic = (total - rss) / 3 / (rss / freedom)
    half = t_distribution.ppf(0.975, freedom) * error
    rho, rho_p = spearmanr(x[controls:], y[controls:])
    return {
        "name": name, "dose": x.tolist(), "response": y.tolist(), "controls": controls,
        "bottom": p[0], "top": p[1], "ec50": float(np.exp(p[2])), "slope": float(np.exp(p[3])), "error": error,
        "low": float(np.exp(p[2] - half)), "high": float(np.exp(p[2] + half)), "squares": rss,
        "f": statistic, "p": float(f_distribution.sf(statistic, 3, freedom)), "rho": rho, "rhoP": rho_p,
    }


def covariance(rows, features, k):
    x = np.array([[((5 * i * i + 7 * j + 3 * i * j + k) % 19 - 9) / 5 for j in range(features)] for i in range(rows)])
    x -= x.mean(axis=0)
    fit = LedoitWolf(assume_centered=True).fit(x)
    probe = np.array([[((3 * i + 2 * j * j + k) % 13 - 6) / 3 for j in range(features)] for i in range(4)])
    return {"rows": rows, "features": features, "k": k, "shrinkage": float(fit.shrinkage_),
            "squares": fit.mahalanobis(probe).tolist()}


doses = 0.3 * 2.0 ** np.arange(9)
p = [0.001, 0.04, 0.03, 0.2, 0.049, 0.5, 0.0004, 0.04]
golden = {
    "versions": {name: importlib.metadata.version(name) for name in ("scipy", "scikit-learn", "statsmodels", "numpy")},
    "curves": [
        case("rising", (1, 8, np.log(5), np.log(2)), doses, 4, 16, 0.4, 1),
        case("shallow", (1, 4, np.log(2), np.log(0.8)), doses, 3, 64, 0.2, 2),
        case("four doses", (1, 5, np.log(3), np.log(2.5)), np.array([1.0, 3, 10, 30]), 3, 8, 0.3, 3),
        case("falling", (3, 1, np.log(10), np.log(1.5)), doses, 4, 12, 0.1, 4),
    ],
    "covariances": [covariance(6, 10, 0), covariance(30, 5, 4), covariance(12, 12, 7)],
    "p": p, "q": multipletests(p, method="fdr_bh")[1].tolist(),
}
with open(sys.argv[1], "w") as out:
    json.dump(golden, out, indent=None)
print(golden["versions"])
for c in golden["curves"]:
    print({k: v for k, v in c.items() if k not in ("dose", "response")})
