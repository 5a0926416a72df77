package adjoint.codegen;

import java.util.List;

/**
 * The elementary functions that formulas may call, a row each: how it is computed from exactly specified {@linkplain
 * Lane lanes}, and its partial derivatives in terms of its arguments and its value {@code y}. Nothing else lists them.
 */
@SuppressWarnings("ImmutableEnumChecker") // the rows' lambdas hold nothing
public enum Fn {
    EXP(Exponentials::exp, (x, y) -> y),
    EXP2(Exponentials::exp2, (x, y) -> y.mul(Fn.LN_2)),
    /** {@code exp(x) − 1}, accurate near 0. */
    EXPM1(Exponentials::expm1, (x, y) -> y.add(1)),
    LOG(Logarithms::log, (x, y) -> reciprocal(x)),
    LOG2(Logarithms::log2, (x, y) -> reciprocal(x.mul(Fn.LN_2))),
    LOG10(Logarithms::log10, (x, y) -> reciprocal(x.mul(Fn.LN_10))),
    /** {@code log(1 + x)}, accurate near 0. */
    LOG1P(Logarithms::log1p, (x, y) -> reciprocal(x.add(1))),
    /** {@code log(e^a + e^b)} without overflow. */
    LOGADDEXP(
            Logarithms::logaddexp,
            (a, b, y) -> a.sub(b).sigmoid(),
            (a, b, y) -> b.sub(a).sigmoid()),
    SIN(Trigonometry::sin, (x, y) -> x.cos()),
    COS(Trigonometry::cos, (x, y) -> x.sin().neg()),
    TAN(Trigonometry::tan, (x, y) -> y.mul(y).add(1)),
    /** {@code sin(πx) / (πx)}. */
    SINC(
            Trigonometry::sinc,
            (x, y) -> x.eq(0).select(Expr.of(0), x.mul(Math.PI).cos().sub(y).div(x))),
    ASIN(
            InverseTrigonometry::asin,
            (x, y) -> reciprocal(Expr.of(1).sub(x.mul(x)).sqrt())),
    ACOS(
            InverseTrigonometry::acos,
            (x, y) -> Expr.of(-1).div(Expr.of(1).sub(x.mul(x)).sqrt())),
    ATAN(InverseTrigonometry::atan, (x, y) -> reciprocal(x.mul(x).add(1))),
    /** The angle of the point (b, a). Flat at (0, 0), as in PyTorch. */
    ATAN2(
            InverseTrigonometry::atan2,
            (a, b, y) -> unlessOrigin(a, b, b.div(squares(a, b))),
            (a, b, y) -> unlessOrigin(a, b, a.neg().div(squares(a, b)))),
    SINH(Hyperbolic::sinh, (x, y) -> x.cosh()),
    COSH(Hyperbolic::cosh, (x, y) -> x.sinh()),
    TANH(Exponentials::tanh, (x, y) -> Expr.of(1).sub(y.mul(y))),
    ASINH(Hyperbolic::asinh, (x, y) -> reciprocal(x.mul(x).add(1).sqrt())),
    ACOSH(Hyperbolic::acosh, (x, y) -> reciprocal(x.mul(x).sub(1).sqrt())),
    ATANH(Hyperbolic::atanh, (x, y) -> reciprocal(Expr.of(1).sub(x.mul(x)))),
    /** {@code 1 / (1 + exp(−x))}. */
    SIGMOID(Exponentials::sigmoid, (x, y) -> y.mul(Expr.of(1).sub(y))),
    /** {@code log(x / (1 − x))}, the inverse of the logistic function. */
    LOGIT(
            Hyperbolic::logit,
            (x, y) -> x.lt(0)
                    .or(x.gt(1))
                    .select(Expr.of(Double.NaN), reciprocal(x.mul(Expr.of(1).sub(x))))),
    /** {@code x₀} to the power {@code x₁}, with the special cases of IEEE 754's pow. */
    // PyTorch's conventions: x^0 is flat in x, and 0^p (p >= 0) is flat in p.
    POW(
            Powers::pow,
            (x, p, y) -> p.eq(0).select(Expr.of(0), p.mul(x.pow(p.sub(1)))),
            (x, p, y) -> x.eq(0).and(p.ge(0)).select(Expr.of(0), y.mul(x.log()))),
    CBRT(Roots::cbrt, (x, y) -> reciprocal(y.mul(y).mul(3))),
    /** {@code √(a² + b²)} without overflow. */
    HYPOT(Roots::hypot, (a, b, y) -> a.div(y), (a, b, y) -> b.div(y)),
    ERF(ErrorFunctions::erf, (x, y) -> x.mul(x).neg().exp().mul(Fn.TWO_BY_SQRT_PI)),
    /** {@code 1 − erf(x)}, accurate where erf is near 1. */
    ERFC(ErrorFunctions::erfc, (x, y) -> x.mul(x).neg().exp().mul(-Fn.TWO_BY_SQRT_PI)),
    /** The normal distribution Φ: the probability of what is less. PyTorch: {@code special.ndtr}. */
    NDTR(ErrorFunctions::ndtr, (x, y) -> x.normalDensity()),
    /** {@code exp(−x²/2) / √(2π)}, the normal distribution's density. */
    NORMAL_DENSITY(ErrorFunctions::normalDensity, (x, y) -> x.neg().mul(y)),
    ERFINV(ErrorFunctions::erfinv, (x, y) -> y.mul(y).exp().mul(1 / Fn.TWO_BY_SQRT_PI)),
    /** The logarithm of |Γ(x)|. */
    LGAMMA(Gamma::lgamma, (x, y) -> x.digamma()),
    DIGAMMA(Gamma::digamma, (x, y) -> x.polygamma(1)),
    /** Derivative {@code n} of digamma; {@code n} is a literal. */
    POLYGAMMA(
            Gamma::polygamma,
            (n, x, y) -> Expr.of(Double.NaN),
            (n, x, y) -> x.polygamma((int) ((Expr.Const) n).value() + 1)),
    /** The modified Bessel function of the first kind of order 0. */
    I0(Bessel::i0, (x, y) -> x.i1()),
    /** The modified Bessel function of the first kind of order 1. */
    I1(Bessel::i1, (x, y) -> x.eq(0).select(Expr.of(0.5), x.i0().sub(y.div(x)))),
    /** {@code a log b}, where 0 times whatever number is 0. */
    XLOGY(
            (f, a, b) -> b.ne(b).select(b, a.eq(0).select(Expr.of(0), a.mul(Logarithms.log(f, b)))),
            (a, b, y) -> a.eq(0).and(b.le(0)).select(Expr.of(0), b.log()),
            (a, b, y) -> a.div(b)),
    /** The size of {@code a} with the sign of {@code b}. */
    COPYSIGN(
            (f, a, b) -> f.withSignOf(a.abs(), b.toBits().fromBits()),
            (a, b, y) -> a.eq(0).select(Expr.of(0), y.div(a)),
            (a, b, y) -> Derivative.ZERO),
    /** The nearest whole number, of two the even one. */
    ROUND(Rounding::round, (x, y) -> Derivative.ZERO),
    FLOOR(Rounding::floor, (x, y) -> Derivative.ZERO),
    CEIL(Rounding::ceil, (x, y) -> Derivative.ZERO),
    /** The whole number next to it towards 0. */
    TRUNC(Rounding::trunc, (x, y) -> Derivative.ZERO);

