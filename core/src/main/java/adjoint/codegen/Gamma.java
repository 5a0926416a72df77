package adjoint.codegen;

import static adjoint.codegen.FloatFormat.polynomial;

/**
 * The logarithm of the gamma function and its derivatives. Arguments are moved into one interval by the recurrence
 * Γ(x + 1) = x Γ(x), large ones taken to Stirling's series, negative ones reflected (Abramowitz and Stegun,
 * <i>Handbook of Mathematical Functions</i>, 6.1.17, 6.1.40, 6.3.7, 6.4.7, 6.4.11).
 */
final class Gamma {
    /** lgamma(2 + u)/u as a polynomial in (4u + 1)/3, −1 ≤ u ≤ ½: relative error of lgamma below 2^-29 and 2^-58. */
    private static final double[] LGAMMA_SINGLE = {
        0.3376045,
        0.27039608,
        -0.048426323,
        0.0127533665,
        -0.0039462023,
        0.0013297637,
        -0.0004719558,
        0.00017599245,
        -6.663055e-05,
        2.1102685e-05,
        -7.782889e-06,
        6.5564946e-06,
        -2.7186504e-06
    };

    private static final double[] LGAMMA_DOUBLE = {
        0.3376044840819422,
        0.2703960916052432,
        -0.04842632881482759,
        0.012753272317144139,
        -0.003946117503588276,
        0.00133050208388817,
        -0.00047245174996556023,
        0.0001735436454656199,
        -6.526294495419698e-05,
        2.4965961857886527e-05,
        -9.674811396915319e-06,
        3.7872356953632945e-06,
        -1.4946741009923342e-06,
        5.938254141748935e-07,
        -2.370258007988958e-07,
        9.510888768547717e-08,
        -3.8764577631078295e-08,
        1.5738258173666435e-08,
        -5.7997394922252834e-09,
        2.3049847575933814e-09,
        -1.4846003263628044e-09,
        6.420301975795177e-10,
        6.191156226868771e-11,
        -3.81021750590024e-11,
        -9.738284135374066e-11,
        4.2151983778690366e-11
    };

    /** What Stirling's formula lacks, times x, as a polynomial in (4/x)², x ≥ 4, and (8/x)², x ≥ 8. */
    private static final double[] STIRLING_SINGLE = {0.08333333, -0.00017353903, 2.901844e-06};

    private static final double[] STIRLING_DOUBLE = {
        0.0833333333333333,
        -4.340277777512691e-05,
        1.9376236960586422e-07,
        -2.2705183640626354e-09,
        4.9906725550490425e-11,
        -1.5394006365733237e-12
    };

    /** ψ(2 + t) / (2 + t − root) as a polynomial in t, |t| ≤ 1: relative error below 2^-29 and 2^-59. */
    private static final double[] DIGAMMA_SINGLE = {
        0.7853075,
        -0.26073894,
        0.10899998,
        -0.049551144,
        0.023445966,
        -0.011336917,
        0.005562691,
        -0.0027488077,
        0.0013187804,
        -0.00064581557,
        0.0004155067,
        -0.00022020191,
        -9.129441e-07,
        9.064395e-06,
        6.368915e-05,
        -3.4122124e-05
    };

    private static final double[] DIGAMMA_DOUBLE = {
        0.7853075386041053,
        -0.2607389546830014,
        0.10899991701762858,
        -0.049551032917674556,
        0.023447309597549766,
        -0.011338432553223046,
        0.005552254176536144,
        -0.0027395728862799856,
        0.0013581421098813344,
        -0.0006753133229926531,
        0.0003364331278986385,
        -0.00016781561560296845,
        8.377508659378348e-05,
        -4.184365724905356e-05,
        2.091081451447697e-05,
        -1.0451685170553539e-05,
        5.212445133891106e-06,
        -2.6028093822135453e-06,
        1.3308629411671011e-06,
        -6.710409517771273e-07,
        2.8091189744546605e-07,
        -1.323523156579475e-07,
        1.3990472099665014e-07,
        -7.827281523696487e-08,
        -3.299171559966835e-08,
        2.248718312653435e-08,
        3.846913846622345e-08,
        -2.2102164509428062e-08,
        -1.183257077685753e-08,
        6.735601614678487e-09,
        2.944930002207525e-09,
        -1.5781829106223942e-09
    };

    /** (log x − 1/(2x) − ψ(x)) x² as a polynomial in (4/x)², x ≥ 4, and (8/x)², x ≥ 8. */
    private static final double[] DIGAMMA_LARGE_SINGLE = {0.083333306, -0.0005203454, 1.4146993e-05};

