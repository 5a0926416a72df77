package adjoint.codegen;

import static adjoint.codegen.FloatFormat.polynomial;

import java.math.BigInteger;

/**
 * sin and cos of any finite number: x = k·π/2 + r with |r| ≤ π/4 in two words, then polynomials in r².
 *
 * <p>The reduction follows Payne and Hanek (<i>Radian reduction for trigonometric functions</i>, 1983): of the digits
 * of 2/π those are taken whose products with x are neither multiples of 4 nor too small to matter. As a loop has no
 * tables, they are found by halving: five neighbours among all digits by one comparison for each bit of the position.
 */
final class Trigonometry {
    /** (sin(r)/r − 1) / r² and (cos r − 1 + r²/2) / r⁴ as polynomials in r², |r| ≤ 0.79. */
    private static final double[] SIN_SINGLE = {-0.16666667, 0.008333329, -0.00019839311, 2.7180881e-06};

    private static final double[] COS_SINGLE = {0.041666646, -0.0013887349, 2.4436285e-05};
    private static final double[] SIN_DOUBLE = {
        -0.1666666666666663,
        0.008333333333322092,
        -0.00019841269829539503,
        2.755731359513602e-06,
        -2.5050742426700293e-08,
        1.5895857401071877e-10
    };
    private static final double[] COS_DOUBLE = {
        0.041666666666666595,
        -0.001388888888887369,
        2.4801587289199055e-05,
        -2.7557314267160834e-07,
        2.0875711268913175e-09,
        -1.1359005579655507e-11
    };

    /** The first 1,280 bits of 2/π after the point. */
    private static final BigInteger TWO_OVER_PI = new BigInteger(
            "a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e0"
                    + "06492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f4"
                    + "9c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d"
                    + "7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d",
            16);

    private static final int TWO_OVER_PI_BITS = 1280;

    /** How many neighbouring digits of 2/π are multiplied with the argument. */
    private static final int WINDOW = 5;

    private Trigonometry() {}

    static Expr sin(FloatFormat f, Expr x) {
        Angle angle = Angle.of(f, x.abs());
        Expr y = quadrant(f, angle, angle.quadrant());
        Expr sign = x.rawBits().bits(Lane.BITS_AND, f.signBit());
        Expr odd = y.rawBits().bits(Lane.BITS_XOR, sign).fromBits();
        return x.abs().lt(f.pick(0x1p-13, 0x1p-28)).select(x, odd);
    }

    static Expr cos(FloatFormat f, Expr x) {
        Angle angle = Angle.of(f, x.abs());
        return quadrant(f, angle, angle.quadrant().bits(Lane.BITS_ADD, 1));
    }

    /** A positive number scaled into one range, and the digits of 2/π that belong to that range. */
    private record Scaled(Expr number, Expr[] digits) {
        /** Bits a digit has: few enough that sums of products with it are exact where they must be. */
        static int digitBits(FloatFormat f) {
            return f.fraction - 3;
        }

        static Scaled of(FloatFormat f, Expr a) {
            int bits = digitBits(f);
            int top = f.fraction + 1 + bits;
            int last = (f.bias + 1 - top + bits - 1) / bits;
            Expr[] digits = new Expr[last + WINDOW];
            for (int i = 0; i < digits.length; i++) {
                digits[i] = Expr.of(digit(i, bits));
            }
            Expr number = a;
            for (int step = Integer.highestOneBit(last); step > 0; step /= 2) {
                Expr skip = Expr.of(Math.scalb(1.0, top + bits * (step - 1))).le(number);
                number = skip.select(number.mul(Math.scalb(1.0, -bits * step)), number);
                Expr[] kept = new Expr[Math.min(digits.length, step - 1 + WINDOW)];
                for (int i = 0; i < kept.length; i++) {
                    kept[i] = i + step < digits.length ? skip.select(digits[i + step], digits[i]) : digits[i];
                }
                digits = kept;
            }
            return new Scaled(number, digits);
        }

