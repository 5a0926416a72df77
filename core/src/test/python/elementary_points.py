"""Prints points of the elementary functions with their true values, for ElementaryTable and ElementaryTest.

Needs mpmath (https://mpmath.org). Usage: elementary_points.py COUNT [FUNCTION ...]
A line a point: function, arguments as hexadecimal doubles, and the value as the sum of two such.
"""

import random
import sys

import mpmath as mp

mp.mp.prec = 200
INF = float("inf")


def everyday(r):
    return r.uniform(-10, 10)


def unit(r):
    return r.uniform(-1, 1)


def any_double(r):
    return r.choice((-1, 1)) * mp.ldexp(1 + r.random(), r.randint(-1074, 1023))


def near(*places):
    def draw(r):
        return r.choice(places) + r.choice((-1, 1)) * 2.0 ** -r.uniform(1, 45)

    return draw


def scaled(limit):
    return lambda r: r.uniform(-limit, limit)


def positive(draw):
    return lambda r: abs(draw(r))


def logit(p):
    return mp.log(p / (1 - p))


def lgamma(x):
    return mp.log(abs(mp.gamma(x))) if abs(x) < 1000 else mp.re(mp.loggamma(x)) if x > 0 else reflected(x)


def reflected(x):
    return mp.log(mp.pi / abs(x * mp.sinpi(x))) - mp.loggamma(-x)


def digamma(x):
    return mp.psi(0, x) if x > 0 else mp.psi(0, 1 - x) - mp.pi / mp.tan(mp.pi * x)


def polygamma(n, x):
    n = int(n)
    if x > 0:
        return mp.psi(n, x)
    c = mp.cospi(x) / mp.sinpi(x)
    cot = [0, mp.mpf(1)]  # (d/dx)^n of cot(pi x), a polynomial in c
    for _ in range(n):
        d = [mp.mpf(0)] * (len(cot) + 1)
        for i in range(1, len(cot)):
            d[i - 1] -= mp.pi * i * cot[i]
            d[i + 1] -= mp.pi * i * cot[i]
        cot = d
    return (-1) ** n * mp.psi(n, 1 - x) - mp.pi * sum(k * c**i for i, k in enumerate(cot))


def erfinv(x):
    y = mp.erfinv(x)
    target = 1 - abs(x)
    for _ in range(4):
        a = abs(y)
        y = mp.sign(x) * (a + (mp.erfc(a) - target) * mp.sqrt(mp.pi) / 2 * mp.exp(a * a))
    return y


WHOLE = (everyday, near(0, 1, -1, 0.5, 1.5, -2.5), scaled(2.0**53), any_double)

