package adjoint.tensor;

import adjoint.op.Accumulate;
import adjoint.op.IndexGet;
import adjoint.op.IndexPut;
import adjoint.op.Nonzero;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reading and writing parts of tensors. Positions, ranges, new axes and the ellipsis make a view; integer and truth
 * tensors then pick elements of that view, by NumPy's and PyTorch's rules: neighbouring index tensors put their
 * common shape in their place, others at the front.
 */
final class Indexing {
    private Indexing() {}

    static Tensor get(Tensor x, Index... where) {
        Selection s = select(x, where);
        if (s.tensors.isEmpty()) {
            return s.view;
        }
        Tensor[] inputs = s.inputs(s.fronted());
        Tensor picked = Engine.run(new IndexGet(inputs[0].shape(), s.common, s.result()), inputs);
        return s.unfront(picked);
    }

    static void set(Tensor x, Tensor value, Index... where) {
        put(x, value, Accumulate.REPLACE, where);
    }

    /** Writes or adds into the part that is selected; gives {@code x}. */
    static Tensor put(Tensor x, Tensor value, Accumulate mode, Index... where) {
        Selection s = select(x, where);
        if (s.tensors.isEmpty()) {
            Tensor part = fitted(value, s.view.shape()).to(x.dtype());
            Engine.assign(s.view, mode == Accumulate.ADD ? s.view.add(part) : part);
            return x;
        }
        Shape result = s.result();
        Tensor target = s.fronted();
        // The value broadcasts to what reading would give, in reading's order of dimensions.
        Shape shown = s.shown();
        Tensor values = fitted(value, shown).to(x.dtype());
        if (!shown.equals(Shape.broadcast(shown, values.shape()))) {
            throw new ShapeException("set: values of shape " + values.shape() + " for a part of shape " + shown
                    + ": they do not broadcast to it. Reshape them.");
        }
        Tensor full = s.front(values.expand(shown.sizes()));
        Tensor[] inputs = s.inputs(target);
        Tensor[] put = new Tensor[inputs.length + 1];
        put[0] = target;
        put[1] = full;
        System.arraycopy(inputs, 1, put, 2, inputs.length - 1);
        var op = new IndexPut(target.shape(), s.common, result, mode);
        if (Level.of(put) == null && !values.requiresGrad() && (!target.requiresGrad() || !Engine.isRecording())) {
            Engine.overwritePart(op, target, put);
        } else {
            Engine.assign(target, Engine.run(op, put));
        }
        return x;
    }

    /** The values without leading sizes of 1 that the part does not have: those do not matter to an assignment. */
    private static Tensor fitted(Tensor values, Shape part) {
        Tensor v = values;
        while (v.shape().rank() > part.rank() && v.size(0) == 1) {
            v = v.squeeze(0);
        }
        return v;
    }

    /** A view, and the index tensors that apply to some of its dimensions. */
    private static final class Selection {
        Tensor view;
        final List<Tensor> tensors = new ArrayList<>();
        final List<Integer> dims = new ArrayList<>();
        Shape common;

        boolean adjacent() {
            for (int i = 1; i < dims.size(); i++) {
                if (dims.get(i) != dims.get(i - 1) + 1) {
                    return false;
                }
            }
            return true;
        }

        /** The view with the indexed dimensions first. */
        Tensor fronted() {
            int[] order = new int[view.shape().rank()];
            int at = 0;
            for (int d : dims) {
                order[at++] = d;
            }
            for (int d = 0; d < order.length; d++) {
                if (!dims.contains(d)) {
                    order[at++] = d;
                }
            }
            return isIdentity(order) ? view : view.permute(order);
        }

        Tensor[] inputs(Tensor target) {
            Tensor[] inputs = new Tensor[tensors.size() + 1];
            inputs[0] = target;
            for (int i = 0; i < tensors.size(); i++) {
                inputs[i + 1] = tensors.get(i);
            }
            return inputs;
        }

        /** The shape of the picked elements with the common shape first. */
        Shape result() {
            List<Long> sizes = new ArrayList<>();
            for (long size : common.sizes()) {
                sizes.add(size);
            }
            for (int d = 0; d < view.shape().rank(); d++) {
                if (!dims.contains(d)) {
                    sizes.add(view.shape().size(d));
                }
            }
            return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
        }

        /** From the common shape first to where reading shows it. */
        private int[] order() {
            int rank = common.rank() + view.shape().rank() - dims.size();
            int before = adjacent() ? dims.getFirst() : 0;
            int[] order = new int[rank];
            int at = 0;
            for (int d = 0; d < before; d++) {
                order[at++] = common.rank() + d;
            }
            for (int d = 0; d < common.rank(); d++) {
                order[at++] = d;
            }
            for (int d = common.rank() + before; d < rank; d++) {
                order[at++] = d;
            }
            return order;
        }

