package adjoint.determinism;

import adjoint.Adjoint;
import adjoint.autograd.Autograd;
import adjoint.codegen.Kind;
import adjoint.nn.AvgPool2d;
import adjoint.nn.BatchNorm2d;
import adjoint.nn.Conv2d;
import adjoint.nn.Flatten;
import adjoint.nn.Functional;
import adjoint.nn.LSTM;
import adjoint.nn.LayerNorm;
import adjoint.nn.Linear;
import adjoint.nn.MaxPool2d;
import adjoint.nn.ReLU;
import adjoint.nn.Sequential;
import adjoint.op.Binary;
import adjoint.op.Elementwise;
import adjoint.op.Parametric;
import adjoint.op.Ternary;
import adjoint.op.Unary;
import adjoint.tensor.Engine;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Computes everything on arrays of many lengths and prints a checksum of all bits for each operation: what {@link
 * DeterminismTest} compares between virtual machines that differ in all that must not matter. All NaNs count as one.
 */
final class Probe {
    /** Around the widths of vectors and their tails, and long enough for several threads. */
    private static final int[] SIZES = {0, 1, 3, 4, 7, 15, 16, 17, 31, 33, 63, 65, 207, 1000, 4097};

    private static final int LONG = 150_001;
    private static final int SHORT = 64;

    private Probe() {}

    /**
     * Arguments: the number of threads; how often all is done, since later rounds find compiled loops; and {@code short} for
     * short arrays alone, where the processor's fma may not be used and takes a microsecond.
     */
    public static void main(String[] args) {
        Adjoint.threads(Integer.parseInt(args[0]));
        Map<String, Long> first = null;
        for (int round = 0; round < Integer.parseInt(args[1]); round++) {
            Map<String, Long> sums = checksums(args.length < 3);
            if (first == null) {
                first = sums;
            } else {
                report(first, sums, round);
            }
        }
        first.forEach((name, sum) -> System.out.println(name + " " + Long.toHexString(sum)));
    }

    private static void report(Map<String, Long> first, Map<String, Long> sums, int round) {
        first.forEach((name, sum) -> {
            if (!sum.equals(sums.get(name))) {
                System.out.println("! " + name + " differs in round " + round);
            }
        });
    }

    private static Map<String, Long> checksums(boolean all) {
        Map<String, Long> sums = new TreeMap<>();
        for (DType dtype : List.of(DType.F32, DType.F64)) {
            for (int n : SIZES) {
                if (all || n < SHORT) {
                    elementwise(sums, dtype, n);
                    reductions(sums, dtype, n);
                }
            }
            if (all) {
                long_(sums, dtype);
                layers(sums, dtype);
            }
        }
        training(sums);
        return sums;
    }

    private static Map<String, Elementwise> formulas() {
        Map<String, Elementwise> formulas = new LinkedHashMap<>();
        Stream.of(Unary.values(), Binary.values(), Ternary.values())
                .<Elementwise.Row>flatMap(Stream::of)
                .forEach(row -> formulas.put(row.toString(), row.op()));
        Stream.of(Parametric.values()).forEach(row -> formulas.put(row.toString(), row.sample()));
        return formulas;
    }

    private static void elementwise(Map<String, Long> sums, DType dtype, int n) {
        formulas().forEach((row, op) -> {
            Tensor[] in = new Tensor[op.formula().inputs()];
            for (int i = 0; i < in.length; i++) {
                in[i] = numbers(n + i, n, op.formula().kind(i) == Kind.MASK ? DType.BOOL : dtype);
            }
            add(sums, row + " " + dtype, Engine.run(op, in));
            for (int i = 0; i < in.length; i++) {
                in[i] = Tensor.stack(1, in[i], in[i]).select(1, i % 2); // every other element
            }
            add(sums, row + " " + dtype, Engine.run(op, in));
        });
    }

    private static void reductions(Map<String, Long> sums, DType dtype, int n) {
        Tensor x = numbers(n, n, dtype).nanToNum(0, 1, -1);
        Tensor y = numbers(n + 1, n, dtype).nanToNum(0, 1, -1);
        Tensor pair = Tensor.stack(0, x, y);
        add(sums, "sum " + dtype, x.sum());
        add(sums, "sum of columns " + dtype, pair.t().sum(0));
        add(sums, "mean " + dtype, pair.mean(1));
        add(sums, "matmul " + dtype, pair.matmul(pair.t()));
        add(sums, "outer " + dtype, x.slice(0, 0, Math.min(n, 70)).outer(y.slice(0, 0, Math.min(n, 70))));
        add(sums, "dot " + dtype, x.dot(y));
        add(sums, "cumsum " + dtype, x.cumsum(0));
        if (n > 0) {
            add(sums, "softmax " + dtype, pair.softmax(1));
            add(sums, "logsumexp " + dtype, pair.logsumexp(1));
            add(sums, "norm " + dtype, pair.norm());
            add(sums, "var " + dtype, pair.var(0));
            add(sums, "sort " + dtype, x.sort(0).values());
        }
        Tensor leaf = x.clone().requiresGrad(true);
        Tensor loss = leaf.mul(y).tanh().add(leaf.exp().log1p()).sum();
        add(sums, "backward " + dtype, Autograd.grad(loss, leaf));
    }

