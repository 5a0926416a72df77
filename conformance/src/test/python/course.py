"""Records what the course's programs give in PyTorch 2.13, for the same programs in Java.

    python course.py ../resources/adjoint/conformance/course
"""

import gzip
import json
import random
import sys

import torch
import torch.nn.functional as F
from torch import nn


def filled(net, size):
    """Parameter k of named_parameters() becomes size * sin(0.7 i + k)."""
    with torch.no_grad():
        for k, p in enumerate(net.parameters()):
            p.copy_((size * torch.sin(0.7 * torch.arange(p.numel(), dtype=torch.float64) + k)).reshape(p.shape))
    return net


def synthetic(n):
    w = torch.tensor([2, -3.4])
    features = torch.normal(0, 1, (n, 2))
    labels = features @ w + 4.2
    return features, (labels + torch.normal(0, 0.01, labels.shape)).reshape(-1, 1)


def regression_scratch():
    torch.manual_seed(0)
    random.seed(0)
    features, labels = synthetic(1000)
    w = torch.normal(0, 0.01, size=(2, 1), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    steps, epochs = [], []
    for _ in range(3):
        order = list(range(1000))
        random.shuffle(order)
        for i in range(0, 1000, 10):
            x, y = features[order[i:i + 10]], labels[order[i:i + 10]]
            loss = ((x @ w + b - y) ** 2 / 2).sum()
            loss.backward()
            with torch.no_grad():
                for p in (w, b):
                    p -= 0.03 * p.grad / 10
                    p.grad.zero_()
            steps.append([loss.item(), *w.flatten().tolist(), b.item()])
        with torch.no_grad():
            epochs.append(((features @ w + b - labels) ** 2 / 2).mean().item())
    return {"id": "regression/scratch", "steps": steps, "epochs": epochs}


def regression_concise():
    torch.manual_seed(0)
    features, labels = synthetic(1000)
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(features, labels), 10, shuffle=True)
    net = nn.Sequential(nn.Linear(2, 1))
    net[0].weight.data.normal_(0, 0.01)
    net[0].bias.data.fill_(0)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.03)
    steps, epochs = [], []
    for _ in range(3):
        for x, y in data:
            loss = F.mse_loss(net(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            steps.append([loss.item(), *net[0].weight.flatten().tolist(), net[0].bias.item()])
        epochs.append(F.mse_loss(net(features), labels).item())
    return {"id": "regression/concise", "steps": steps, "epochs": epochs}


def weight_decay(decay):
    x = torch.cos(0.37 * torch.arange(600, dtype=torch.float64)).reshape(20, 30)
    y = (0.01 * x).sum(1, keepdim=True) + 0.05
    net = filled(nn.Linear(30, 1).double(), 0.1)
    optimizer = torch.optim.SGD([{"params": net.weight, "weight_decay": decay}, {"params": net.bias}], lr=0.003)
    losses = []
    for _ in range(20):
        optimizer.zero_grad()
        loss = F.mse_loss(net(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"id": f"weight-decay/{decay}", "losses": losses, "norm": net.weight.norm().item()}


class Residual(nn.Module):
    def __init__(self, channels_in, channels_out, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels_in, channels_out, 3, padding=1, stride=stride)
        self.bn1 = nn.BatchNorm2d(channels_out)
        self.conv2 = nn.Conv2d(channels_out, channels_out, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(channels_out)
        self.conv3 = nn.Conv2d(channels_in, channels_out, 1, stride=stride)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + self.conv3(x))


NETWORKS = {
    "mlp": (lambda: nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10)), (8, 1, 28, 28)),
    "lenet": (lambda: nn.Sequential(
        nn.Conv2d(1, 6, kernel_size=5, padding=2), nn.Sigmoid(), nn.AvgPool2d(kernel_size=2, stride=2),
        nn.Conv2d(6, 16, kernel_size=5), nn.Sigmoid(), nn.AvgPool2d(kernel_size=2, stride=2), nn.Flatten(),
        nn.Linear(400, 120), nn.Sigmoid(), nn.Linear(120, 84), nn.Sigmoid(), nn.Linear(84, 10)), (4, 1, 28, 28)),
    "normalised": (lambda: nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 8, 3, stride=2, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d((1, 1)),
        nn.Flatten(), nn.Linear(8, 10)), (4, 3, 12, 12)),
    "residual": (lambda: nn.Sequential(
        Residual(3, 8, 2), nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(), nn.Linear(8, 10)), (4, 3, 12, 12)),
}

OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=1e-3),
    "adam": lambda p: torch.optim.Adam(p, lr=1e-3),
}


def network(name, optimizer):
    make, shape = NETWORKS[name]
    net = filled(make().double(), 0.1)
    x = torch.cos(0.3 * torch.arange(torch.Size(shape).numel(), dtype=torch.float64)).reshape(shape)
    y = torch.arange(shape[0]) % 10
    opt = OPTIMIZERS[optimizer](net.parameters())
    losses = []
    for _ in range(10):
        opt.zero_grad()
        loss = F.cross_entropy(net(x), y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    net.eval()
    return {"id": f"network/{name}/{optimizer}", "losses": losses, "eval": F.cross_entropy(net(x), y).item()}


def characters(name):
    tokens = torch.tensor([0, 3, 6, 2, 5, 1, 4, 0, 3, 6, 2, 5])
    net = filled(nn.ModuleDict({"rnn": getattr(nn, name)(7, 6), "out": nn.Linear(6, 7)}).double(), 0.3)
    optimizer = torch.optim.SGD(net.parameters(), lr=1)
    x = F.one_hot(tokens[:10].view(5, 2), 7).double()
    y = tokens[1:11]
    losses, norms = [], []
    for _ in range(10):
        optimizer.zero_grad()
        loss = F.cross_entropy(net["out"](net["rnn"](x)[0]).reshape(-1, 7), y)
        loss.backward()
        norms.append(nn.utils.clip_grad_norm_(net.parameters(), 0.15).item())
        optimizer.step()
        losses.append(loss.item())
    return {"id": f"characters/{name}", "losses": losses, "norms": norms}


def main(folder):
    programs = [regression_scratch(), regression_concise(), weight_decay(0.0), weight_decay(3.0)]
    programs += [network(n, o) for n in NETWORKS for o in OPTIMIZERS]
    programs += [characters(n) for n in ("RNN", "GRU", "LSTM")]
    text = "".join(json.dumps(p) + "\n" for p in programs)
    with open(f"{folder}/course.jsonl.gz", "wb") as file:
        file.write(gzip.compress(text.encode(), mtime=0))


main(sys.argv[1])
