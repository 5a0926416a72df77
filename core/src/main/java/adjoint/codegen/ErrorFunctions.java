package adjoint.codegen;

import static adjoint.codegen.FloatFormat.polynomial;

/**
 * erf, erfc, the inverse of erf, and the normal distribution. For large arguments erfc(a) = e^(−a²) E(a) / (a + 3), where E is smooth up to
 * infinity in 1 / (a + 3) (after Shepherd and Laframboise, <i>Chebyshev approximation of (1 + 2x) exp(x²) erfc x</i>,
 * 1981). The inverse is x times a function of log(1 − x²) (Giles, <i>Approximating the erfinv function</i>, 2010).
 */
final class ErrorFunctions {
    /** erf(x)/x − 1 as a polynomial in x², |x| ≤ 1: relative error of erf below 2^-29 and 2^-62. */
    private static final double[] ERF_SINGLE = {
        0.12837917, -0.37612626, 0.11283597, -0.026854329, 0.005189312, -0.0008018855, 7.8824974e-05
    };

    private static final double[] ERF_DOUBLE = {
        0.1283791670955126,
        -0.3761263890318375,
        0.11283791670954882,
        -0.026866170645077334,
        0.005223977624823223,
        -0.0008548326981129666,
        0.00012055331122299266,
        -1.4925595519506043e-05,
        1.6461004480962034e-06,
        -1.6350354461959655e-07,
        1.4660051998394848e-08,
        -1.1373902296430911e-09,
        5.958930743134941e-11
    };

    /**
     * log(1 − erf(a)) as a polynomial in a, 1 ≤ a ≤ 3.95: relative error of erf below 2^-29. The exponential of a polynomial is
     * a form of N. Juffa's (<i>Fast implementation of erf</i>, NVIDIA's developer forum).
     */
    private static final double[] ERF_TAIL_SINGLE = {
        -3.4151122e-04, -1.1270893, -0.63814473, -0.103106834, 0.021838093, -0.002947667, 1.863799e-04
    };

    /** e^(a²/2) Φ(−a) as the quotient of two polynomials in a, 0 ≤ a ≤ 14.3: relative error below 2^-27. */
    private static final double[] NDTR_NUMERATOR = {0.5, 0.43788362, 0.18292986, 0.040530246, 0.0041009993};

    private static final double[] NDTR_DENOMINATOR = {1, 1.6736519, 1.2012365, 0.46866477, 0.101600826, 0.010279559};

    /** e^(a²) erfc(a) (a + 3) as a polynomial in 1 − 7/(a + 3), a ≥ ½: relative error below 2^-28 and 2^-60. */
    private static final double[] ERFC_SINGLE = {
        0.9589962,
        -0.6277956,
        0.34605613,
        -0.15596654,
        0.05413282,
        -0.01233868,
        0.00057130953,
        0.00076356746,
        -0.00022356986,
        -2.6068523e-05,
        2.000092e-05
    };

    private static final double[] ERFC_DOUBLE = {
        0.9589962033754297,
        -0.6277955952806216,
        0.34605620908994794,
        -0.15596654978028354,
        0.05413190824958382,
        -0.012338549339513413,
        0.0005752799033482245,
        0.0007631143584816342,
        -0.0002315272710052165,
        -2.5286311146420208e-05,
        2.764281008643694e-05,
        -6.857347381862381e-07,
        -3.1791299872082877e-06,
        2.7783267798950195e-07,
        4.086509861384247e-07,
        -3.961573542637521e-08,
        -5.973015882237538e-08,
        3.207474724572228e-09,
        9.46450149633008e-09,
        2.125503644668757e-10,
        -1.4804989356023115e-09,
        -1.303875047596013e-10,
        1.9434750542284005e-10,
        1.749919378915166e-11,
        -1.5082656156097486e-11
    };

