package adjoint.tensor;

import adjoint.op.ArgExtreme;
import adjoint.op.Dims;
import adjoint.op.Extreme;
import adjoint.op.LogSumExp;
import adjoint.op.Norm2;
import adjoint.op.NormP;
import adjoint.op.Op;
import adjoint.op.Pick;
import adjoint.op.Prod;
import adjoint.op.Sum;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.function.IntFunction;

/** Operations that make fewer elements of many. */
final class Reductions {
    private Reductions() {}

    private static Shape shape(Tensor x, Dims dims, Dim keep) {
        return keep == Dim.KEEP ? dims.kept(x.shape()) : dims.removed(x.shape());
    }

    static Tensor sum(Tensor x, int[] dims, Dim keep) {
        Dims d = Dims.of(x.shape(), dims);
        return Engine.run(new Sum(x.shape(), d, shape(x, d, keep), d.all() ? "SumBackward0" : "SumBackward1"), x);
    }

    static Tensor mean(Tensor x, int[] dims, Dim keep) {
        if (!x.dtype().isFloating()) {
            throw new DTypeException(
                    "mean: of a " + x.dtype() + " tensor: a mean is a fraction. Convert it with" + " to(DType.F32).");
        }
        Dims d = Dims.of(x.shape(), dims);
        return sum(x, dims, keep).div((double) d.count(x.shape())).named(d.all() ? "MeanBackward0" : "MeanBackward1");
    }

    private static void checkNotEmpty(String name, Tensor x, Dims d) {
        if (d.count(x.shape()) == 0) {
            throw new IndexException(name + ": over no elements of a tensor of shape " + x.shape()
                    + ": there is no largest or smallest of nothing. Check for an empty tensor first.");
        }
    }

    static Tensor extreme(Tensor x, Extreme.Which which, Extreme.Nans nans, int[] dims, Dim keep) {
        Dims d = Dims.of(x.shape(), dims);
        checkNotEmpty(which == Extreme.Which.MAX ? "max" : "min", x, d);
        return Engine.run(new Extreme(x.shape(), d, shape(x, d, keep), which, nans), x);
    }

    static Tensor argExtreme(Tensor x, Extreme.Which which, int[] dims, Dim keep) {
        String name = which == Extreme.Which.MAX ? "argmax" : "argmin";
        if (x.dtype() == DType.BOOL) {
            throw new DTypeException(name + ": of a bool tensor: truth values have no largest. Convert it with"
                    + " to(DType.I64), or use nonzero().");
        }
        Dims d = Dims.of(x.shape(), dims);
        checkNotEmpty(name, x, d);
        return Engine.run(new ArgExtreme(d, shape(x, d, keep), which), x);
    }

    static ValuesAndIndices along(Tensor x, Extreme.Which which, int dim, Dim keep) {
        String grad = which == Extreme.Which.MAX ? "MaxBackward0" : "MinBackward0";
        if (x.shape().rank() == 0) {
            Dims.of(x.shape(), dim);
            return new ValuesAndIndices(x.clone().named(grad), Tensor.zeros(DType.I64));
        }
        int d = x.shape().dim(dim);
        Dims along = Dims.of(x.shape(), d);
        checkNotEmpty(which == Extreme.Which.MAX ? "max" : "min", x, along);
        Tensor kept = Engine.run(new ArgExtreme(along, along.kept(x.shape()), which), x);
        Tensor values = Engine.run(new Pick(x.shape(), d, grad), x, kept);
        return keep == Dim.KEEP
                ? new ValuesAndIndices(values, kept)
                : new ValuesAndIndices(values.squeeze(d).named(grad), kept.squeeze(d));
    }

