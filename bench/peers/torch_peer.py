"""What RegressionStep and ScalarGraph measure, in PyTorch. Prints: name;wall samples;CPU samples (seconds a call).

Usage: python torch_peer.py WARM_UP_SECONDS SAMPLE_SECONDS SAMPLES
"""

import sys
import time

import torch


def regression_step():
    torch.manual_seed(0)
    x = torch.normal(0, 1, (10, 2))
    y = x @ torch.tensor([[2.0], [-3.4]]) + 4.2 + torch.normal(0, 0.01, (10, 1))
    w = torch.normal(0, 0.01, (2, 1), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)

    def step():
        y_hat = torch.matmul(x, w) + b
        loss = (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
        loss.sum().backward()
        with torch.no_grad():
            for p in (w, b):
                p -= 0.03 * p.grad / 10
                p.grad.zero_()

    return step


def concise_step():
    torch.manual_seed(0)
    x = torch.normal(0, 1, (10, 2))
    y = x @ torch.tensor([[2.0], [-3.4]]) + 4.2 + torch.normal(0, 0.01, (10, 1))
    net = torch.nn.Sequential(torch.nn.Linear(2, 1))
    mse = torch.nn.MSELoss()
    sgd = torch.optim.SGD(net.parameters(), lr=0.03)

    def step():
        loss = mse(net(x), y)
        sgd.zero_grad()
        loss.backward()
        sgd.step()

    return step


def chain(by_leaf):
    def run():
        x = torch.tensor(1.0, requires_grad=True)
        y = x
        for _ in range(1000):
            y = y * x if by_leaf else y * 1.0001
        y.backward()

    return run


def measure(name, code, warm_up, length, samples):
    until = time.perf_counter() + warm_up
    calls = 0
    start = time.perf_counter()
    while calls == 0 or time.perf_counter() < until:
        code()
        calls += 1
    calls = max(1, round(length * calls / (time.perf_counter() - start)))
    wall, cpu = [], []
    for _ in range(samples):
        w, c = time.perf_counter(), time.thread_time()
        for _ in range(calls):
            code()
        wall.append((time.perf_counter() - w) / calls)
        cpu.append((time.thread_time() - c) / calls)
    print(name, ",".join(map(repr, wall)), ",".join(map(repr, cpu)), sep=";", flush=True)


def main():
    warm_up, length, samples = float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(1)
    version = "PyTorch " + torch.__version__
    for name, code in [
        ("regression step, from scratch", regression_step()),
        ("regression step, ready-made layers", concise_step()),
        ("1,000 × y·x, forward and backward", chain(True)),
        ("1,000 × y·1.0001, forward and backward", chain(False)),
    ]:
        measure(version + ": " + name, code, warm_up, length, samples)


sys.stdout.reconfigure(encoding="utf-8")
main()
