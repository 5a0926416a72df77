package adjoint.tensor;

import adjoint.kernel.Order.Statistic;
import adjoint.op.ArgCumExtreme;
import adjoint.op.ArgSort;
import adjoint.op.ArgStatistic;
import adjoint.op.ArgTop;
import adjoint.op.Dims;
import adjoint.op.Extreme;
import adjoint.op.Median;
import adjoint.op.Pick;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Locale;

/** Sorting, and what is found by it. Positions have no derivative; values are read from them. */
final class Ordering {
    private Ordering() {}

    private static ValuesAndIndices read(Tensor x, int dim, Tensor at, String gradName) {
        Tensor lines = Reductions.lined(x);
        Tensor values = Engine.run(new Pick(lines.shape(), dim, gradName), lines, at);
        return x.shape().rank() == 0
                ? new ValuesAndIndices(values.reshape().named(gradName), at.reshape())
                : new ValuesAndIndices(values, at);
    }

    static Tensor argsort(Tensor x, int dim, Sort sort) {
        return Reductions.scan(x, dim, d -> new ArgSort(d, sort));
    }

    static ValuesAndIndices sort(Tensor x, int dim, Sort sort) {
        int d = Reductions.line(x, dim);
        return read(x, d, Engine.run(new ArgSort(d, sort), Reductions.lined(x)), "SortBackward0");
    }

    static ValuesAndIndices topk(Tensor x, long k, int dim, Sort sort) {
        int d = Reductions.line(x, dim);
        Tensor lines = Reductions.lined(x);
        if (k < 0 || k > lines.size(d)) {
            throw new ValueException("topk: " + k + " of dimension " + d + " of shape " + x.shape() + ": there are "
                    + lines.size(d) + " elements. Choose k between 0 and that.");
        }
        long[] sizes = lines.shape().sizes();
        sizes[d] = k;
        return read(x, d, Engine.run(new ArgTop(d, sort, Shape.of(sizes)), lines), "TopkBackward0");
    }

    static ValuesAndIndices cumulative(Tensor x, int dim, Extreme.Which which) {
        int d = Reductions.line(x, dim);
        Tensor at = Engine.run(new ArgCumExtreme(d, which), Reductions.lined(x));
        return read(x, d, at, which == Extreme.Which.MAX ? "CummaxBackward0" : "CumminBackward0");
    }

    private static void check(String name, Tensor x, long elements) {
        if (x.dtype() == DType.BOOL) {
            throw new DTypeException(
                    name + ": of a bool tensor: truth values have no middle. Convert it with to(DType.I64).");
        }
        if (elements == 0) {
            throw new IndexException(name + ": along an empty dimension of a tensor of shape " + x.shape()
                    + ": there is none of nothing. Check for an empty tensor first.");
        }
    }

    static Tensor median(Tensor x, Statistic which) {
        String name = which.name().toLowerCase(Locale.ROOT);
        if (x.numel() == 0 && x.dtype().isFloating()) {
            return Tensor.scalar(Double.NaN, x.dtype()); // as PyTorch, though along a dimension it refuses
        }
        check(name, x, x.numel());
        return Engine.run(new Median(Shape.of(x.numel()), which), x.flatten());
    }

    static ValuesAndIndices statistic(Tensor x, Statistic which, long k, int dim, Dim keep) {
        String name = which.name().toLowerCase(Locale.ROOT);
        int d = Reductions.line(x, dim);
        Tensor lines = Reductions.lined(x);
        if (which != Statistic.MODE || lines.size(d) == 0) {
            check(name, x, lines.size(d));
        }
        if (which == Statistic.KTHVALUE && (k < 1 || k > lines.size(d))) {
            throw new ValueException("kthvalue: " + k + " of dimension " + d + " of shape " + x.shape()
                    + ": k counts from 1 to " + lines.size(d) + ". Choose one of those.");
        }
        Shape kept = Dims.of(lines.shape(), d).kept(lines.shape());
        Tensor at = Engine.run(new ArgStatistic(d, which, k, kept), lines);
        String label = Character.toUpperCase(name.charAt(0))
                + name.substring(1)
                + (which == Statistic.MEDIAN || which == Statistic.NANMEDIAN ? "Backward1" : "Backward0");
        ValuesAndIndices found = read(x, d, at, label);
        return keep == Dim.KEEP || x.shape().rank() == 0
                ? found
                : new ValuesAndIndices(
                        found.values().squeeze(d).named(label), found.indices().squeeze(d));
    }