        Tensor unfront(Tensor picked) {
            int[] order = order();
            return isIdentity(order) ? picked : picked.permute(order);
        }

        Tensor front(Tensor values) {
            int[] order = order();
            int[] inverse = new int[order.length];
            for (int d = 0; d < order.length; d++) {
                inverse[order[d]] = d;
            }
            return isIdentity(order) ? values : values.permute(inverse);
        }

        Shape shown() {
            long[] sizes = result().sizes();
            return Shape.of(Arrays.stream(order()).mapToLong(d -> sizes[d]).toArray());
        }
    }

    private static boolean isIdentity(int[] order) {
        for (int d = 0; d < order.length; d++) {
            if (order[d] != d) {
                return false;
            }
        }
        return true;
    }

    private static Selection select(Tensor x, Index... where) {
        var s = new Selection();
        int used = 0;
        boolean ellipsis = false;
        for (Index index : where) {
            used += dimensions(index);
            if (index instanceof Index.Ellipsis) {
                if (ellipsis) {
                    throw new IndexException(
                            "index with two ellipses: which dimensions each covers is not clear." + " Use one.");
                }
                ellipsis = true;
            }
        }
        int rank = x.shape().rank();
        if (used > rank) {
            throw new IndexException("index with " + used + " positions into shape " + x.shape() + ": there are " + rank
                    + " dimensions. Give at most as many.");
        }
        Tensor view = x;
        int dim = 0;
        for (Index index : where) {
            switch (index) {
                case Index.At(long position) -> view = view.select(dim, position);
                case Index.Range(Long start, Long end, long step) -> {
                    if (start != null || end != null || step != 1) {
                        long size = view.shape().size(dim);
                        view = view.slice(dim, start == null ? 0 : start, end == null ? size : end, step);
                    }
                    dim++;
                }
                case Index.Ellipsis _ -> dim += rank - used;
                case Index.NewAxis _ -> view = view.unsqueeze(dim++);
                case Index.Positions(Tensor tensor)
                when tensor.dtype() == DType.BOOL && tensor.shape().rank() == 0 -> {
                    // A single truth value: a new dimension of size 1 or 0.
                    view = view.unsqueeze(dim);
                    s.tensors.add(Tensor.zeros(DType.I64, tensor.itemBoolean() ? 1 : 0));
                    s.dims.add(dim++);
                }
                case Index.Positions(Tensor tensor) -> {
                    for (Tensor positions : positions(tensor, view, dim)) {
                        s.tensors.add(positions);
                        s.dims.add(dim++);
                    }
                }
            }
        }
        s.view = view == x && s.tensors.isEmpty() ? alias(x) : view;
        s.common = common(s.tensors);
        return s;
    }

    /** Indexing gives a view even where it selects everything. */
    private static Tensor alias(Tensor x) {
        return x.shape().rank() == 0
                ? x.reshapeView(Shape.SCALAR)
                : x.slice(0, 0, x.shape().size(0), 1);
    }

    private static int dimensions(Index index) {
        return switch (index) {
            case Index.At _, Index.Range _ -> 1;
            case Index.Ellipsis _, Index.NewAxis _ -> 0;
            case Index.Positions(Tensor t) ->
                t.dtype() == DType.BOOL ? t.shape().rank() : 1;
        };
    }

    private static List<Tensor> positions(Tensor tensor, Tensor view, int dim) {
        if (tensor.dtype() == DType.I64 || tensor.dtype() == DType.I32) {
            return List.of(tensor.to(DType.I64));
        }
        if (tensor.dtype() != DType.BOOL) {
            throw new DTypeException(
                    "index with a " + tensor.dtype() + " tensor: positions are int64 or int32, and masks bool."
                            + " Convert it with to(DType.I64) or compare it.");
        }
        Shape mask = tensor.shape();
        for (int d = 0; d < mask.rank(); d++) {
            if (mask.size(d) != view.shape().size(dim + d)) {
                throw new IndexException("index with a mask of shape " + mask + " at dimension " + dim + " of shape "
                        + view.shape() + ": their sizes differ. A mask covers whole dimensions.");
            }
        }
        Tensor found = Engine.run(Nonzero.NONZERO, tensor);
        List<Tensor> positions = new ArrayList<>();
        for (int d = 0; d < mask.rank(); d++) {
            positions.add(found.select(1, d));
        }
        return positions;
    }

    private static Shape common(List<Tensor> tensors) {
        Shape common = Shape.SCALAR;
        for (Tensor t : tensors) {
            Shape both = Shape.broadcast(common, t.shape());
            if (both == null) {
                throw new IndexException("index with tensors of shapes "
                        + tensors.stream().map(Tensor::shape).toList()
                        + ": they do not broadcast together. Give them one shape.");
            }
            common = both;
        }
        return common;
    }
}
