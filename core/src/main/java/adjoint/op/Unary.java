package adjoint.op;

import static adjoint.op.Domain.ABOVE_ONE;
import static adjoint.op.Domain.NONZERO;
import static adjoint.op.Domain.POSITIVE;
import static adjoint.op.Domain.PROBABILITY;
import static adjoint.op.Domain.REAL;
import static adjoint.op.Domain.TRUTH;
import static adjoint.op.Domain.UNIT;

import adjoint.codegen.Expr;
import adjoint.codegen.Formula;
import adjoint.codegen.Kind;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The elementwise operations of one operand, a row each: formula, where its gradient check samples. */
public enum Unary implements Elementwise.Row {
    NEG(x -> x.neg(), REAL),
    ABS(x -> x.abs(), NONZERO),
    SQRT(x -> x.sqrt(), POSITIVE),
    /** The powers that are a product, a root or a quotient: computed as such, in PyTorch too. */
    POW_2(x -> x.mul(x), REAL, "PowBackward0"),
    POW_3(x -> x.mul(x).mul(x), REAL, "PowBackward0"),
    POW_HALF(x -> x.sqrt(), POSITIVE, "PowBackward0"),
    POW_MINUS_ONE(x -> Expr.of(1).div(x), NONZERO, "PowBackward0"),
    RECIPROCAL(x -> Expr.of(1).div(x), NONZERO),
    RSQRT(x -> Expr.of(1).div(x.sqrt()), POSITIVE),
    CBRT(x -> x.cbrt(), NONZERO),
    EXP(x -> x.exp(), REAL),
    EXP2(x -> x.exp2(), REAL),
    EXPM1(x -> x.expm1(), REAL),
    LOG(x -> x.log(), POSITIVE),
    LOG2(x -> x.log2(), POSITIVE),
    LOG10(x -> x.log10(), POSITIVE),
    LOG1P(x -> x.log1p(), POSITIVE, "Log1PBackward0"),
    SIN(x -> x.sin(), REAL),
    COS(x -> x.cos(), REAL),
    TAN(x -> x.tan(), UNIT),
    SINC(x -> x.sinc(), NONZERO),
    ASIN(x -> x.asin(), UNIT),
    ACOS(x -> x.acos(), UNIT),
    ATAN(x -> x.atan(), REAL),
    SINH(x -> x.sinh(), REAL),
    COSH(x -> x.cosh(), REAL),
    TANH(x -> x.tanh(), REAL),
    ASINH(x -> x.asinh(), REAL),
    ACOSH(x -> x.acosh(), ABOVE_ONE),
    ATANH(x -> x.atanh(), UNIT),
    SIGMOID(x -> x.sigmoid(), REAL),
    LOGIT(x -> x.logit(), PROBABILITY),
    ERF(x -> x.erf(), REAL),
    ERFC(x -> x.erfc(), REAL),
    ERFINV(x -> x.erfinv(), UNIT),
    LGAMMA(x -> x.lgamma(), POSITIVE),
    DIGAMMA(x -> x.digamma(), POSITIVE),
    I0(x -> x.i0(), NONZERO),
    I1(x -> x.i1(), NONZERO, "SpecialI1Backward0"),
    DEG2RAD(x -> x.mul(Math.PI / 180), REAL, "Deg2RadBackward0"),
    RAD2DEG(x -> x.mul(180 / Math.PI), REAL, "Rad2DegBackward0"),
    RELU(x -> x.relu(), NONZERO),
    /** {@code log(sigmoid(x))}; its derivative is exact to the right of 0 too. */
    LOG_SIGMOID(x -> x.min(0).sub(x.abs().neg().exp().log1p()), x -> x.neg().sigmoid(), NONZERO, "LogSigmoidBackward0"),
    SILU(x -> x.mul(x.sigmoid()), REAL),
    MISH(x -> x.mul(softplus(x).tanh()), x -> mishSlope(x, softplus(x).tanh()), REAL),
    /** {@code x Φ(x)}; Φ is exact in its tail, where 1 + erf cancels. */
    GELU(x -> x.mul(x.ndtr()), REAL),
    /** As {@code ½ x (1 + tanh u)}, u = √(2/π) (x + 0.044715 x³); ½ (1 + tanh u) = sigmoid(2u). */
    GELU_TANH(
            x -> x.mul(x.mul(x)
                    .mul(x)
                    .mul(0.044715)
                    .add(x)
                    .mul(2 * Math.sqrt(2 / Math.PI))
                    .sigmoid()),
            REAL,
            "GeluBackward0"),
    /** ELU with the α and the scale of Klambauer et al., "Self-Normalizing Neural Networks", 2017. */
    SELU(
            x -> x.gt(0).select(x.mul(Unary.SELU_RIGHT), x.expm1().mul(Unary.SELU_LEFT)),
            x -> Parametric.eluSlope(x, Expr.of(Unary.SELU_RIGHT), Expr.of(Unary.SELU_LEFT), x.exp()),
            NONZERO,
            "EluBackward0"),
    SOFTSIGN(x -> x.div(x.abs().add(1)), NONZERO, "DivBackward0"),
    TANHSHRINK(x -> x.sub(x.tanh()), REAL, "SubBackward0"),
    /** PyTorch's slope is a sixth in single precision. */
    HARDSIGMOID(
            x -> x.add(3).max(0).min(6).div(6), x -> x.gt(-3).and(x.lt(3)).select(Expr.of(1 / 6f), Expr.of(0)), REAL),
    HARDSWISH(
            x -> x.mul(x.add(3).max(0).min(6)).div(6),
            x -> x.le(-3).select(Expr.of(0), x.lt(3).select(x.div(3).add(0.5), Expr.of(1))),
            REAL),
    /** Stirling's approximation of {@code log(x!)} above 1, else 0: a term of PyTorch's {@code poisson_nll_loss}. */
    STIRLING(
            x -> x.gt(1)
                    .select(x.mul(x.log()).sub(x).add(x.mul(2 * Math.PI).log().mul(0.5)), Expr.of(0)),
            ABOVE_ONE),
    SIGN(x -> x.gt(0).select(Expr.of(1), x.lt(0).select(Expr.of(-1), Expr.of(0))), NONZERO),
    ROUND(x -> x.round(), PROBABILITY),
    FLOOR(x -> x.floor(), PROBABILITY),
    CEIL(x -> x.ceil(), PROBABILITY),
    TRUNC(x -> x.trunc(), PROBABILITY),
    FRAC(x -> x.sub(x.trunc()), PROBABILITY),
    ISNAN(x -> x.ne(x), REAL),
    ISINF(x -> x.abs().eq(Double.POSITIVE_INFINITY), REAL),
    ISFINITE(x -> x.abs().lt(Double.POSITIVE_INFINITY), REAL),
    SIGNBIT(x -> Expr.of(1).copysign(x).lt(0), NONZERO),
    LOGICAL_NOT(x -> x.not(), TRUTH);

