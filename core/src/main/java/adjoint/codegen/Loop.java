package adjoint.codegen;

/**
 * A formula over arrays: {@code out[i] = f(in₀[i], in₁[i], …)}. Slot 0 of each argument is the result, slots 1… the
 * operands; an {@link Update} writes to some of those too.
 */
public abstract class Loop {
    /** Loops are made by the formula compiler. */
    protected Loop() {}

    /**
     * Computes {@code n} elements.
     *
     * @param arrays {@code float[]}, {@code double[]}, {@code long[]} or (truth values) {@code boolean[]}
     * @param offsets where each array's first element lies
     * @param steps how far apart elements lie; 0 for an operand that is the same number throughout
     * @param params the formula's numbers
     * @param n how many
     */
    public abstract void run(Object[] arrays, int[] offsets, int[] steps, double[] params, int n);
}