# Function, its domain, and how arguments are drawn, each draw as often as the others.
ONE = {
    "EXP": (mp.exp, (-745, 709), (everyday, unit, scaled(750))),
    "EXP2": (lambda x: mp.mpf(2) ** x, (-1074, 1023), (everyday, unit, scaled(1075))),
    "EXPM1": (mp.expm1, (-745, 709), (unit, everyday, scaled(750), any_double)),
    "LOG": (mp.log, (5e-324, INF), (positive(everyday), near(1), positive(any_double))),
    "LOG2": (lambda x: mp.log(x, 2), (5e-324, INF), (positive(everyday), near(1), positive(any_double))),
    "LOG10": (lambda x: mp.log(x, 10), (5e-324, INF), (positive(everyday), near(1), positive(any_double))),
    "LOG1P": (mp.log1p, (-1 + 2**-53, INF), (unit, positive(everyday), any_double)),
    "SIN": (mp.sin, (-INF, INF), (unit, everyday, scaled(1e5), any_double)),
    "COS": (mp.cos, (-INF, INF), (unit, everyday, scaled(1e5), any_double)),
    "TAN": (mp.tan, (-INF, INF), (unit, everyday, scaled(1e5), any_double)),
    "SINC": (mp.sincpi, (-1e15, 1e15), (unit, everyday, near(1, 2, 3, -5), scaled(1e4))),
    "ASIN": (mp.asin, (-1, 1), (unit, near(1, -1, 0.5))),
    "ACOS": (mp.acos, (-1, 1), (unit, near(1, -1, 0.5))),
    "ATAN": (mp.atan, (-INF, INF), (unit, everyday, near(2**0.5 - 1, 2**0.5 + 1, 1), any_double)),
    "SINH": (mp.sinh, (-710.4, 710.4), (unit, everyday, scaled(711), near(1))),
    "COSH": (mp.cosh, (-710.4, 710.4), (unit, everyday, scaled(711))),
    "TANH": (mp.tanh, (-INF, INF), (unit, everyday, scaled(25), any_double)),
    "ASINH": (mp.asinh, (-INF, INF), (unit, everyday, near(0.5, -0.5), any_double)),
    "ACOSH": (mp.acosh, (1, INF), (positive(everyday), near(1), positive(any_double))),
    "ATANH": (mp.atanh, (-1, 1), (unit, near(1, -1, 0.5))),
    "SIGMOID": (lambda x: 1 / (1 + mp.exp(-x)), (-745, INF), (unit, everyday, scaled(740))),
    "LOGIT": (logit, (5e-324, 1 - 2**-53), (positive(unit), near(0.5, 0.25, 0.75, 1), positive(any_double))),
    "CBRT": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), (-INF, INF), (unit, everyday, any_double)),
    "ERF": (mp.erf, (-6, 6), (unit, scaled(6), near(1, -0.5), any_double)),
    "ERFC": (mp.erfc, (-6, 27.2), (unit, scaled(6), positive(scaled(27.2)), near(0.5, -0.5))),
    "ERFINV": (erfinv, (-1 + 2**-53, 1 - 2**-53), (unit, near(1, -1), near(0.99903), any_double)),
    "NDTR": (lambda x: mp.erfc(-x / mp.sqrt(2)) / 2, (-37.5, 9), (unit, scaled(9), lambda r: r.uniform(-37.5, 0), near(0.5, -0.5))),
    "NORMAL_DENSITY": (lambda x: mp.npdf(x), (-38, 38), (unit, scaled(9), scaled(38))),
    "LGAMMA": (lgamma, (-1e15, 1e305), (unit, everyday, near(1, 2, 1.5, 2.5, 8), scaled(50), any_double)),
    "DIGAMMA": (digamma, (-1e15, INF), (unit, everyday, near(1.4616321449683623, 1, 2, 8), scaled(50), any_double)),
    "I0": (lambda x: mp.besseli(0, x), (-713, 713), (unit, scaled(12), scaled(713))),
    "I1": (lambda x: mp.besseli(1, x), (-713, 713), (unit, scaled(12), scaled(713))),
    "ROUND": (mp.nint, (-INF, INF), WHOLE),
    "FLOOR": (mp.floor, (-INF, INF), WHOLE),
    "CEIL": (mp.ceil, (-INF, INF), WHOLE),
    "TRUNC": (lambda x: mp.sign(x) * mp.floor(abs(x)), (-INF, INF), WHOLE),
}
TWO = {
    "LOGADDEXP": (lambda a, b: max(a, b) + mp.log1p(mp.exp(-abs(a - b))), ((everyday, everyday), (scaled(700), scaled(700)))),
    "ATAN2": (mp.atan2, ((everyday, everyday), (unit, everyday), (any_double, any_double))),
    "POW": (mp.power, ((positive(everyday), everyday), (near(1), scaled(1e4)), (positive(any_double), unit))),
    "HYPOT": (mp.hypot, ((everyday, everyday), (any_double, any_double), (any_double, unit))),
    "POLYGAMMA": (
        polygamma,
        (
            (lambda r: r.randint(1, 3), everyday),
            (lambda r: 3, positive(scaled(50))),
            (lambda r: 1, scaled(50)),
            (lambda r: 2, positive(unit)),
            (lambda r: r.randint(1, 2), positive(scaled(1e6))),
        ),
    ),
    "XLOGY": (lambda a, b: a * mp.log(b), ((everyday, positive(everyday)), (unit, near(1)), (everyday, positive(any_double)))),
    "COPYSIGN": (lambda a, b: abs(a) * mp.sign(b), ((everyday, everyday), (any_double, any_double))),
}


# The numbers that come nearest to multiples of pi/2 (Muller, Elementary Functions, 2006).
HARD = {name: (16367173.0 * 2.0**72, 6381956970095103.0 * 2.0**797) for name in ("SIN", "COS", "TAN")}


def points(name, count):
    count *= 3 if name == "POLYGAMMA" else 1
    r = random.Random(name)
    found = 0
    hard = list(HARD.get(name, ()))
    while found < count:
        if hard:
            f, args = ONE[name][0], (hard.pop(),)
        elif name in ONE:
            f, (low, high), draws = ONE[name]
            args = (float(draws[found % len(draws)](r)),)
            if not low <= args[0] <= high or name in ("ASIN", "ATANH") and abs(args[0]) == 1:
                continue
        else:
            f, draws = TWO[name]
            args = tuple(float(d(r)) for d in draws[found % len(draws)])
        if name in ("LGAMMA", "DIGAMMA", "SINC") and args[0] == int(args[0]) or name == "POLYGAMMA" and args[1] == 0:
            continue
        if 0 in args or INF in args or -INF in args:
            continue
        y = f(*(mp.mpf(a) for a in args))
        high = float(y)
        if high in (INF, -INF) or high == 0 and y != 0 and abs(y) < 5e-324:
            continue
        found += 1
        yield " ".join([name, *(a.hex() for a in args), high.hex(), float(y - high).hex()])


for name in sys.argv[2:] or [*ONE, *TWO]:
    for line in points(name, int(sys.argv[1])):
        print(line)
