# SPDX-License-Identifier: BSD-2-Clause
"""Makes the weight files that the tests of the room `network` read.

    python src/test/python/make_weight_fixtures.py

Made with Python 3.11, torch 2.7.1, torchvision 0.22.1, safetensors 0.8.0 (the versions
really used are in weights/versions.txt). Each file is a few KB.
"""
import collections
import json
import pathlib
import sys

import safetensors
import safetensors.torch
import torch
import torch.nn.functional as F
import torchvision

OUT = pathlib.Path(__file__).parents[1] / "resources/io/github/isophene/network/weights"
OUT.mkdir(parents=True, exist_ok=True)
torch.manual_seed(1)


def plain():
    """Whole numbers and halves, so that Java can make the same without a file."""
    return collections.OrderedDict([
        ("conv1.weight", (torch.arange(2 * 3 * 2 * 2, dtype=torch.float32) / 2 - 5).reshape(2, 3, 2, 2)),
        ("bn1.weight", torch.tensor([1.0, 0.5])),
        ("bn1.bias", torch.tensor([-0.25, float("inf")])),
        ("empty", torch.zeros(0, 4)),
        ("scalar", torch.tensor(3.5)),
        ("Größe", torch.tensor([1e-45, -0.0, 3.4028234663852886e38])),
    ])


def types():
    half = [0.0, -0.0, 1.0, -2.0, 65504.0, 6.103515625e-05, 5.960464477539063e-08, -6.097555160522461e-05,
            0.333251953125, float("inf"), float("-inf"), float("nan")]
    brain = [0.0, -0.0, 1.0, 3.140625, -3.3895313892515355e38, 1.1754943508222875e-38, 9.183549615799121e-41,
             float("inf"), float("nan")]
    return collections.OrderedDict([
        ("f16", torch.tensor(half, dtype=torch.float16)),
        ("bf16", torch.tensor(brain, dtype=torch.bfloat16)),
        ("f64", torch.tensor([0.1, -1e300, 2.0 ** -149], dtype=torch.float64)),
        ("i64", torch.tensor([0, -1, 2 ** 62, 16777217], dtype=torch.int64)),
        ("i32", torch.tensor([-2 ** 31, 7], dtype=torch.int32)),
        ("i16", torch.tensor([-32768, 300], dtype=torch.int16)),
        ("i8", torch.tensor([-128, 127], dtype=torch.int8)),
        ("u8", torch.tensor([0, 255], dtype=torch.uint8)),
        ("bool", torch.tensor([True, False])),
        ("u16", torch.tensor([0, 65535], dtype=torch.uint16)),
        ("u32", torch.tensor([0, 2 ** 32 - 1], dtype=torch.uint32)),
        ("u64", torch.tensor([0, 2 ** 64 - 1], dtype=torch.uint64)),
    ])


def small_resnet18(channels=3, classes=5):
    """torchvision's resnet18 with every 64th channel: its names and kinds of shapes, base width 1."""
    full = torchvision.models.resnet18(weights=None, num_classes=classes).state_dict()
    small = collections.OrderedDict()
    for name, value in full.items():
        size = list(value.shape)
        if value.dim() >= 1 and not name.startswith("fc."):
            size[0] //= 64
        if value.dim() == 4:
            size[1] = channels if name == "conv1.weight" else size[1] // 64
        if name == "fc.weight":
            size[1] //= 64
        if name.endswith("running_var"):
            small[name] = torch.rand(size) + 0.5
        else:
            small[name] = torch.randn(size) if value.dtype == torch.float32 else value
    return small


def in_one_storage(weights):
    """The same as views of one flat storage: many tensors, one record in the file."""
    flat = torch.cat([v.reshape(-1).float() for v in weights.values()])
    views, at = collections.OrderedDict(), 0
    for name, value in weights.items():
        views[name] = flat[at:at + value.numel()].view(value.shape)
        at += value.numel()
    return views


safetensors.torch.save_file(plain(), OUT / "plain.safetensors", metadata={"format": "pt"})
safetensors.torch.save_file(types(), OUT / "types.safetensors")
torch.save(plain(), OUT / "plain.pt")
torch.save(plain(), OUT / "plain-protocol5.pt", pickle_protocol=5)
torch.save(plain(), OUT / "plain-legacy.pt", _use_new_zipfile_serialization=False)
torch.save(types(), OUT / "types.pt")
torch.save({k: v for k, v in types().items() if k not in ("u16", "u32", "u64")}, OUT / "types-legacy.pt",
           _use_new_zipfile_serialization=False)

