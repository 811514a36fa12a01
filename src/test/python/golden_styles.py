# SPDX-License-Identifier: BSD-2-Clause
"""Golden numbers for PerturbationTest and AngularMarginTest, computed by PyTorch from the published equations.

    python golden_styles.py src/test/resources/io/github/isophene/network/golden_styles.safetensors

DSU (Li et al. 2022, arXiv:2202.03958, eq. 3 to 7, biased variances), MixStyle (Zhou et al. 2021,
arXiv:2104.02008, eq. 1 to 4), ArcFace (Deng et al. 2019, arXiv:1801.07698, eq. 3, with the usual
straight continuation beyond pi - m), and the gradient of cross-entropy through the margin.
"""
import math
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

torch.manual_seed(1)
torch.set_default_dtype(torch.float64)
EPSILON = 1e-6
x = torch.randn(6, 3, 5, 4) * torch.rand(6, 3, 1, 1) * 2 + torch.randn(6, 3, 1, 1)


def statistics(t):
    return t.mean(dim=(2, 3), keepdim=True), (t.var(dim=(2, 3), keepdim=True, correction=0) + EPSILON).sqrt()


def dsu(t, noise):
    mean, sd = statistics(t)
    mean_scale = (mean.var(dim=0, keepdim=True, correction=0) + EPSILON).sqrt().detach()
    sd_scale = (sd.var(dim=0, keepdim=True, correction=0) + EPSILON).sqrt().detach()
    beta = mean + noise[:, :3, None, None] * mean_scale
    gamma = sd + noise[:, 3:, None, None] * sd_scale
    return gamma * (t - mean) / sd + beta


def mixstyle(t, order, own):
    mean, sd = (s.detach() for s in statistics(t))
    own = own[:, None, None, None]
    return (t - mean) / sd * (own * sd + (1 - own) * sd[order]) + own * mean + (1 - own) * mean[order]


def arcface(z, w, labels, s, m):
    cos = F.normalize(z) @ F.normalize(w).T
    angle = cos.gather(1, labels[:, None]).clamp(-1, 1).acos()
    own = torch.where(angle < math.pi - m, torch.cos(angle + m), torch.cos(angle) - m * math.sin(m))
    return s * cos.scatter(1, labels[:, None], own)


noise = torch.randn(6, 6)
order = torch.tensor([3, 5, 0, 1, 2, 4])
own = torch.rand(6)
z = torch.randn(5, 4, requires_grad=True)
w = torch.randn(3, 4, requires_grad=True)
labels = torch.tensor([0, 1, 2, 1, 0])
with torch.no_grad():  # one embedding almost opposite its class: beyond pi - m
    z[4] = -w[0] * 2 + torch.tensor([0.1, -0.1, 0.05, 0.0])
logits = arcface(z, w, labels, 30.0, 0.5)
F.cross_entropy(logits, labels).backward()
save_file({k: v.detach().float().contiguous() for k, v in dict(
    x=x, noise=noise, dsu=dsu(x, noise), order=order.double(), own=own, mixstyle=mixstyle(x, order, own), z=z, w=w,
    labels=labels.double(), logits=logits, z_gradient=z.grad, w_gradient=w.grad,
).items()}, sys.argv[1], metadata={"torch": torch.__version__})
