package adjoint.op;

import static adjoint.op.Domain.NONZERO;
import static adjoint.op.Domain.POSITIVE;
import static adjoint.op.Domain.PROBABILITY;
import static adjoint.op.Domain.REAL;
import static adjoint.op.Domain.TRUTH;

import adjoint.codegen.Expr;
import adjoint.codegen.Formula;
import adjoint.codegen.Kind;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * The elementwise operations of two operands, a row each. Either operand may be a number: then it is an argument of
 * the loop, see {@link #withRight} and {@link #withLeft}.
 */
public enum Binary implements Elementwise.Row {
    ADD((a, b) -> a.add(b), REAL, REAL),
    SUB((a, b) -> a.sub(b), REAL, REAL, null, null, "RsubBackward1"),
    MUL((a, b) -> a.mul(b), REAL, REAL),
    // PyTorch computes number / x as number · (1 / x), hence the name.
    DIV((a, b) -> a.div(b), REAL, NONZERO, null, null, "MulBackward0"),
    POW((a, b) -> a.pow(b), POSITIVE, REAL, "PowBackward1", "PowBackward0", "PowBackward2"),
    MAXIMUM((a, b) -> a.max(b), REAL, REAL),
    MINIMUM((a, b) -> a.min(b), REAL, REAL),
    /** The larger of two, where a NaN stands back; a tie is the first one's, also in the derivative. */
    FMAX((a, b) -> a.ge(b).or(b.ne(b)).select(a, b), REAL, REAL),
    /** The smaller of two, where a NaN stands back; a tie is the first one's, also in the derivative. */
    FMIN((a, b) -> a.le(b).or(b.ne(b)).select(a, b), REAL, REAL),
    ATAN2((a, b) -> a.atan2(b), NONZERO, NONZERO),
    HYPOT((a, b) -> a.hypot(b), NONZERO, NONZERO),
    LOGADDEXP((a, b) -> a.logaddexp(b), REAL, REAL),
    XLOGY((a, b) -> a.xlogy(b), NONZERO, POSITIVE, "XlogyBackward0", "XlogyBackward2", "XlogyBackward1"),
    COPYSIGN((a, b) -> a.copysign(b), NONZERO, NONZERO, null, "CopysignBackward1", null),
    /** No less than a bound, which does not count until it is passed: in a tie the gradient is the left one's. */
    CLAMP_MIN((a, b) -> a.ge(b).select(a, a.lt(b).select(b, Expr.of(Double.NaN))), REAL, REAL),
    CLAMP_MAX((a, b) -> a.le(b).select(a, a.gt(b).select(b, Expr.of(Double.NaN))), REAL, REAL),
    /** {@code (a − b)²}, as one pass. */
    SQUARED_DIFFERENCE((a, b) -> a.sub(b).mul(a.sub(b)), REAL, REAL, "MseLossBackward0", null, null),
    /** {@code |a − b|}, as one pass. */
    ABSOLUTE_DIFFERENCE((a, b) -> a.sub(b).abs(), REAL, REAL, "AbsBackward0", null, null),
    /** {@code a tanh(b)}: what a gate of a recurrent cell lets through. */
    GATED_TANH((a, b) -> a.mul(b.tanh()), REAL, REAL, "MulBackward0", null, null),
    /** {@code a sigmoid(b)}: a gated linear unit. */
    GLU((a, b) -> a.mul(b.sigmoid()), REAL, REAL),
    /** {@code x}, to the left of 0 times the weight. */
    PRELU((x, w) -> x.gt(0).select(x, x.mul(w)), NONZERO, REAL, "PreluKernelBackward0", null, null),
    /** Of a probability p and what it should be. As in PyTorch: logarithms are no less than −100, p (1 − p) than 1e-12f. */
    BINARY_CROSS_ENTROPY(
            (p, y) -> y.sub(1).mul(p.neg().log1p().max(-100)).sub(y.mul(p.log().max(-100))),
            (p, y) -> p.sub(y).div(Expr.of(1).sub(p).mul(p).max(1e-12f)),
            PROBABILITY,
            PROBABILITY),
    /** Of the logarithm of the odds x; without overflow. */
    BINARY_CROSS_ENTROPY_WITH_LOGITS(
            (x, y) -> Expr.of(1).sub(y).mul(x).add(Unary.softplus(x.neg())),
            (x, y) -> x.sigmoid().sub(y),
            REAL,
            REAL),
    /** Of the logarithm of a distribution and one that it should be: y (log y − x). */
    KL_DIV((x, y) -> y.xlogy(y).sub(y.mul(x)), REAL, POSITIVE),
    /** The same of the logarithm of the one that it should be. */
    KL_DIV_LOG((x, y) -> y.exp().mul(y.sub(x)), REAL, REAL),
    /** Of the logarithm of a rate, and a count. */
    POISSON_NLL_LOG((x, count) -> x.exp().sub(count.mul(x)), REAL, REAL),
    /** {@code log(1 + exp(−xy))} without overflow. */
    SOFT_MARGIN_LOSS((x, y) -> x.mul(y).neg().logaddexp(Expr.of(0)), REAL, REAL),
    /** The second operand: what an assignment leaves. */
    COPY((a, b) -> b, REAL, REAL, "CopyBackwards", null, null),
    EQ((a, b) -> a.eq(b), REAL, REAL),
    NE((a, b) -> a.ne(b), REAL, REAL),
    LT((a, b) -> a.lt(b), REAL, REAL),
    LE((a, b) -> a.le(b), REAL, REAL),
    GT((a, b) -> a.gt(b), REAL, REAL),
    GE((a, b) -> a.ge(b), REAL, REAL),
    LOGICAL_AND((a, b) -> a.and(b), TRUTH, TRUTH),
    LOGICAL_OR((a, b) -> a.or(b), TRUTH, TRUTH),
    LOGICAL_XOR((a, b) -> a.xor(b), TRUTH, TRUTH);

    private final Elementwise op;
    private final Formula right;
    private final Formula left;
    private final Domain leftDomain;
    private final Domain rightDomain;

    Binary(BinaryOperator<Expr> definition, Domain leftDomain, Domain rightDomain) {
        this(definition, null, leftDomain, rightDomain, null, null, null);
    }

    /** With a derivative of its own in the first operand. */
    Binary(BinaryOperator<Expr> definition, BinaryOperator<Expr> slope, Domain leftDomain, Domain rightDomain) {
        this(definition, slope, leftDomain, rightDomain, null, null, null);
    }

    /** With PyTorch's names where they are not the usual ones: for two tensors, a number on the right, on the left. */
    Binary(
            BinaryOperator<Expr> definition,
            Domain leftDomain,
            Domain rightDomain,
            String gradName,
            String rightGradName,
            String leftGradName) {
        this(definition, null, leftDomain, rightDomain, gradName, rightGradName, leftGradName);
    }

    Binary(
            BinaryOperator<Expr> definition,
            BinaryOperator<Expr> slope,
            Domain leftDomain,
            Domain rightDomain,
            String gradName,
            String rightGradName,
            String leftGradName) {
        this.leftDomain = leftDomain;
        this.rightDomain = rightDomain;
        String opName = name().toLowerCase(Locale.ROOT);
        String usual = gradName == null ? Op.gradName(opName) : gradName;
        Kind kind = leftDomain == TRUTH ? Kind.MASK : Kind.NUMBER;
        Kind[] both = {kind, kind};
        Kind[] one = {Kind.NUMBER};
        Function<List<Expr>, Expr> inOrder = v -> definition.apply(v.get(0), v.get(1));
        Formula tensors = Formula.of(opName, usual, both, 0, inOrder);
        if (kind == Kind.MASK) {
            this.op = new Elementwise(tensors);
            this.right = null;
            this.left = null;
            return;
        }
        Formula numberAtRight = Formula.of(opName, rightGradName == null ? usual : rightGradName, one, 1, inOrder);
        if (slope != null) {
            tensors = tensors.withSlope(0, v -> slope.apply(v.get(0), v.get(1)));
            numberAtRight = numberAtRight.withSlope(0, v -> slope.apply(v.get(0), v.get(1)));
        }
        this.op = new Elementwise(tensors);
        this.right = numberAtRight;
        this.left = Formula.of(
                opName, leftGradName == null ? usual : leftGradName, one, 1, v -> definition.apply(v.get(1), v.get(0)));
    }

    @Override
    public Elementwise op() {
        return op;
    }

    /** Where the gradient check samples operand {@code i}. */
    public Domain domain(int i) {
        return i == 0 ? leftDomain : rightDomain;
    }

    /** This operation with a number on the right: {@code x + 2}. */
    public Elementwise withRight(double number) {
        return new Elementwise(right, number);
    }

    /** This operation with a number on the left: {@code 2 - x}. */
    public Elementwise withLeft(double number) {
        return new Elementwise(left, number);
    }
}
