package adjoint.codegen;

import java.util.IdentityHashMap;
import java.util.List;

/**
 * Symbolic differentiation of a formula in one operand.
 *
 * <p>The tangent of every part is computed once (forward mode, so the derivative of a formula of n parts has O(n)
 * parts). Branches stay outermost: the derivative of {@code select(c, a, b)} is {@code select(c, a′·g, b′·g)}, where a
 * branch that does not depend on the operand is a literal zero. The incoming gradient is thus never multiplied with a
 * derivative that was not taken, which may be infinite (√ at 0 behind a select).
 */
final class Derivative {
    static final Expr.Const ZERO = new Expr.Const(0);
    private static final Expr.Const ONE = new Expr.Const(1);

    private final Expr root;
    private final Expr output;
    private final int input;
    private final IdentityHashMap<Expr, Expr> tangents = new IdentityHashMap<>();

    private Derivative(Expr root, Expr output, int input) {
        this.root = root;
        this.output = output;
        this.input = input;
    }

    /**
     * The derivative of {@code root} in operand {@code input}, times {@code g}; {@link #ZERO} where it does not depend
     * on it. The value of {@code root} itself appears as {@code output}.
     */
    static Expr of(Expr root, int input, Expr output, Expr g) {
        return times(g, new Derivative(root, output, input).tangent(root));
    }

    private Expr tangent(Expr e) {
        Expr known = tangents.get(e);
        if (known == null) {
            known = switch (e) {
                case Expr.Input(int index, Kind _) -> index == input ? ONE : ZERO;
                case Expr.Param _, Expr.Const _, Expr.BitsConst _ -> ZERO;
                case Expr.Apply(Lane lane, List<Expr> args) -> lane(e, lane, args);
                case Expr.Call(Fn fn, List<Expr> args) -> {
                    Expr sum = ZERO;
                    for (int i = 0; i < args.size(); i++) {
                        Expr t = tangent(args.get(i));
                        if (t != ZERO) {
                            sum = plus(sum, times(fn.partial(i, args, value(e)), t));
                        }
                    }
                    yield sum;
                }
            };
            tangents.put(e, known);
        }
        return known;
    }

    /** The value of a part: the formula's own result is at hand, so it is not computed again. */
    private Expr value(Expr e) {
        return e == root ? output : e;
    }

    private Expr lane(Expr e, Lane lane, List<Expr> args) {
        if (lane == Lane.SELECT) {
            return choose(args.get(0), tangent(args.get(1)), tangent(args.get(2)));
        }
        if (lane.result() == Kind.MASK) {
            return ZERO;
        }
        Expr a = args.get(0);
        Expr b = args.size() > 1 ? args.get(1) : null;
        Expr ta = a.kind() == Kind.NUMBER ? tangent(a) : ZERO;
        Expr tb = b != null && b.kind() == Kind.NUMBER ? tangent(b) : ZERO;
        return switch (lane) {
            case NEG -> minus(ta);
            case ABS -> choose(a.gt(0), ta, choose(a.lt(0), minus(ta), ZERO));
            case SQRT -> over(ta, value(e).add(value(e)));
            case ADD -> plus(ta, tb);
            case SUB -> plus(ta, minus(tb));
            case MUL -> plus(times(b, ta), times(a, tb));
            case DIV -> plus(over(ta, b), minus(times(value(e).div(b), tb)));
            case MIN -> plus(tie(a, b, b.lt(a), ta), tie(a, b, a.lt(b), tb));
            case MAX -> plus(tie(a, b, a.lt(b), ta), tie(a, b, b.lt(a), tb));
            case FMA -> plus(plus(times(b, ta), times(a, tb)), tangent(args.get(2)));
            default ->
                throw new IllegalArgumentException("formula: the bits of a number have no derivative (" + lane
                        + "). Give the operation a derivative of its own.");
        };
    }

    /** One side's share of min or max: half at a tie, nothing where it loses. */
    private static Expr tie(Expr a, Expr b, Expr loses, Expr t) {
        return t == ZERO ? ZERO : choose(a.eq(b), times(Expr.of(0.5), t), choose(loses, ZERO, t));
    }

    private static Expr choose(Expr condition, Expr a, Expr b) {
        return a == ZERO && b == ZERO ? ZERO : condition.select(a, b);
    }

    private static Expr plus(Expr a, Expr b) {
        return a == ZERO ? b : b == ZERO ? a : a.add(b);
    }

    private static Expr minus(Expr t) {
        return switch (t) {
            case Expr.Const(double v) -> v == 0 ? ZERO : new Expr.Const(-v);
            case Expr.Apply(Lane lane, List<Expr> args) when lane == Lane.NEG -> args.get(0);
            case Expr.Apply(Lane lane, List<Expr> args)
            when lane == Lane.SELECT -> choose(args.get(0), minus(args.get(1)), minus(args.get(2)));
            default -> t.neg();
        };
    }

    private static Expr over(Expr t, Expr divisor) {
        return t == ZERO
                ? ZERO
                : branches(t)
                        ? choose(branch(t, 0), over(branch(t, 1), divisor), over(branch(t, 2), divisor))
                        : t.div(divisor);
    }

    /** Their product, with branches outermost and literal zeros and ones left out. */
    static Expr times(Expr factor, Expr t) {
        if (t == ZERO || factor == ZERO) {
            return ZERO;
        }
        if (t instanceof Expr.Const(double v) && Math.abs(v) == 1) {
            return v == 1 ? factor : minus(factor);
        }
        if (factor == ONE) {
            return t;
        }
        if (branches(t)) {
            return choose(branch(t, 0), times(factor, branch(t, 1)), times(factor, branch(t, 2)));
        }
        if (branches(factor)) {
            return choose(branch(factor, 0), times(branch(factor, 1), t), times(branch(factor, 2), t));
        }
        return switch (t) {
            case Expr.Apply(Lane lane, List<Expr> args) when lane == Lane.NEG -> minus(times(factor, args.get(0)));
            case Expr.Apply(Lane lane, List<Expr> args)
            when lane == Lane.DIV -> over(times(factor, args.get(0)), args.get(1));
            default -> factor.mul(t);
        };
    }

    private static boolean branches(Expr e) {
        return e instanceof Expr.Apply(Lane lane, List<Expr> _) && lane == Lane.SELECT;
    }

    private static Expr branch(Expr e, int i) {
        Expr part = ((Expr.Apply) e).args().get(i);
        // A literal zero is recognised by identity everywhere above.
        return part instanceof Expr.Const(double v) && v == 0 ? ZERO : part;
    }
}
