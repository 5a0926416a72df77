package adjoint.tensor;

import adjoint.op.Batching;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import java.util.function.Function;

/**
 * The three transforms that all others are made of, on functions of several tensors: each opens a level, runs the function
 * on tensors lifted to it, and takes from the results what the level has added. See {@code Autograd} for the forms meant for use.
 */
public final class Transforms {
    private Transforms() {}

    /** For an argument of {@link #vmap} that is one for all examples. */
    public static final int UNBATCHED = Integer.MIN_VALUE;

    /**
     * What reverse mode gives.
     *
     * @param outputs what the function computed
     * @param pullback from one gradient for each output to one for each input
     */
    public record Pulled(Tensor[] outputs, Function<Tensor[], Tensor[]> pullback) {}

    /** Runs a function and gives what takes gradients of its results to gradients of its arguments, any number of times. */
    public static Pulled vjp(Function<Tensor[], Tensor[]> f, Tensor... inputs) {
        checkFloating("grad", inputs);
        var level = new TapeLevel();
        Tensor[] leaves = new Tensor[inputs.length];
        Tensor[] taped;
        try {
            for (int i = 0; i < inputs.length; i++) {
                leaves[i] = Taped.leaf(level, inputs[i]);
            }
            taped = f.apply(leaves);
        } finally {
            level.close();
        }
        Tensor[] outputs = level.inner(taped);
        return new Pulled(outputs, gradients -> Backward.pull(taped, leaves, gradients));
    }

    /**
     * What forward mode gives.
     *
     * @param outputs what the function computed
     * @param tangents how each of them changes along the direction
     */
    public record Pushed(Tensor[] outputs, Tensor[] tangents) {}

    /** Runs a function together with its derivative along a direction: one tangent for each input. */
    public static Pushed jvp(Function<Tensor[], Tensor[]> f, Tensor[] inputs, Tensor[] tangents) {
        checkFloating("jvp", inputs);
        checkDirection(inputs, tangents);
        var level = new TangentLevel();
        Tensor[] results;
        try {
            Tensor[] duals = new Tensor[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                duals[i] = new Dual(level, inputs[i], tangents[i]);
            }
            results = f.apply(duals);
        } finally {
            level.close();
        }
        Tensor[] changes = new Tensor[results.length];
        for (int i = 0; i < results.length; i++) {
            Tensor t = results[i] instanceof Dual dual && dual.level() == level ? dual.tangent() : null;
            changes[i] = t == null ? Tensor.zerosLike(level.inner(results[i])) : t;
        }
        return new Pushed(level.inner(results), changes);
    }

    /**
     * Runs a function of one example on all of them.
     *
     * @param in the dimension along which each input's examples lie, or {@link #UNBATCHED}
     * @param out the dimension along which the results' examples are to lie
     */
    public static Tensor[] vmap(
            Function<Tensor[], Tensor[]> f, Tensor[] inputs, int[] in, int out, Randomness randomness) {
        long size = size(inputs, in);
        var level = new BatchLevel(size, randomness);
        Tensor[] results;
        try {
            Tensor[] lifted = inputs.clone();
            for (int i = 0; i < inputs.length; i++) {
                if (in[i] != UNBATCHED) {
                    Tensor x = inputs[i];
                    int[] order = moved(x.shape().rank(), x.shape().dim(in[i]), 0);
                    lifted[i] = level.lift(level.below(() -> x.permute(order)));
                }
            }
            results = f.apply(lifted);
        } finally {
            level.close();
        }
        Tensor[] outputs = new Tensor[results.length];
        for (int i = 0; i < results.length; i++) {
            Tensor inner = level.inner(results[i]);
            Tensor all = Batching.spread(size, inner != results[i], inner);
            outputs[i] = out == 0
                    ? all
                    : all.permute(moved(all.shape().rank(), 0, all.shape().dim(out)));
        }
        return outputs;
    }

    private static long size(Tensor[] inputs, int[] in) {
        if (in.length != inputs.length) {
            throw new IndexException("vmap: " + in.length + " dimensions for " + inputs.length
                    + " inputs: each input has one. Give as many; Vmap.NONE for one that is the same for all.");
        }
        long size = -1;
        for (int i = 0; i < in.length; i++) {
            if (in[i] == UNBATCHED) {
                continue;
            }
            long own = inputs[i].size(in[i]);
            if (size >= 0 && own != size) {
                throw new ShapeException("vmap: " + own + " examples in input " + (i + 1) + " of shape "
                        + inputs[i].shape() + ", " + size + " in another: all have as many. Check the dimensions.");
            }
            size = own;
        }
        if (size < 0) {
            throw new GraphException("vmap: no input holds examples: there is nothing to run it over. Give at least"
                    + " one input a dimension.");
        }
        return size;
    }

    /** The order of dimensions in which the one at {@code from} has moved to {@code to}. */
    private static int[] moved(int rank, int from, int to) {
        int[] order = new int[rank];
        int next = 0;
        for (int d = 0; d < rank; d++) {
            if (d == to) {
                order[d] = from;
                continue;
            }
            next += next == from ? 1 : 0;
            order[d] = next++;
        }
        return order;
    }

    private static void checkFloating(String transform, Tensor[] inputs) {
        for (Tensor x : inputs) {
            if (!x.dtype().isFloating()) {
                throw new DTypeException(transform + ": in a " + x.dtype() + " tensor: only floating-point tensors have"
                        + " derivatives. Convert it with to(DType.F32), or capture it instead of passing it.");
            }
        }
    }

    private static void checkDirection(Tensor[] inputs, Tensor[] tangents) {
        if (inputs.length != tangents.length) {
            throw new GraphException("jvp: " + tangents.length + " tangents for " + inputs.length
                    + " inputs: each input has one. Give as many.");
        }
        for (int i = 0; i < inputs.length; i++) {
            if (!tangents[i].shape().equals(inputs[i].shape())) {
                throw new ShapeException("jvp: a tangent of shape " + tangents[i].shape() + " for input " + (i + 1)
                        + " of shape " + inputs[i].shape() + ": they differ. Give one of the"
                        + " input's shape.");
            }
            if (tangents[i].dtype() != inputs[i].dtype()) {
                throw new DTypeException("jvp: a " + tangents[i].dtype() + " tangent for a " + inputs[i].dtype()
                        + " input: the types differ. Convert it with to(...).");
            }
        }
    }
}
