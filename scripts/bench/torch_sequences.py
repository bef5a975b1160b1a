"""Recurrent networks, trained by AdamW with clipped gradients: those of train-subject.ts in PyTorch's words.

Recurrent layers are PyTorch's own. They have a second bias, which is not counted: it adds nothing but work.
"""

import torch
from torch import nn
from torch.nn import functional as F

VOCABULARY = 16_384


class Attention(nn.Module):
    """The mean over the steps of [T, N, C], weighted by what a small network finds in each (Yang et al. 2016)."""

    def __init__(self, width, attention):
        super().__init__()
        self.projection = nn.Linear(width, attention)
        self.context = nn.Linear(attention, 1, bias=False)

    def forward(self, x):
        weights = torch.softmax(self.context(torch.tanh(self.projection(x))), 0)
        return (x * weights).sum(0)


def drop_alike(x, rate):
    """Drops the same units of [T, N, C] at all steps."""
    return x * F.dropout(torch.ones_like(x[:1]), rate)


class Reader(nn.Module):
    """Tokens [N, T] -> logits."""

    rate = 0.3

    def __init__(self, classes, width=128, hidden=160):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, width)
        self.lstm = nn.LSTM(width, hidden, bidirectional=True)
        self.attention = Attention(2 * hidden, 2 * hidden)
        self.head = nn.Linear(2 * hidden, classes)

    def forward(self, tokens):
        steps = drop_alike(self.embedding(tokens.t()), self.rate)
        return self.head(F.dropout(self.attention(self.lstm(steps)[0]), self.rate))


class Listener(nn.Module):
    """Features of sound [N, T, 240] -> logits."""

    rate = 0.15

    def __init__(self, classes, width=240, hidden=128):
        super().__init__()
        self.gru = nn.GRU(width, hidden, 2, bidirectional=True, dropout=self.rate)
        self.attention = Attention(2 * hidden, hidden)
        self.head = nn.Linear(2 * hidden, classes)

    def forward(self, frames):
        states = self.gru(drop_alike(frames.transpose(0, 1), self.rate))[0]
        return self.head(F.dropout(self.attention(states), self.rate))


def subject(job):
    """The network of a job, its optimiser, its batches, and what is done to gradients: they are clipped."""
    model = {"lstm": Reader, "gru": Listener}[job["network"]](job["classes"]).train()
    shape = job["steps"], job["batch"], job["length"]
    tokens = job["network"] == "lstm"
    batches = torch.randint(1, VOCABULARY, shape) if tokens else torch.rand(*shape, 240) * 4 - 2
    decay = job["weightDecay"]
    optimiser = torch.optim.AdamW(model.parameters(), lr=job["rate"], weight_decay=decay)
    return model, optimiser, batches, lambda: nn.utils.clip_grad_norm_(model.parameters(), job["clip"])