    private static final double[] DIGAMMA_LARGE_DOUBLE = {
        0.08333333333333333,
        -0.0001302083333324928,
        9.688119903868366e-07,
        -1.5894489308782046e-08,
        4.513092065803097e-10,
        -1.927768739900366e-11,
        9.2620867160671e-13
    };

    private static final double ROOT_SINGLE = 0x1.762d86p0;
    private static final double ROOT_DOUBLE = 0x1.762d86356be3fp0;

    private Gamma() {}

    /** From here on the asymptotic series are used. */
    private static int large(FloatFormat f) {
        return (int) f.pick(4, 8);
    }

    private static Expr square(Expr x) {
        return x.mul(x);
    }

    static Expr lgamma(FloatFormat f, Expr x) {
        Expr a = x.abs();
        Expr low = a.lt(1.375);
        Expr large = a.ge(large(f));
        // Down to between 1.375 and 2.5.
        Expr y = a;
        Expr product = Expr.of(1);
        for (int i = 0; i < Math.ceil(large(f) - 2.5); i++) {
            Expr above = y.ge(2.5);
            Expr next = y.sub(1);
            product = above.select(product.mul(next), product);
            y = above.select(next, y);
        }
        Expr u = low.select(a.sub(1), y.sub(2));
        Expr near = u.mul(polynomial(u.fma(Expr.of(4 / 3.0), 1 / 3.0), f.pick(LGAMMA_SINGLE, LGAMMA_DOUBLE)));
        Two log = Logarithms.inTwoWords(f, low.or(large).select(a, product));
        Two sum = Two.sum(near, low.select(log.high().neg(), log.high()));
        Expr moved = sum.high().add(sum.low().add(low.select(log.low().neg(), log.low())));
        // (x − ½)(log x − 1) + ½ log 2π − ½ + series/x.
        Two less = Two.fastSum(log.high(), Expr.of(-1));
        Expr factor = a.sub(0.5);
        Two main = Two.product(factor, less.high());
        Expr series = polynomial(square(Expr.of(large(f)).div(a)), f.pick(STIRLING_SINGLE, STIRLING_DOUBLE));
        Expr rest =
                series.div(a).add(0.4189385332046727).add(factor.fma(less.low().add(log.low()), main.low()));
        Expr far = main.high().lt(Double.POSITIVE_INFINITY).select(main.high().add(rest), main.high());
        Expr right = large.select(far, moved);
        Expr y0 = x.lt(0).select(reflected(f, a, low, near, right), right);
        return a.eq(0).or(a.eq(Double.POSITIVE_INFINITY)).select(Expr.of(Double.POSITIVE_INFINITY), y0);
    }

    /** {@code log(π / |x sin πx|) − lgamma(|x|)}, where below 1.375 the logarithms of |x| cancel. */
    private static Expr reflected(FloatFormat f, Expr a, Expr low, Expr near, Expr right) {
        Expr sine = Trigonometry.halfTurns(f, a.min(wholeFrom(f))).sine().high().abs();
        Expr log = Logarithms.log(f, sine.mul(low.select(Expr.of(1), a)).mul(1 / Math.PI));
        Expr y = log.neg().sub(low.select(near, right));
        return sine.eq(0).select(Expr.of(Double.POSITIVE_INFINITY), y);
    }

    /** From here on all numbers are whole. */
    private static double wholeFrom(FloatFormat f) {
        return Math.scalb(1.0, f.fraction);
    }

    static Expr digamma(FloatFormat f, Expr x) {
        Expr a = x.abs();
        Expr low = a.lt(1);
        Expr large = a.ge(large(f));
        // Down to between 2 and 3, or from below 1 up by 1.
        Expr y = a;
        Expr reciprocals = Expr.of(0);
        for (int i = 0; i < large(f) - 3; i++) {
            Expr above = y.ge(3);
            y = above.select(y.sub(1), y);
            reciprocals = above.select(reciprocals.add(Expr.of(1).div(y)), reciprocals);
        }
        Expr t = low.select(a.sub(1), y.sub(2));
        double root = f.pick(ROOT_SINGLE, ROOT_DOUBLE);
        Expr distance = t.add(2 - root).sub(f.pick(0x1.ab5f2p-27, 0x1.b86a722197829p-54));
        Expr near = distance.mul(polynomial(t, f.pick(DIGAMMA_SINGLE, DIGAMMA_DOUBLE)));
        Expr inverse = Expr.of(1).div(a);
        Expr series = polynomial(square(inverse.mul(large(f))), f.pick(DIGAMMA_LARGE_SINGLE, DIGAMMA_LARGE_DOUBLE));
        Expr far = Logarithms.log(f, a).sub(inverse.mul(inverse.fma(series, 0.5)));
        // ψ(1 + a), which the reflection asks for, lacks the last step down to a where a is below 1.
        Expr right = large.select(far, near.add(reciprocals));
        Expr positive = low.select(near.sub(inverse), right);
        var turns = Trigonometry.halfTurns(f, a.min(wholeFrom(f)));
        Two cotangent = Two.quotient(turns.cosine(), turns.sine())
                .times(new Two(
                        Expr.of(f.pick(0x1.921fb6p1, Math.PI)),
                        Expr.of(f.pick(-0x1.777a5cp-24, 0x1.1a62633145c07p-53))));
        Two sum = Two.sum(low.select(near, right.add(inverse)), cotangent.high());
        Expr left = sum.high().add(sum.low().add(cotangent.low()));
        Expr pole = turns.sine().high().eq(0).select(Expr.of(Double.NaN), left);
        // So near to the pole there is nothing else; the reciprocal of a sine might overflow.
        Expr tiny = a.lt(0x1p-60);
        return tiny.select(Expr.of(-1).div(x), x.lt(0).select(pole, positive));
    }

