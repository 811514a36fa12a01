# SPDX-License-Identifier: BSD-2-Clause
"""Golden numbers for AdaptationGoldenTest: what the public reference of CS-ARM-BN computes.

    python golden_adaptation.py REFERENCE src/test/resources/io/github/isophene/adaptation/golden_adaptation.safetensors

REFERENCE is a checkout of github.com/ml-jku/cs-arm-bn (e091e7e). It is run as it is, in double
precision: its ResNet, its adapt() and predict(). Only its reading of image files is replaced by
tensors, and its configuration packages, which play no part in that, by empty modules.

Weights and images are too large to commit: both sides make them from SplitMix64, one stream per
tensor, seeded by the FNV-1a hash of its name. The reference's network is 64 channels wide; to keep
the test fast most numbers are of the same network 4 wide, made by dividing the channels of its
layers by 16 while they are constructed.

With --checkpoint FILE it also writes a state dict as the reference's training saves it.
"""
import platform
import sys
import types

import numpy as np
import torch
from safetensors.torch import save_file

CHANNELS, CLASSES, SIZE, MASK = 5, 8, 224, (1 << 64) - 1
QUERIES, CONTROLS = 64, 128


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


def value(member, name, shape):
    u = uniform(f"{member} {name}", shape)
    if len(shape) == 4:
        u = (2 * u - 1) * np.sqrt(6 / np.prod(shape[1:]))
    elif name == "fc.weight":
        u = (2 * u - 1) * np.sqrt(100 / shape[1])
    elif name.endswith("running_var"):
        u = 0.5 + u
    elif name.endswith("bn3.weight"):
        u = 0.1 + 0.1 * u  # or else 50 layers under batch statistics amplify rounding
    elif name.endswith(".weight"):
        u = 0.25 + 0.5 * u
    else:
        u = 0.2 * (2 * u - 1)
    return torch.from_numpy(u.astype(np.float32))


def image(index):
    """Noise and squares of 16 pixels; each image and channel with a gain and an offset of its own."""
    fine = uniform(f"fine {index}", (CHANNELS, SIZE, SIZE))
    coarse = uniform(f"coarse {index}", (CHANNELS, SIZE // 16, SIZE // 16)).repeat(16, 1).repeat(16, 2)
    of = uniform(f"image {index}", (CHANNELS, 2))[:, :, None, None]
    return torch.from_numpy(((0.5 + of[:, 0]) * (fine + 2 * coarse) + 2 * of[:, 1] - 2).astype(np.float32))


def images(first, count):
    return torch.stack([image(i) for i in range(first, first + count)])


def network(reference, member, divide):
    """The reference's ResNet-50 with weights of ours."""
    nn = torch.nn
    whole = nn.Conv2d, nn.BatchNorm2d, nn.Linear

    def less(n):
        return n // divide if n >= 64 else n

    class Conv2d(whole[0]):
        def __init__(self, i, o, *a, **k):
            super().__init__(less(i), less(o), *a, **k)

    class BatchNorm2d(whole[1]):
        def __init__(self, n, **k):
            super().__init__(less(n), **k)

    class Linear(whole[2]):
        def __init__(self, i, o):
            super().__init__(less(i), o)

    nn.Conv2d, nn.BatchNorm2d, nn.Linear = Conv2d, BatchNorm2d, Linear
    try:
        module = reference(block="bottleneck", layers=[3, 4, 6, 3], input_shape=CHANNELS, output_dim=CLASSES)
    finally:
        nn.Conv2d, nn.BatchNorm2d, nn.Linear = whole
    state = module.state_dict()
    module.load_state_dict({k: v if k.endswith("num_batches_tracked") else value(member, k, tuple(v.shape))
                            for k, v in state.items()})
    return module


def main(folder, file, checkpoint):
    for name, content in (("omegaconf", "OmegaConf"), ("hydra", "utils"), ("hydra.utils", "instantiate")):
        sys.modules[name] = types.ModuleType(name)
        setattr(sys.modules[name], content, None)
    sys.path.insert(0, folder)
    from plt.model.pretrained import PreTrainedCSARMBN
    from plt.model.resnet import ResNet

    torch.set_grad_enabled(False)
    if checkpoint:
        torch.save(network(ResNet, "first", 1).state_dict(), checkpoint)

    def adapted(models, everything, queries):
        predictor = PreTrainedCSARMBN.__new__(PreTrainedCSARMBN)
        predictor.models, predictor.preprocess = models, lambda x: x
        predictor.adapt(everything)
        return (*predictor.predict(queries), models[0](queries))

    golden = {}
    for precision in (torch.float32, torch.float64):
        one, other, full = (network(ResNet, *a).to(precision) for a in (("first", 16), ("second", 16), ("first", 1)))
        x = images(0, QUERIES + CONTROLS).to(precision)
        new = {}
        new["train"] = one.train()(x)[:QUERIES]
        _, _, new["adapted"] = adapted([one], x, x[:QUERIES])
        _, _, new["controls"] = adapted([one], x[QUERIES:], x[:4])
        new["probabilities"], new["entropy"], _ = adapted(
            [one, other], x[QUERIES - 8 : QUERIES + 16], x[QUERIES - 8 : QUERIES]
        )
        x = images(1000, 6).to(precision)
        new["full.train"] = full.train()(x)[:2]
        _, _, new["full.adapted"] = adapted([full], x, x[:2])
        for k, v in new.items():
            off = (v - golden[k]).abs().max() if golden else torch.nan
            print(
                k,
                tuple(v.shape),
                f"range {v.min():.4g} {v.max():.4g}, sd over images {v.std(0).mean():.4g}, off {off:.2g}",
            )
        golden = new
    versions = {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "reference": "ml-jku/cs-arm-bn e091e7e",
    }
    save_file({k: v.float().contiguous() for k, v in golden.items()}, file, versions)


main(sys.argv[1], sys.argv[2], sys.argv[4] if len(sys.argv) > 3 else None)