    static Tensor norm(Tensor x, double p, int[] dims, Dim keep) {
        if (!x.dtype().isFloating()) {
            throw new DTypeException("norm: of a " + x.dtype() + " tensor: a norm is a real number. Convert it with"
                    + " to(DType.F32).");
        }
        String label = "LinalgVectorNormBackward0";
        Dims d = Dims.of(x.shape(), dims);
        if (p == 2) {
            return Engine.run(new Norm2(x.shape(), d, shape(x, d, keep)), x);
        }
        if (p == 0) {
            return sum(x.ne(0).to(x.dtype()), dims, keep);
        }
        if (p == 1) {
            return sum(x.abs(), dims, keep).named(label);
        }
        if (Double.isInfinite(p)) {
            Extreme.Which which = p > 0 ? Extreme.Which.MAX : Extreme.Which.MIN;
            return extreme(x.abs(), which, Extreme.Nans.SPREAD, dims, keep).named(label);
        }
        return Engine.run(new NormP(x.shape(), d, shape(x, d, keep), p), x);
    }

    static Tensor prod(Tensor x) {
        return Engine.run(new Prod(Shape.of(x.numel()), 0, "ProdBackward0"), x.flatten());
    }

    static Tensor prod(Tensor x, int dim, Dim keep) {
        int d = line(x, dim);
        Tensor lines = lined(x);
        Tensor out = Engine.run(new Prod(lines.shape(), d, "ProdBackward1"), lines);
        return keep == Dim.KEEP && x.shape().rank() > 0 ? out.unsqueeze(d).named("ProdBackward1") : out;
    }

    /** The dimension meant; a single number counts as a line of one. */
    static int line(Tensor x, int dim) {
        return lined(x).shape().dim(dim);
    }

    /** The tensor itself; a single number as a vector. */
    static Tensor lined(Tensor x) {
        return x.shape().rank() == 0 ? x.reshape(1) : x;
    }

    /** An operation along a dimension whose result has the input's shape. */
    static Tensor scan(Tensor x, int dim, IntFunction<Op> op) {
        Tensor out = Engine.run(op.apply(line(x, dim)), lined(x));
        return x.shape().rank() == 0 ? out.reshape().named(out.gradFn()) : out;
    }

    static Tensor real(String name, Tensor x) {
        if (!x.dtype().isFloating()) {
            throw new DTypeException(name + ": of a " + x.dtype() + " tensor: the result is real numbers."
                    + " Convert it with to(DType.F32).");
        }
        return x;
    }

    static Tensor logsumexp(Tensor x, int[] dims, Dim keep) {
        Tensor t = x.dtype().isFloating() ? x : x.to(DType.F32);
        Dims d = Dims.of(t.shape(), dims);
        return Engine.run(new LogSumExp(t.shape(), d, shape(t, d, keep)), t);
    }

    private static Tensor deviations(String name, Tensor x, int[] dims) {
        return real(name, x)
                .sub(mean(x, dims, Dim.KEEP)
                        .reshape(Dims.of(x.shape(), dims).kept(x.shape()).sizes()));
    }

    private static double freedom(Tensor x, int[] dims, double correction) {
        return Math.max(0, Dims.of(x.shape(), dims).count(x.shape()) - correction);
    }

    static Tensor var(Tensor x, double correction, int[] dims, Dim keep) {
        Tensor squares = deviations("var", x, dims).square();
        return sum(squares, dims, keep).div(freedom(x, dims, correction)).named("VarBackward0");
    }

    /** As a norm, whose gradient where it is 0 is 0. */
    static Tensor std(Tensor x, double correction, int[] dims, Dim keep) {
        Tensor length = norm(deviations("std", x, dims), 2, dims, keep);
        return length.div(Math.sqrt(freedom(x, dims, correction))).named("StdBackward0");
    }

    static Tensor nansum(Tensor x, int[] dims, Dim keep) {
        return sum(x.dtype().isFloating() ? withoutNaN(x) : x, dims, keep).named("NansumBackward0");
    }

    static Tensor nanmean(Tensor x, int[] dims, Dim keep) {
        Tensor counts = sum(real("nanmean", x).isNaN().logicalNot(), dims, keep);
        return nansum(x, dims, keep).div(counts.to(x.dtype()));
    }

