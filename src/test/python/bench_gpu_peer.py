# SPDX-License-Identifier: BSD-2-Clause
"""The other side of GpuCheck: eager PyTorch, images per second of a ResNet-18 of full width.

    bench_gpu_peer.py SIZE IMAGES ROUNDS THREADS
"""
import sys, time
import torch, torchvision

size, images, rounds, threads = map(int, sys.argv[1:5])
torch.set_num_threads(threads)
torch.manual_seed(0)


def rate(device, work):
    work()
    if device == "cuda":
        torch.cuda.synchronize()
    begin = time.perf_counter()
    for _ in range(rounds):
        work()
    if device == "cuda":
        torch.cuda.synchronize()
    return images * rounds / (time.perf_counter() - begin)


for device in ["cpu"] + (["cuda"] if torch.cuda.is_available() else []):
    net = torchvision.models.resnet18(num_classes=4)
    net.conv1 = torch.nn.Conv2d(5, 64, 7, 2, 3, bias=False)
    net.to(device)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
    x, y = torch.randn(images, 5, size, size, device=device), torch.arange(images, device=device) % 4

    def embed():
        with torch.inference_mode():
            net(x)

    def train():
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(net(x), y).backward()
        optimizer.step()

    net.eval()
    embedded = rate(device, embed)
    net.train()
    print(
        "PyTorch",
        torch.__version__,
        "eager on",
        device,
        f"images/s: embedding {embedded:.1f}, training step {rate(device, train):.1f}",
        flush=True,
    )