        /**
         * Digit {@code i} of 2/π, between −2 and 2: 2/π is the sum of {@code digit(i) · 2^(−bits·i)}, each digit a
         * multiple of {@code 2^(2−bits)}, so that what the digits before number n add is a multiple of 4 in a number
         * scaled by {@code 2^(bits·n)}.
         */
        private static double digit(int i, int bits) {
            return rounded(i, bits)
                            .subtract(
                                    i == 0
                                            ? BigInteger.ZERO
                                            : rounded(i - 1, bits).shiftLeft(bits))
                            .doubleValue()
                    * Math.scalb(1.0, 2 - bits);
        }

        /** 2/π rounded to the last place of digit {@code i}, in units of that place. */
        private static BigInteger rounded(int i, int bits) {
            int places = bits * (i + 1) - 2;
            return TWO_OVER_PI
                    .shiftRight(TWO_OVER_PI_BITS - places - 1)
                    .add(BigInteger.ONE)
                    .shiftRight(1);
        }
    }

    /** {@code x = quadrant · π/2 + high + low}; of the quadrant the two low bits count. */
    private record Angle(Expr quadrant, Expr high, Expr low) {
        static Angle of(FloatFormat f, Expr a) {
            Scaled scaled = Scaled.of(f, a);
            int bits = Scaled.digitBits(f);
            Expr[] high = new Expr[WINDOW];
            Expr[] low = new Expr[WINDOW];
            for (int i = 0; i < WINDOW; i++) {
                Expr number = i == 0 ? scaled.number() : scaled.number().mul(Math.scalb(1.0, -bits * i));
                high[i] = number.mul(scaled.digits()[i]);
                low[i] = number.fma(scaled.digits()[i], high[i].neg());
            }
            // The large products modulo 4 or 8: taking off the nearest multiple is exact.
            Expr first = modulo(f, modulo(f, high[0], bits + 3), 2);
            Two a1 = Two.sum(first, modulo(f, low[0], 2));
            Two a2 = Two.sum(a1.high(), modulo(f, high[1], 3));
            Two a3 = Two.sum(a2.high(), low[1]);
            Two a4 = Two.sum(a3.high(), high[2]);
            Expr rounded = a4.high().add(f.magic);
            Expr part = a4.high().sub(rounded.sub(f.magic));
            // What the sums lost has few enough bits to be added exactly; the small products follow in two words.
            Expr lost = a1.low().add(a2.low()).add(a3.low()).add(a4.low());
            Two small = Two.sum(high[3], low[2]);
            Two middle = Two.sum(lost, small.high());
            Two all = Two.sum(part, middle.high());
            Expr rest = all.low().add(middle.low().add(small.low().add(low[3].add(high[4]))));
            Expr quarter = all.high().add(rest);
            Expr quarterLow = all.high().sub(quarter).add(rest);
            // From quarters of a turn to radians.
            Expr halfPi = Expr.of(f.pick(0x1.921fb6p0, 0x1.921fb54442d18p0));
            Expr r = quarter.mul(halfPi);
            Expr rLow =
                    quarter.fma(Expr.of(f.pick(-0x1.777a5cp-25, 0x1.1a62633145c07p-54)), quarter.fma(halfPi, r.neg()));
            return new Angle(rounded.rawBits(), r, quarterLow.fma(halfPi, rLow));
        }

        /** What is left of a number after the nearest multiple of {@code 2^exponent}. */
        private static Expr modulo(FloatFormat f, Expr number, int exponent) {
            double magic = Math.scalb(f.magic, exponent);
            return number.sub(number.add(magic).sub(magic));
        }
    }

    /** The sine of the angle if it lay in quadrant {@code n}. */
    private static Expr quadrant(FloatFormat f, Angle angle, Expr n) {
        var first = FirstQuadrant.of(f, angle);
        return turned(f, n, first.cos().high(), first.sin().high());
    }

    /** The one of the two that belongs to quadrant {@code n}, with the sign of a sine there. */
    private static Expr turned(FloatFormat f, Expr n, Expr cos, Expr sin) {
        Expr flip = n.bits(Lane.BITS_SHL, f == FloatFormat.SINGLE ? 30 : 62).bits(Lane.BITS_AND, f.signBit());
        return f.isOdd(n).select(cos, sin).rawBits().bits(Lane.BITS_XOR, flip).fromBits();
    }

