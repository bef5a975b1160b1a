"""Networks for pictures, trained by SGD with momentum; torchvision's, which is not everywhere."""

import torch
from torch import nn
from torch.nn import functional as F


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


def subject(job):
    """The network of a job, its optimiser, its batches, and what is done to gradients: nothing."""
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
    return model, optimiser, batches, lambda: None
