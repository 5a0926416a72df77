package adjoint;

import adjoint.kernel.Threads;
import adjoint.tensor.Rng;
import adjoint.types.ValueException;

/** Settings of the whole process. */
public final class Adjoint {
    private Adjoint() {}

    /**
     * Starts the default random stream anew: creation methods, initialisers and loaders that are given no stream of
     * their own then draw PyTorch's numbers for this seed. PyTorch: {@code torch.manual_seed}.
     */
    public static void seed(long seed) {
        Rng.global(Rng.torch(seed));
    }

    /**
     * How many threads a large operation may use, the caller's included: what the environment variable
     * {@code ADJOINT_THREADS} says, or one a processor, until it is set here.
     */
    public static int threads() {
        return Threads.count();
    }

    /**
     * Sets how many threads a large operation may use, the caller's included. Results do not depend on it.
     *
     * @throws ValueException if {@code n} is less than 1
     */
    public static void threads(int n) {
        Threads.count(n);
    }
}
