# SPDX-License-Identifier: BSD-2-Clause
"""Golden numbers for imported encoders and their outputs: what PyTorch computes.

    pip install torch==2.7.1 torchvision numpy safetensors
    python golden_encoders.py src/test/resources/io/github/isophene/network/golden_encoders.safetensors

Weights and images are drawn as in golden_resnet.py, from the names of the tensors. In double precision.
"""
import platform
import sys

import torch
import torchvision
from safetensors.torch import save_file
from torch.nn import functional as F

import golden_resnet


def pooled(x):
    """Means, then standard deviations, over a feature map."""
    return torch.cat([x.mean((2, 3)), x.std((2, 3), unbiased=False)], 1)


def resnets(golden):
    """Features after a stage, and the spread of the last map, which the anti-aliased form smooths first."""
    for name, width, size in (("resnet18", 64, 96), ("resnet50", 64, 64), ("resnet50-aa", 8, 288)):
        module = golden_resnet.network(name, width).eval()
        seen = {}
        for stage in (2, 3, 4):
            getattr(module, f"layer{stage}").register_forward_hook(
                lambda m, i, out, stage=stage: seen.__setitem__(stage, out))
        module(golden_resnet.images(2, size).double())
        golden[f"{name}.stage:2.mean"] = seen[2].mean((2, 3))
        golden[f"{name}.stage:3.mean+sd"] = pooled(seen[3])
        last = F.avg_pool2d(seen[4], 7, 1) if name.endswith("-aa") else seen[4]
        golden[f"{name}.last.mean+sd"] = pooled(last)


def main(file):
    torch.set_grad_enabled(False)
    golden = {}
    resnets(golden)
    versions = {"python": platform.python_version(), "torch": torch.__version__, "torchvision": torchvision.__version__}
    save_file({k: v.float().contiguous() for k, v in golden.items()}, file, versions)
    for k, v in golden.items():
        print(k, tuple(v.shape), f"{v.abs().max():.4g}")


if __name__ == "__main__":
    main(sys.argv[1])
