package adjoint.codegen;

import static adjoint.codegen.FloatFormat.polynomial;

/** The modified Bessel functions of the first kind of order 0 and 1. */
final class Bessel {
    /** I₀(x) as a polynomial in (x/8)², |x| ≤ 8: relative error below 2^-31 and 2^-61. */
    private static final double[] I0_SMALL_SINGLE = {
        1.0,
        16.0,
        63.999996,
        113.77785,
        113.77714,
        72.821365,
        32.350647,
        10.597634,
        2.5953805,
        0.56911033,
        0.05366458,
        0.021327462
    };

    private static final double[] I0_SMALL_DOUBLE = {
        1.0,
        16.0,
        64.00000000000003,
        113.7777777777769,
        113.77777777779527,
        72.81777777756619,
        32.36345679181142,
        10.567659350685679,
        2.641914877279706,
        0.5218596123987362,
        0.083497792831347,
        0.011040613612716828,
        0.0012272420944860261,
        0.00011573616439279102,
        9.734997549064576e-06,
        5.695329606162454e-07,
        6.725742072411059e-08
    };

    /** √x e^(−x) I₀(x) as a polynomial in 16/x − 1, x ≥ 8: relative error below 2^-29 and 2^-59. */
    private static final double[] I0_LARGE_SINGLE = {
        0.4021765, 0.0033605557, 0.00013621716, 1.1112148e-05, 1.4761157e-06, 3.6266704e-07, 1.0867942e-07
    };

    private static final double[] I0_LARGE_DOUBLE = {
        0.4021765094450081,
        0.0033605519836678865,
        0.00013621607439233397,
        1.1143033788352455e-05,
        1.4838475432345007e-06,
        2.973599383079143e-07,
        8.872269443436991e-08,
        3.932470832874237e-08,
        2.154269734245596e-08,
        7.56377201554598e-09,
        -6.709029656225181e-09,
        -1.3453822931523045e-08,
        -5.573331421612005e-09,
        7.697662019061827e-09,
        7.923178069803707e-09,
        -3.820995123088702e-09,
        -6.938996277221368e-09,
        1.983359036877092e-09,
        4.9905012776058796e-09,
        -1.0267340552476405e-09,
        -2.871865993835146e-09,
        4.3888610449867095e-10,
        1.2061857017314503e-09,
        -1.2429481430526596e-10,
        -3.2101612042493243e-10,
        1.664547360287106e-11,
        4.005227764904683e-11
    };

    /** I₁(x)/x as a polynomial in (x/8)², |x| ≤ 8: relative error below 2^-30 and 2^-59. */
    private static final double[] I1_SMALL_SINGLE = {
        0.5,
        4.0,
        10.666671,
        14.222164,
        11.378242,
        6.0660067,
        2.3178182,
        0.64922833,
        0.15987986,
        0.01679708,
        0.0073365117
    };

    private static final double[] I1_SMALL_DOUBLE = {
        0.5,
        4.000000000000001,
        10.666666666666629,
        14.222222222223511,
        11.377777777755087,
        6.068148148389495,
        2.3116754833250175,
        0.660478718111503,
        0.1467730188272614,
        0.026093055523606808,
        0.003795216489082557,
        0.00046021131154359005,
        4.702014543750919e-05,
        4.2583740607253695e-06,
        2.670429081612229e-07,
        3.3634868403857223e-08
    };

    /** √x e^(−x) I₁(x) as a polynomial in 16/x − 1, x ≥ 8: relative error below 2^-29 and 2^-59. */
    private static final double[] I1_LARGE_SINGLE = {
        0.38939846, -0.009749581, -0.00021923713, -1.5003965e-05, -1.8256908e-06, -4.2103503e-07, -1.2273217e-07
    };

