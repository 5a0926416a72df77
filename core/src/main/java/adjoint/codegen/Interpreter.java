package adjoint.codegen;

import adjoint.types.DType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evaluates a formula without making a class for it: one instruction at a time, each over a block of elements that
 * stays in the processor's nearest cache. It is the form of every loop's first calls, because its parts are shared by
 * all formulas and thus soon compiled, and the only form where classes cannot be generated.
 */
final class Interpreter extends Loop {
    private static final int BLOCK = 256;

    private static final int FIELDS = 4;

    private final DType dtype;
    private final Slots slots;
    private final List<Program.Step> steps;
    private final boolean[] constant;
    private final Kind[] loaded; // what a step loads; null for those that compute
    private final Lane[] lanes;
    private final int[] operands; // four numbers a step: the register it writes, and those it reads or the array slot
    private final int[] stores; // two numbers a result: the step whose value it is, and the array slot

    Interpreter(Program program) {
        dtype = program.dtype();
        steps = program.steps();
        int n = steps.size();
        constant = new boolean[n];
        for (int k = 0; k < n; k++) {
            constant[k] = !(steps.get(k) instanceof Program.Load) && !(steps.get(k) instanceof Program.Compute);
        }
        stores = program.stores().stream()
                .flatMapToInt(s -> IntStream.of(s.value(), s.slot()))
                .toArray();
        boolean[] kept = new boolean[n];
        program.stores().forEach(s -> kept[s.value()] = true);
        slots = new Slots(steps, constant, kept);
        loaded = new Kind[n];
        lanes = new Lane[n];
        operands = new int[FIELDS * n];
        for (int k = 0; k < n; k++) {
            operands[FIELDS * k] = slots.of(k);
            if (steps.get(k) instanceof Program.Compute step) {
                lanes[k] = step.lane();
                operands[FIELDS * k + 1] = slots.of(step.a());
                operands[FIELDS * k + 2] = step.b() < 0 ? 0 : slots.of(step.b());
                operands[FIELDS * k + 3] = step.c() < 0 ? 0 : slots.of(step.c());
            } else if (steps.get(k) instanceof Program.Load load) {
                loaded[k] = load.kind();
                operands[FIELDS * k + 1] = load.index() + 1;
            }
        }
    }

    @Override
    public void run(Object[] arrays, int[] offsets, int[] strides, double[] params, int n) {
        if (n <= 0) {
            return;
        }
        Registers registers = Registers.of(dtype, slots, Math.min(n, BLOCK));
        constants(registers, params);
        for (int begin = 0; begin < n; begin += BLOCK) {
            block(registers, arrays, offsets, strides, begin, Math.min(BLOCK, n - begin));
        }
    }

    private void constants(Registers registers, double[] params) {
        for (int k = 0; k < constant.length; k++) {
            if (constant[k]) {
                int to = operands[FIELDS * k];
                Program.Step step = steps.get(k);
                if (step instanceof Program.LoadParam param) {
                    registers.fill(to, params[param.index()]);
                } else if (step instanceof Program.Literal literal) {
                    registers.fill(to, literal.value());
                } else if (step instanceof Program.BitsLiteral literal) {
                    registers.fillBits(to, literal.value());
                }
            }
        }
    }

    private void block(Registers registers, Object[] arrays, int[] offsets, int[] strides, int begin, int n) {
        for (int k = 0, at = 0; k < lanes.length; k++, at += FIELDS) {
            if (lanes[k] != null) {
                registers.compute(lanes[k], operands[at], operands[at + 1], operands[at + 2], operands[at + 3], n);
            } else if (loaded[k] != null) {
                int slot = operands[at + 1];
                int step = strides[slot];
                registers.load(loaded[k], operands[at], arrays[slot], offsets[slot] + begin * step, step, n);
            }
        }
        for (int s = 0; s < stores.length; s += 2) {
            int from = operands[FIELDS * stores[s]];
            int slot = stores[s + 1];
            Kind kind = steps.get(stores[s]).kind();
            registers.store(kind, from, arrays[slot], offsets[slot] + begin * strides[slot], strides[slot], n);
        }
    }
}
