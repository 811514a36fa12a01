# SPDX-License-Identifier: BSD-2-Clause
"""The other side of ForwardBench: the same network, weights and images in PyTorch or ONNX Runtime.

    python bench_forward_peer.py FOLDER KIND THREADS ARCHITECTURE

FOLDER holds weights.safetensors and images.safetensors (one tensor, "images"). KIND is
eager (torchvision's module in evaluation mode), channels-last (the same, with that memory
format) or onnxruntime (that module exported). Reads commands from standard input, one a
line: "run" answers with the seconds of one forward pass and those of its processor time,
"output" writes KIND.safetensors and answers "ok", "versions" answers with the libraries'
versions, end of file ends.
"""
import os
import sys
import time

folder, kind, threads, name = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
os.environ["OMP_NUM_THREADS"] = str(threads)

import torch
import torchvision
from safetensors.torch import load_file, save_file

torch.set_num_threads(threads)
torch.set_grad_enabled(False)


def network():
    weights = load_file(os.path.join(folder, "weights.safetensors"))
    module = getattr(torchvision.models, name)()
    stem = weights["conv1.weight"]
    module.conv1 = torch.nn.Conv2d(stem.shape[1], stem.shape[0], 7, 2, 3, bias=False)
    module.fc = torch.nn.Identity()
    missing, unexpected = module.load_state_dict(weights, strict=False)
    assert not unexpected and all(m.endswith("num_batches_tracked") for m in missing), (missing, unexpected)
    return module.eval()


def onnxruntime_session(module, images):
    import onnxruntime
    file = os.path.join(folder, "network.onnx")
    torch.onnx.export(module, images, file, input_names=["images"], output_names=["embeddings"],
                      dynamic_axes={"images": {0: "n"}}, opset_version=17)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is no answer
    images = load_file(os.path.join(folder, "images.safetensors"))["images"]
    module = network()
    if kind == "onnxruntime":
        session, array = onnxruntime_session(module, images), images.numpy()
        forward = lambda: torch.from_numpy(session.run(None, {"images": array})[0])
    elif kind == "channels-last":
        module, images = module.to(memory_format=torch.channels_last), images.contiguous(
            memory_format=torch.channels_last
        )
        forward = lambda: module(images)
    else:
        forward = lambda: module(images)
    for command in sys.stdin:
        start, busy = time.perf_counter(), time.process_time()
        output = forward()
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
        if command.strip() == "run":
            answer = f"{seconds!r} {busy!r}"
        elif command.strip() == "versions":
            import onnxruntime
            answer = (f"torch {torch.__version__}, torchvision {torchvision.__version__}, "
                      f"onnxruntime {onnxruntime.__version__}")
        else:
            save_file({"embeddings": output.contiguous()}, os.path.join(folder, kind + ".safetensors"))
            answer = "ok"
        print(answer, file=answers, flush=True)


main()
