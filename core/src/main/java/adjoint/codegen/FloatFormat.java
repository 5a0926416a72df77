package adjoint.codegen;

import adjoint.types.DType;

/** The two floating-point formats of IEEE 754 that loops work on, and the bit tricks both share. */
enum FloatFormat {
    /** binary32. */
    SINGLE(23, 127, -126, 0x1.62e43p-1, -0x1.05c61p-29),
    /** binary64. */
    DOUBLE(52, 1023, -1022, 0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56);

    /** Bits of the fraction that are stored. */
    final int fraction;
    /** The exponent's bias. */
    final int bias;
    /** The smallest normal number. */
    final double minNormal;
    /** 1.5 · 2^fraction: adding it rounds a small number to an integer, which then stands in the low bits. */
    final double magic;
    /** The bits of {@link #magic}. */
    final long magicBits;
    /** ln 2 = high + low, each rounded to the format. */
    final double ln2High;

    final double ln2Low;

    FloatFormat(int fraction, int bias, int minExponent, double ln2High, double ln2Low) {
        this.fraction = fraction;
        this.bias = bias;
        this.minNormal = Math.scalb(1.0, minExponent);
        this.magic = Math.scalb(1.5, fraction);
        this.magicBits = ((long) (bias + fraction) << fraction) + (1L << (fraction - 1));
        this.ln2High = ln2High;
        this.ln2Low = ln2Low;
    }

    /** The format of a floating-point element type. */
    static FloatFormat of(DType dtype) {
        return dtype == DType.F32 ? SINGLE : DOUBLE;
    }

    /** The first of two literals in binary32, the second in binary64. */
    double pick(double single, double dbl) {
        return this == SINGLE ? single : dbl;
    }

    /** The first of two lists of literals in binary32, the second in binary64. */
    double[] pick(double[] single, double[] dbl) {
        return this == SINGLE ? single : dbl;
    }

    /** The bits of 1. */
    long oneBits() {
        return (long) bias << fraction;
    }

    /** The sign bit alone. */
    long signBit() {
        return this == SINGLE ? 0x80000000L : Long.MIN_VALUE;
    }

    /** {@code number · factor + magic}: the nearest integer, in the low bits. */
    Expr rounded(Expr number, double factor) {
        return number.fma(Expr.of(factor), magic);
    }

    /** The integer that {@link #rounded} left in the low bits, as a number. */
    Expr integer(Expr rounded) {
        return rounded.sub(magic);
    }

    /**
     * {@link #rounded} for a power of two: the low bits hold the nearest integer plus the exponent's bias and {@code plus},
     * so that they are the power's exponent once they are shifted to its place.
     */
    Expr roundedExponent(Expr number, double factor, int plus) {
        return number.fma(Expr.of(factor), magic + bias + plus);
    }

    /** The integer alone, of what {@link #roundedExponent} gave. */
    Expr exponentInteger(Expr rounded, int plus) {
        return rounded.sub(magic + bias + plus);
    }

    /** 2 to the power of the integer of what {@link #roundedExponent} gave, plus {@code plus}; normal results only. */
    Expr powerOf(Expr rounded) {
        return rounded.rawBits().bits(Lane.BITS_SHL, fraction).fromBits();
    }

    /** A small integer in bits, as a number; {@code offset} is {@link #magic} plus what is to be taken off. */
    Expr toNumber(Expr integerBits, Expr offset) {
        return integerBits.bits(Lane.BITS_ADD, magicBits).fromBits().sub(offset);
    }

    /** 2 to the power of a small integer that stands in the low bits; normal results only. */
    Expr powerOfTwo(Expr n) {
        return n.bits(Lane.BITS_SHL, fraction).bits(Lane.BITS_ADD, oneBits()).fromBits();
    }

    /**
     * {@code y · 2^n} for the integer n of {@code roundedExponent(…, bias)}, rounded once: in two factors, for the power
     * itself may lie outside the format while the product does not. The bits hold n plus twice the bias, which they are
     * long enough for; so each factor gets its own bias.
     */
    Expr scaled(Expr y, Expr rounded) {
        Expr whole = rounded.rawBits().bits(Lane.BITS_SHL, fraction);
        Expr half = whole.bits(Lane.BITS_USHR, 1).bits(Lane.BITS_AND, -1L << fraction);
        return y.mul(whole.bits(Lane.BITS_SUB, half).fromBits()).mul(half.fromBits());
    }

    /** {@code magnitude} (not negative) with the sign of {@code sign}, which is a NaN only where {@code magnitude} is. */
    Expr withSignOf(Expr magnitude, Expr sign) {
        return magnitude
                .rawBits()
                .bits(Lane.BITS_OR, sign.rawBits().bits(Lane.BITS_AND, signBit()))
                .fromBits();
    }

    /** Whether bit 0 is set. */
    Expr isOdd(Expr n) {
        // Bit 0 to the top and back by one place is 2.0 or 0.0 in either format.
        Expr top = n.bits(Lane.BITS_SHL, this == SINGLE ? 31 : 63);
        return Expr.of(0).lt(top.bits(Lane.BITS_USHR, 1).fromBits());
    }

    /** The polynomial with these coefficients, constant term first, by Horner's rule. */
    static Expr polynomial(Expr x, double... coefficients) {
        Expr sum = Expr.of(coefficients[coefficients.length - 1]);
        for (int i = coefficients.length - 2; i >= 0; i--) {
            sum = sum.fma(x, coefficients[i]);
        }
        return sum;
    }
}