    /** erfinv(x)/x as a polynomial in w/3.125 − 1, w = −log(1 − x²) ≤ 6.25: relative error below 2^-29 and 2^-58. */
    private static final double[] ERFINV_CENTRE_SINGLE = {
        1.6536546,
        0.7504943,
        -0.058922574,
        -0.022604108,
        0.017808469,
        -0.004140117,
        -0.0012722982,
        0.001242546,
        -0.00026284,
        -0.00013493722,
        9.156613e-05,
        1.5265791e-06,
        -1.07413025e-05
    };

    private static final double[] ERFINV_CENTRE_DOUBLE = {
        1.6536545626831027,
        0.7504943200799635,
        -0.05892256710377839,
        -0.02260444745344275,
        0.017808361818321756,
        -0.0041373143776338795,
        -0.001271692268923054,
        0.0012324855718427884,
        -0.00026439366376450275,
        -0.00011688886540524657,
        9.336736525855553e-05,
        -1.5027583655607259e-05,
        -1.12572237422896e-05,
        7.1296454985369155e-06,
        -6.839448584111029e-07,
        -1.0584230301558193e-06,
        5.397895417173957e-07,
        -1.1511853834797894e-08,
        -9.905042307855316e-08,
        4.0463064851671846e-08,
        5.039596477958063e-09,
        -9.387945923264826e-09,
        1.4461050507676023e-09,
        1.0699033562069704e-09,
        -2.5466157998892667e-10,
        -4.828868938389088e-11
    };

    /** erfinv(x)/x as a polynomial in (√w − 3.35)/0.85 and (√w − 4.3)/1.8: relative error below 2^-30 and 2^-60. */
    private static final double[] ERFINV_TAIL_SINGLE = {
        3.1844616,
        0.85529536,
        0.0031642052,
        -0.0017847256,
        0.0009281034,
        -0.00052564597,
        0.00027047566,
        -0.00010583984,
        1.7563889e-05,
        1.137544e-05,
        -6.180081e-06
    };

    private static final double[] ERFINV_TAIL_DOUBLE = {
        4.142724044720679,
        1.8180811747236378,
        0.00202393076992193,
        -0.0033068394200141,
        0.002066492814668854,
        -0.0011020499808170729,
        0.0006389407095271186,
        -0.0004984969029752491,
        0.0004980556733439478,
        -0.0005026865268203719,
        0.00043663510262047044,
        -0.00029278346717033016,
        0.00012010594044241055,
        1.6322064565169465e-05,
        -7.874747984115422e-05,
        7.386638697837601e-05,
        -3.7114547215508404e-05,
        3.4901526058324364e-06,
        1.1412021873225734e-05,
        -1.0982307604204997e-05,
        5.1075842722904355e-06,
        -1.6241461507425363e-07,
        -1.7952962181763584e-06,
        1.0548916030010357e-06,
        1.8722962211502453e-07,
        -2.0781965068642467e-07,
        -2.2142593273656114e-07,
        1.1027590065851284e-07,
        1.0618379019921863e-07,
        -5.7434251569189756e-08,
        -1.4627655250197139e-08,
        9.341734993941933e-09
    };

    private ErrorFunctions() {}

    static Expr erf(FloatFormat f, Expr x) {
        Expr a = x.abs();
        // From there on the result is 1.
        Expr bounded = a.min(f.pick(3.95, 7));
        Expr tail = f == FloatFormat.SINGLE
                ? Exponentials.normalExp(f, polynomial(bounded, ERF_TAIL_SINGLE))
                : tail(f, bounded);
        return f.withSignOf(a.lt(1).select(near(f, a), Expr.of(1).sub(tail)), x);
    }

    /** erf for |x| ≤ 1. */
    private static Expr near(FloatFormat f, Expr x) {
        return x.fma(polynomial(x.mul(x), f.pick(ERF_SINGLE, ERF_DOUBLE)), x);
    }

