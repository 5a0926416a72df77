package adjoint.codegen;

import adjoint.types.DType;
import java.util.List;

/**
 * Evaluates a formula without making a class for it: one instruction at a time, each over a block of elements that
 * stays in the processor's nearest cache. It is the form of every loop's first calls, because its parts are shared by
 * all formulas and thus soon compiled, and the only form where classes cannot be generated.
 */
final class Interpreter extends Loop {
    private static final int BLOCK = 256;

    private final DType dtype;
    private final List<Program.Step> steps;
    private final Slots slots;
    private final Kind result;

    Interpreter(Program program) {
        dtype = program.dtype();
        steps = program.steps();
        result = program.result();
        boolean[] invariant = new boolean[steps.size()];
        for (int k = 0; k < invariant.length; k++) {
            invariant[k] = !(steps.get(k) instanceof Program.Load) && !(steps.get(k) instanceof Program.Compute);
        }
        boolean[] kept = new boolean[steps.size()];
        kept[kept.length - 1] = true;
        slots = new Slots(steps, invariant, kept);
    }

    @Override
    public void run(Object[] arrays, int[] offsets, int[] steps, double[] params, int n) {
        if (n <= 0) {
            return;
        }
        Registers registers = Registers.of(dtype, slots, Math.min(n, BLOCK));
        for (int begin = 0; begin < n; begin += BLOCK) {
            block(registers, arrays, offsets, steps, params, begin, Math.min(BLOCK, n - begin));
        }
    }

    private void block(
            Registers registers, Object[] arrays, int[] offsets, int[] strides, double[] params, int begin, int n) {
        int last = steps.size() - 1;
        for (int k = 0; k <= last; k++) {
            int to = slots.of(k);
            switch (steps.get(k)) {
                case Program.Compute(Lane lane, int a, int b, int c) -> {
                    int second = b < 0 ? 0 : slots.of(b);
                    int third = c < 0 ? 0 : slots.of(c);
                    registers.compute(lane, to, slots.of(a), second, third, n);
                }
                case Program.Load(int index, Kind kind) -> {
                    int step = strides[index + 1];
                    registers.load(kind, to, arrays[index + 1], offsets[index + 1] + begin * step, step, n);
                }
                case Program.LoadParam(int index) -> {
                    if (begin == 0) {
                        registers.fill(to, params[index]);
                    }
                }
                case Program.Literal literal -> {
                    if (begin == 0) {
                        registers.fill(to, literal.value());
                    }
                }
                case Program.BitsLiteral(long value) -> {
                    if (begin == 0) {
                        registers.fillBits(to, value);
                    }
                }
            }
        }
        registers.store(result, slots.of(last), arrays[0], offsets[0] + begin * strides[0], strides[0], n);
    }
}
