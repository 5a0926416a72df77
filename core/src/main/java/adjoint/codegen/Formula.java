package adjoint.codegen;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.types.DType;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A formula with a name, ready to run over arrays: it keeps one compiled loop for each element type and, once asked
 * for, its derivatives, which are formulas again.
 */
public final class Formula {
    private static final int FEW = 4;
    private static final double[] NO_PARAMS = {};

    private final String name;
    private final String gradName;
    private final Expr expr;
    private final Kind[] kinds;
    private final int params;
    private final TieredLoop[] loops = new TieredLoop[DType.values().length];
    private final Derived[] derivatives;
    private final Expr[] slopes;
    private final boolean truth;
    private final int firstNumber;
    private long[] keeps;

    private Formula(String name, String gradName, Expr expr, Kind[] kinds, int params) {
        this(name, gradName, expr, kinds, params, new Expr[kinds.length]);
    }

    private Formula(String name, String gradName, Expr expr, Kind[] kinds, int params, Expr[] slopes) {
        this.name = name;
        this.gradName = gradName;
        this.expr = expr;
        this.kinds = kinds;
        this.params = params;
        this.derivatives = new Derived[kinds.length];
        this.slopes = slopes;
        this.truth = expr.kind() == Kind.MASK;
        this.firstNumber = Arrays.asList(kinds).indexOf(Kind.NUMBER);
    }

    /**
     * A formula of {@code kinds.length} operands and {@code params} numbers.
     *
     * @param name the operation's name in errors
     * @param gradName the name its recorded form prints as {@code grad_fn}
     * @param definition gets the operands, then the numbers
     */
    public static Formula of(
            String name, String gradName, Kind[] kinds, int params, Function<List<Expr>, Expr> definition) {
        return new Formula(name, gradName, definition.apply(variables(kinds, params)), kinds.clone(), params);
    }

