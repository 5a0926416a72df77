package adjoint.codegen;

import static adjoint.codegen.FloatFormat.polynomial;

/** sinh, cosh and the inverse hyperbolic functions: polynomials near 0, elsewhere exp and log in two words. */
final class Hyperbolic {
    /** (sinh(x)/x − 1) / x² as a polynomial in x², |x| ≤ 1: relative error of sinh below 2^-32 and 2^-61. */
    private static final double[] SINH_SINGLE = {0.16666667, 0.008333339, 0.000198381, 2.8062905e-06};

    private static final double[] SINH_DOUBLE = {
        0.16666666666666666,
        0.008333333333333299,
        0.0001984126984132422,
        2.755731919137273e-06,
        2.5052117697660347e-08,
        1.605767946801234e-10,
        7.746183786252816e-13
    };

    /** (asinh(x)/x − 1) / x² as a polynomial in x², |x| ≤ ½: relative error of asinh below 2^-32 and 2^-58. */
    private static final double[] ASINH_SINGLE = {
        -0.16666667, 0.074999735, -0.04463028, 0.030159045, -0.020539822, 0.009957251
    };

    private static final double[] ASINH_DOUBLE = {
        -0.16666666666666666,
        0.07499999999998694,
        -0.04464285714033822,
        0.030381944253865364,
        -0.022372151619209198,
        0.01735259086046303,
        -0.013962272132981152,
        0.011526481575822718,
        -0.009592750848082943,
        0.0076261689153596665,
        -0.004999200912846498,
        0.0018901164055805022
    };

    /** (atanh(x)/x − 1) / x² as a polynomial in x², |x| ≤ ½: relative error of atanh below 2^-31 and 2^-58. */
    private static final double[] ATANH_SINGLE = {
        0.33333334, 0.19999957, 0.14288385, 0.11049127, 0.0976519, 0.040442053, 0.15692733
    };

    private static final double[] ATANH_DOUBLE = {
        0.3333333333333333,
        0.2000000000000092,
        0.14285714285477816,
        0.11111111135028118,
        0.09090907831406699,
        0.07692347310661804,
        0.06665862313856478,
        0.05893382022537296,
        0.0515850208632082,
        0.05454411896380749,
        0.011827866119414639,
        0.13669262594570178,
        -0.14605863182836998,
        0.2119396085728838
    };

    private Hyperbolic() {}

    /** {@code x + x³ P(x²)}. */
    private static Expr odd(Expr x, double[] coefficients) {
        Expr square = x.mul(x);
        return square.mul(x).fma(polynomial(square, coefficients), x);
    }

    static Expr sinh(FloatFormat f, Expr x) {
        Expr a = x.abs();
        // Quarters, as e^a overflows before the result does.
        Two e = quarterExp(f, a);
        Expr inverse = Expr.of(0x1p-4).div(e.high());
        Two difference = Two.fastSum(e.high(), inverse.neg());
        Expr large = difference.high().add(difference.low().add(e.low())).mul(2);
        return f.withSignOf(a.lt(1).select(odd(a, f.pick(SINH_SINGLE, SINH_DOUBLE)), large), x);
    }

    /** A quarter of e^a: twice of it is infinite where it should be. */
    private static Two quarterExp(FloatFormat f, Expr a) {
        return Exponentials.scaledExp(f, a, 2, f.pick(89.6, 710.6));
    }

    static Expr cosh(FloatFormat f, Expr x) {
        Two e = quarterExp(f, x.abs());
        Two sum = Two.fastSum(e.high(), Expr.of(0x1p-4).div(e.high()));
        return sum.high().add(sum.low().add(e.low())).mul(2);
    }

    static Expr asinh(FloatFormat f, Expr x) {
        Expr a = x.abs();
        Two square = Two.product(a, a);
        Two sum = Two.sum(Expr.of(1), square.high());
        Two root = new Two(sum.high(), sum.low().add(square.low())).sqrt(f);
        Two whole = Two.fastSum(root.high(), a);
        Expr large = logOfSum(f, a, new Two(whole.high(), whole.low().add(root.low())));
        Expr y = a.lt(0.5).select(odd(a, f.pick(ASINH_SINGLE, ASINH_DOUBLE)), large);
        return f.withSignOf(a.lt(Double.POSITIVE_INFINITY).select(y, a), x);
    }

    static Expr acosh(FloatFormat f, Expr x) {
        Two square = Two.product(x, x);
        Two difference = Two.fastSum(square.high(), Expr.of(-1));
        Two rest = Two.fastSum(difference.high(), difference.low().add(square.low()));
        Two root = rest.sqrt(f);
        Two whole = Two.fastSum(x, root.high());
        Expr y = logOfSum(f, x, new Two(whole.high(), whole.low().add(root.low())));
        Expr outside = x.eq(Double.POSITIVE_INFINITY).select(x, Expr.of(Double.NaN));
        return x.ge(1).and(x.lt(Double.POSITIVE_INFINITY)).select(y, outside);
    }

    /** The logarithm of {@code x + √(x² ± 1)}, which is 2x if the square of x is huge. */
    private static Expr logOfSum(FloatFormat f, Expr x, Two sum) {
        Expr huge = Expr.of(f.pick(0x1p28, 0x1p56)).lt(x);
        Two argument = new Two(huge.select(x, sum.high()), huge.select(Expr.of(0), sum.low()));
        Two log = Logarithms.inTwoWords(f, argument);
        Two more = Two.fastSum(log.high(), Expr.of(f.ln2High));
        Expr twice = more.high().add(more.low().add(log.low()).add(f.ln2Low));
        return huge.select(twice, log.rounded());
    }

    static Expr atanh(FloatFormat f, Expr x) {
        Expr a = x.abs();
        Expr small = smallAtanh(f, a);
        Two quotient =
                Two.quotient(Two.fastSum(Expr.of(1), a), new Two(Expr.of(1).sub(a), Expr.of(0)));
        Expr large = Logarithms.inTwoWords(f, quotient).rounded().mul(0.5);
        Expr outside = a.eq(1).select(Expr.of(Double.POSITIVE_INFINITY), Expr.of(Double.NaN));
        return f.withSignOf(a.lt(1).select(a.lt(0.5).select(small, large), outside), x);
    }

    private static Expr smallAtanh(FloatFormat f, Expr a) {
        return odd(a, f.pick(ATANH_SINGLE, ATANH_DOUBLE));
    }

    /** {@code log(p / (1 − p))}, which is {@code 2 atanh(2p − 1)}. */
    static Expr logit(FloatFormat f, Expr p) {
        Expr middle = p.sub(0.5).abs().le(0.25);
        Expr near = smallAtanh(f, p.mul(2).sub(1)).mul(2);
        Two odds = Two.quotient(new Two(p, Expr.of(0)), Two.fastSum(Expr.of(1), p.neg()));
        Expr far = Logarithms.inTwoWords(f, odds).rounded();
        Expr edge = p.eq(0)
                .select(
                        Expr.of(Double.NEGATIVE_INFINITY),
                        p.eq(1).select(Expr.of(Double.POSITIVE_INFINITY), Expr.of(Double.NaN)));
        return middle.select(near, Expr.of(0).lt(p).and(p.lt(1)).select(far, edge));
    }
}