    /** Long enough to be split among threads. */
    private static void long_(Map<String, Long> sums, DType dtype) {
        Tensor x = numbers(5, LONG, dtype).nanToNum(0, 1, -1);
        for (Unary op : List.of(Unary.EXP, Unary.SIN, Unary.TANH, Unary.ERF, Unary.LGAMMA)) {
            add(sums, "long " + op + " " + dtype, Engine.run(op, x));
        }
        add(sums, "long sum " + dtype, x.sum());
        Tensor wide = x.slice(0, 0, 150_000).reshape(300, 500);
        add(sums, "long sum of columns " + dtype, wide.sum(0));
        add(sums, "long sum of rows " + dtype, wide.sum(1));
        add(sums, "long softmax " + dtype, wide.softmax(1));
        Tensor some = wide.slice(0, 0, 110);
        add(sums, "long matmul " + dtype, some.matmul(some.t()));
        Tensor columns = wide.slice(1, 0, 90);
        add(sums, "long matmul of a transposed " + dtype, columns.t().matmul(columns));
        add(sums, "long cumsum " + dtype, wide.cumsum(0));
    }

    /** Convolutions, pools, norms and recurrences, forward and back, split among threads. */
    private static void layers(Map<String, Long> sums, DType dtype) {
        var net = new Sequential(
                new Conv2d(3, 8, 3),
                new BatchNorm2d(8),
                new ReLU(),
                new MaxPool2d(2),
                new Conv2d(8, 4, 3),
                new AvgPool2d(2),
                new Flatten(),
                new Linear(4 * 5 * 5, 6),
                new LayerNorm(6));
        net.to(dtype);
        int salt = 0;
        for (Tensor p : net.parameters()) {
            p.data().copyInPlace(smooth(salt++, dtype, p.shape().sizes()).mul(0.3));
        }
        Tensor x = smooth(salt, dtype, 8, 3, 26, 26);
        Tensor loss = Functional.crossEntropy(net.forward(x), Tensor.arange(8L).remainder(6));
        loss.backward();
        add(sums, "convolutions " + dtype, loss.detach());
        net.namedParameters().forEach((name, p) -> add(sums, "gradient of " + name + " " + dtype, p.grad()));
        var lstm = new LSTM(5, 7);
        lstm.to(dtype);
        for (Tensor p : lstm.parameters()) {
            p.data().copyInPlace(smooth(salt++, dtype, p.shape().sizes()).mul(0.3));
        }
        Tensor out = lstm.forward(smooth(salt, dtype, 6, 4, 5)).output();
        out.sum().backward();
        add(sums, "recurrence " + dtype, out.detach());
        lstm.namedParameters().forEach((name, p) -> add(sums, "gradient of " + name + " " + dtype, p.grad()));
    }

    private static Tensor smooth(int salt, DType dtype, long... shape) {
        return Tensor.arange(Tensor.zeros(shape).numel())
                .to(dtype)
                .mul(0.37)
                .add(salt)
                .sin()
                .reshape(shape);
    }

    /** Some steps of learning: random numbers, products, gradients, updates. */
    private static void training(Map<String, Long> sums) {
        Rng rng = Rng.torch(7);
        Tensor x = Tensor.randn(rng, DType.F32, 64, 10);
        Tensor y = x.matmul(Tensor.randn(rng, DType.F32, 10, 1)).tanh();
        Tensor w = Tensor.randn(rng, DType.F32, 10, 1).requiresGrad(true);
        for (int step = 0; step < 20; step++) {
            w.grad(null);
            Functional.mseLoss(x.matmul(w).tanh(), y).backward();
            Autograd.noGrad(() -> w.subInPlace(w.grad().mul(0.1)));
        }
        add(sums, "training", w.detach());
    }

    /** Numbers of all sizes, and now and then a special one. */
    private static Tensor numbers(int seed, int n, DType dtype) {
        Random random = new Random(seed);
        double[] special = {0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1e-310, 1e-40, 1};
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = switch (random.nextInt(8)) {
                case 0 -> special[random.nextInt(special.length)];
                case 1 -> random.nextGaussian() * 1e5;
                case 2 -> Math.scalb(random.nextGaussian(), random.nextInt(-60, 60));
                default -> random.nextGaussian();
            };
        }
        return dtype == DType.BOOL ? Tensor.of((Object) x, DType.F64).gt(0) : Tensor.of((Object) x, dtype);
    }

    private static void add(Map<String, Long> sums, String name, Tensor x) {
        long sum = sums.getOrDefault(name, 1L);
        List<Long> bits = new ArrayList<>();
        if (x.dtype() == DType.BOOL) {
            for (boolean b : x.toBooleans()) {
                bits.add(b ? 1L : 0L);
            }
        } else {
            for (double v : x.toDoubles()) {
                bits.add(Double.doubleToLongBits(v));
            }
        }
        for (long b : bits) {
            sum = (sum ^ b) * 0x100000001b3L + 1;
        }
        sums.put(name, sum);
    }
}