    private static final double[] I1_LARGE_DOUBLE = {
        0.38939845902587233,
        -0.00974957719323576,
        -0.00021923576383430914,
        -1.503854719814553e-05,
        -1.8349101091858603e-06,
        -3.4838565069237384e-07,
        -1.0001340021780373e-07,
        -4.312811174972108e-08,
        -2.3368016560658185e-08,
        -8.436290430234509e-09,
        6.694265612407293e-09,
        1.407639550075477e-08,
        6.1498523115790336e-09,
        -7.778592763969687e-09,
        -8.401102179744625e-09,
        3.7219797447241535e-09,
        7.268242563551447e-09,
        -1.8736450470049545e-09,
        -5.202221760199298e-09,
        9.568523624892485e-10,
        2.9887350377723778e-09,
        -4.0869842334676814e-10,
        -1.2547972492063436e-09,
        1.1618136302860608e-10,
        3.339867355665245e-10,
        -1.5626599071976452e-11,
        -4.1681089783833467e-11
    };

    private Bessel() {}

    static Expr i0(FloatFormat f, Expr x) {
        Expr a = bounded(f, x);
        Expr small = small(a, f.pick(I0_SMALL_SINGLE, I0_SMALL_DOUBLE));
        Expr y = a.lt(8).select(small, large(f, a, f.pick(I0_LARGE_SINGLE, I0_LARGE_DOUBLE)));
        return finite(x, y);
    }

    /** PyTorch's convention; the limits would be infinite. */
    private static Expr finite(Expr x, Expr y) {
        return x.abs().eq(Double.POSITIVE_INFINITY).select(Expr.of(Double.NaN), y);
    }

    static Expr i1(FloatFormat f, Expr x) {
        Expr a = bounded(f, x);
        double[] coefficients = f.pick(I1_SMALL_SINGLE, I1_SMALL_DOUBLE);
        Expr small = a.mul(f == FloatFormat.SINGLE ? compensated(a, coefficients) : small(a, coefficients));
        Expr y = a.lt(8).select(small, large(f, a, f.pick(I1_LARGE_SINGLE, I1_LARGE_DOUBLE)));
        return finite(x, f.withSignOf(y, x));
    }

    private static Expr small(Expr a, double[] coefficients) {
        Expr eighth = a.mul(0.125);
        Two square = Two.product(eighth, eighth);
        Expr y = polynomial(square.high(), coefficients);
        // What rounding took from the square: the logarithm's derivative in it is about 32/a where that matters.
        return y.fma(square.low().mul(Expr.of(32).div(a.max(1))), y);
    }

    /**
     * The same with the rounding errors of Horner's rule carried along (Graillat, Langlois and Louvet, Compensated Horner
     * Scheme, 2005): in single precision they add up to four units.
     */
    private static Expr compensated(Expr a, double[] coefficients) {
        Expr eighth = a.mul(0.125);
        Two square = Two.product(eighth, eighth);
        Expr t = square.high();
        Expr y = Expr.of(coefficients[coefficients.length - 1]);
        Expr slope = Expr.of(0);
        Expr error = Expr.of(0);
        for (int i = coefficients.length - 2; i >= 0; i--) {
            slope = slope.fma(t, y);
            Two product = Two.product(y, t);
            Two sum = Two.sum(product.high(), Expr.of(coefficients[i]));
            error = error.fma(t, product.low().add(sum.low()));
            y = sum.high();
        }
        return y.add(slope.fma(square.low(), error));
    }

    /** |x|, or a number whose result overflows too. */
    private static Expr bounded(FloatFormat f, Expr x) {
        return x.abs().min(f.pick(92.5, 714.5));
    }

    private static Expr large(FloatFormat f, Expr a, double[] coefficients) {
        Expr series = polynomial(Expr.of(16).div(a).sub(1), coefficients).div(a.sqrt());
        // e^a overflows before the result does.
        Two power = Exponentials.scaledExp(f, a, 8, f.pick(92.5, 714.5));
        return power.high().fma(series, power.low().mul(series)).mul(256);
    }
}
