# SPDX-License-Identifier: BSD-2-Clause
"""Prints the values of PixelStatisticsTest and of the tests of StudentT and HolmCorrection."""
import numpy as np
from scipy import stats

y, x = np.mgrid[0:4, 0:5]
image = np.stack([(3 * y * y + 2 * x * y + x) % 7, (y + 2 * x * x) % 5]).astype(np.float64)
profile = []
for c in image:
    laplacian = c[1:-1, :-2] + c[1:-1, 2:] + c[:-2, 1:-1] + c[2:, 1:-1] - 4 * c[1:-1, 1:-1]
    profile += [c.mean(), c.std(), np.sqrt((laplacian ** 2).mean()), *np.percentile(c, [1, 5, 25, 50, 75, 95, 99])]
profile.append(np.corrcoef(image[0].ravel(), image[1].ravel())[0, 1])
print("pixels", ", ".join(f"{v:.7g}" for v in profile))
d = np.array([0.03, 0.01, 0.05, -0.01, 0.02])
print("paired", stats.ttest_1samp(d, 0).pvalue, stats.ttest_1samp(d[:4], 0).pvalue, stats.ttest_1samp(d[:2], 0).pvalue)
print("interval", stats.t.ppf(.975, [1, 4, 15]), stats.t.ppf(.975, 4) * np.std(d, ddof=1) / 5 ** .5)
p = np.array([0.01, 0.04, 0.03, 0.005])
order, out, most = np.argsort(p), np.empty(4), 0
for i, j in enumerate(order):
    most = max(most, min(1, (4 - i) * p[j]))
    out[j] = most
print("holm", out)
