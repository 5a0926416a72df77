package adjoint.codegen;

import static adjoint.codegen.FloatFormat.polynomial;

/** sin and cos: x = k·π/2 + r with |r| ≤ π/4 in double-word arithmetic, then a polynomial in r². */
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

    /** π/2 in words of the format, each the rest of the one before. */
    private static final double[] HALF_PI_SINGLE = {0x1.921fb6p0, -0x1.777a5cp-25, -0x1.ee59dap-50, 0x1.98a2ep-77};

    private static final double[] HALF_PI_DOUBLE = {
        0x1.921fb54442d18p0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110, 0x1.4cf98e804177dp-164
    };

    private Trigonometry() {}

    static Expr sin(FloatFormat f, Expr x) {
        Angle angle = Angle.of(f, x);
        Expr y = quadrant(f, angle, angle.quadrant());
        return x.abs().lt(f.pick(0x1p-13, 0x1p-28)).select(x, y);
    }

    static Expr cos(FloatFormat f, Expr x) {
        Angle angle = Angle.of(f, x);
        return quadrant(f, angle, angle.quadrant().bits(Lane.BITS_ADD, 1));
    }

    /** {@code x = quadrant · π/2 + high + low}; of the quadrant the two low bits count. */
    private record Angle(Expr quadrant, Expr high, Expr low) {
        static Angle of(FloatFormat f, Expr x) {
            double[] c = f.pick(HALF_PI_SINGLE, HALF_PI_DOUBLE);
            Expr rounded = f.rounded(x, 2 / Math.PI);
            Expr k = f.integer(rounded);
            Expr first = k.fma(Expr.of(-c[0]), x);
            Expr second = k.mul(-c[1]);
            Expr secondLow = k.fma(Expr.of(-c[1]), second.neg());
            Expr high = first.add(second);
            Expr part = high.sub(first);
            Expr lost = first.sub(high.sub(part)).add(second.sub(part));
            Expr low = lost.add(k.fma(Expr.of(-c[2]), secondLow));
            return new Angle(rounded.toBits(), high, low);
        }
    }

    /** The sine of the angle if it lay in quadrant {@code n}. */
    private static Expr quadrant(FloatFormat f, Angle angle, Expr n) {
        Expr r = angle.high();
        Expr square = r.mul(r);
        Expr sin = r.add(square.mul(r).fma(polynomial(square, f.pick(SIN_SINGLE, SIN_DOUBLE)), angle.low()));
        Expr fourth = square.mul(square).fma(
                polynomial(square, f.pick(COS_SINGLE, COS_DOUBLE)), r.mul(angle.low()).neg());
        // 1 − r²/2 in two words: the high part is rounded once, the low part is exact.
        Expr high = square.fma(Expr.of(-0.5), 1);
        Expr lost = square.fma(Expr.of(-0.5), Expr.of(1).sub(high));
        Expr cos = high.add(lost.add(fourth));
        Expr flip = n.bits(Lane.BITS_SHL, f == FloatFormat.SINGLE ? 30 : 62).bits(Lane.BITS_AND, f.signBit());
        return f.isOdd(n).select(cos, sin).toBits().bits(Lane.BITS_XOR, flip).fromBits();
    }
}
