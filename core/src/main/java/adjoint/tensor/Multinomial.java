package adjoint.tensor;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.kernel.TorchSampling;
import adjoint.kernel.TorchStream;
import adjoint.types.DType;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;

/** Indices drawn by weights. */
final class Multinomial {
    private Multinomial() {}

    static Tensor draw(Rng rng, Tensor weights, long count, Replacement replacement) {
        Sampling.checkReal("multinomial", weights.dtype());
        int rank = weights.shape().rank();
        if (rank != 1 && rank != 2) {
            throw new ShapeException("multinomial of weights " + weights.shape()
                    + ": they are a vector, or a matrix whose rows are drawn from one by one. Reshape them.");
        }
        if (count < 1) {
            throw new ValueException(
                    "multinomial of " + count + " draws: at least one has to be drawn. Give 1 or more.");
        }
        long categories = weights.size(-1);
        if (categories == 0 || (replacement == Replacement.WITHOUT && count > categories)) {
            throw new ValueException("multinomial of " + count + " draws "
                    + (replacement == Replacement.WITHOUT ? "without" : "with") + " replacement out of " + categories
                    + ": there are not so many. Draw fewer, or with replacement.");
        }
        return Engine.random(weights, w -> {
            double[] rows = Copy.of(w, DType.F64).doubles();
            checkWeights(rows, (int) categories);
            return rng.draw(stream -> indices(stream, w, rows, (int) count, replacement));
        });
    }

    private static void checkWeights(double[] rows, int categories) {
        for (int from = 0; from < rows.length; from += categories) {
            double sum = 0;
            for (int i = from; i < from + categories; i++) {
                if (!(rows[i] >= 0) || Double.isInfinite(rows[i])) {
                    throw new ValueException("multinomial with a weight of " + rows[i]
                            + ": weights are finite and not negative. Check how they were computed.");
                }
                sum += rows[i];
            }
            if (sum == 0) {
                throw new ValueException("multinomial with weights that are all 0: nothing can be drawn. Give one of"
                        + " them a positive weight.");
            }
        }
    }

    private static Strided indices(
            TorchStream stream, Strided weights, double[] rows, int count, Replacement replacement) {
        long[] sizes = weights.shape().sizes();
        int categories = (int) sizes[sizes.length - 1];
        sizes[sizes.length - 1] = count;
        Strided out = Strided.zeros(DType.I64, Shape.of(sizes));
        DType dtype = weights.dtype();
        double[] draws = replacement == Replacement.WITH && count > 1
                ? null
                : Copy.of(Draws.like(weights, Draws.exponential(1), stream, dtype), DType.F64)
                        .doubles();
        for (int row = 0; row < rows.length / categories; row++) {
            double[] w = part(rows, row, categories);
            if (draws == null) {
                TorchSampling.withReplacement(stream, w, dtype, out.longs(), row * count, count);
            } else {
                double[] d = part(draws, row, categories);
                TorchSampling.withoutReplacement(w, d, dtype, out.longs(), row * count, count);
            }
        }
        return out;
    }

    private static double[] part(double[] rows, int row, int length) {
        return Arrays.copyOfRange(rows, row * length, (row + 1) * length);
    }
}