    /** Which elements of a line have a rank. */
    enum Ranked {
        /** All; a NaN makes the result NaN. */
        ALL,
        /** All but the NaNs. */
        NUMBERS
    }

    /** Along one dimension of a tensor of at least one. */
    static Tensor quantile(Tensor x, Tensor q, int dim, Dim keep, Ranked ranked) {
        if (x.numel() == 0) {
            throw new ShapeException("quantile: of a tensor of shape " + x.shape()
                    + ": there is none of nothing. Check for an empty tensor first.");
        }
        if (q.shape().rank() > 1 || q.dtype() != Reductions.real("quantile", x).dtype()) {
            throw new ShapeException("quantile: q of shape " + q.shape() + " and type " + q.dtype() + " for "
                    + x.dtype() + ": it must be a number or a vector of the same type. Reshape or convert it.");
        }
        int d = Reductions.line(x, dim);
        Tensor lines = Reductions.lined(x).transpose(d, -1);
        // Ranks along the last dimension, for all lines; a line with a NaN is read at its end, where the NaN is.
        Tensor share = q.reshape(q.numel());
        long[] sizes = lines.shape().sizes();
        sizes[sizes.length - 1] = q.numel();
        Tensor at = (ranked == Ranked.NUMBERS ? rankAmongNumbers(lines, share) : rank(lines, share)).expand(sizes);
        Tensor below = at.detach().to(DType.I64);
        Tensor above = below.add(below.to(at.dtype()).lt(at.detach()).to(DType.I64));
        Tensor sorted = lines.sort(-1).values();
        Tensor low = sorted.gather(-1, below);
        Tensor weight = at.sub(below.to(at.dtype()));
        Tensor out = low.add(weight.mul(sorted.gather(-1, above).sub(low))).transpose(d, -1);
        return placed(x, q, out, d, keep);
    }

    private static Tensor rank(Tensor lines, Tensor share) {
        Tensor last = Tensor.scalar(lines.size(-1) - 1.0, share.dtype());
        Tensor bad = Reductions.any(lines.isNaN(), new int[] {-1}, Dim.KEEP);
        return Tensor.where(bad, last, share.mul(last));
    }

    /** NaNs are sorted to the end, so the ranks before them are those of the numbers. */
    private static Tensor rankAmongNumbers(Tensor lines, Tensor share) {
        Tensor numbers = lines.isNaN().logicalNot().sum(new int[] {-1}, Dim.KEEP);
        return share.mul(numbers.sub(1L).maximum(0L).to(share.dtype()));
    }

    /** PyTorch's place for the quantiles: before the other dimensions; none for a single number. */
    private static Tensor placed(Tensor x, Tensor q, Tensor out, int d, Dim keep) {
        Tensor first = out.unsqueeze(0).transpose(0, d + 1);
        boolean drop = keep == Dim.DROP || x.shape().rank() == 0;
        Tensor left = drop ? first.squeeze(d + 1) : first;
        return q.shape().rank() == 0 ? left.squeeze(0) : left;
    }

    static Tensor checkedQ(double q, Tensor x) {
        if (!(q >= 0 && q <= 1)) {
            throw new ValueException("quantile: q = " + q + ": a share lies between 0 and 1. Give such a number.");
        }
        return Tensor.scalar(q, x.dtype().isFloating() ? x.dtype() : DType.F32);
    }

    static Unique unique(Tensor x) {
        Tensor flat = x.detach().flatten();
        long n = flat.numel();
        ValuesAndIndices sorted = flat.sort(0);
        if (n == 0) {
            Tensor none = Tensor.zeros(DType.I64, 0);
            return new Unique(flat, none.reshape(x.shape().sizes()), none);
        }
        Tensor starts = Tensor.cat(
                0,
                Tensor.ones(DType.BOOL, 1),
                sorted.values().slice(0, 1, n).ne(sorted.values().slice(0, 0, n - 1)));
        Tensor number = starts.to(DType.I64).cumsum(0).sub(1L);
        Tensor inverse = Tensor.zeros(DType.I64, n);
        inverse.set(number, Index.of(sorted.indices()));
        Tensor first = starts.nonzero().flatten();
        Tensor counts = Tensor.cat(0, first.slice(0, 1, first.numel()), Tensor.full(n, 1))
                .sub(first);
        return new Unique(sorted.values().at(first), inverse.reshape(x.shape().sizes()), counts);
    }
}