grid = torch.arange(24, dtype=torch.float32).reshape(4, 6)
torch.save(
    {
        "transposed": grid.t(),
        "every_second": grid[::2, 1::2],
        "row": grid[2],
        "expanded": torch.tensor([7.0]).expand(3, 2),
        "corner": grid[1:3, 2:4],
        "channels_last": torch.arange(24.0).reshape(1, 2, 3, 4).to(memory_format=torch.channels_last),
        "parameter": torch.nn.Parameter(grid[0]),
    },
    OUT / "strided.pt",
)

resnet = small_resnet18()
safetensors.torch.save_file(resnet, OUT / "resnet18.safetensors", metadata={"format": "pt"})
torch.save(in_one_storage(resnet), OUT / "resnet18.pt")



def embed(w, x):
    """torchvision's resnet18 without its linear layer, written out, since its width can't be set."""
    def norm(x, name):
        return F.batch_norm(
            x, w[name + ".running_mean"], w[name + ".running_var"], w[name + ".weight"], w[name + ".bias"]
        )

    x = F.max_pool2d(F.relu(norm(F.conv2d(x, w["conv1.weight"], stride=2, padding=3), "bn1")), 3, 2, 1)
    for stage in range(1, 5):
        for block in range(2):
            name, stride = f"layer{stage}.{block}.", 2 if stage > 1 and block == 0 else 1
            y = F.relu(norm(F.conv2d(x, w[name + "conv1.weight"], stride=stride, padding=1), name + "bn1"))
            y = norm(F.conv2d(y, w[name + "conv2.weight"], padding=1), name + "bn2")
            if name + "downsample.0.weight" in w:
                x = norm(F.conv2d(x, w[name + "downsample.0.weight"], stride=stride), name + "downsample.1")
            x = F.relu(x + y)
    return x.mean(dim=(2, 3))


images = (torch.arange(2 * 3 * 64 * 64, dtype=torch.float32) * 7 % 31 / 31).reshape(2, 3, 64, 64)
(OUT / "resnet18-expected.json").write_text(json.dumps(embed(resnet, images).tolist()) + "\n")

# A checkpoint as training scripts write it: distributed prefix, optimizer with state, numbers, lists.
net = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 3, bias=False), torch.nn.BatchNorm2d(3))
optimizer = torch.optim.Adam(net.parameters())
net(torch.randn(2, 2, 5, 5)).sum().backward()
optimizer.step()
torch.save({
    "epoch": 12, "best": 0.875, "name": "run 1", "history": [1.5, 2, None, True, (1, 2, 3, 4)], "big": 2 ** 80,
    "tags": {"a", "b"}, "optimizer": optimizer.state_dict(), "rng": torch.get_rng_state()[:8].clone(),
    # With the attribute _metadata that real state dicts have.
    "state_dict": torch.nn.Sequential(collections.OrderedDict(module=net)).state_dict(),
}, OUT / "checkpoint.pt")
safetensors.torch.save_file(net.state_dict(), OUT / "checkpoint-expected.safetensors")

# What must be refused: a whole module is code, and so is anything that a pickle calls.
torch.save(net, OUT / "module.pt")


class Tiny(torch.nn.Module):
    """[N, C, H, W] -> [N, 3, H', W']: a feature map, so that pooling is the reader's job."""

    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(2, 3, 3, stride=2)
        self.drop = torch.nn.Dropout(0.5)

    def forward(self, x):
        return torch.relu(self.conv(x))


class Flat(Tiny):
    """The same, pooled by itself: [N, 3]."""

    def forward(self, x):
        return self.drop(torch.relu(self.conv(x)).mean(dim=(2, 3)))


class Two(Tiny):
    """Gives two arrays, which is no embedding."""

    def forward(self, x):
        return self.conv(x), self.conv(x)


# The second is saved as it was in training: dropout must not act all the same.
tiny, flat = Tiny().eval(), Flat().train()
flat.load_state_dict(tiny.state_dict())
torch.jit.save(torch.jit.script(tiny), OUT / "torchscript-map.pt")
torch.jit.save(torch.jit.script(flat), OUT / "torchscript-flat.pt")
torch.jit.save(torch.jit.script(Two().eval()), OUT / "torchscript-two.pt")
torch.jit.save(torch.jit.freeze(torch.jit.script(tiny)), OUT / "torchscript-frozen.pt")
safetensors.torch.save_file(tiny.state_dict(), OUT / "torchscript-weights.safetensors")
x = (torch.arange(2 * 2 * 7 * 7, dtype=torch.float32).reshape(2, 2, 7, 7) % 11) / 11
(OUT / "torchscript-expected.json").write_text(json.dumps(flat.eval()(x).tolist()) + "\n")

(OUT / "versions.txt").write_text(
    f"Python {sys.version.split()[0]}, torch {torch.__version__}, torchvision {torchvision.__version__}, "
    f"safetensors {safetensors.__version__}\n")
