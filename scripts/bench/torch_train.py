"""The program that trains with PyTorch, a block of steps for each line on stdin.

Speaks as block-process.ts says; the job is that of train-job.ts with a memory layout. The networks are
written here because torchvision is not everywhere; a test of equal size is the number of parameters.
"""

import json
import os
import resource
import sys
import time

job = json.loads(sys.argv[1])
os.environ["OMP_NUM_THREADS"] = str(job["threads"])  # before torch starts its threads


def tell(**record):
    print(json.dumps(record), flush=True)


try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except Exception as error:
    tell(missing=f"{type(error).__name__}: {error}")
    sys.exit()


class Bottleneck(nn.Module):
    """He et al. 2016 with the stride in the 3x3 convolution, called v1.5."""

    expansion = 4

    def __init__(self, inputs, width, stride):
        super().__init__()
        outputs = 4 * width
        self.branch = nn.Sequential(
            nn.Conv2d(inputs, width, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, stride, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )
        self.shortcut = shortcut(inputs, outputs, stride)

    def forward(self, x):
        return F.relu(self.branch(x) + self.shortcut(x), inplace=True)


class Basic(nn.Module):
    expansion = 1

    def __init__(self, inputs, width, stride):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(inputs, width, 3, stride, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, 1, 1, bias=False),
            nn.BatchNorm2d(width),
        )
        self.shortcut = shortcut(inputs, width, stride)

    def forward(self, x):
        return F.relu(self.branch(x) + self.shortcut(x), inplace=True)


def shortcut(inputs, outputs, stride):
    if inputs == outputs and stride == 1:
        return nn.Identity()
    return nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))


def resnet(block, depths, classes):
    layers = [
        nn.Conv2d(3, 64, 7, 2, 3, bias=False),
        nn.BatchNorm2d(64),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(3, 2, 1),
    ]
    inputs = 64
    for i, depth in enumerate(depths):
        for j in range(depth):
            layers.append(block(inputs, 64 * 2**i, 2 if i > 0 and j == 0 else 1))
            inputs = 64 * 2**i * block.expansion
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes))


def conv_norm(inputs, outputs, kernel, stride=1, groups=1):
    return [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
    ]


class InvertedResidual(nn.Module):
    """Sandler et al. 2018."""

    def __init__(self, inputs, outputs, stride, expansion):
        super().__init__()
        hidden = inputs * expansion
        widen = [] if expansion == 1 else [*conv_norm(inputs, hidden, 1), nn.ReLU6(inplace=True)]
        self.branch = nn.Sequential(
            *widen,
            *conv_norm(hidden, hidden, 3, stride, hidden),
            nn.ReLU6(inplace=True),
            *conv_norm(hidden, outputs, 1),
        )
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.branch(x) if self.residual else self.branch(x)


def mobilenetv2(classes):
    layers = [*conv_norm(3, 32, 3, 2), nn.ReLU6(inplace=True)]
    inputs = 32
    stages = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
    for expansion, channels, repeats, stride in stages:
        for i in range(repeats):
            layers.append(InvertedResidual(inputs, channels, stride if i == 0 else 1, expansion))
            inputs = channels
    head = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(1280, classes)]
    return nn.Sequential(*layers, *conv_norm(inputs, 1280, 1), nn.ReLU6(inplace=True), *head)


NETWORKS = {
    "resnet18": lambda classes: resnet(Basic, [2, 2, 2, 2], classes),
    "resnet34": lambda classes: resnet(Basic, [3, 4, 6, 3], classes),
    "resnet50": lambda classes: resnet(Bottleneck, [3, 4, 6, 3], classes),
    "mobilenetv2": mobilenetv2,
}


def matmul_gflops():
    """Of the BLAS behind torch, by processor time, which a busy machine does not stretch much.

    A tuned one does tens to hundreds, the reference BLAS about one.
    """
    a = torch.rand(1024, 1024)
    seconds = float("inf")
    for _ in range(4):
        began = time.process_time()
        torch.mm(a, a)
        seconds = min(seconds, time.process_time() - began)
        if seconds > 0.5:
            break
    return 2 * 1024**3 / seconds / 1e9


def main():
    torch.manual_seed(1)
    torch.set_num_threads(job["threads"])
    layout = torch.channels_last if job["layout"] == "channels_last" else torch.contiguous_format
    model = NETWORKS[job["network"]](job["classes"]).to(memory_format=layout).train()
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        elif isinstance(module, nn.BatchNorm2d) and job["statistics"] == "frozen":
            module.eval()
    optimiser = torch.optim.SGD(model.parameters(), lr=job["rate"], momentum=job["momentum"])
    pictures = torch.rand(job["steps"], job["batch"], 3, job["size"], job["size"]) * 4 - 2
    batches = [batch.contiguous(memory_format=layout) for batch in pictures]
    labels = torch.randint(job["classes"], (job["steps"], job["batch"]))

    tell(
        parameters=sum(parameter.numel() for parameter in model.parameters()),
        version=torch.__version__,
        matmulGflops=matmul_gflops(),
    )
    for _ in sys.stdin:
        began = time.perf_counter()
        for batch, label in zip(batches, labels):
            # The loss of the step before stays alive until this one's is there: dropped earlier, it would let
            # the C library give memory back to the system, and each step would pay for getting it again.
            loss = F.cross_entropy(model(batch), label)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
        tell(ms=1000 * (time.perf_counter() - began))
    unit = 1 if sys.platform == "darwin" else 1024
    tell(peakMemoryMB=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6))


main()
