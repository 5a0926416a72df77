package adjoint.op;

import static adjoint.op.Domain.NONZERO;
import static adjoint.op.Domain.POSITIVE;
import static adjoint.op.Domain.REAL;

import adjoint.codegen.Expr;
import adjoint.codegen.Formula;
import adjoint.codegen.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * The elementwise operations that numbers tune, a row each: the formula, of the operands and then the numbers; where
 * symbolic ones will not do, its derivatives; where the gradient check samples the operands, and numbers that it takes.
 * Numbers are arguments of the loop: a slope that changes at every call costs nothing.
 */
public enum Parametric {
    LEAKY_RELU(of((x, slope) -> x.gt(0).select(x, x.mul(slope))), List.of(NONZERO), 0.2),
    ELU(
            of((x, a) -> x.gt(0).select(x, x.expm1().mul(a))),
            List.of(of((x, a) -> eluSlope(x, Expr.of(1), a, x.exp()))),
            List.of(NONZERO),
            0.7),
    /** With α, and 1/α as PyTorch's derivative has it: of α in single precision. */
    CELU(
            of((x, a, _) -> x.gt(0).select(x, x.div(a).expm1().mul(a))),
            List.of(of((x, a, inverse) ->
                    eluSlope(x, Expr.of(1), a.mul(inverse), x.mul(inverse).exp()))),
            List.of(NONZERO),
            1.3,
            1 / 1.3),
    /** With β, and the βx from which on it is x. */
    SOFTPLUS(
            of((x, beta, from) ->
                    x.mul(beta).gt(from).select(x, Unary.softplus(x.mul(beta)).div(beta))),
            List.of(of((x, beta, from) -> softplusSlope(x.mul(beta), from))),
            List.of(REAL),
            1.7,
            20),
    /** Flat at the bounds, other than a clamp. */
    HARDTANH(
            of((x, min, max) -> x.max(min).min(max)),
            List.of(of((x, min, max) -> x.le(min).or(x.ge(max)).select(Expr.of(0), Expr.of(1)))),
            List.of(REAL),
            -0.5,
            1.2),
    HARDSHRINK(of((x, to) -> x.ge(to.neg()).and(x.le(to)).select(Expr.of(0), x)), List.of(REAL), 0.6),
    SOFTSHRINK(
            of((x, to) -> x.gt(to).select(x.sub(to), x.lt(to.neg()).select(x.add(to), x.mul(0)))),
            List.of(of((x, to) -> x.ge(to.neg()).and(x.le(to)).select(Expr.of(0), Expr.of(1)))),
            List.of(REAL),
            0.6),
    THRESHOLD(of((x, from, below) -> x.le(from).select(below, x)), List.of(REAL), 0.1, -3),
    /** {@code ½ d² / β} of the difference d where that is less than β, else linear. */
    SMOOTH_L1_LOSS(
            of((x, y, beta) -> x.sub(y)
                    .abs()
                    .lt(beta)
                    .select(
                            x.sub(y).mul(x.sub(y)).mul(0.5).div(beta),
                            x.sub(y).abs().sub(beta.mul(0.5)))),
            List.of(
                    of((x, y, beta) ->
                            clipped(x.sub(y), beta, Expr.of(1), x.sub(y).div(beta))),
                    of((x, y, beta) ->
                            clipped(y.sub(x), beta, Expr.of(1), y.sub(x).div(beta)))),
            List.of(REAL, REAL),
            0.8),
    /** {@code ½ d²} of the difference d up to δ, from there on linear. */
    HUBER_LOSS(
            of((x, y, delta) -> x.sub(y)
                    .abs()
                    .le(delta)
                    .select(
                            x.sub(y).mul(x.sub(y)).mul(0.5),
                            x.sub(y).abs().sub(delta.mul(0.5)).mul(delta))),
            List.of(
                    of((x, y, delta) -> clipped(x.sub(y), delta, delta, x.sub(y))),
                    of((x, y, delta) -> clipped(y.sub(x), delta, delta, y.sub(x)))),
            List.of(REAL, REAL),
            0.8),
    /** The distance x of a pair that belongs together (y = 1), what it lacks to the margin for others (y = −1). */
    HINGE_EMBEDDING_LOSS(
            of((x, y, margin) -> y.ne(1)
                    .select(positive(margin.sub(x)), Expr.of(0))
                    .add(y.ne(-1).select(x, Expr.of(0)))),
            List.of(REAL, NONZERO),
            0.9),
    /** Of a cosine: what it lacks to 1 (y = 1), what it has above the margin (y = −1). */
    COSINE_EMBEDDING_LOSS(
            of((cos, y, margin) ->
                    y.eq(1).select(Expr.of(1).sub(cos), y.eq(-1).select(positive(cos.sub(margin)), Expr.of(0)))),
            List.of(REAL, NONZERO),
            0.1),
    /** What the order of a before b (y = 1) or after it (y = −1) lacks to the margin. */
    MARGIN_RANKING_LOSS(
            of((a, b, y, margin) -> positive(a.sub(b).mul(y.neg()).add(margin))), List.of(REAL, REAL, NONZERO), 0.3),
    /** What {@code own} lacks to be above x by the margin; at 0 flat. */
    MULTI_MARGIN_LOSS(of((x, own, margin) -> margin.sub(own).add(x).relu()), List.of(REAL, REAL), 0.3),
    /** Of a rate x, not its logarithm, and a count. */
    POISSON_NLL_LOSS(of((x, count, eps) -> x.sub(count.mul(x.add(eps).log()))), List.of(POSITIVE, REAL), 1e-8);

