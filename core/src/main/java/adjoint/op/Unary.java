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

    private final Elementwise op;
    private final Domain domain;

    Unary(UnaryOperator<Expr> definition, Domain domain) {
        this(definition, domain, null);
    }

    Unary(UnaryOperator<Expr> definition, Domain domain, String gradName) {
        Kind[] kinds = {domain == TRUTH ? Kind.MASK : Kind.NUMBER};
        String opName = name().toLowerCase(Locale.ROOT);
        this.op = new Elementwise(Formula.of(
                opName, gradName == null ? Op.gradName(opName) : gradName, kinds, 0, v -> definition.apply(v.get(0))));
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
