package adjoint.tensor;

import adjoint.kernel.Strided;
import adjoint.types.DType;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;

/** Numbers evenly spaced, their powers, and positions in triangles: tensors made of a few numbers. */
final class Grids {
    private Grids() {}

    /** Where the i-th of {@code steps} lies; from both ends, as PyTorch counts, so that both are exact. */
    private static double point(DType dtype, double start, double end, long steps, int i) {
        boolean low = i < steps / 2 || steps == 1;
        if (dtype == DType.F32) {
            float step = steps == 1 ? 0 : ((float) end - (float) start) / (steps - 1);
            return low ? Math.fma(step, i, (float) start) : Math.fma(-step, steps - i - 1, (float) end);
        }
        double step = steps == 1 ? 0 : (end - start) / (steps - 1);
        return low ? Math.fma(step, i, start) : Math.fma(-step, steps - i - 1, end);
    }

    static Tensor linspace(DType dtype, double start, double end, long steps) {
        return points("linspace", dtype, start, end, steps, Double.NaN);
    }

    static Tensor logspace(DType dtype, double start, double end, long steps, double base) {
        return points("logspace", dtype, start, end, steps, base);
    }

    /** @param base what is raised to the points; NaN for the points themselves */
    private static Tensor points(String name, DType dtype, double start, double end, long steps, double base) {
        if (steps < 0) {
            throw new ValueException(name + ": " + steps + " steps: there cannot be fewer than none. Give 0 or more.");
        }
        Strided out = Strided.zeros(dtype, Shape.of(steps));
        for (int i = 0; i < steps; i++) {
            double at = point(dtype, start, end, steps, i);
            double value = Double.isNaN(base) ? at : StrictMath.pow(base, at);
            switch (dtype) {
                case F32 -> out.floats()[i] = (float) value;
                case F64 -> out.doubles()[i] = value;
                default -> out.setInteger(i, (long) value);
            }
        }
        return Engine.made(out);
    }

    static Tensor triangle(String name, long rows, long columns, long offset, boolean lower) {
        if (rows < 0 || columns < 0) {
            throw new ShapeException(name + ": of a matrix " + rows + " by " + columns
                    + ": it has no fewer rows or columns than none. Give 0 or more.");
        }
        long count = 0;
        for (long r = 0; r < rows; r++) {
            count += to(r, columns, offset, lower) - from(r, columns, offset, lower);
        }
        Strided out = Strided.zeros(DType.I64, Shape.of(2, count));
        int at = 0;
        for (long r = 0; r < rows; r++) {
            for (long c = from(r, columns, offset, lower); c < to(r, columns, offset, lower); c++) {
                out.longs()[at] = r;
                out.longs()[at++ + (int) count] = c;
            }
        }
        return Engine.made(out);
    }

    private static long from(long row, long columns, long offset, boolean lower) {
        return lower ? 0 : Math.clamp(row + offset, 0, columns);
    }

    private static long to(long row, long columns, long offset, boolean lower) {
        return lower ? Math.clamp(row + offset + 1, 0, columns) : columns;
    }

    static Tensor vander(Tensor x, long n, Sort order) {
        if (x.shape().rank() != 1 || n < 0) {
            throw new ShapeException("vander: of shape " + x.shape() + " with " + n
                    + " columns: it takes a vector, and columns are 0 or more. Flatten it.");
        }
        Tensor base = x.dtype() == DType.BOOL ? x.to(DType.I64) : x;
        if (n == 0) {
            return Tensor.zeros(base.dtype(), x.numel(), 0);
        }
        Tensor one = Tensor.ones(base.dtype(), x.numel(), 1);
        Tensor ascending =
                Tensor.cat(1, one, base.unsqueeze(1).expand(x.numel(), n - 1)).cumprod(1);
        return order == Sort.ASCENDING ? ascending : ascending.flip(1);
    }

    static List<Tensor> meshgrid(GridIndexing indexing, List<Tensor> axes) {
        List<Tensor> grids = Rearranging.meshgrid(axes);
        return indexing == GridIndexing.IJ || axes.size() < 2
                ? grids
                : grids.stream().map(g -> g.transpose(0, 1)).toList();
    }
}
