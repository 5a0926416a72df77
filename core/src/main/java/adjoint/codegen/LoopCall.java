package adjoint.codegen;

import adjoint.kernel.Nest;
import adjoint.kernel.Strided;
import adjoint.kernel.Threads;

/** Runs a loop over operands as they lie in memory: evenly in one go, in parts on several threads, or nested. */
final class LoopCall {
    // A part for a thread of its own takes some microseconds: elements times instructions, and elements.
    private static final int PARALLEL_WORK = 1 << 17;
    private static final int LEAST_PART = 1 << 12;
    private static final int LARGEST_PART = 1 << 15;

    private static final int SHORT = 1 << 12;

    private LoopCall() {}

    /** Computes {@code out}, of the shape that the operands broadcast to. */
    static void run(TieredLoop loop, Strided out, double[] numbers, Strided[] in) {
        int n = out.numel();
        if (n == 0) {
            return;
        }
        int k = in.length;
        Object[] arrays = new Object[k + 1];
        arrays[0] = out.array();
        boolean flat = out.isRowMajor();
        boolean fromStart = out.offset() == 0;
        long single = 0; // a bit for each operand that is the same number throughout
        for (int i = 0; i < k; i++) {
            Strided x = in[i];
            arrays[i + 1] = x.array();
            fromStart &= x.offset() == 0;
            if (x.isUniform()) {
                single |= 1L << i;
            } else {
                flat &= x.isRowMajor() && x.numel() == n;
            }
        }
        if (!flat) {
            Strided[] all = new Strided[k + 1];
            all[0] = out;
            System.arraycopy(in, 0, all, 1, k);
            new Nest(out.shape(), all).run((at, step, count) -> loop.run(arrays, at, step, numbers, count));
            return;
        }
        int[] steps = k <= FEW ? STEPS[k][(int) single] : steps(in);
        int[] offsets = fromStart && k <= FEW ? STARTS[k] : offsets(out, in);
        if (n < 2 * LEAST_PART) {
            loop.run(arrays, offsets, steps, numbers, n);
        } else {
            inParts(loop, arrays, offsets, steps, numbers, n);
        }
    }

    private static void inParts(TieredLoop loop, Object[] arrays, int[] offsets, int[] steps, double[] numbers, int n) {
        int instructions = loop.program().steps().size();
        Threads.loop(n, Math.clamp(PARALLEL_WORK / instructions, LEAST_PART, LARGEST_PART), (from, to) -> {
            int[] at = new int[offsets.length];
            for (int i = 0; i < at.length; i++) {
                at[i] = offsets[i] + from * steps[i];
            }
            loop.run(arrays, at, steps, numbers, to - from);
        });
    }

    /** Whether so many elements are few, but some. */
    static boolean isShort(int n) {
        return 0 < n && n <= SHORT;
    }

    /** Computes {@code out}, which is short, of a dense operand of its shape. */
    static void run(TieredLoop loop, Strided out, double[] numbers, Strided a) {
        int[] offsets = a.offset() == 0 ? STARTS[1] : new int[] {0, a.offset()};
        loop.run(new Object[] {out.array(), a.array()}, offsets, STEPS[1][0], numbers, out.numel());
    }

    /** Computes {@code out}, which is short, of dense operands of its shape or of one element. */
    static void run(TieredLoop loop, Strided out, double[] numbers, Strided a, Strided b) {
        int single = (a.numel() == 1 ? 1 : 0) | (b.numel() == 1 ? 2 : 0);
        int[] offsets = (a.offset() | b.offset()) == 0 ? STARTS[2] : new int[] {0, a.offset(), b.offset()};
        loop.run(new Object[] {out.array(), a.array(), b.array()}, offsets, STEPS[2][single], numbers, out.numel());
    }

    /** Computes {@code out}, which is short, of itself and of dense operands of its shape or of one element. */
    static void accumulate(TieredLoop loop, Strided out, double[] numbers, Strided a, Strided b) {
        int single = (a.numel() == 1 ? 2 : 0) | (b.numel() == 1 ? 4 : 0);
        int[] offsets = (a.offset() | b.offset()) == 0 ? STARTS[3] : new int[] {0, 0, a.offset(), b.offset()};
        Object[] arrays = {out.array(), out.array(), a.array(), b.array()};
        loop.run(arrays, offsets, STEPS[3][single], numbers, out.numel());
    }

    // Small operations cost what they allocate: the usual offsets and steps are shared. Loops only read them.
    private static final int FEW = 5;
    private static final int[][] STARTS = new int[FEW + 1][];
    private static final int[][][] STEPS = new int[FEW + 1][][];

    static {
        for (int k = 0; k <= FEW; k++) {
            STARTS[k] = new int[k + 1];
            STEPS[k] = new int[1 << k][];
            for (int single = 0; single < 1 << k; single++) {
                int[] steps = new int[k + 1];
                steps[0] = 1;
                for (int i = 0; i < k; i++) {
                    steps[i + 1] = (single >> i & 1) == 1 ? 0 : 1;
                }
                STEPS[k][single] = steps;
            }
        }
    }

    private static int[] steps(Strided[] in) {
        int[] steps = new int[in.length + 1];
        steps[0] = 1;
        for (int i = 0; i < in.length; i++) {
            steps[i + 1] = in[i].isUniform() ? 0 : 1;
        }
        return steps;
    }

    private static int[] offsets(Strided out, Strided[] in) {
        int[] offsets = new int[in.length + 1];
        offsets[0] = out.offset();
        for (int i = 0; i < in.length; i++) {
            offsets[i + 1] = in[i].offset();
        }
        return offsets;
    }
}
