# SPDX-License-Identifier: BSD-2-Clause
"""Golden numbers for imported encoders and their outputs: what PyTorch computes.

    pip install torch==2.7.1 torchvision numpy safetensors efficientnet_lite_pytorch==0.1.0 timm==1.0.31
    python golden_encoders.py src/test/resources/io/github/isophene/network/golden_encoders.safetensors

Weights and images are drawn as in golden_resnet.py, from the names of the tensors. In double precision.
"""
import platform
import sys

import timm
import torch
import torchvision
from efficientnet_lite_pytorch import EfficientNet
from safetensors.torch import save_file
from torch.nn import functional as F

import golden_resnet


def pooled(x):
    """Means, then standard deviations, over a feature map."""
    return torch.cat([x.mean((2, 3)), x.std((2, 3), unbiased=False)], 1)


def resnets(golden):
    """Features after a stage, and the spread of the last map, which the anti-aliased form smooths first."""
    for name, width, size in (("resnet18", 64, 96), ("resnet50", 64, 64), ("resnet50-aa", 8, 288)):
        module = golden_resnet.network(name, width).eval()
        seen = {}
        for stage in (2, 3, 4):
            getattr(module, f"layer{stage}").register_forward_hook(
                lambda m, i, out, stage=stage: seen.__setitem__(stage, out))
        module(golden_resnet.images(2, size).double())
        golden[f"{name}.stage:2.mean"] = seen[2].mean((2, 3))
        golden[f"{name}.stage:3.mean+sd"] = pooled(seen[3])
        last = F.avg_pool2d(seen[4], 7, 1) if name.endswith("-aa") else seen[4]
        golden[f"{name}.last.mean+sd"] = pooled(last)


def drawn(module):
    """The same module with weights drawn from their names."""
    module.load_state_dict({k: v if k.endswith("num_batches_tracked") else golden_resnet.value(k, tuple(v.shape))
                            for k, v in module.state_dict().items()})
    return module.double().eval()


def gray(size):
    # So large that ReLU6 has something to clip.
    u = golden_resnet.uniform(f"gray {size}", (2, 1, size, size))
    return torch.from_numpy((40 * u - 20).astype("float32")).double()


def efficientnets(golden):
    """EfficientNet-Lite0 of a quarter of the width, each gray image as red, green and blue; sides 9 and 5 are odd."""
    module = drawn(EfficientNet.from_name("efficientnet-lite0", width_coefficient=0.25, image_size=None))
    seen = {}
    for block in (4, 10, 15):
        module._blocks[block].register_forward_hook(
            lambda m, i, out, block=block: seen.__setitem__(block, out))
    for size in (64, 72):
        last = module.extract_features(gray(size).expand(-1, 3, -1, -1))
        name = f"efficientnet.{size}"
        golden[f"{name}.last.mean"] = last.mean((2, 3))
        golden[f"{name}.last.mean+sd"] = pooled(last)
        golden[f"{name}.block:4.mean"] = seen[4].mean((2, 3))
        golden[f"{name}.block:10.mean+sd"] = pooled(seen[10])
        golden[f"{name}.block:15.mean"] = seen[15].mean((2, 3))


def interpolated(positions, grid, size):
    """Positions of a class token and grid x grid patches for size x size, as DINO and DINOv2 do without registers."""
    scale = (size + 0.1) / grid
    patches = positions[:, 1:].reshape(1, grid, grid, -1).permute(0, 3, 1, 2)
    patches = F.interpolate(patches, scale_factor=(scale, scale), mode="bicubic")
    return torch.cat([positions[:, :1], patches.permute(0, 2, 3, 1).flatten(1, 2)], 1)


def transformers(golden):
    """timm's modules of width 128, two heads and two blocks, on gray images as red, green and blue."""
    small = {"embed_dim": 128, "depth": 2, "num_heads": 2, "mlp_ratio": 1.0, "num_classes": 0, "dynamic_img_size": True}
    for name, patch, grid, sizes in (("vit_small_patch16_224", 16, 4, (64, 96)),
                                     ("vit_small_patch14_dinov2", 14, 5, (70, 56, 98)),
                                     ("vit_small_patch14_reg4_dinov2", 14, 4, (56, 98, 42))):
        module = drawn(timm.create_model(name, img_size=patch * grid, **small))
        learned = module.pos_embed
        for size in sizes:
            if size != patch * grid and "reg4" not in name:
                module = timm.create_model(name, img_size=size, **small).double().eval()
                drawn_state = drawn(timm.create_model(name, img_size=patch * grid, **small)).state_dict()
                module.load_state_dict(drawn_state | {"pos_embed": interpolated(learned, grid, size // patch)})
            x = gray(size).expand(-1, 3, -1, -1)
            tokens = module.forward_features(x)
            patches = tokens[:, 5 if "reg4" in name else 1:].mean(1)
            key = f"{name}.{size}"
            golden[f"{key}.last.class"] = tokens[:, 0]
            golden[f"{key}.last.class+patches"] = torch.cat([tokens[:, 0], patches], 1)
            first, = module.get_intermediate_layers(x, [0], return_prefix_tokens=True, norm=True)
            golden[f"{key}.block:0.patches"] = first[0].mean(1)


def main(file):
    torch.set_grad_enabled(False)
    golden = {}
    resnets(golden)
    efficientnets(golden)
    transformers(golden)
    versions = {"python": platform.python_version(), "torch": torch.__version__, "torchvision": torchvision.__version__,
                "timm": timm.__version__}
    save_file({k: v.float().contiguous() for k, v in golden.items()}, file, versions)
    for k, v in golden.items():
        print(k, tuple(v.shape), f"{v.abs().max():.4g}")


if __name__ == "__main__":
    main(sys.argv[1])