    private final Formula formula;
    private final List<Domain> domains;
    private final double[] samples;

    Parametric(Function<List<Expr>, Expr> definition, List<Domain> domains, double... samples) {
        this(definition, List.of(), domains, samples);
    }

    Parametric(
            Function<List<Expr>, Expr> definition,
            List<Function<List<Expr>, Expr>> slopes,
            List<Domain> domains,
            double... samples) {
        String opName = name().toLowerCase(Locale.ROOT);
        Kind[] kinds = new Kind[domains.size()];
        Arrays.fill(kinds, Kind.NUMBER);
        Formula f = Formula.of(opName, Op.gradName(opName), kinds, samples.length, definition);
        for (int i = 0; i < slopes.size(); i++) {
            f = f.withSlope(i, slopes.get(i));
        }
        this.formula = f;
        this.domains = domains;
        this.samples = samples;
    }

    private interface OfThree {
        Expr apply(Expr a, Expr b, Expr c);
    }

    private interface OfFour {
        Expr apply(Expr a, Expr b, Expr c, Expr d);
    }

    private static Function<List<Expr>, Expr> of(BinaryOperator<Expr> f) {
        return v -> f.apply(v.get(0), v.get(1));
    }

    private static Function<List<Expr>, Expr> of(OfThree f) {
        return v -> f.apply(v.get(0), v.get(1), v.get(2));
    }

    private static Function<List<Expr>, Expr> of(OfFour f) {
        return v -> f.apply(v.get(0), v.get(1), v.get(2), v.get(3));
    }

    /** PyTorch's derivative of an ELU: at 0 that of the left side, which is then taken for a constant. */
    static Expr eluSlope(Expr x, Expr right, Expr left, Expr exp) {
        return x.lt(0).select(left.mul(exp), x.eq(0).select(left, right));
    }

    /** PyTorch's derivative of softplus: at the threshold taken for a constant. */
    private static Expr softplusSlope(Expr x, Expr from) {
        return x.gt(from).select(Expr.of(1), x.eq(from).select(from, x).sigmoid());
    }

    /** {@code value} between −bound and bound of {@code d}, beyond them ∓limit. */
    private static Expr clipped(Expr d, Expr bound, Expr limit, Expr value) {
        return d.le(bound.neg()).select(limit.neg(), d.ge(bound).select(limit, value));
    }

    /** PyTorch's {@code clamp_min(0)}: the derivative at 0 is 1. */
    private static Expr positive(Expr x) {
        return x.lt(0).select(Expr.of(0), x);
    }

    /** The operation with its numbers. */
    public Elementwise with(double... numbers) {
        if (numbers.length != samples.length) {
            throw new IllegalArgumentException(
                    formula.name() + ": takes " + samples.length + " numbers, not " + numbers.length + ".");
        }
        return new Elementwise(formula, numbers);
    }

    /** Where the gradient check samples the operands. */
    public List<Domain> domains() {
        return domains;
    }

    /** The operation with the numbers that it is checked with. */
    public Elementwise sample() {
        return with(samples);
    }
}
