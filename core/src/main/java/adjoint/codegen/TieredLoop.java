package adjoint.codegen;

/** A formula's loop, whatever form it runs in. */
final class TieredLoop extends Loop {
    private Loop current;

    TieredLoop(Program program) {
        current = new Interpreter(program);
    }

    @Override
    public void run(Object[] arrays, int[] offsets, int[] steps, double[] params, int n) {
        current.run(arrays, offsets, steps, params, n);
    }
}
