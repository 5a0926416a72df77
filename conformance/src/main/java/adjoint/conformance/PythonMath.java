package adjoint.conformance;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.tensor.PythonRandom;
import adjoint.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Python's modules {@code math}, {@code random}, {@code itertools} and {@code warnings}. */
final class PythonMath {
    /** The numbers that have names. */
    static final Map<String, Double> CONSTANTS = Map.ofEntries(
            Map.entry("math.pi", Math.PI),
            Map.entry("math.e", Math.E),
            Map.entry("math.tau", 2 * Math.PI),
            Map.entry("math.inf", Double.POSITIVE_INFINITY),
            Map.entry("math.nan", Double.NaN),
            Map.entry("torch.pi", Math.PI),
            Map.entry("torch.e", Math.E),
            Map.entry("torch.inf", Double.POSITIVE_INFINITY),
            Map.entry("torch.nan", Double.NaN));

    private PythonMath() {}

    static void define() {
        real("sqrt", Math::sqrt);
        real("cbrt", Math::cbrt);
        real("exp", Math::exp);
        real("expm1", Math::expm1);
        real("log2", x -> Math.log(x) / Math.log(2));
        real("log10", Math::log10);
        real("log1p", Math::log1p);
        real("sin", Math::sin);
        real("cos", Math::cos);
        real("tan", Math::tan);
        real("asin", Math::asin);
        real("acos", Math::acos);
        real("atan", Math::atan);
        real("sinh", Math::sinh);
        real("cosh", Math::cosh);
        real("tanh", Math::tanh);
        real("fabs", Math::abs);
        real("radians", Math::toRadians);
        real("degrees", Math::toDegrees);
        real("pow", Math::pow);
        real("atan2", Math::atan2);
        real("hypot", Math::hypot);
        real("copysign", Math::copySign);
        real("fmod", (x, y) -> x % y);
        reals();
        wholes();
        combinations();
        random();
        PythonBuiltins.define("warnings.catch_warnings", _ -> new PythonContext(() -> () -> {}));
        PythonBuiltins.define("warnings.simplefilter", _ -> null);
        PythonBuiltins.define("warnings.filterwarnings", _ -> null);
    }

    private static void reals() {
        PythonBuiltins.define(
                "math.log",
                a -> a.size() == 1
                        ? Math.log(number(a.getFirst()))
                        : Math.log(number(a.get(0))) / Math.log(number(a.get(1))));
        PythonBuiltins.define("math.floor", a -> (long) Math.floor(number(a.getFirst())));
        PythonBuiltins.define("math.ceil", a -> (long) Math.ceil(number(a.getFirst())));
        PythonBuiltins.define("math.trunc", a -> (long) number(a.getFirst()));
        PythonBuiltins.define("math.isnan", a -> Double.isNaN(number(a.getFirst())));
        PythonBuiltins.define("math.isinf", a -> Double.isInfinite(number(a.getFirst())));
        PythonBuiltins.define("math.isfinite", a -> Double.isFinite(number(a.getFirst())));
        PythonBuiltins.define("math.isclose", a -> {
            double x = number(a.get(0));
            double y = number(a.get(1));
            return x == y || Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y));
        });
    }

    private static void wholes() {
        PythonBuiltins.define("math.factorial", a -> product(1, (Long) a.getFirst()));
        PythonBuiltins.define("math.comb", a -> {
            long n = (Long) a.get(0);
            long k = (Long) a.get(1);
            long ways = 1;
            for (long i = 1; i <= k; i++) {
                ways = ways * (n - k + i) / i;
            }
            return ways;
        });
        PythonBuiltins.define("math.gcd", a -> {
            long x = (Long) a.get(0);
            long y = (Long) a.get(1);
            while (y != 0) {
                long rest = x % y;
                x = y;
                y = rest;
            }
            return Math.abs(x);
        });
        PythonBuiltins.define("math.prod", a -> {
            Object product = 1L;
            for (Object item : Torch.items(a.getFirst())) {
                product = Torch.operation("*", product, item);
            }
            return product;
        });
    }

    private static double number(Object value) {
        return PythonBuiltins.real(value);
    }

    private static void real(String name, DoubleUnaryOperator body) {
        PythonBuiltins.define("math." + name, a -> {
            double x = number(a.getFirst());
            double y = body.applyAsDouble(x);
            if (Double.isNaN(y) && !Double.isNaN(x)) {
                throw new PythonError("ValueError", "math domain error");
            }
            return y;
        });
    }

    private static void real(String name, DoubleBinaryOperator body) {
        PythonBuiltins.define("math." + name, a -> body.applyAsDouble(number(a.get(0)), number(a.get(1))));
    }

    private static long product(long from, long to) {
        long product = 1;
        for (long i = from; i <= to; i++) {
            product = Math.multiplyExact(product, i);
        }
        return product;
    }

    private static void combinations() {
        PythonBuiltins.define("itertools.product", a -> {
            List<Object> all = List.of(new Tuple(List.of()));
            for (Object column : a) {
                List<Object> longer = new ArrayList<>();
                for (Object tuple : all) {
                    for (Object item : Torch.items(column)) {
                        List<Object> items = new ArrayList<>(Torch.items(tuple));
                        items.add(item);
                        longer.add(new Tuple(items));
                    }
                }
                all = longer;
            }
            return all;
        });
        PythonBuiltins.define("itertools.chain", a -> {
            List<Object> all = new ArrayList<>();
            a.forEach(part -> all.addAll(Torch.items(part)));
            return all;
        });
        PythonBuiltins.define("itertools.accumulate", a -> {
            List<Object> sums = new ArrayList<>();
            for (Object item : Torch.items(a.getFirst())) {
                sums.add(sums.isEmpty() ? item : Torch.operation("+", sums.getLast(), item));
            }
            return sums;
        });
    }

    /** The stream of Python's module; begun anew by a seed. */
    private static PythonRandom stream = Rng.python(0);

    private static void random() {
        PythonBuiltins.define("random.seed", a -> {
            stream = Rng.python((Long) a.getFirst());
            return null;
        });
        PythonBuiltins.define("random.random", _ -> stream.random());
        PythonBuiltins.define("random.uniform", a -> stream.uniform(number(a.get(0)), number(a.get(1))));
        PythonBuiltins.define("random.gauss", a -> stream.gauss(number(a.get(0)), number(a.get(1))));
        PythonBuiltins.define("random.randint", a -> stream.randint((Long) a.get(0), (Long) a.get(1)));
        PythonBuiltins.define("random.choice", a -> stream.choice(Torch.items(a.getFirst())));
        PythonBuiltins.define("random.shuffle", a -> {
            stream.shuffle((List<?>) a.getFirst());
            return null;
        });
        PythonBuiltins.define("random.sample", a -> {
            List<Object> items = Torch.items(a.get(0));
            int[] chosen = stream.sample(items.size(), Math.toIntExact((Long) a.get(1)));
            return new ArrayList<>(IntStream.of(chosen).mapToObj(items::get).toList());
        });
    }
}
