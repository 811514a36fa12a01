# SPDX-License-Identifier: BSD-2-Clause
"""Golden numbers for CalibrationGoldenTest: calibrated controls and mix, computed independently.

    python golden_calibration.py src/test/resources/io/github/isophene/adaptation/golden_calibration.safetensors

The network (a ResNet-18 of 8 channels), the calibration on two plates and the statistics of a third are written
here anew with PyTorch's functions, in double precision, over whole batches: no chunks, no running moments. Weights
and images are those of golden_adaptation.py, made from SplitMix64 by name.
"""
import platform
import sys

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

CHANNELS, CLASSES, SIZE, WIDTH, MASK = 2, 4, 64, 8, (1 << 64) - 1
EPS, FLOOR, SHARE = 1e-5, 0.05, 1 / 3


def mix(z):
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def uniform(name, shape):
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = (h ^ byte) * 0x100000001B3 & MASK
    with np.errstate(over="ignore"):
        state = mix(np.array([h], np.uint64))
        steps = np.arange(1, int(np.prod(shape)) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        u = (mix(state + steps) >> np.uint64(11)).astype(np.float64) * 2.0 ** -53
    return u.reshape(shape)


def value(name, shape):
    u = uniform(f"first {name}", shape)
    if len(shape) == 4:
        u = (2 * u - 1) * np.sqrt(6 / np.prod(shape[1:]))
    elif name == "fc.weight":
        u = (2 * u - 1) * np.sqrt(100 / shape[1])
    elif name.endswith(".weight"):
        u = 0.25 + 0.5 * u
    else:
        u = 0.2 * (2 * u - 1)
    # The weights are stored in single precision.
    return torch.from_numpy(u.astype(np.float32)).double()


def image(index):
    fine = uniform(f"fine {index}", (CHANNELS, SIZE, SIZE))
    coarse = uniform(f"coarse {index}", (CHANNELS, SIZE // 16, SIZE // 16)).repeat(16, 1).repeat(16, 2)
    of = uniform(f"image {index}", (CHANNELS, 2))[:, :, None, None]
    return torch.from_numpy(((0.5 + of[:, 0]) * (fine + 2 * coarse) + 2 * of[:, 1] - 2).astype(np.float32)).double()


def images(first, count):
    return torch.stack([image(i) for i in range(first, first + count)])


def embed(x, norm):
    """The network; norm(name, activations) gives mean and variance."""
    def bn(name, x):
        m, v = norm(name, x)
        x = (x - m[:, None, None]) / torch.sqrt(v + EPS)[:, None, None]
        return x * value(name + ".weight", m.shape)[:, None, None] + value(name + ".bias", m.shape)[:, None, None]

    def conv(name, x, out, size, stride):
        return F.conv2d(x, value(name + ".weight", (out, x.shape[1], size, size)), stride=stride, padding=size // 2)

    x = F.max_pool2d(F.relu(bn("bn1", conv("conv1", x, WIDTH, 7, 2))), 3, 2, 1)
    for stage in range(4):
        out = WIDTH << stage
        for block in range(2):
            at = f"layer{stage + 1}.{block}."
            stride = 2 if stage > 0 and block == 0 else 1
            y = F.relu(bn(at + "bn1", conv(at + "conv1", x, out, 3, stride)))
            y = bn(at + "bn2", conv(at + "conv2", y, out, 3, 1))
            if stride == 2:
                x = bn(at + "downsample.1", conv(at + "downsample.0", x, out, 1, 2))
            x = F.relu(x + y)
    return x.mean((2, 3))


def logits(embeddings):
    return embeddings @ value("fc.weight", (CLASSES, embeddings.shape[1])).T + value("fc.bias", (CLASSES,))


def moments(x):
    return x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)


def main(file):
    torch.set_grad_enabled(False)
    # Calibration: two plates of 12 queries (class i % 4) and 6 controls.
    first, second, counts = {}, {}, 0
    for start in (0, 200):
        x = torch.cat([images(start, 12), images(start + 100, 6)])
        weights = torch.tensor([SHARE / 12] * 12 + [(1 - SHARE) / 6] * 6).double()[:, None, None, None]
        member = [torch.arange(12, 18)] + [torch.arange(12)[torch.arange(12) % CLASSES == k] for k in range(CLASSES)]

        def calibrate(name, x):
            mu = (weights * x).sum(0).mean((1, 2))
            s2 = (weights * (x - mu[:, None, None]) ** 2).sum(0).mean((1, 2))
            z = (x - mu[:, None, None]) / torch.sqrt(s2 + EPS)[:, None, None]
            e1 = torch.stack([z[m].mean((0, 2, 3)) for m in member])
            e2 = torch.stack([(z[m] ** 2).mean((0, 2, 3)) for m in member])
            first[name], second[name] = first.get(name, 0) + e1, second.get(name, 0) + e2
            return mu, s2

        embed(x, calibrate)
        counts += 1
    first = {k: v / counts for k, v in first.items()}
    second = {k: v / counts for k, v in second.items()}

    def moved(m, v, d, big_v):
        s2 = v / big_v.clamp(min=FLOOR)
        return m - torch.sqrt(s2) * d, s2

    # A new plate of 10 queries and 8 controls.
    queries, controls = images(500, 10), images(400, 8)
    known = {}

    def calibrated(name, x):
        known[name] = moved(*moments(x), first[name][0], second[name][0] - first[name][0] ** 2)
        return known[name]

    embed(controls, calibrated)
    golden = {"calibrated": logits(embed(queries, lambda name, x: known[name]))}
    for name in ("bn1", "layer2.0.downsample.1", "layer4.1.bn2"):
        golden["offset." + name] = first[name][0]
        golden["variance." + name] = (second[name][0] - first[name][0] ** 2).clamp(min=FLOOR)
        golden["class_mean." + name], golden["class_square." + name] = first[name], second[name]
        golden["mean." + name], golden["var." + name] = known[name]
    probabilities = golden["calibrated"].softmax(1)
    for _ in range(2):
        prior = torch.full((CLASSES,), 1 / CLASSES).double()
        for _ in range(500):
            posterior = probabilities * prior
            new = (posterior / posterior.sum(1, keepdim=True)).mean(0)
            change = (new - prior).abs().max()
            prior = new
            if change < 1e-8:
                break
        o = torch.cat([torch.tensor([8.0]).double(), prior * 10]) / 18
        golden["prior"] = prior

        def mixture(name, x):
            d = o @ first[name]
            known[name] = moved(*moments(x), d, o @ second[name] - d ** 2)
            return known[name]

        probabilities = logits(embed(torch.cat([queries, controls]), mixture))[:10].softmax(1)
    golden["mix"] = logits(embed(queries, lambda name, x: known[name]))
    for k, v in golden.items():
        print(k, tuple(v.shape), f"range {v.min():.4g} {v.max():.4g}")
    save_file({k: v.float().contiguous() for k, v in golden.items()}, file,
              {"python": platform.python_version(), "torch": torch.__version__})


if __name__ == "__main__":
    main(sys.argv[1])