    /** {@code log(1 + exp(x))} without overflow. Its derivative is the sigmoid, which is better declared than derived. */
    static Expr softplus(Expr x) {
        return x.max(0).add(x.abs().neg().exp().log1p());
    }

    private static Expr mishSlope(Expr x, Expr tanh) {
        return tanh.add(x.mul(x.sigmoid()).mul(Expr.of(1).sub(tanh.mul(tanh))));
    }

    private static final double SELU_RIGHT = 1.0507009873554805;
    private static final double SELU_LEFT = SELU_RIGHT * 1.6732632423543772;

    private final Elementwise op;
    private final Domain domain;

    Unary(UnaryOperator<Expr> definition, Domain domain) {
        this(definition, null, domain, null);
    }

    Unary(UnaryOperator<Expr> definition, Domain domain, String gradName) {
        this(definition, null, domain, gradName);
    }

    Unary(UnaryOperator<Expr> definition, UnaryOperator<Expr> slope, Domain domain) {
        this(definition, slope, domain, null);
    }

    /** With a derivative of its own and PyTorch's name for the node where they are not the usual ones. */
    Unary(UnaryOperator<Expr> definition, UnaryOperator<Expr> slope, Domain domain, String gradName) {
        Kind[] kinds = {domain == TRUTH ? Kind.MASK : Kind.NUMBER};
        String opName = name().toLowerCase(Locale.ROOT);
        Formula formula = Formula.of(
                opName, gradName == null ? Op.gradName(opName) : gradName, kinds, 0, v -> definition.apply(v.get(0)));
        this.op = new Elementwise(slope == null ? formula : formula.withSlope(0, v -> slope.apply(v.get(0))));
        this.domain = domain;
    }

    @Override
    public Elementwise op() {
        return op;
    }

    /** Where the gradient check samples. */
    public Domain domain() {
        return domain;
    }
}