    static Expr erfc(FloatFormat f, Expr x) {
        Expr a = x.abs();
        // From there on the result is 0 or 2.
        Expr tail = tail(f, a.min(f.pick(10.6, 27.4)));
        Expr outer = x.lt(0).select(Expr.of(2).sub(tail), tail);
        return a.lt(0.5).select(Expr.of(1).sub(near(f, x)), outer);
    }

    /** erfc(a) for a ≥ ½. */
    private static Expr tail(FloatFormat f, Expr a) {
        Two square = Two.product(a, a);
        return tail(
                f, a, Exponentials.Power.of(f, square.high().neg(), square.low().neg()));
    }

    /** The same where e^(−a²) is at hand. */
    private static Expr tail(FloatFormat f, Expr a, Exponentials.Power power) {
        // All in two words but the polynomial, since its argument weighs most.
        Two shifted = Two.sum(a, Expr.of(3));
        Expr q = Expr.of(1).div(shifted.high());
        Expr qLow = q.mul(q.neg().fma(shifted.low(), q.neg().fma(shifted.high(), 1)));
        Expr t = qLow.fma(Expr.of(-7), q.fma(Expr.of(-7), 1));
        Expr series = polynomial(t, f.pick(ERFC_SINGLE, ERFC_DOUBLE));
        Two factor = Two.product(q, series);
        Expr low = qLow.fma(series, factor.low());
        Expr e = power.value(f);
        return e.fma(factor.high(), e.mul(low));
    }

    /** e^(−a²/2), up to where the normal distribution ends; {@code a} is no larger. */
    private static Exponentials.Power bell(FloatFormat f, Expr a) {
        Two square = Two.product(a, a);
        return Exponentials.Power.of(f, square.high().mul(-0.5), square.low().mul(-0.5));
    }

    /** From there on the distribution is 0 or 1, and its density 0. */
    private static Expr bounded(FloatFormat f, Expr x) {
        return x.abs().min(f.pick(14.4, 38.6));
    }

    /** The normal distribution's density. */
    static Expr normalDensity(FloatFormat f, Expr x) {
        return bell(f, bounded(f, x)).times(f, Expr.of(1 / Math.sqrt(2 * Math.PI)));
    }

    /** The normal distribution Φ. Its tail Φ(−a) is e^(−a²/2) times a smooth function of a. */
    static Expr ndtr(FloatFormat f, Expr x) {
        Expr a = bounded(f, x);
        if (f == FloatFormat.SINGLE) {
            Expr tail = bell(f, a).times(f, polynomial(a, NDTR_NUMERATOR).div(polynomial(a, NDTR_DENOMINATOR)));
            return x.lt(0).select(tail, Expr.of(1).sub(tail));
        }
        Expr scaled = a.mul(Math.sqrt(0.5));
        Expr tail = tail(f, scaled, bell(f, a)).mul(0.5);
        Expr small = near(f, scaled).mul(0.5);
        Expr left = scaled.lt(0.5).select(Expr.of(0.5).sub(small), tail);
        Expr right = scaled.lt(0.5).select(Expr.of(0.5).add(small), Expr.of(1).sub(tail));
        return x.lt(0).select(left, right);
    }

    static Expr erfinv(FloatFormat f, Expr x) {
        Expr w = Logarithms.log(f, x.neg().fma(x, 1)).neg();
        Expr centre = polynomial(w.fma(Expr.of(0.32), -1), f.pick(ERFINV_CENTRE_SINGLE, ERFINV_CENTRE_DOUBLE));
        Expr t = w.sqrt().sub(f.pick(3.35, 4.3)).mul(f.pick(1 / 0.85, 1 / 1.8));
        Expr tail = polynomial(t, f.pick(ERFINV_TAIL_SINGLE, ERFINV_TAIL_DOUBLE));
        Expr y = x.mul(w.lt(6.25).select(centre, tail));
        return x.abs().eq(1).select(x.mul(Double.POSITIVE_INFINITY), y);
    }
}
