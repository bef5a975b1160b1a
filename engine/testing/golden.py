#!/usr/bin/env python3
"""Writes what PyTorch computes where the tests beside this file look for it: golden/networks.json, golden/optimisers.json.

    python3 engine/testing/golden.py && npx biome format --write engine/testing/golden

Made with PyTorch 1.13 (Debian's python3-torch).
Everything is float64, so that a test's tolerance is our float32 alone. Weights and batches come from `draw`,
which golden.ts repeats; the networks repeat those of golden.ts by the same names.
"""

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
FOLDER = Path(__file__).parent / "golden"
STEPS = 5


def draw(name, shape):
    """Numbers in [-1, 1) by a hash of the name (FNV-1a) and the element's number (murmur3's finaliser)."""
    h = 0x811C9DC5
    for byte in name.encode("ascii"):
        h = (h ^ byte) * 0x01000193 & 0xFFFFFFFF
    x = np.arange(int(np.prod(shape)), dtype=np.uint32) * np.uint32(0x9E3779B1) + np.uint32(h)
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    x = (x ^ (x >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    x = x ^ (x >> np.uint32(16))
    return (x / 2**31 - 1).reshape(shape)


def tensor(numbers):
    return torch.tensor(numbers.astype(np.float32).astype(np.float64))


def initial(name, shape):
    if len(shape) > 1:
        return tensor(draw(name, shape) * np.sqrt(6 / np.prod(shape[1:])))
    if name.endswith("running_var"):
        return tensor(1 + 0.5 * draw(name, shape))
    if name.endswith("weight"):
        return tensor(1 + 0.2 * draw(name, shape))
    return tensor(0.1 * draw(name, shape))


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )  # fmt: skip


def conv(inputs, outputs, kernel, **options):
    return nn.Conv2d(inputs, outputs, kernel, bias=False, **options)


class Bottleneck(nn.Module):
    def __init__(self, inputs, width, outputs):
        super().__init__()
        self.conv1, self.bn1 = conv(inputs, width, 1), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = conv(width, width, 3, stride=2, padding=1), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = conv(width, outputs, 1), nn.BatchNorm2d(outputs)
        self.downsample = nn.Sequential(conv(inputs, outputs, 1, stride=2), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        return F.relu(self.bn3(self.conv3(y)) + self.downsample(x))


class Basic(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1, self.bn1 = conv(width, width, 3, padding=1), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = conv(width, width, 3, padding=1), nn.BatchNorm2d(width)

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + x)


class TinyResnet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = conv(3, 8, 7, stride=2, padding=3), nn.BatchNorm2d(8)
        self.layer1, self.layer2 = Bottleneck(8, 6, 16), Basic(16)
        self.fc = nn.Linear(16, 4)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, stride=2, padding=1)
        return self.fc(self.layer2(self.layer1(x)).mean((2, 3)))


class ConvNormRelu(nn.Sequential):
    def __init__(self, inputs, outputs, kernel, stride=1, groups=1):
        self.around = (0, 0, 0, 0) if kernel == 1 else (0, 1, 0, 1) if stride == 2 else (1, 1, 1, 1)
        super().__init__(conv(inputs, outputs, kernel, stride=stride, groups=groups), nn.BatchNorm2d(outputs), nn.ReLU6())

    def forward(self, x):
        return super().forward(F.pad(x, self.around))


class InvertedResidual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        hidden = 2 * inputs
        self.adds = stride == 1
        self.conv = nn.Sequential(
            ConvNormRelu(inputs, hidden, 1),
            ConvNormRelu(hidden, hidden, 3, stride, hidden),
            conv(hidden, outputs, 1),
            nn.BatchNorm2d(outputs),
        )

    def forward(self, x):
        return x + self.conv(x) if self.adds else self.conv(x)


class TinyMobilenet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            ConvNormRelu(3, 8, 3, 2), InvertedResidual(8, 12, 2), InvertedResidual(12, 12, 1), ConvNormRelu(12, 16, 1)
        )
        self.classifier = nn.Linear(16, 4)

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


def decayed(model, rate, decay, faster):
    """L2 on weights and not on vectors; the layer called `faster` at three times the rate."""
    return torch.optim.SGD(
        [
            {"params": [p], "lr": rate * (3 if n.startswith(faster) else 1), "weight_decay": decay if p.dim() > 1 else 0}
            for n, p in model.named_parameters()
        ],
        lr=rate,
        momentum=0.9,
    )


def train(model, shape, optimiser, statistics="live", smoothing=0.0, clip=None):
    """Losses of some steps, and the norm of every tensor after them."""
    state = {name: initial(name, t.shape) for name, t in model.state_dict().items() if t.dim() > 0}
    model.load_state_dict(state, strict=False)
    model.train()
    if statistics == "frozen":
        for module in model.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
    optimise = optimiser(model)
    losses = []
    for step in range(STEPS):
        batch = tensor(1.7 * draw(f"batch {step}", shape))
        logits = model(batch)
        targets = (torch.arange(shape[0]) + step) % logits.shape[1]
        loss = F.cross_entropy(logits, targets, label_smoothing=smoothing)
        optimise.zero_grad()
        loss.backward()
        if clip is not None:
            nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], clip)
        optimise.step()
        losses.append(loss.item())
    norms = {name: t.norm().item() for name, t in model.state_dict().items() if t.dim() > 0}
    return {"losses": rounded(losses), "norms": {name: rounded(norm) for name, norm in norms.items()}}


def without_stem(model):
    model.features[0].requires_grad_(False)
    return torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=0.01)


def rounded(x):
    return [rounded(y) for y in x] if isinstance(x, list) else float(f"{x:.9g}")


def networks():
    momentum = lambda model: torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    nesterov = lambda model: torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, nesterov=True)
    penalised = lambda model: decayed(model, 0.05, 0.02, "fc")
    images = [4, 3, 32, 32]
    return {
        "lenet": train(lenet(), [4, 1, 28, 28], momentum, smoothing=0.1),
        "resnet, live": train(TinyResnet(), images, penalised),
        "resnet, frozen": train(TinyResnet(), images, penalised, "frozen"),
        "mobilenet, live": train(TinyMobilenet(), images, nesterov, clip=0.5),
        "mobilenet, frozen": train(TinyMobilenet(), images, without_stem, "frozen"),
    }


def optimisers():
    """Where six made-up gradients take six numbers."""
    kinds = {
        "sgd": lambda w: torch.optim.SGD(w, lr=0.1),
        "momentum": lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9),
        "nesterov": lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9, nesterov=True),
        "adagrad": lambda w: torch.optim.Adagrad(w, lr=0.1),
        "rmsprop": lambda w: torch.optim.RMSprop(w, lr=0.1),
        "adam": lambda w: torch.optim.Adam(w, lr=0.1),
        "adamw": lambda w: torch.optim.AdamW(w, lr=0.1, weight_decay=0.05),
    }
    found = {}
    for name, make in kinds.items():
        weight = nn.Parameter(tensor(draw("weight", [6])))
        optimise = make([weight])
        found[name] = []
        for step in range(6):
            weight.grad = tensor(draw(f"gradient {step}", [6]))
            optimise.step()
            found[name].append(rounded(weight.tolist()))
    return found


for name, golden in {"networks": networks(), "optimisers": optimisers()}.items():
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(golden, indent=2) + "\n")
