#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Golden numbers of one training step of CS-ARM-BN, computed by PyTorch.

    python training_step.py [--reference FOLDER]

The network is the anti-aliased ResNet-50 with 5 channels and 8 classes, its weights drawn as
io.github.isophene.network.Initialization draws them, the images from a RandomStream. One
episode [2 queries ; 1 control] of 256 x 256 pixels: normalized by the statistics of all 3,
cross-entropy of the queries, one step of Adam at rate 1e-3. All in double precision: in
single precision the gradient of a network with fresh weights is uncertain by a percent,
as the ReLUs' kinks amplify rounding. Written are the loss, the logits,
and, per parameter, norms of gradient and weight and four values of each; running statistics
likewise. Written to src/test/resources/io/github/isophene/training/training_step.json.

With --reference, the same step is done with the public implementation as well (its network
and its loss), and the two must agree. To get it:
    git clone https://github.com/ml-jku/cs-arm-bn && git -C cs-arm-bn checkout e091e7e
Only numbers are compared; nothing of it is needed for the golden file.
"""
import argparse, json, pathlib, sys, types
import numpy as np
import torch
import torch.nn.functional as F

CHANNELS, CLASSES, QUERIES, CONTROLS, SIZE, SEED = 5, 8, 2, 1, 256, 11
LABELS = [3, 7]
MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def mix(z):
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def mix1(z):
    with np.errstate(over="ignore"):
        return int(mix(np.array([z & MASK], dtype=np.uint64))[0])


def parameter_stream(seed, name):
    """Where the stream of a parameter begins (network.Initialization)."""
    h = 0xCBF29CE484222325
    for b in name.encode():
        h = ((h ^ b) * 0x100000001B3) & MASK
    return mix1(seed ^ h)


def purpose_stream(seed, purpose):
    """Where the stream of a purpose begins (training.RandomStream)."""
    h = mix1(seed + GOLDEN)
    for b in purpose.encode():
        h = mix1(h ^ b)
    return h


def doubles(start, n):
    """The first n numbers in [0, 1) of a stream."""
    with np.errstate(over="ignore"):
        states = np.uint64(start) + np.arange(1, n + 1, dtype=np.uint64) * np.uint64(GOLDEN)
        return (mix(states) >> np.uint64(11)).astype(np.float64) * 2.0 ** -53


def gaussians(start, n):
    u = doubles(start, 2 * n)
    return np.sqrt(-2 * np.log(1 - u[::2])) * np.cos(2 * np.pi * u[1::2])


class Bottleneck(torch.nn.Module):
    def __init__(self, cin, planes, stride):
        super().__init__()
        conv = lambda a, b, k: torch.nn.Conv2d(a, b, k, padding=k // 2, bias=False)
        norm = torch.nn.BatchNorm2d
        self.stride = stride
        self.conv1, self.bn1 = conv(cin, planes, 1), norm(planes)
        self.conv2, self.bn2 = conv(planes, planes, 3), norm(planes)
        self.conv3, self.bn3 = conv(planes, 4 * planes, 1), norm(4 * planes)
        if stride > 1 or cin != 4 * planes:
            self.downsample = torch.nn.ModuleDict({"0": conv(cin, 4 * planes, 1), "1": norm(4 * planes)})

    def pool(self, x):
        return F.avg_pool2d(x, self.stride) if self.stride > 1 else x

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn3(self.conv3(self.pool(F.relu(self.bn2(self.conv2(y))))))
        if hasattr(self, "downsample"):
            x = self.downsample["1"](self.downsample["0"](self.pool(x)))
        return F.relu(y + x)


class AntiAliasedResNet50(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(CHANNELS, 64, 7, stride=2, padding=3, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(64)
        cin = 64
        for s, blocks in enumerate([3, 4, 6, 3]):
            stage = []
            for b in range(blocks):
                stage.append(Bottleneck(cin, 64 << s, 2 if s > 0 and b == 0 else 1))
                cin = 256 << s
            setattr(self, f"layer{s + 1}", torch.nn.Sequential(*stage))
        self.fc = torch.nn.Linear(cin, CLASSES)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        if min(x.shape[2:]) >= 8:
            x = F.avg_pool2d(x, 7, 1)
        return self.fc(x.mean((2, 3)))


def initial(model):
    state = model.state_dict()
    for name, t in state.items():
        n = t.numel()
        if name.endswith("num_batches_tracked"):
            continue
        if t.dim() == 4:
            sd = np.sqrt(2.0 / (t.shape[0] * t.shape[2] * t.shape[3]))
            v = sd * gaussians(parameter_stream(SEED, name), n)
        elif name.startswith("fc."):
            v = (2 * doubles(parameter_stream(SEED, name), n) - 1) / np.sqrt(2048)
        else:
            v = np.full(n, 1.0 if name.endswith((".running_var", ".weight")) else 0.0)
        state[name] = torch.from_numpy(v.astype(np.float32)).reshape(t.shape)
    return state


def images():
    """Random images; the queries are brighter than the controls, each by its own factor."""
    n = CHANNELS * SIZE * SIZE
    x = (
        gaussians(purpose_stream(SEED, "images"), (QUERIES + CONTROLS) * n)
        .astype(np.float32)
        .reshape(QUERIES + CONTROLS, n)
    )
    for q in range(QUERIES):
        x[q] = x[q] * np.float32(1 + 0.25 * LABELS[q]) + np.float32(0.5)
    return torch.from_numpy(x).reshape(-1, CHANNELS, SIZE, SIZE)


def own_loss(model, x):
    model.train()
    logits = model(x)[:QUERIES]
    return logits, F.cross_entropy(logits, torch.tensor(LABELS))


def reference(folder):
    """Network and loss of the public implementation."""
    for missing in ("hydra", "hydra.utils", "wandb", "omegaconf"):
        sys.modules.setdefault(missing, types.ModuleType(missing))
    sys.modules["hydra.utils"].instantiate = None
    sys.path.insert(0, folder)
    import importlib.util
    def load(name, file):
        spec = importlib.util.spec_from_file_location(name, pathlib.Path(folder) / file)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module
    for package in ("plt", "plt.trainer", "plt.model"):
        sys.modules[package] = types.ModuleType(package)
    # The trainer's base class and helper aren't part of the step.
    sys.modules["plt.trainer.ERM"] = types.ModuleType("plt.trainer.ERM")
    sys.modules["plt.trainer.ERM"].ERM = object
    sys.modules["plt.utils"] = types.ModuleType("plt.utils")
    sys.modules["plt.utils"].update_bn_with_full_domain = None
    net = load("plt.model.resnet", "plt/model/resnet.py").ResNet(
        layers=[3, 4, 6, 3], input_shape=CHANNELS, output_dim=CLASSES)
    arm = load("plt.trainer.ARM_BN", "plt/trainer/ARM_BN.py").ARM_BN
    def loss(model, x):
        holder = types.SimpleNamespace(model=model, loss_fn=torch.nn.CrossEntropyLoss())
        y = torch.tensor(LABELS + [float("nan")] * CONTROLS)
        return arm.get_loss(holder, x, y, None)
    return net, loss


def step(model, loss_of, accumulate):
    model.load_state_dict(initial(model))
    model.double()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    logits, loss = loss_of(model, images().double())
    (loss / accumulate).backward()
    gradients = {n: p.grad.clone() for n, p in model.named_parameters()}
    optimizer.step()
    return (
        logits.detach(),
        loss.detach(),
        gradients,
        {k: v for k, v in model.state_dict().items() if v.dtype.is_floating_point},
    )


def summary(t):
    """Euclidean norm, and the values at 0, 1/4, 1/2, 3/4 of the length."""
    flat = t.double().flatten()
    n = len(flat)
    return [float(flat.norm())] + [float(flat[n * i // 4]) for i in range(4)]


def far(a, b):
    return float((a - b).double().norm() / max(b.double().norm(), 1e-30))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--reference")
    folder = arguments.parse_args().reference
    torch.manual_seed(0)
    logits, loss, gradients, weights = step(AntiAliasedResNet50(), own_loss, 1)
    if folder:
        net, loss_of = reference(folder)
        rlogits, rloss, rgradients, rweights = step(net, loss_of, 1)
        print("reference: loss", float(rloss), "ours", float(loss))
        print("logits, largest difference", float((logits - rlogits).abs().max()))
        print("gradients, largest relative difference", max(far(gradients[n], rgradients[n]) for n in rgradients))
        print("weights, largest relative difference", max(far(weights[n], rweights[n]) for n in rweights))
        assert set(rgradients) == set(gradients)
        assert all(far(gradients[n], rgradients[n]) < 1e-5 and far(weights[n], rweights[n]) < 1e-5 for n in gradients)
    out = pathlib.Path(__file__).resolve().parents[1] / "resources/io/github/isophene/training/training_step.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    rounded = lambda values: [float(f"{v:.9g}") for v in values]
    out.write_text(
        json.dumps(
            {
                "made by": "training_step.py",
                "torch": torch.__version__,
                "seed": SEED,
                "queries": QUERIES,
                "controls": CONTROLS,
                "size": SIZE,
                "labels": LABELS,
                "loss": float(loss),
                "logits": rounded(logits.flatten().tolist()),
                "gradients": {n: rounded(summary(g)) for n, g in gradients.items()},
                "weights": {n: rounded(summary(w)) for n, w in weights.items()},
            },
            separators=(",", ":"),
        ).replace("],", "],\n")
        + "\n"
    )
    print("wrote", out, out.stat().st_size, "bytes")


main()