    private static final double LN_2 = 0.6931471805599453;
    private static final double LN_10 = 2.302585092994046;
    private static final double TWO_BY_SQRT_PI = 1.1283791670955126;

    /** A function of one argument in exactly specified lanes. */
    interface Unary {
        Expr expand(FloatFormat format, Expr x);
    }

    /** A function of two arguments in exactly specified lanes. */
    interface Binary {
        Expr expand(FloatFormat format, Expr a, Expr b);
    }

    /** The derivative of a function of one argument whose value is {@code y}. */
    interface Slope {
        Expr at(Expr x, Expr y);
    }

    /** A partial derivative of a function of two arguments whose value is {@code y}. */
    interface PartialSlope {
        Expr at(Expr a, Expr b, Expr y);
    }

    /** How the function and its partial derivatives are made, whatever the number of arguments. */
    private interface Rule {
        Expr apply(FloatFormat format, List<Expr> x, Expr y);
    }

    private final Rule definition;
    private final List<Rule> partials;

    Fn(Unary definition, Slope slope) {
        this.definition = (f, x, y) -> definition.expand(f, x.get(0));
        this.partials = List.of((f, x, y) -> slope.at(x.get(0), y));
    }

    Fn(Binary definition, PartialSlope first, PartialSlope second) {
        this.definition = (f, x, y) -> definition.expand(f, x.get(0), x.get(1));
        this.partials =
                List.of((f, x, y) -> first.at(x.get(0), x.get(1), y), (f, x, y) -> second.at(x.get(0), x.get(1), y));
    }

    private static Expr reciprocal(Expr x) {
        return Expr.of(1).div(x);
    }

    private static Expr squares(Expr a, Expr b) {
        return a.mul(a).add(b.mul(b));
    }

    private static Expr unlessOrigin(Expr a, Expr b, Expr slope) {
        return a.eq(0).and(b.eq(0)).select(Expr.of(0), slope);
    }

    /** How many arguments it takes. */
    public int arity() {
        return partials.size();
    }

    /** The function of these arguments in lanes, without any further call. */
    Expr expand(FloatFormat format, List<Expr> x) {
        return definition.apply(format, x, null);
    }

    /** The partial derivative in argument {@code i} at {@code x}, where the function's value is {@code y}. */
    Expr partial(int i, List<Expr> x, Expr y) {
        return partials.get(i).apply(null, x, y);
    }
}
