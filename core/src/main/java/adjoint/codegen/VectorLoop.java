package adjoint.codegen;

/** A vector loop over whole vectors, and the scalar form for the elements that are left over. */
final class VectorLoop extends Loop {
    private final Loop whole;
    private final Loop rest;
    private final int lanes;

    VectorLoop(Loop whole, Loop rest, int lanes) {
        this.whole = whole;
        this.rest = rest;
        this.lanes = lanes;
    }

    @Override
    public void run(Object[] arrays, int[] offsets, int[] steps, double[] params, int n) {
        int left = n % lanes;
        int done = n - left;
        whole.run(arrays, offsets, steps, params, done);
        if (left > 0) {
            int[] at = new int[offsets.length];
            for (int i = 0; i < at.length; i++) {
                at[i] = offsets[i] + done * steps[i];
            }
            rest.run(arrays, at, steps, params, left);
        }
    }
}