    /** Sine and cosine of an angle's two words, in two words. */
    private record FirstQuadrant(Two sin, Two cos) {
        static FirstQuadrant of(FloatFormat f, Angle angle) {
            Expr r = angle.high();
            Expr square = r.mul(r);
            // 1 − r²/2 rounded, and what rounding took from it.
            Expr near = square.fma(Expr.of(-0.5), 1);
            Expr lost = square.fma(Expr.of(-0.5), Expr.of(1).sub(near));
            // sin(r + low) ≈ sin r + low · (1 − r²/2), cos(r + low) ≈ cos r − low · r.
            Expr sinRest = square.mul(r).fma(polynomial(square, f.pick(SIN_SINGLE, SIN_DOUBLE)), near.mul(angle.low()));
            Expr cosRest = square.mul(square)
                    .fma(
                            polynomial(square, f.pick(COS_SINGLE, COS_DOUBLE)),
                            r.neg().fma(angle.low(), lost));
            return new FirstQuadrant(Two.fastSum(r, sinRest), Two.fastSum(near, cosRest));
        }
    }

    static Expr tan(FloatFormat f, Expr x) {
        Angle angle = Angle.of(f, x.abs());
        var first = FirstQuadrant.of(f, angle);
        Expr odd = f.isOdd(angle.quadrant());
        Two s = first.sin();
        Two c = first.cos();
        Two n = new Two(odd.select(c.high().neg(), s.high()), odd.select(c.low().neg(), s.low()));
        Two d = new Two(odd.select(s.high(), c.high()), odd.select(s.low(), c.low()));
        Expr y = Two.quotient(n, d).rounded();
        Expr sign = x.rawBits().bits(Lane.BITS_AND, f.signBit());
        return x.abs()
                .lt(f.pick(0x1p-13, 0x1p-28))
                .select(x, y.rawBits().bits(Lane.BITS_XOR, sign).fromBits());
    }

    /** Sine and cosine of π times a number, in two words; the sine of a whole one is 0. */
    record HalfTurns(Two sine, Two cosine) {}

    static HalfTurns halfTurns(FloatFormat f, Expr x) {
        // From 2^fraction on numbers are whole; infinity becomes NaN.
        Expr bounded = x.abs().lt(Math.scalb(1.0, f.fraction)).select(x, x.sub(x));
        Expr turn = Angle.modulo(f, bounded, 1);
        Expr rounded = f.rounded(turn, 2);
        Expr part = f.integer(rounded).fma(Expr.of(-0.5), turn);
        Expr pi = Expr.of(f.pick(0x1.921fb6p1, 0x1.921fb54442d18p1));
        Expr high = part.mul(pi);
        Expr low = part.fma(Expr.of(f.pick(-0x1.777a5cp-24, 0x1.1a62633145c07p-53)), part.fma(pi, high.neg()));
        Expr n = rounded.rawBits();
        var first = FirstQuadrant.of(f, new Angle(n, high, low));
        return new HalfTurns(turned(f, n, first), turned(f, n.bits(Lane.BITS_ADD, 1), first));
    }

    private static Two turned(FloatFormat f, Expr n, FirstQuadrant first) {
        Two sin = first.sin();
        Two cos = first.cos();
        return new Two(turned(f, n, cos.high(), sin.high()), turned(f, n, cos.low(), sin.low()));
    }

    /** {@code sin(πx) / (πx)}; 1 at 0. */
    static Expr sinc(FloatFormat f, Expr x) {
        Expr pi = Expr.of(f.pick(0x1.921fb6p1, 0x1.921fb54442d18p1));
        Two product = Two.product(x, pi);
        Expr low = x.fma(Expr.of(f.pick(-0x1.777a5cp-24, 0x1.1a62633145c07p-53)), product.low());
        Expr y = Two.quotient(halfTurns(f, x).sine(), new Two(product.high(), low))
                .rounded();
        // Whole from there on; of infinity there is no sine.
        Expr bounded = x.abs().lt(Math.scalb(1.0, f.fraction)).select(y, x.sub(x));
        return x.abs().lt(f.pick(0x1p-14, 0x1p-28)).select(Expr.of(1), bounded);
    }
}
