package adjoint.tensor;

import adjoint.op.ArgExtreme;
import adjoint.op.Dims;
import adjoint.op.Extreme;
import adjoint.op.Norm2;
import adjoint.op.Pick;
import adjoint.op.Sum;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.Shape;

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
        return sum(x.abs().pow(p), dims, keep).pow(1 / p).named(label);
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