    private static List<Expr> variables(Kind[] kinds, int params) {
        List<Expr> variables = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++) {
            variables.add(new Expr.Input(i, kinds[i]));
        }
        for (int i = 0; i < params; i++) {
            variables.add(new Expr.Param(i));
        }
        return variables;
    }

    /**
     * The same with a derivative of its own in operand {@code i}, where the symbolic one would lose digits or differ at a
     * kink. Derivatives of higher order are taken from it.
     *
     * @param slope the derivative, of the operands, then the numbers
     */
    public Formula withSlope(int i, Function<List<Expr>, Expr> slope) {
        Expr[] own = slopes.clone();
        own[i] = slope.apply(variables(kinds, params));
        return new Formula(name, gradName, expr, kinds, params, own);
    }

    /** A user's formula: its literal numbers become arguments, so that formulas of one structure share their loops. */
    public record Lifted(Formula formula, double[] params) {}

    /** The shared formula of the same structure, and this one's numbers. */
    public static Lifted lift(String name, String gradName, int inputs, Function<List<Expr>, Expr> definition) {
        List<Expr> variables = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            variables.add(new Expr.Input(i, Kind.NUMBER));
        }
        var lifting = new Lifting();
        Expr expr = lifting.visit(definition.apply(variables));
        var key = new Structure(inputs, List.copyOf(lifting.parts));
        double[] values =
                lifting.values.stream().mapToDouble(Double::doubleValue).toArray();
        synchronized (SHARED) {
            Formula formula = SHARED.computeIfAbsent(key, _ -> {
                Kind[] kinds = new Kind[inputs];
                Arrays.fill(kinds, Kind.NUMBER);
                return new Formula(name, gradName, expr, kinds, values.length);
            });
            return new Lifted(formula, values);
        }
    }

    /** Replaces literals by parameters and lists the formula's parts, each by the numbers of those it uses. */
    private static final class Lifting {
        final List<List<Object>> parts = new ArrayList<>();
        final List<Double> values = new ArrayList<>();
        private final IdentityHashMap<Expr, Expr> lifted = new IdentityHashMap<>();
        private final IdentityHashMap<Expr, Integer> numbers = new IdentityHashMap<>();

        Expr visit(Expr e) {
            Expr known = lifted.get(e);
            if (known != null) {
                return known;
            }
            Expr result = switch (e) {
                case Expr.Const(double v) -> {
                    values.add(v);
                    yield new Expr.Param(values.size() - 1);
                }
                case Expr.Apply(Lane lane, List<Expr> args) -> new Expr.Apply(lane, visitAll(args));
                case Expr.Call(Fn fn, List<Expr> args) -> new Expr.Call(fn, visitAll(args));
                case Expr.Input _, Expr.Param _, Expr.BitsConst _ -> e;
            };
            parts.add(
                    switch (result) {
                        case Expr.Apply(Lane lane, List<Expr> args) -> part(lane, args);
                        case Expr.Call(Fn fn, List<Expr> args) -> part(fn, args);
                        default -> List.of(result);
                    });
            numbers.put(result, parts.size());
            lifted.put(e, result);
            return result;
        }

        private List<Expr> visitAll(List<Expr> args) {
            return args.stream().map(this::visit).toList();
        }

        private List<Object> part(Object what, List<Expr> args) {
            List<Object> part = new ArrayList<>(List.of(what));
            args.forEach(a -> part.add(numbers.get(a)));
            return List.copyOf(part);
        }
    }

    private record Structure(int inputs, List<List<Object>> parts) {}

    private static final int SHARED_LIMIT = 512;

    private static final Map<Structure, Formula> SHARED = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Structure, Formula> eldest) {
            return size() > SHARED_LIMIT;
        }
    };

    /** The operation's name, for errors. */
    public String name() {
        return name;
    }

    /** The name that its recorded form prints as {@code grad_fn}. */
    public String gradName() {
        return gradName;
    }

    /** The formula itself. */
    public Expr expr() {
        return expr;
    }

    /** The formula as a person would write it: of operands a, b, … and numbers p0, p1, …. */
    public String text() {
        return Printing.of(expr);
    }

    /** How many operands it takes. */
    public int inputs() {
        return kinds.length;
    }

    /** What operand {@code i} is. */
    public Kind kind(int i) {
        return kinds[i];
    }

    /** The type of the result when numbers are of type {@code numbers}. */
    public DType resultType(DType numbers) {
        return truth ? DType.BOOL : numbers;
    }

    /** A derivative times the incoming gradient. */
    public static final class Derived {
        private final Formula formula;
        private final int[] variables;
        private Formula accumulating;

        private Derived(Formula formula, int[] variables) {
            this.formula = formula;
            this.variables = variables;
        }

        /** The derivative's own formula; null where it is the incoming gradient itself or zero. */
        public Formula formula() {
            return formula;
        }

        /**
         * What the formula's operand {@code k} is: the number of an operand of the original, {@link Formula#output()} or
         * {@link Formula#gradient()}.
         */
        public int variable(int k) {
            return variables[k];
        }

        /** The same added to a further operand, its first: what accumulating a gradient takes. */
        public Formula accumulating() {
            Formula f = accumulating;
            if (f == null) {
                f = formula.addedToFirst(); // benign race: every thread makes the same
                accumulating = f;
            }
            return f;
        }

        /** Whether the operand does not matter. */
        public boolean isZero() {
            return variables == null;
        }

        /** Whether the incoming gradient passes unchanged. */
        public boolean isIdentity() {
            return formula == null && variables != null;
        }

        /** As a person would write it: of the operands a, b, …, the result y and the incoming gradient g. */
        public String text(Formula original) {
            return isZero()
                    ? "0"
                    : isIdentity()
                            ? "g"
                            : Printing.of(formula.expr, k -> {
                                int v = variables[k];
                                return v == original.output()
                                        ? "y"
                                        : v == original.gradient() ? "g" : Printing.letter(v);
                            });
        }

        /** Whether it reads this variable. */
        public boolean uses(int variable) {
            for (int i = 0; variables != null && i < variables.length; i++) {
                if (variables[i] == variable) {
                    return true;
                }
            }
            return false;
        }
    }

    private Formula addedToFirst() {
        var renumbering = new Renumbering();
        Expr first = renumbering.visit(new Expr.Input(-1, Kind.NUMBER));
        for (int i = 0; i < kinds.length; i++) {
            renumbering.visit(new Expr.Input(i, kinds[i])); // keeps their order
        }
        Expr sum = first.add(renumbering.visit(expr));
        return new Formula(name, gradName, sum, renumbering.kinds.toArray(Kind[]::new), params);
    }

    /** The variable that stands for the formula's result in a derivative. */
    public int output() {
        return kinds.length;
    }

    /** The variable that stands for the incoming gradient in a derivative. */
    public int gradient() {
        return kinds.length + 1;
    }

    /** The derivative in operand {@code i}. */
    public Derived derivative(int i) {
        Derived d = derivatives[i];
        if (d == null) {
            d = derive(i); // benign race: every thread derives the same
            derivatives[i] = d;
        }
        return d;
    }

    /**
     * Which variables the derivatives read: a bit for each operand, and {@link #KEEPS_RESULT} for the result.
     *
     * @param needs a bit for each operand whose derivative is wanted
     */
    public long keeps(long needs) {
        if (kinds.length > FEW) {
            return readBy(needs);
        }
        long[] known = keeps;
        if (known == null) {
            known = new long[1 << kinds.length];
            for (int n = 0; n < known.length; n++) {
                known[n] = readBy(n);
            }
            keeps = known; // benign race: every thread computes the same
        }
        return known[(int) needs];
    }

    /** The bit of the result in {@link #keeps}. */
    public static final long KEEPS_RESULT = 1L << 62;

    private long readBy(long needs) {
        long read = 0;
        for (int i = 0; i < kinds.length; i++) {
            if ((needs >> i & 1) == 0) {
                continue;
            }
            for (int v = 0; v <= kinds.length; v++) {
                read |= !derivative(i).uses(v) ? 0 : v == output() ? KEEPS_RESULT : 1L << v;
            }
        }
        return read;
    }

    private Derived derive(int i) {
        Expr out = new Expr.Input(output(), expr.kind());
        Expr g = new Expr.Input(gradient(), Kind.NUMBER);
        Expr d = slopes[i] == null ? Derivative.of(expr, i, out, g) : Derivative.times(g, slopes[i]);
        if (d == Derivative.ZERO) {
            return new Derived(null, null);
        }
        if (d == g) {
            return new Derived(null, new int[] {gradient()});
        }
        var renumbering = new Renumbering();
        Expr compact = renumbering.visit(d);
        Kind[] newKinds = renumbering.kinds.toArray(Kind[]::new);
        int[] variables =
                renumbering.variables.stream().mapToInt(Integer::intValue).toArray();
        Formula formula = new Formula(name + " backward", gradName + "Backward0", compact, newKinds, params);
        return new Derived(formula, variables);
    }

    /** Numbers the operands that a derivative really reads from 0. */
    private static final class Renumbering {
        final List<Integer> variables = new ArrayList<>();
        final List<Kind> kinds = new ArrayList<>();
        private final IdentityHashMap<Expr, Expr> seen = new IdentityHashMap<>();

        Expr visit(Expr e) {
            Expr known = seen.get(e);
            if (known == null) {
                known = switch (e) {
                    case Expr.Input(int index, Kind kind) -> {
                        int at = variables.indexOf(index);
                        if (at < 0) {
                            at = variables.size();
                            variables.add(index);
                            kinds.add(kind);
                        }
                        yield new Expr.Input(at, kind);
                    }
                    case Expr.Apply(Lane lane, List<Expr> args) ->
                        new Expr.Apply(lane, args.stream().map(this::visit).toList());
                    case Expr.Call(Fn fn, List<Expr> args) ->
                        new Expr.Call(fn, args.stream().map(this::visit).toList());
                    case Expr.Param _, Expr.Const _, Expr.BitsConst _ -> e;
                };
                seen.put(e, known);
            }
            return known;
        }
    }

    /** No numbers. */
    public static double[] noParams() {
        return NO_PARAMS;
    }

    /** Its loop over arrays of numbers of this type (F32, F64 or I64), for kernels that run it part by part. */
    public Loop over(DType numbers) {
        return loop(numbers);
    }

    private TieredLoop loop(DType numbers) {
        TieredLoop loop = loops[numbers.ordinal()];
        if (loop == null) {
            loop = new TieredLoop(Program.lower(expr, numbers, kinds.length, params));
            loops[numbers.ordinal()] = loop; // benign race: one of two equal loops stays
        }
        return loop;
    }

    /** The type of the number operands; F32 for a formula of truth values alone. */
    private DType numbers(Strided[] in) {
        return firstNumber < 0 ? DType.F32 : in[firstNumber].dtype();
    }

    /**
     * Runs it over operands that broadcast together; all number operands are of one type.
     *
     * @throws ShapeException if the shapes do not broadcast
     */
    public Strided evaluate(double[] numbers, Strided... in) {
        Shape shape = shape(in);
        DType type = numbers(in);
        if (type.isNarrow()) {
            return evaluateNarrow(type, numbers, in);
        }
        Strided out = Strided.zeros(resultType(type), shape);
        LoopCall.run(loop(type), out, numbers, in);
        return out;
    }

    /**
     * Runs it over one operand in fewer steps, if that is short and dense.
     *
     * @return null where it is not: {@link #evaluate} takes everything
     */
    public Strided evaluateShort(double[] numbers, Strided a) {
        DType type = a.dtype();
        if (!a.isRowMajor() || firstNumber != 0 || type.isNarrow() || !LoopCall.isShort(a.numel())) {
            return null;
        }
        Strided out = Strided.zeros(resultType(type), a.shape());
        LoopCall.run(loop(type), out, numbers, a);
        return out;
    }

    /**
     * Runs it over two operands in fewer steps, if they are short and dense, and of one shape or one of them a single number.
     *
     * @return null where they are not: {@link #evaluate} takes everything
     */
    public Strided evaluateShort(double[] numbers, Strided a, Strided b) {
        DType type = a.dtype();
        Shape shape =
                a.isRowMajor() && b.isRowMajor() && firstNumber == 0 && !type.isNarrow() ? denseShape(a, b) : null;
        if (shape == null) {
            return null;
        }
        Strided out = Strided.zeros(resultType(type), shape);
        LoopCall.run(loop(type), out, numbers, a, b);
        return out;
    }

    /**
     * Runs it over two operands into the memory of one of them or another in fewer steps, if all are short and dense.
     *
     * @return false where they are not: nothing has happened then
     */
    public boolean evaluateShortInto(Strided out, double[] numbers, Strided a, Strided b) {
        if (!fitsShort(out, a, b)) {
            return false;
        }
        LoopCall.run(loop(out.dtype()), out, numbers, a, b);
        return true;
    }

    /**
     * Runs it over {@code out} and two more operands into {@code out} in fewer steps, if all are short and dense.
     *
     * @return false where they are not: nothing has happened then
     */
    public boolean accumulateShort(Strided out, double[] numbers, Strided a, Strided b) {
        if (!fitsShort(out, a, b)) {
            return false;
        }
        LoopCall.accumulate(loop(out.dtype()), out, numbers, a, b);
        return true;
    }

    /** Whether {@code out} is dense, of a real type, and the operands dense, of its shape or a single number. */
    private boolean fitsShort(Strided out, Strided a, Strided b) {
        return firstNumber == 0
                && out.dtype().isFloating()
                && out.isRowMajor()
                && out.offset() == 0
                && LoopCall.isShort(out.numel())
                && fitsShort(out, a)
                && fitsShort(out, b);
    }

    private static boolean fitsShort(Strided out, Strided x) {
        return x.isRowMajor() && (x.shape().numel() == 1 || x.shape().equals(out.shape()));
    }

    private static Shape denseShape(Strided a, Strided b) {
        Shape shape = Shape.broadcast(a.shape(), b.shape());
        if (shape == null || !LoopCall.isShort((int) shape.numel())) {
            return null;
        }
        int n = (int) shape.numel();
        return (a.numel() == n || a.numel() == 1) && (b.numel() == n || b.numel() == 1) ? shape : null;
    }

    private Strided evaluateNarrow(DType type, double[] numbers, Strided[] in) {
        Strided wide = evaluate(numbers, widened(in));
        return truth ? wide : Copy.of(wide, type);
    }

    private Shape shape(Strided[] in) {
        Shape shape = in[0].shape();
        for (int i = 1; i < in.length; i++) {
            Shape both = Shape.broadcast(shape, in[i].shape());
            if (both == null) {
                throw unlike(in);
            }
            shape = both;
        }
        return shape;
    }

    private ShapeException unlike(Strided[] in) {
        return new ShapeException(name + ": " + shapes(in) + ": the shapes do not broadcast. Counted from the last,"
                + " sizes must be equal or 1; reshape or unsqueeze one of them.");
    }

    private static String shapes(Strided[] in) {
        var text = new StringBuilder();
        for (Strided s : in) {
            text.append(text.isEmpty() ? "" : " and ").append(s.shape());
        }
        return text.toString();
    }

    /**
     * Runs it into existing memory, which may be one of the operands.
     *
     * @throws ShapeException if the operands do not broadcast to {@code out}'s shape
     */
    public void evaluateInto(Strided out, double[] numbers, Strided... in) {
        Shape shape = shape(in);
        if (!out.shape().equals(shape) && !out.shape().equals(Shape.broadcast(out.shape(), shape))) {
            throw new ShapeException(name + " in place: a result of shape " + shape + " into " + out.shape()
                    + ": the target would have to grow. Use the form that makes a new tensor.");
        }
        DType type = numbers(in);
        if (type.isNarrow()) {
            Copy.into(out, evaluate(numbers, in));
        } else {
            LoopCall.run(loop(type), out, numbers, apart(out, in));
        }
    }

    /** Loops know 64-bit integers alone: narrower operands as such. */
    private static Strided[] widened(Strided[] in) {
        Strided[] wide = in.clone();
        for (int i = 0; i < in.length; i++) {
            wide[i] = in[i].dtype().isNarrow() ? Copy.of(in[i], DType.I64) : in[i];
        }
        return wide;
    }

    /** The operands, with copies of those that are other elements of the memory being written: read them all first. */
    private static Strided[] apart(Strided out, Strided[] in) {
        Strided[] operands = in;
        for (int i = 0; i < in.length; i++) {
            if (in[i] != out && in[i].array() == out.array() && !in[i].sameLayout(out)) {
                operands = operands == in ? in.clone() : operands;
                operands[i] = Copy.of(in[i], in[i].dtype());
            }
        }
        return operands;
    }

    @Override
    public String toString() {
        return name + ": " + text();
    }
}