    /**
     * Derivative {@code order} (a literal, at least 1) of digamma: {@code (−1)^(n+1) n! Σ 1/(x + k)^(n+1)}, the first
     * terms as they are, the others by Euler's and Maclaurin's formula.
     */
    static Expr polygamma(FloatFormat f, Expr order, Expr x) {
        int n = (int) ((Expr.Const) order).value();
        // Where the first term has the only pole nearby, there is no need to reflect.
        Expr reflects = x.lt(-0.25);
        Expr from = reflects.select(x.neg().add(1), x);
        int terms = 10 + n;
        Expr sum = Expr.of(0);
        for (int k = terms - 1; k >= 0; k--) {
            sum = sum.add(power(Expr.of(1).div(from.add(k)), n + 1));
        }
        Expr inverse = Expr.of(1).div(from.add(terms));
        Expr series = polynomial(square(inverse), eulerMaclaurin(n, (int) f.pick(5, 9)));
        sum = sum.add(power(inverse, n).mul(inverse.fma(Expr.of(0.5), series)));
        double factorial = 1;
        for (int i = 2; i <= n; i++) {
            factorial *= i;
        }
        Expr right = sum.mul(n % 2 == 0 ? -factorial : factorial);
        // ψⁿ(x) = (−1)^n ψⁿ(1 − x) − π (d/dx)^n cot πx.
        var turns = Trigonometry.halfTurns(f, x.abs().min(wholeFrom(f)));
        Expr cotangent = Two.quotient(turns.cosine(), turns.sine()).rounded().neg();
        Expr reflection = polynomial(cotangent, cotangentDerivative(n));
        Expr left = (n % 2 == 0 ? right : right.neg()).sub(reflection);
        Expr pole = Expr.of(n % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY);
        return reflects.select(turns.sine().high().eq(0).select(pole, left), right);
    }

    private static Expr power(Expr x, int n) {
        Expr y = x;
        for (int i = 1; i < n; i++) {
            y = y.mul(x);
        }
        return y;
    }

    /** 1/n and {@code B(2j) (n + 2j − 1)! / ((2j)! n!)} with Bernoulli's numbers. */
    private static double[] eulerMaclaurin(int n, int count) {
        double[] c = new double[count];
        c[0] = 1.0 / n;
        // ζ(2j) = |B(2j)| (2π)^2j / (2 (2j)!).
        double[] zeta = {
            0,
            Math.PI * Math.PI / 6,
            1.0823232337111381,
            1.017343061984449,
            1.0040773561979444,
            1.000994575127818,
            1.000246086553308,
            1.0000612481350586,
            1.0000152822594086
        };
        double product = 1; // (n + 2j − 1)! / n!
        for (int j = 1; j < count; j++) {
            for (int i = Math.max(n + 1, n + 2 * j - 2); i <= n + 2 * j - 1; i++) {
                product *= i;
            }
            c[j] = (j % 2 == 0 ? -2 : 2) * zeta[j] * product * StrictMath.pow(2 * Math.PI, -2 * j);
        }
        return c;
    }

    /** π times derivative n of cot πx as a polynomial in the cotangent: cot′ = −π (1 + cot²). */
    private static double[] cotangentDerivative(int n) {
        double[] c = {0, Math.PI};
        for (int k = 0; k < n; k++) {
            double[] d = new double[c.length + 1];
            for (int i = 1; i < c.length; i++) {
                d[i - 1] -= Math.PI * i * c[i];
                d[i + 1] -= Math.PI * i * c[i];
            }
            c = d;
        }
        return c;
    }
}
