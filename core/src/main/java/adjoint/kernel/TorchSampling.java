package adjoint.kernel;

import adjoint.types.DType;
import java.util.stream.IntStream;

/**
 * Discrete distributions on a {@link TorchStream}, with PyTorch's algorithms on the CPU, so that the same seed gives the
 * same counts and indices. Arguments are the caller's to check: rates and weights finite and not negative, a positive
 * sum of weights.
 */
public final class TorchSampling {
    private static final double[] LOG_FACTORIAL_BELOW_10 = new double[10];

    static {
        for (int i = 2; i < LOG_FACTORIAL_BELOW_10.length; i++) {
            LOG_FACTORIAL_BELOW_10[i] = LOG_FACTORIAL_BELOW_10[i - 1] + StrictMath.log(i);
        }
    }

    private TorchSampling() {}

    /**
     * {@code torch.poisson}: a count of mean {@code rate}. Below a rate of 10 by multiplying uniforms (Knuth), from 10 on
     * by transformed rejection (Hörmann, "The transformed rejection method for generating Poisson random variables",
     * 1993). Two words a uniform; a rate of 0 takes none.
     */
    public static long poisson(TorchStream stream, double rate) {
        if (rate == 0) {
            return 0;
        }
        return rate < 10 ? poissonByProduct(stream, rate) : poissonByRejection(stream, rate);
    }

    private static long poissonByProduct(TorchStream stream, double rate) {
        double limit = StrictMath.exp(-rate);
        long count = 0;
        double product = stream.nextDouble();
        while (product > limit) {
            count++;
            product *= stream.nextDouble();
        }
        return count;
    }

    private static long poissonByRejection(TorchStream stream, double rate) {
        double logRate = StrictMath.log(rate);
        double b = 0.931 + 2.53 * Math.sqrt(rate);
        double a = -0.059 + 0.02483 * b;
        double logInverseAlpha = StrictMath.log(1.1239 + 1.1328 / (b - 3.4));
        double vr = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = stream.nextDouble() - 0.5;
            double v = stream.nextDouble();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + rate + 0.43);
            if (us >= 0.07 && v <= vr) {
                return (long) k;
            }
            if (k < 0 || (us < 0.013 && v > us)) {
                continue;
            }
            double left = StrictMath.log(v) + logInverseAlpha - StrictMath.log(a / (us * us) + b);
            if (left <= -rate + k * logRate - logFactorial(k)) {
                return (long) k;
            }
        }
    }

    /** ln k!, by Stirling's series (Abramowitz and Stegun 6.1.41) from 10 on: its first omitted term is below 1e-12. */
    static double logFactorial(double k) {
        if (k < LOG_FACTORIAL_BELOW_10.length) {
            return LOG_FACTORIAL_BELOW_10[(int) k];
        }
        double n = k + 1;
        double r = 1 / n;
        double r2 = r * r;
        double series = r * (1.0 / 12 + r2 * (-1.0 / 360 + r2 * (1.0 / 1260 + r2 * (-1.0 / 1680 + r2 / 1188))));
        return (n - 0.5) * StrictMath.log(n) - n + 0.5 * StrictMath.log(2 * Math.PI) + series;
    }

    /**
     * {@code torch.multinomial(weights, n, replacement=True)} of one row of weights: indices into it; two words an index,
     * except where n is 1, for which PyTorch uses the other method.
     *
     * @param dtype in which the weights are added up, F32 or F64
     */
    public static void withReplacement(TorchStream stream, double[] weights, DType dtype, long[] out, int off, int n) {
        double[] cumulative = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum = rounded(sum + weights[i], dtype);
            cumulative[i] = sum;
        }
        for (int i = 0; i < weights.length; i++) {
            cumulative[i] = rounded(cumulative[i] / sum, dtype);
        }
        cumulative[weights.length - 1] = 1;
        for (int i = off; i < off + n; i++) {
            double u = stream.nextDouble();
            int low = 0;
            int high = weights.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (cumulative[middle] < u) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            out[i] = low;
        }
    }

    /**
     * {@code torch.multinomial(weights, n)} of one row of weights: n different indices, those with the greatest weight
     * divided by an exponential draw, the greatest first.
     *
     * @param draws an exponential draw for each weight
     * @param dtype in which they are divided, F32 or F64
     */
    public static void withoutReplacement(double[] weights, double[] draws, DType dtype, long[] out, int off, int n) {
        double[] keys = new double[weights.length];
        int greatest = 0;
        for (int i = 0; i < keys.length; i++) {
            keys[i] = rounded(weights[i] / draws[i], dtype);
            greatest = keys[i] > keys[greatest] ? i : greatest;
        }
        if (n == 1) {
            out[off] = greatest;
            return;
        }
        int[] order = IntStream.range(0, keys.length)
                .boxed()
                .sorted((i, j) -> Double.compare(keys[j], keys[i]))
                .mapToInt(Integer::intValue)
                .limit(n)
                .toArray();
        for (int i = 0; i < n; i++) {
            out[off + i] = order[i];
        }
    }

    /** Sums and quotients of two floats, rounded to double and then to float, are rounded once in effect. */
    private static double rounded(double x, DType dtype) {
        return dtype == DType.F32 ? (float) x : x;
    }
}
