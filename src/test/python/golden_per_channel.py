# SPDX-License-Identifier: BSD-2-Clause
"""Golden numbers for PerChannelTest: a ResNet-18 of width 4 that every channel goes through by itself, in PyTorch.

    python golden_per_channel.py src/test/resources/io/github/isophene/network/golden_per_channel.safetensors

Images [4, 5, 64, 64] are [20, 1, 64, 64] to the network; the features of an image's channels, one channel's after the
other's, are the input [4, 160] of the last layer. Weights and images are drawn as in golden_resnet.py. Batch
normalization sees the rows of all channels as one batch, or, in `samples`, those of all channels of images 1 to 3.
The step is one of gradient descent at rate 0.05 on the mean cross-entropy under batch statistics. In double precision.
"""
import platform
import sys

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

CHANNELS, CLASSES, IMAGES, SIZE, WIDTH, RATE, MASK = 5, 7, 4, 64, 4, 0.05, (1 << 64) - 1
LABELS = [1, 4, 0, 6]


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
    elif name.endswith("running_var"):
        u = 0.5 + u
    elif name.endswith(".weight"):
        u = 0.25 + 0.5 * u
    else:
        u = 0.2 * (2 * u - 1)
    return torch.from_numpy(u.astype(np.float32))


class Norm(nn.BatchNorm2d):
    """Batch normalization; with `rows`, all rows by mean and biased variance of these."""

    rows = None

    def forward(self, x):
        if self.rows is None:
            return super().forward(x)
        some = x[self.rows].permute(1, 0, 2, 3).flatten(1)
        mean, var = some.mean(1)[:, None, None], some.var(1, unbiased=False)[:, None, None]
        return (x - mean) / torch.sqrt(var + self.eps) * self.weight[:, None, None] + self.bias[:, None, None]


class Block(nn.Module):

    def __init__(self, inner, outer, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inner, outer, 3, stride, 1, bias=False), Norm(outer)
        self.conv2, self.bn2 = nn.Conv2d(outer, outer, 3, 1, 1, bias=False), Norm(outer)
        if stride > 1 or inner != outer:
            self.downsample = nn.Sequential(nn.Conv2d(inner, outer, 1, stride, bias=False), Norm(outer))

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (self.downsample(x) if hasattr(self, "downsample") else x))


class PerChannel(nn.Module):

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(1, WIDTH, 7, 2, 3, bias=False), Norm(WIDTH)
        inner = WIDTH
        for stage in range(4):
            outer = WIDTH << stage
            setattr(self, f"layer{stage + 1}", nn.Sequential(
                Block(inner, outer, 1 if stage == 0 else 2), Block(outer, outer, 1)))
            inner = outer
        self.fc = nn.Linear(CHANNELS * inner, CLASSES)

    def embed(self, x):
        each = x.reshape(-1, 1, *x.shape[2:])
        y = F.max_pool2d(F.relu(self.bn1(self.conv1(each))), 3, 2, 1)
        y = self.layer4(self.layer3(self.layer2(self.layer1(y)))).mean((2, 3))
        return torch.cat([y[c::CHANNELS] for c in range(CHANNELS)], 1)


def network(training, rows=None):
    module = PerChannel()
    module.load_state_dict({k: v if k.endswith("num_batches_tracked") else value(k, tuple(v.shape))
                            for k, v in module.state_dict().items()})
    for part in module.modules():
        if isinstance(part, Norm):
            part.rows = rows
    return module.double().train(training)


def main(file):
    u = uniform(f"images {IMAGES} {SIZE}", (IMAGES, CHANNELS, SIZE, SIZE))
    x = torch.from_numpy((4 * u - 2).astype(np.float32)).double()
    golden = {}
    with torch.no_grad():
        module = network(False)
        golden["running"] = module.embed(x)
        golden["logits"] = module.fc(golden["running"])
        golden["samples"] = network(False, slice(CHANNELS, 4 * CHANNELS)).embed(x)
    module = network(True)
    golden["batch"] = module.embed(x)
    loss = F.cross_entropy(module.fc(golden["batch"]), torch.tensor(LABELS))
    golden["updated_mean"], golden["updated_var"] = (
        module.bn1.running_mean.clone(), module.bn1.running_var.clone())
    loss.backward()
    for name in ("conv1.weight", "bn1.weight", "layer4.1.bn2.bias", "fc.bias"):
        golden["gradient." + name] = dict(module.named_parameters())[name].grad
    golden["gradient.norms"] = torch.stack([p.grad.norm() for p in module.parameters()])
    with torch.no_grad():
        for p in module.parameters():
            p -= RATE * p.grad
        after = F.cross_entropy(module.fc(module.embed(x)), torch.tensor(LABELS))
    golden["losses"] = torch.stack([loss.detach(), after])
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    save_file({k: v.detach().float().contiguous() for k, v in golden.items()}, file, versions)
    for k, v in golden.items():
        print(k, tuple(v.shape), f"{v.abs().max():.4g}")
    print(golden["losses"])


main(sys.argv[1])
