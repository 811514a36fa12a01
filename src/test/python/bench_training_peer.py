# SPDX-License-Identifier: BSD-2-Clause
"""The other side of TrainingBench: eager PyTorch on the same network.

    bench_training_peer.py ARCHITECTURE CHANNELS SIZE IMAGES THREADS

Answers every line on standard input by the seconds that one training step took, by the clock and of the processor.
"""
import sys, time
import torch, torchvision

architecture, channels, size, images, threads = sys.argv[1], *map(int, sys.argv[2:6])
torch.set_num_threads(threads)
torch.manual_seed(0)
net = getattr(torchvision.models, architecture)(num_classes=8)
net.conv1 = torch.nn.Conv2d(channels, 64, 7, 2, 3, bias=False)
net.train()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
x, y = torch.randn(images, channels, size, size), torch.arange(images) % 8


def step():
    begin, processor = time.perf_counter(), time.process_time()
    optimizer.zero_grad()
    loss = torch.nn.functional.cross_entropy(net(x), y)
    loss.backward()
    optimizer.step()
    loss.item()
    return time.perf_counter() - begin, time.process_time() - processor


for _ in range(3):
    step()
print(
    "torch", torch.__version__, "torchvision", torchvision.__version__, "threads", torch.get_num_threads(), flush=True
)
for line in sys.stdin:
    print(*step(), flush=True)
