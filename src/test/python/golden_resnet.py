# SPDX-License-Identifier: BSD-2-Clause
"""Golden numbers for ResNetTest: what PyTorch and torchvision compute.

    python golden_resnet.py src/test/resources/io/github/isophene/network/golden_resnet.safetensors

Weights and images are too large to commit: both sides make them from SplitMix64, one stream
per tensor, seeded by the FNV-1a hash of its name. The plain form is torchvision's own module;
the anti-aliased form is a module of its own, below. Normalization from some samples only is
computed from torch.var and torch.mean, not by a batch-normalization layer.
"""
import platform
import sys

import numpy as np
import torch
import torchvision
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

CHANNELS, CLASSES, IMAGES, SIZE, MASK = 5, 7, 4, 128, (1 << 64) - 1


def mix(z):
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def uniform(name, shape):
    """Uniform in [0, 1), a stream of its own for each name."""
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = (h ^ byte) * 0x100000001B3 & MASK
    with np.errstate(over="ignore"):
        state = mix(np.array([h], np.uint64))
        steps = np.arange(1, int(np.prod(shape)) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        u = (mix(state + steps) >> np.uint64(11)).astype(np.float64) * 2.0 ** -53
    return u.reshape(shape)


def value(name, shape):
    u = uniform(name, shape)
    if len(shape) == 4:
        u = (2 * u - 1) * np.sqrt(6 / np.prod(shape[1:]))
    elif name.startswith("fc."):
        u = (2 * u - 1) * 0.05
    elif len(shape) == 2:
        u = (2 * u - 1) * np.sqrt(3 / shape[1])
    elif len(shape) == 3:
        u = 2 * u - 1  # tokens and positions
    elif name.endswith("running_var"):
        u = 0.5 + u
    elif name.endswith("bn3.weight"):
        u = 0.1 + 0.1 * u  # or else 50 layers under batch statistics amplify rounding
    elif "._bn" in name and name.endswith(".weight"):
        u = 0.7 + 0.6 * u  # three linear layers per block, or else nothing of the image reaches the end
    elif name.endswith(".weight"):
        u = 0.25 + 0.5 * u
    else:
        u = 0.2 * (2 * u - 1)
    return torch.from_numpy(u.astype(np.float32))


def images(count, size):
    u = uniform(f"images {count} {size}", (count, CHANNELS, size, size))
    return torch.from_numpy((4 * u - 2).astype(np.float32))


class Block(nn.Module):
    """An anti-aliased block: pooling after the spatial convolution's ReLU and before the shortcut's convolution."""

    def __init__(self, inner, outer, planes, stride, bottleneck):
        super().__init__()
        kernels = [(inner, planes, 1), (planes, planes, 3), (planes, outer, 1)] if bottleneck else [
            (inner, planes, 3), (planes, outer, 3)]
        for i, (a, b, k) in enumerate(kernels, 1):
            self.add_module(f"conv{i}", nn.Conv2d(a, b, k, padding=k // 2, bias=False))
            self.add_module(f"bn{i}", nn.BatchNorm2d(b))
        self.count, self.pool_after, self.stride = len(kernels), 2 if bottleneck else 1, stride
        self.downsample = None
        if stride > 1 or inner != outer:
            self.downsample = nn.Sequential(nn.Conv2d(inner, outer, 1, bias=False), nn.BatchNorm2d(outer))

    def forward(self, x):
        y = x
        for i in range(1, self.count + 1):
            y = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(y))
            if i < self.count:
                y = torch.relu(y)
            if i == self.pool_after and self.stride > 1:
                y = F.avg_pool2d(y, self.stride)
        if self.downsample is not None:
            x = self.downsample(F.avg_pool2d(x, self.stride) if self.stride > 1 else x)
        return torch.relu(x + y)


class AntiAliased(nn.Module):

    def __init__(self, depth, width):
        super().__init__()
        bottleneck = depth == 50
        counts = {18: (2, 2, 2, 2), 50: (3, 4, 6, 3)}[depth]
        self.conv1 = nn.Conv2d(CHANNELS, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        inner = width
        for stage, count in enumerate(counts):
            planes = width * 2 ** stage
            outer = planes * 4 if bottleneck else planes
            blocks = []
            for i in range(count):
                blocks.append(Block(inner, outer, planes, 2 if stage > 0 and i == 0 else 1, bottleneck))
                inner = outer
            self.add_module(f"layer{stage + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(inner, CLASSES)

    def forward(self, x):
        x = F.max_pool2d(torch.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        if min(x.shape[2:]) >= 7:
            x = F.avg_pool2d(x, 7, 1)
        return self.fc(x.mean((2, 3)))


class SomeSamples(nn.Module):
    """Normalizes all samples by mean and biased variance of those from `first` on."""

    def __init__(self, norm, first):
        super().__init__()
        self.norm, self.first = norm, first

    def forward(self, x):
        some = x[self.first:].permute(1, 0, 2, 3).flatten(1)
        mean, var = some.mean(1)[:, None, None], some.var(1, unbiased=False)[:, None, None]
        g, b = self.norm.weight[:, None, None], self.norm.bias[:, None, None]
        return (x - mean) / torch.sqrt(var + self.norm.eps) * g + b


def replace(module, first):
    for name, child in module.named_children():
        if isinstance(child, nn.BatchNorm2d):
            setattr(module, name, SomeSamples(child, first))
        else:
            replace(child, first)
    return module


def network(name, width=64):
    depth = int(name[6:8])
    if name.endswith("-aa"):
        module = AntiAliased(depth, width)
    else:
        module = getattr(torchvision.models, name)(num_classes=CLASSES)
        module.conv1 = nn.Conv2d(CHANNELS, width, 7, 2, 3, bias=False)
    state = module.state_dict()
    module.load_state_dict({k: v if k.endswith("num_batches_tracked") else value(k, tuple(v.shape))
                            for k, v in state.items()})
    return module.double()  # the truth: our single precision is compared with it


def outputs(module, x):
    """Embeddings (the input of fc) and logits, of the first and the last image."""
    seen = []
    handle = module.fc.register_forward_hook(lambda m, inputs, out: seen.extend([inputs[0][[0, -1]], out[[0, -1]]]))
    module(x)
    handle.remove()
    return seen


def main(file):
    torch.set_grad_enabled(False)
    golden = {}
    x = images(IMAGES, SIZE).double()
    for name in ("resnet18", "resnet50", "resnet18-aa", "resnet50-aa"):
        golden[f"{name}.running"], golden[f"{name}.logits"] = outputs(network(name).eval(), x)
        module = network(name).train()
        golden[f"{name}.batch"], _ = outputs(module, x)
        last = getattr(module.layer4[-1], "bn2")
        golden[f"{name}.updated_mean"], golden[f"{name}.updated_var"] = last.running_mean, last.running_var
        golden[f"{name}.samples"], _ = outputs(replace(network(name).eval(), 1), x)
    golden["resnet50-aa.large"], _ = outputs(network("resnet50-aa", 8).eval(), images(1, 288).double())
    versions = {"python": platform.python_version(), "torch": torch.__version__, "torchvision": torchvision.__version__}
    save_file({k: v.float().contiguous() for k, v in golden.items()}, file, versions)
    for k, v in golden.items():
        print(k, tuple(v.shape), f"{v.abs().max():.4g}")


if __name__ == "__main__":
    main(sys.argv[1])
