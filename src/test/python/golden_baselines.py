# SPDX-License-Identifier: BSD-2-Clause
"""Golden numbers for BaselinesGoldenTest and BatchInvariantTest, computed independently.

    python golden_baselines.py src/test/resources/io/github/isophene/adaptation/golden_baselines.safetensors

Instance and group normalization, self-standardized images and TENT are computed with PyTorch's own functions and
optimizer on the network of golden_calibration.py, in double precision; CORAL in the form of WILDS and DANN with
autograd on embeddings that both sides make from SplitMix64.
"""
import platform
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

from golden_calibration import CLASSES, EPS, WIDTH, images, uniform, value

# The order in which ChunkSampler(7, "P") takes 12 tiles; the test holds it to that.
ORDER = [int(i) for i in "6,1,5,11,8,2,10,7,4,9,0,3".split(",")]
RATE, CHUNK = 1e-3, 6


def affine(name, channels):
    return value(name + ".weight", (channels,)), value(name + ".bias", (channels,))


def stored(name, x):
    c = x.shape[1]
    var = torch.from_numpy((0.5 + uniform(f"first {name}.running_var", (c,))).astype("float32")).double()
    return F.batch_norm(x, value(name + ".running_mean", (c,)), var, *affine(name, c), eps=EPS)


def instance(name, x):
    return F.instance_norm(x, weight=affine(name, x.shape[1])[0], bias=affine(name, x.shape[1])[1], eps=EPS)


def group(name, x):
    c = x.shape[1]
    return F.group_norm(x, c // 16 if c % 16 == 0 else 1, *affine(name, c), eps=EPS)


def logits(x, norm):
    def conv(name, x, out, size, stride):
        return F.conv2d(x, value(name + ".weight", (out, x.shape[1], size, size)), stride=stride, padding=size // 2)

    x = F.max_pool2d(F.relu(norm("bn1", conv("conv1", x, WIDTH, 7, 2))), 3, 2, 1)
    for stage in range(4):
        out = WIDTH << stage
        for block in range(2):
            at = f"layer{stage + 1}.{block}."
            stride = 2 if stage > 0 and block == 0 else 1
            y = F.relu(norm(at + "bn1", conv(at + "conv1", x, out, 3, stride)))
            y = norm(at + "bn2", conv(at + "conv2", y, out, 3, 1))
            if stride == 2:
                x = norm(at + "downsample.1", conv(at + "downsample.0", x, out, 1, 2))
            x = F.relu(x + y)
    x = x.mean((2, 3))
    return x @ value("fc.weight", (CLASSES, x.shape[1])).T + value("fc.bias", (CLASSES,))


def tent():
    trained = {}

    def norm(name, x):
        if name not in trained:
            trained[name] = [p.clone().requires_grad_() for p in affine(name, x.shape[1])]
        return F.batch_norm(x, None, None, *trained[name], training=True, eps=EPS)

    all_images = images(0, 12)
    found = torch.zeros(12, CLASSES, dtype=torch.float64)
    with torch.no_grad():
        logits(all_images, norm)
    optimizer = torch.optim.Adam([p for pair in trained.values() for p in pair], lr=RATE)
    for at in range(0, 12, CHUNK):
        chunk = ORDER[at:at + CHUNK]
        optimizer.zero_grad()
        out = logits(all_images[chunk], norm)
        p = out.softmax(1)
        found[chunk] = p.detach()
        (-(p * out.log_softmax(1)).sum(1).mean()).backward()
        optimizer.step()
    return found


def coral():
    x = torch.from_numpy(2 * uniform("coral", (9, 5)) - 1).requires_grad_()
    parts = [x[[0, 3, 6]], x[[1, 4, 7, 8]], x[[2, 5]]]
    moments = [(p.mean(0), torch.cov(p.T)) for p in parts]
    pairs = [(a, b) for a in range(3) for b in range(a + 1, 3)]
    penalty = sum(((moments[a][0] - moments[b][0]) ** 2).mean() + ((moments[a][1] - moments[b][1]) ** 2).mean()
                  for a, b in pairs) / len(pairs)
    penalty.backward()
    return torch.cat([penalty.detach()[None], x.grad.flatten()])


def dann():
    """Loss, gradient of the embeddings (reversed) and of the first layer, at 30 % of the training."""
    lam = 2 / (1 + torch.exp(torch.tensor(-10 * 0.3, dtype=torch.float64))) - 1

    class Reverse(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x.clone()

        @staticmethod
        def backward(ctx, g):
            return -lam * g

    x = torch.from_numpy(2 * uniform("dann", (6, 4)) - 1).requires_grad_()
    w1, b1 = [torch.from_numpy(2 * uniform("dann " + n, s) - 1).requires_grad_()
              for n, s in [("weight1", (3, 4)), ("bias1", (3,))]]
    w2, b2 = [torch.from_numpy(2 * uniform("dann " + n, s) - 1) for n, s in [("weight2", (2, 3)), ("bias2", (2,))]]
    out = F.linear(F.relu(F.linear(Reverse.apply(x), w1, b1)), w2, b2)
    loss = F.cross_entropy(out, torch.tensor([0, 1, 0, 1, 1, 0]))
    loss.backward()
    return torch.cat([loss.detach()[None], x.grad.flatten(), w1.grad.flatten()])


def main():
    six = images(0, 6)
    means, sds = six.mean((2, 3), keepdim=True), six.var((2, 3), correction=0, keepdim=True)
    numbers = {
        "instance": logits(six, instance), "group": logits(six, group),
        "standardized": logits((six - means) / torch.sqrt(sds + EPS), stored), "tent": tent(),
        "coral": coral(), "dann": dann(),
    }
    save_file({k: v.detach().float().contiguous() for k, v in numbers.items()}, sys.argv[1],
              metadata={"torch": torch.__version__, "python": platform.python_version()})


if __name__ == "__main__":
    main()