    private static Tensor withoutNaN(Tensor x) {
        return Tensor.where(x.isNaN(), Tensor.zerosLike(x), x);
    }

    static Tensor countNonzero(Tensor x, int[] dims) {
        return sum(x.to(DType.BOOL), dims, Dim.DROP);
    }

    static Tensor any(Tensor x, int[] dims, Dim keep) {
        return truth(x, sum(x.to(DType.BOOL), dims, keep).ne(0));
    }

    static Tensor all(Tensor x, int[] dims, Dim keep) {
        return truth(x, sum(x.logicalNot(), dims, keep).eq(0));
    }

    /** PyTorch's answer for U8, once its type for truth values, is of that type. */
    private static Tensor truth(Tensor x, Tensor answer) {
        return x.dtype() == DType.U8 ? answer.to(DType.U8) : answer;
    }

    static Tensor diff(Tensor x, int n, int dim) {
        Tensor d = x;
        for (int i = 0; i < n; i++) {
            long size = d.size(dim);
            Tensor later = d.slice(dim, 1, size);
            Tensor earlier = d.slice(dim, 0, Math.max(size - 1, 0));
            d = x.dtype() == DType.BOOL ? later.logicalXor(earlier) : later.sub(earlier);
        }
        return d;
    }

    static Tensor cov(Tensor x, double correction) {
        if (x.shape().rank() > 2) {
            throw new ShapeException("cov: of a tensor of shape " + x.shape()
                    + ": a row holds the observations of a variable, so at most two dimensions can be meant."
                    + " Reshape it.");
        }
        Tensor rows = x.shape().rank() < 2 ? x.reshape(1, x.numel()) : x;
        Tensor centred = real("cov", rows).sub(rows.mean(1, Dim.KEEP));
        double n = Math.max(0, rows.size(1) - correction);
        Tensor c = centred.matmul(centred.t()).div(n);
        return x.shape().rank() < 2 ? c.reshape() : c;
    }

    static Tensor corrcoef(Tensor x) {
        Tensor c = cov(x, 1);
        if (c.shape().rank() == 0) {
            return c.div(c);
        }
        Tensor std = diagonal(c).sqrt();
        Tensor scaled = c.div(std.unsqueeze(1)).div(std.unsqueeze(0));
        return scaled.maximum(-1).minimum(1);
    }

    /** The elements (i, i) of a matrix. */
    static Tensor diagonal(Tensor x) {
        Tensor i = Tensor.arange(Math.min(x.size(0), x.size(1)));
        return x.at(Index.of(i), Index.of(i));
    }

    static Tensor histc(Tensor x, int bins, double min, double max) {
        double width = (max - min) / bins;
        Tensor v = real("histc", x).detach().flatten();
        Tensor inside = v.at(v.ge(min).logicalAnd(v.le(max)));
        Tensor bin = inside.sub(min).div(width).to(DType.I64).minimum(bins - 1L);
        return Tensor.arange(bins).unsqueeze(1).eq(bin.unsqueeze(0)).sum(1).to(x.dtype());
    }

    /** Sums the dimensions that broadcasting to {@code x}'s shape had repeated. */
    static Tensor sumTo(Tensor x, Shape shape) {
        if (x.shape().equals(shape)) {
            return x;
        }
        int extra = x.shape().rank() - shape.rank();
        int[] dims = new int[x.shape().rank()];
        int n = 0;
        for (int d = 0; d < dims.length; d++) {
            if (d < extra || (shape.size(d - extra) == 1 && x.shape().size(d) != 1)) {
                dims[n++] = d;
            }
        }
        // The sum's elements already lie as the smaller shape wants them.
        Dims d = Dims.of(x.shape(), java.util.Arrays.copyOf(dims, n));
        return n == 0 ? x.reshape(shape.sizes()) : Engine.run(new Sum(x.shape(), d, shape, "SumBackward1"), x);
    }
}
