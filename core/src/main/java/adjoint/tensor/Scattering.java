package adjoint.tensor;

import adjoint.kernel.Gather.Combine;
import adjoint.op.Accumulate;
import adjoint.op.IndexPut;
import adjoint.op.Pick;
import adjoint.op.Scatter;
import adjoint.op.ScatterReduce;
import adjoint.op.SearchSorted;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.Arrays;

/** Reading and writing along one dimension, at positions or where a mask holds. */
final class Scattering {
    private Scattering() {}

    private static Tensor positions(String name, Tensor index) {
        if (index.dtype() != DType.I64 && index.dtype() != DType.I32) {
            throw new DTypeException(name + ": with a " + index.dtype()
                    + " index: positions are int64 or int32. Convert it with to(DType.I64).");
        }
        return index.to(DType.I64);
    }

    /** The shape with its rank raised to 1. */
    private static Tensor vector(Tensor x) {
        return x.shape().rank() == 0 ? x.reshape(1) : x;
    }

    private static void checkFits(String name, Tensor x, int dim, Tensor index) {
        positions(name, index);
        boolean fits = index.shape().rank() == x.shape().rank();
        for (int d = 0; fits && d < x.shape().rank(); d++) {
            fits = d == dim || index.shape().size(d) <= x.shape().size(d);
        }
        if (!fits && index.numel() > 0) {
            throw new ShapeException(name + ": " + x.shape() + " along dimension " + dim + " with an index of shape "
                    + index.shape() + ": it needs as many dimensions, none of the others larger. Expand or slice it.");
        }
    }

    static Tensor gather(Tensor x, int dim, Tensor index) {
        if (x.shape().rank() == 0 || index.shape().rank() == 0) {
            return gather(vector(x), dim, vector(index)).reshape(index.shape().sizes());
        }
        int at = x.shape().dim(dim);
        checkFits("gather", x, at, index);
        if (index.numel() == 0 && index.shape().rank() != x.shape().rank()) {
            return x.reshape(-1).slice(0, 0, 0).reshape(index.shape().sizes());
        }
        return Engine.run(new Pick(x.shape(), at, "GatherBackward0"), x, index);
    }

    static Tensor takeAlongDim(Tensor x, Tensor index, int dim) {
        int at = x.shape().dim(dim);
        positions("takeAlongDim", index);
        if (index.shape().rank() != x.shape().rank()) {
            throw new ShapeException("takeAlongDim: " + x.shape() + " with an index of shape " + index.shape()
                    + ": the numbers of dimensions differ. Unsqueeze the index.");
        }
        long[] own = x.shape().sizes();
        long[] wanted = index.shape().sizes();
        for (int d = 0; d < own.length; d++) {
            if (d != at) {
                long size = own[d] == 1 ? wanted[d] : own[d];
                if (wanted[d] != size && wanted[d] != 1) {
                    throw new ShapeException("takeAlongDim: " + x.shape() + " with an index of shape " + index.shape()
                            + ": they do not broadcast in dimension " + d + ". Give it one of the sizes there.");
                }
                own[d] = size;
                wanted[d] = size;
            }
        }
        return gather(x.expand(own), at, index.expand(wanted));
    }

    /** The part of the source that belongs to the index, after all checks. */
    private static Tensor source(String name, Tensor x, int dim, Tensor index, Tensor source) {
        checkFits(name, x, dim, index);
        if (source.dtype() != x.dtype()) {
            throw new DTypeException(name + ": a " + source.dtype() + " source into a " + x.dtype()
                    + " tensor: the types differ. Convert the source with to(...).");
        }
        boolean fits = source.shape().rank() == index.shape().rank();
        for (int d = 0; fits && d < index.shape().rank(); d++) {
            fits = index.size(d) <= source.size(d);
        }
        if (!fits) {
            throw new ShapeException(name + ": a source of shape " + source.shape() + " for an index of shape "
                    + index.shape() + ": each position needs its value. Expand the source.");
        }
        Tensor part = source;
        for (int d = 0; d < index.shape().rank(); d++) {
            part = part.size(d) == index.size(d) ? part : part.slice(d, 0, index.size(d));
        }
        return part;
    }

    static Tensor scatter(String name, Tensor x, int dim, Tensor index, Tensor source, Accumulate mode) {
        if (x.shape().rank() == 0) {
            return scatter(name, vector(x), dim, vector(index), vector(source), mode)
                    .reshape();
        }
        int at = x.shape().dim(dim);
        if (index.numel() == 0) {
            positions(name, index);
            return x.clone();
        }
        return Engine.run(new Scatter(x.shape(), at, mode), x, source(name, x, at, index, source), index);
    }

