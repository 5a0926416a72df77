package adjoint.op;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** For tests: random points of an operation's domain, in every layout a tensor can have. */
public final class Samples {
    private Samples() {}

    /** How an input lies in memory. */
    public enum Layout {
        DENSE,
        TRANSPOSED,
        SLICED,
        EXPANDED
    }

    /** A number of the domain, away from its edges. */
    public static double number(Random random, Domain domain) {
        return switch (domain) {
            case REAL -> random.nextDouble(-2, 2);
            case POSITIVE -> random.nextDouble(0.3, 2.5);
            case NONZERO -> random.nextDouble(0.3, 2) * (random.nextBoolean() ? 1 : -1);
            case UNIT -> random.nextDouble(-0.9, 0.9);
            case PROBABILITY -> random.nextDouble(0.1, 0.9);
            case ABOVE_ONE -> random.nextDouble(1.3, 3);
            case TRUTH -> random.nextInt(2);
        };
    }

    /** F64 (or BOOL) values of the domain, row-major. */
    public static Tensor dense(Random random, Domain domain, long... shape) {
        double[] values = new double[(int) Shape.of(shape).numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(random, domain);
        }
        return Tensor.of((Object) values, domain == Domain.TRUTH ? DType.BOOL : DType.F64)
                .reshape(shape);
    }

    /** Values of the domain in that layout; an expanded one repeats its first dimension. */
    public static Tensor laidOut(Random random, Domain domain, Layout layout, long... shape) {
        int rank = shape.length;
        if (rank == 0) {
            return dense(random, domain, 3).select(0, 1);
        }
        long[] memory = shape.clone();
        return switch (layout) {
            case DENSE -> dense(random, domain, shape);
            case TRANSPOSED -> {
                memory[0] = shape[rank - 1];
                memory[rank - 1] = shape[0];
                yield dense(random, domain, memory).transpose(0, rank - 1);
            }
            case SLICED -> {
                memory[0] = shape[0] + 2;
                memory[rank - 1] = memory[rank - 1] * 2 + 1;
                Tensor x = dense(random, domain, memory);
                // Of a vector both cuts concern the same dimension.
                x = rank == 1 ? x : x.slice(0, 1, shape[0] + 1);
                yield x.slice(rank - 1, 1, 1 + 2 * shape[rank - 1], 2);
            }
            case EXPANDED -> {
                memory[0] = 1;
                yield dense(random, domain, memory).expand(shape);
            }
        };
    }

    /** Values of that shape in every layout. */
    public static List<Tensor> layouts(Random random, Domain domain, long... shape) {
        List<Tensor> all = new ArrayList<>();
        for (Layout layout : Layout.values()) {
            all.add(laidOut(random, domain, layout, shape));
        }
        return all;
    }
}
