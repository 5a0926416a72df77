package adjoint.autograd;

import adjoint.tensor.Randomness;
import adjoint.tensor.Transforms;
import java.util.Arrays;

/**
 * How {@code vmap} splits its inputs into examples and joins the results:
 * {@code Vmap.in(0, Vmap.NONE).out(1).randomness(Randomness.SAME)}.
 */
public final class Vmap {
    /** For an input that is one for all examples. PyTorch: {@code in_dims=None}. */
    public static final int NONE = Transforms.UNBATCHED;

    private final int[] in; // null: the first dimension of every input
    private final int out;
    private final Randomness randomness;

    private Vmap(int[] in, int out, Randomness randomness) {
        this.in = in;
        this.out = out;
        this.randomness = randomness;
    }

    /** Examples along the first dimension of every input and result; random numbers are refused. */
    public static Vmap first() {
        return new Vmap(null, 0, Randomness.ERROR);
    }

    /** The dimension along which the examples of each input lie, or {@link #NONE}. */
    public static Vmap in(int... dims) {
        return new Vmap(dims.clone(), 0, Randomness.ERROR);
    }

    /** The dimension along which the results' examples are to lie. */
    public Vmap out(int dim) {
        return new Vmap(in, dim, randomness);
    }

    /** What random numbers are to the examples. */
    public Vmap randomness(Randomness meant) {
        return new Vmap(in, out, meant);
    }

    int[] dims(int inputs) {
        if (in != null) {
            return in.clone();
        }
        int[] first = new int[inputs];
        Arrays.fill(first, 0);
        return first;
    }

    int out() {
        return out;
    }

    Randomness randomness() {
        return randomness;
    }
}