    static Tensor scatter(Tensor x, int dim, Tensor index, double value) {
        Tensor source = Tensor.scalar(value, x.dtype()).expand(index.shape().sizes());
        return scatter("scatter", x, dim, index, source, Accumulate.REPLACE);
    }

    static Tensor scatterReduce(
            Tensor x, int dim, Tensor index, Tensor source, ScatterReduction how, Included included) {
        String name = "scatterReduce";
        if (x.shape().rank() == 0) {
            return scatterReduce(vector(x), dim, vector(index), vector(source), how, included)
                    .reshape();
        }
        int at = x.shape().dim(dim);
        if (index.numel() == 0) {
            positions(name, index);
            return x.clone();
        }
        Tensor values = source(name, x, at, index, source);
        Tensor start = included == Included.SELF ? x : cleared(x, at, index, how);
        return switch (how) {
            case SUM -> scatter(name, start, at, index, values, Accumulate.ADD);
            case MEAN -> mean(start, at, index, values, included);
            case PROD -> Engine.run(new ScatterReduce(x.shape(), at, Combine.PRODUCT), start, values, index);
            case AMAX -> Engine.run(new ScatterReduce(x.shape(), at, Combine.LARGER), start, values, index);
            case AMIN -> Engine.run(new ScatterReduce(x.shape(), at, Combine.SMALLER), start, values, index);
        };
    }

    private static Tensor mean(Tensor start, int dim, Tensor index, Tensor values, Included included) {
        if (!start.dtype().isFloating()) {
            throw new DTypeException("scatterReduce: the mean of a " + start.dtype()
                    + " tensor: it would lose its fractions. Convert it with to(DType.F32).");
        }
        Tensor ones = Tensor.onesLike(start);
        Tensor before = included == Included.SELF ? ones : Tensor.zerosLike(start);
        Tensor sent = Tensor.ones(start.dtype(), values.shape().sizes());
        Tensor count = scatter("scatterReduce", before, dim, index, sent, Accumulate.ADD)
                .maximum(ones);
        return scatter("scatterReduce", start, dim, index, values, Accumulate.ADD)
                .div(count);
    }

    /** What changes nothing, at the places that something is sent to. */
    private static Tensor cleared(Tensor x, int dim, Tensor index, ScatterReduction how) {
        boolean real = x.dtype().isFloating();
        Tensor neutral = switch (how) {
            case SUM, MEAN -> Tensor.scalar(0L);
            case PROD -> Tensor.scalar(1L);
            case AMAX -> real ? Tensor.scalar(Double.NEGATIVE_INFINITY) : Tensor.scalar(Long.MIN_VALUE);
            case AMIN -> real ? Tensor.scalar(Double.POSITIVE_INFINITY) : Tensor.scalar(Long.MAX_VALUE);
        };
        Tensor source = neutral.to(x.dtype()).expand(index.shape().sizes());
        return scatter("scatterReduce", x, dim, index, source, Accumulate.REPLACE);
    }

    static Tensor indexSelect(Tensor x, int dim, Tensor index) {
        int at = line("indexSelect", x, dim, index);
        return vector(x)
                .at(along(vector(x), at, vector(index)))
                .reshape(x.shape().rank() == 0 ? new long[0] : sized(x, at, index.numel()));
    }

    private static long[] sized(Tensor x, int dim, long size) {
        long[] sizes = x.shape().sizes();
        sizes[dim] = size;
        return sizes;
    }

    private static Index[] along(Tensor x, int dim, Tensor index) {
        Index[] where = new Index[x.shape().rank()];
        Arrays.fill(where, Index.ALL);
        where[dim] = Index.of(index);
        return where;
    }

    private static int line(String name, Tensor x, int dim, Tensor index) {
        positions(name, index);
        if (index.shape().rank() > 1) {
            throw new IndexException(name + ": with an index of shape " + index.shape()
                    + ": it is a list of positions of one dimension. Flatten it.");
        }
        return vector(x).shape().dim(dim);
    }

    /** {@code x[…, index, …] = source} or {@code +=}. */
    static Tensor indexWrite(String name, Tensor x, int dim, Tensor index, Tensor source, Accumulate mode) {
        if (x.shape().rank() == 0) {
            return indexWrite(name, vector(x), dim, index, vector(source), mode).reshape();
        }
        int at = line(name, x, dim, index);
        if (source.dtype() != x.dtype()) {
            throw new DTypeException(name + ": a " + source.dtype() + " source into a " + x.dtype()
                    + " tensor: the types differ. Convert the source with to(...).");
        }
        Tensor rows = source.shape().rank() == 0 ? source.reshape(1) : source;
        if (!rows.shape().equals(Shape.of(sized(x, at, index.numel())))) {
            throw new ShapeException(name + ": a source of shape " + source.shape() + " at " + index.numel()
                    + " positions of dimension " + at + " of shape " + x.shape() + ": it needs that many there and "
                    + "the same sizes elsewhere. Expand or slice it.");
        }
        Tensor front = x.transpose(0, at);
        Tensor part = rows.transpose(0, at);
        var put = new IndexPut(front.shape(), Shape.of(index.numel()), part.shape(), mode);
        return Engine.run(put, front, part, vector(index)).transpose(0, at);
    }

