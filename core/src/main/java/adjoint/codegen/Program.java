package adjoint.codegen;

import adjoint.types.DType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Formulas lowered for one element type: elementary functions replaced by lanes, equal parts merged, the rest in an
 * order in which every step comes after those it uses. Step {@code k} defines value {@code k}.
 *
 * @param stores where the results go: slot 0 is the result's array, slot {@code i + 1} that of operand {@code i}, which
 *     is then replaced. An element's operands are all read before its results are written.
 */
record Program(DType dtype, List<Step> steps, int inputs, int params, List<Store> stores) {

    /** A program with one result, the value of its last step. */
    Program(DType dtype, List<Step> steps, int inputs, int params) {
        this(dtype, steps, inputs, params, List.of(new Store(steps.size() - 1, 0)));
    }

    /** Writes value {@code value} to the array in slot {@code slot}. */
    record Store(int value, int slot) {}

    /** One step; operands are numbers of earlier steps. */
    sealed interface Step {
        Kind kind();
    }

    /** Reads operand {@code index}. */
    record Load(int index, Kind kind) implements Step {}

    /** Reads number {@code index} of those given at the call. */
    record LoadParam(int index) implements Step {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** A literal number. */
    record Literal(long doubleBits) implements Step {
        double value() {
            return Double.longBitsToDouble(doubleBits);
        }

        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** A literal bit pattern. */
    record BitsLiteral(long value) implements Step {
        @Override
        public Kind kind() {
            return Kind.BITS;
        }
    }

    /** An instruction on the values {@code a}, {@code b}, {@code c} (those that it takes; the others are -1). */
    record Compute(Lane lane, int a, int b, int c) implements Step {
        @Override
        public Kind kind() {
            return lane.result();
        }
    }

    /** The kind of the (first) result: NUMBER or MASK. */
    Kind result() {
        return steps.get(stores.getFirst().value).kind();
    }

    /** One line a step: {@code v2 = fma(v0, v1, v0)}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int k = 0; k < steps.size(); k++) {
            text.append("v").append(k).append(" = ").append(text(steps.get(k))).append('\n');
        }
        return text.toString();
    }

    private static String text(Step step) {
        return switch (step) {
            case Load(int index, Kind _) -> "x" + index;
            case LoadParam(int index) -> "p" + index;
            case Literal literal -> Double.toString(literal.value());
            case BitsLiteral(long value) -> "0x" + Long.toHexString(value);
            case Compute(Lane lane, int a, int b, int c) -> {
                boolean word = Character.isLetter(lane.symbol().charAt(0));
                yield switch (lane.arity()) {
                    case 1 -> word ? lane.symbol() + "(v" + a + ")" : lane.symbol() + "v" + a;
                    case 2 ->
                        word ? lane.symbol() + "(v" + a + ", v" + b + ")" : "v" + a + " " + lane.symbol() + " v" + b;
                    default -> lane.symbol() + "(v" + a + ", v" + b + ", v" + c + ")";
                };
            }
        };
    }

    /** Lowers a formula for loops over {@code dtype} (I64: integers; F32, F64). */
    static Program lower(Expr root, DType dtype, int inputs, int params) {
        return lower(List.of(root), new int[] {0}, dtype, inputs, params);
    }

    /** Lowers several formulas of the same operands into one loop; result {@code i} goes to {@code slots[i]}. */
    static Program lower(List<Expr> roots, int[] slots, DType dtype, int inputs, int params) {
        var lowering = new Lowering(dtype);
        List<Store> stores = new ArrayList<>();
        int last = 0;
        for (Expr root : roots) {
            int result = lowering.visit(root);
            last = Math.max(last, result);
            stores.add(new Store(result, slots[stores.size()]));
        }
        // Where a result is an operand or an early value, nothing after it is needed.
        List<Step> needed = lowering.steps.subList(0, last + 1);
        return new Program(dtype, List.copyOf(needed), inputs, params, List.copyOf(stores));
    }

    private static final class Lowering {
        private final DType dtype;
        private final List<Step> steps = new ArrayList<>();
        private final Map<Step, Integer> numbers = new HashMap<>();
        private final IdentityHashMap<Expr, Integer> seen = new IdentityHashMap<>();
        private final IdentityHashMap<Expr, Expr> expanded = new IdentityHashMap<>();

        Lowering(DType dtype) {
            this.dtype = dtype;
        }

        /** Numbers {@code root} and all it uses; with a stack of its own, so that no formula is too deep. */
        int visit(Expr root) {
            var pending = new ArrayDeque<Expr>();
            pending.push(root);
            while (!pending.isEmpty()) {
                Expr e = pending.peek();
                int before = pending.size();
                if (!seen.containsKey(e)) {
                    List<Expr> operands = operands(e);
                    for (int i = operands.size() - 1; i >= 0; i--) {
                        if (!seen.containsKey(operands.get(i))) {
                            pending.push(operands.get(i));
                        }
                    }
                }
                if (pending.size() == before) {
                    pending.pop();
                    if (!seen.containsKey(e)) {
                        seen.put(e, define(e));
                    }
                }
            }
            return seen.get(root);
        }

        private List<Expr> operands(Expr e) {
            return switch (e) {
                case Expr.Apply(Lane _, List<Expr> args) -> args;
                case Expr.Call(Fn fn, List<Expr> args) -> {
                    Expr expansion = expanded.get(e);
                    if (expansion == null) {
                        expansion = Elementary.expand(fn, dtype, args);
                        expanded.put(e, expansion);
                    }
                    yield List.of(expansion);
                }
                default -> List.of();
            };
        }

        /** The number of a part whose operands are numbered. */
        private int define(Expr e) {
            return switch (e) {
                case Expr.Input(int index, Kind kind) -> number(new Load(index, kind));
                case Expr.Param(int index) -> number(new LoadParam(index));
                case Expr.Const(double v) -> number(new Literal(Double.doubleToRawLongBits(v)));
                case Expr.BitsConst(long v) -> number(new BitsLiteral(v));
                case Expr.Apply(Lane lane, List<Expr> args) -> {
                    int a = seen.get(args.get(0));
                    int b = args.size() > 1 ? seen.get(args.get(1)) : -1;
                    int c = args.size() > 2 ? seen.get(args.get(2)) : -1;
                    yield number(new Compute(lane, a, b, c));
                }
                case Expr.Call _ -> seen.get(expanded.get(e));
            };
        }

        private int number(Step step) {
            return numbers.computeIfAbsent(step, s -> {
                steps.add(s);
                return steps.size() - 1;
            });
        }
    }
}