    static Tensor indexFill(Tensor x, int dim, Tensor index, Tensor value) {
        int at = line("indexFill", x, dim, index);
        if (value.shape().rank() != 0) {
            throw new ShapeException("indexFill: with a value of shape " + value.shape()
                    + ": all places get one number. Use indexCopy for several.");
        }
        long[] sizes = x.shape().rank() == 0 ? new long[] {index.numel()} : sized(x, at, index.numel());
        if (x.shape().rank() == 0) {
            return indexFill(vector(x), 0, index, value).reshape();
        }
        return indexWrite("indexFill", x, at, index, value.to(x.dtype()).expand(sizes), Accumulate.REPLACE);
    }

    static Tensor take(Tensor x, Tensor index) {
        return x.reshape(-1).at(Index.of(positions("take", index)));
    }

    static Tensor put(Tensor x, Tensor index, Tensor source, Accumulate mode) {
        positions("put", index);
        if (source.numel() != index.numel() || source.dtype() != x.dtype()) {
            throw new ShapeException("put: " + source.dtype() + " values of shape " + source.shape() + " at "
                    + index.numel() + " positions of a " + x.dtype()
                    + " tensor: it takes one value for each, of the same type. Reshape or convert them.");
        }
        Shape flat = Shape.of(index.numel());
        var op = new IndexPut(Shape.of(x.numel()), flat, flat, mode);
        return Engine.run(op, x.reshape(-1), source.reshape(-1), index.reshape(-1))
                .reshape(x.shape().sizes());
    }

    /** The shape that a mask and a tensor broadcast to. */
    private static Shape masked(String name, Tensor x, Tensor mask) {
        if (mask.dtype() != DType.BOOL) {
            throw new DTypeException(name + ": with a " + mask.dtype()
                    + " mask: masks hold truth values. Compare it, as with ne(0), or convert it with to(DType.BOOL).");
        }
        Shape both = Shape.broadcast(x.shape(), mask.shape());
        if (both == null) {
            throw new ShapeException(name + ": " + x.shape() + " with a mask of shape " + mask.shape()
                    + ": they do not broadcast together. Reshape the mask.");
        }
        return both;
    }

    static Tensor maskedSelect(Tensor x, Tensor mask) {
        long[] sizes = masked("maskedSelect", x, mask).sizes();
        return vector(x.expand(sizes)).at(Index.mask(vector(mask.expand(sizes))));
    }

    static Tensor maskedFill(Tensor x, Tensor mask, Tensor value) {
        masked("maskedFill", x, mask);
        if (value.shape().rank() != 0) {
            throw new ShapeException("maskedFill: with a value of shape " + value.shape()
                    + ": all places get one number. Use where, or maskedScatter.");
        }
        return Tensor.where(mask, value.to(x.dtype()), x);
    }

    static Tensor maskedScatter(Tensor x, Tensor mask, Tensor source) {
        long[] sizes = masked("maskedScatter", x, mask).sizes();
        if (source.dtype() != x.dtype()) {
            throw new DTypeException("maskedScatter: a " + source.dtype() + " source into a " + x.dtype()
                    + " tensor: the types differ. Convert the source with to(...).");
        }
        Tensor places = mask.expand(sizes).reshape(-1).nonzero().reshape(-1);
        if (source.numel() < places.numel()) {
            throw new ShapeException("maskedScatter: " + source.numel() + " values for " + places.numel()
                    + " places: there are too few. Give at least as many.");
        }
        Tensor full = x.expand(sizes);
        return put(full, places, source.reshape(-1).slice(0, 0, places.numel()), Accumulate.REPLACE);
    }

    static Tensor searchSorted(Tensor sorted, Tensor values, SearchSorted.Side side) {
        boolean fits = sorted.shape().rank() == 1
                || (sorted.shape().rank() > 0
                        && sorted.shape().rank() == values.shape().rank());
        for (int d = 0; fits && sorted.shape().rank() > 1 && d < sorted.shape().rank() - 1; d++) {
            fits = sorted.size(d) == values.size(d);
        }
        if (!fits) {
            throw new ShapeException("searchSorted: values of shape " + values.shape() + " in sequences of shape "
                    + sorted.shape() + ": all but the last sizes have to be equal, or the sequence a vector."
                    + " Reshape one of them.");
        }
        return Engine.run(new SearchSorted(side), sorted, values);
    }
}
