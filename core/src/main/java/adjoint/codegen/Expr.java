package adjoint.codegen;

import java.util.List;

/**
 * A scalar formula: what one element of the result is, given one element of each operand. Every elementwise operation
 * of the library is one, its derivatives are taken from it {@linkplain Derivative symbolically}, and it is compiled
 * into a loop over arrays. Built with Java's own expressions:
 *
 * <pre>{@code
 * Formula f = Formula.of("scaledTanh", (a, b) -> a.mul(b).tanh());
 * }</pre>
 *
 * <p>A formula is a graph: a part that is used twice is computed once. Numbers that stand in a user's formula are
 * arguments of its loop, not part of its structure, so a number that changes at every call costs nothing.
 */
public sealed interface Expr {

    /** Operand {@code index}: a number or a truth value. */
    record Input(int index, Kind kind) implements Expr {}

    /** Number {@code index} among those given at each call. */
    record Param(int index) implements Expr {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** A literal number. */
    record Const(double value) implements Expr {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** A literal bit pattern, in the low bits of {@code value}. */
    record BitsConst(long value) implements Expr {
        @Override
        public Kind kind() {
            return Kind.BITS;
        }
    }

    /** One instruction applied to its operands. */
    record Apply(Lane lane, List<Expr> args) implements Expr {
        /**
         * Checks the operands' number and kinds.
         *
         * @throws IllegalArgumentException if they are not what the instruction takes
         */
        public Apply {
            args = List.copyOf(args);
            check(lane.name(), lane.arity(), args.size());
            for (int i = 0; i < args.size(); i++) {
                if (args.get(i).kind() != lane.operand(i)) {
                    throw new IllegalArgumentException("formula: operand " + i + " of " + lane + " is a "
                            + args.get(i).kind() + "; it takes a " + lane.operand(i) + ".");
                }
            }
        }

        @Override
        public Kind kind() {
            return lane.result();
        }
    }

    /** An elementary function of numbers. */
    record Call(Fn fn, List<Expr> args) implements Expr {
        /**
         * Checks the number of arguments.
         *
         * @throws IllegalArgumentException if it is not what the function takes
         */
        public Call {
            args = List.copyOf(args);
            check(fn.name(), fn.arity(), args.size());
        }

        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    private static void check(String name, int wanted, int got) {
        if (wanted != got) {
            throw new IllegalArgumentException("formula: " + name + " takes " + wanted + " operands, not " + got + ".");
        }
    }

    /** What the formula yields. */
    Kind kind();

    /** A literal number. */
    static Expr of(double value) {
        return new Const(value);
    }

    /** A literal bit pattern (as wide as the loop's type; the low bits count). */
    static Expr ofBits(long value) {
        return new BitsConst(value);
    }

    private Expr lane(Lane lane, Expr... more) {
        return switch (more.length) {
            case 0 -> new Apply(lane, List.of(this));
            case 1 -> new Apply(lane, List.of(this, more[0]));
            default -> new Apply(lane, List.of(this, more[0], more[1]));
        };
    }

    /** {@code −this}. */
    default Expr neg() {
        return lane(Lane.NEG);
    }

    /** The absolute value; its derivative at 0 is 0. */
    default Expr abs() {
        return lane(Lane.ABS);
    }

    /** The square root, correctly rounded. */
    default Expr sqrt() {
        return lane(Lane.SQRT);
    }

    /** {@code this + b}. */
    default Expr add(Expr b) {
        return lane(Lane.ADD, b);
    }

    /** {@code this + b}. */
    default Expr add(double b) {
        return add(of(b));
    }

    /** {@code this − b}. */
    default Expr sub(Expr b) {
        return lane(Lane.SUB, b);
    }

    /** {@code this − b}. */
    default Expr sub(double b) {
        return sub(of(b));
    }

    /** {@code this · b}. */
    default Expr mul(Expr b) {
        return lane(Lane.MUL, b);
    }

    /** {@code this · b}. */
    default Expr mul(double b) {
        return mul(of(b));
    }

    /** {@code this / b}. */
    default Expr div(Expr b) {
        return lane(Lane.DIV, b);
    }

    /** {@code this / b}. */
    default Expr div(double b) {
        return div(of(b));
    }

    /** The smaller of the two, NaN if either is; ties share the derivative. */
    default Expr min(Expr b) {
        return lane(Lane.MIN, b);
    }

    /** The smaller of the two. */
    default Expr min(double b) {
        return min(of(b));
    }

    /** The larger of the two, NaN if either is; ties share the derivative. */
    default Expr max(Expr b) {
        return lane(Lane.MAX, b);
    }

    /** The larger of the two. */
    default Expr max(double b) {
        return max(of(b));
    }

    /** {@code this · b + c}, rounded once. */
    default Expr fma(Expr b, Expr c) {
        return lane(Lane.FMA, b, c);
    }

    /** {@code this · b + c} with a literal {@code c}, rounded once. */
    default Expr fma(Expr b, double c) {
        return fma(b, of(c));
    }

    /** Whether {@code this < b}. */
    default Expr lt(Expr b) {
        return lane(Lane.LT, b);
    }

    /** Whether {@code this < b}. */
    default Expr lt(double b) {
        return lt(of(b));
    }

    /** Whether {@code this <= b}. */
    default Expr le(Expr b) {
        return lane(Lane.LE, b);
    }

    /** Whether {@code this <= b}. */
    default Expr le(double b) {
        return le(of(b));
    }

    /** Whether {@code this > b}. */
    default Expr gt(Expr b) {
        return b.lt(this);
    }

    /** Whether {@code this > b}. */
    default Expr gt(double b) {
        return gt(of(b));
    }

    /** Whether {@code this >= b}. */
    default Expr ge(Expr b) {
        return b.le(this);
    }

    /** Whether {@code this >= b}. */
    default Expr ge(double b) {
        return ge(of(b));
    }

    /** Whether the two are equal numbers. */
    default Expr eq(Expr b) {
        return lane(Lane.EQ, b);
    }

    /** Whether the two are equal numbers. */
    default Expr eq(double b) {
        return eq(of(b));
    }

    /** Whether the two differ (NaN differs from everything). */
    default Expr ne(Expr b) {
        return eq(b).not();
    }

    /** Whether the two differ. */
    default Expr ne(double b) {
        return ne(of(b));
    }

    /** The opposite truth value. */
    default Expr not() {
        return lane(Lane.NOT);
    }

    /** Whether both hold. */
    default Expr and(Expr b) {
        return lane(Lane.AND, b);
    }

    /** Whether one of them holds, or both. */
    default Expr or(Expr b) {
        return lane(Lane.OR, b);
    }

    /** Whether exactly one of them holds. */
    default Expr xor(Expr b) {
        return lane(Lane.XOR, b);
    }

    /** {@code whenTrue} where this truth value holds, else {@code whenFalse}. PyTorch: {@code where}. */
    default Expr select(Expr whenTrue, Expr whenFalse) {
        return lane(Lane.SELECT, whenTrue, whenFalse);
    }

    /** The bits of this number; all NaNs have the same. */
    default Expr toBits() {
        return lane(Lane.TO_BITS);
    }

    /**
     * The bits of this number as they are, which takes two instructions less. Which NaN it is, is not promised: whatever
     * is made of the bits has to be replaced, or to meet a NaN again, where this number is one.
     */
    default Expr rawBits() {
        return lane(Lane.RAW_BITS);
    }

    /** The number with these raw bits. */
    default Expr fromBits() {
        return lane(Lane.FROM_BITS);
    }

    /** An integer instruction on these raw bits. */
    default Expr bits(Lane lane, Expr b) {
        return lane(lane, b);
    }

    /** An integer instruction on these raw bits and a literal. */
    default Expr bits(Lane lane, long b) {
        return lane(lane, ofBits(b));
    }

    private Expr call(Fn fn) {
        return new Call(fn, List.of(this));
    }

    /** e to the power of this. */
    default Expr exp() {
        return call(Fn.EXP);
    }

    /** {@code exp(this) − 1}, accurate near 0. */
    default Expr expm1() {
        return call(Fn.EXPM1);
    }

    /** The natural logarithm. */
    default Expr log() {
        return call(Fn.LOG);
    }

    /** {@code log(1 + this)}, accurate near 0. */
    default Expr log1p() {
        return call(Fn.LOG1P);
    }

    /** The sine of this angle in radians. */
    default Expr sin() {
        return call(Fn.SIN);
    }

    /** The cosine of this angle in radians. */
    default Expr cos() {
        return call(Fn.COS);
    }

    /** The hyperbolic tangent. */
    default Expr tanh() {
        return call(Fn.TANH);
    }

    /** The logistic function {@code 1 / (1 + exp(−this))}. */
    default Expr sigmoid() {
        return call(Fn.SIGMOID);
    }

    /** 2 to the power of this. */
    default Expr exp2() {
        return call(Fn.EXP2);
    }

    /** The logarithm to base 2; exact for powers of 2. */
    default Expr log2() {
        return call(Fn.LOG2);
    }

    /** The logarithm to base 10; exact for powers of 10. */
    default Expr log10() {
        return call(Fn.LOG10);
    }

    /** The tangent of this angle in radians. */
    default Expr tan() {
        return call(Fn.TAN);
    }

    /** {@code sin(πx) / (πx)}, 1 at 0; its derivative at 0 is 0. */
    default Expr sinc() {
        return call(Fn.SINC);
    }

    /** The angle in radians between −π/2 and π/2 whose sine this is. */
    default Expr asin() {
        return call(Fn.ASIN);
    }

    /** The angle in radians between 0 and π whose cosine this is. */
    default Expr acos() {
        return call(Fn.ACOS);
    }

    /** The angle in radians between −π/2 and π/2 whose tangent this is. */
    default Expr atan() {
        return call(Fn.ATAN);
    }

    /** The hyperbolic sine. */
    default Expr sinh() {
        return call(Fn.SINH);
    }

    /** The hyperbolic cosine. */
    default Expr cosh() {
        return call(Fn.COSH);
    }

    /** The inverse of {@link #sinh}. */
    default Expr asinh() {
        return call(Fn.ASINH);
    }

    /** The inverse of {@link #cosh}; NaN below 1. */
    default Expr acosh() {
        return call(Fn.ACOSH);
    }

    /** The inverse of {@link #tanh}. */
    default Expr atanh() {
        return call(Fn.ATANH);
    }

    /** {@code log(p / (1 − p))}, the inverse of {@link #sigmoid}; NaN outside 0 to 1. */
    default Expr logit() {
        return call(Fn.LOGIT);
    }

    /** The cube root, of negative numbers too. */
    default Expr cbrt() {
        return call(Fn.CBRT);
    }

    /** The error function {@code 2/√π ∫₀ˣ exp(−t²) dt}. */
    default Expr erf() {
        return call(Fn.ERF);
    }

    /** {@code 1 − erf(x)}, accurate where erf is near 1. */
    default Expr erfc() {
        return call(Fn.ERFC);
    }

    /** The normal distribution Φ, accurate in its left tail. PyTorch: {@code special.ndtr}. */
    default Expr ndtr() {
        return call(Fn.NDTR);
    }

    /** {@code exp(−x²/2) / √(2π)}, the normal distribution's density. */
    default Expr normalDensity() {
        return call(Fn.NORMAL_DENSITY);
    }

    /** The inverse of {@link #erf}. */
    default Expr erfinv() {
        return call(Fn.ERFINV);
    }

    /** The logarithm of the absolute value of the gamma function. */
    default Expr lgamma() {
        return call(Fn.LGAMMA);
    }

    /** The derivative of {@link #lgamma}. */
    default Expr digamma() {
        return call(Fn.DIGAMMA);
    }

    /** The modified Bessel function of the first kind of order 0. */
    default Expr i0() {
        return call(Fn.I0);
    }

    /** The modified Bessel function of the first kind of order 1. */
    default Expr i1() {
        return call(Fn.I1);
    }

    /** The angle in radians between −π and π of the point whose ordinate is this and whose abscissa is {@code b}. */
    default Expr atan2(Expr b) {
        return new Call(Fn.ATAN2, List.of(this, b));
    }

    /** {@code √(this² + b²)} without overflow. */
    default Expr hypot(Expr b) {
        return new Call(Fn.HYPOT, List.of(this, b));
    }

    /** {@code log(exp(this) + exp(b))} without overflow. */
    default Expr logaddexp(Expr b) {
        return new Call(Fn.LOGADDEXP, List.of(this, b));
    }

    /** {@code this · log(b)}; 0 where this is 0 and {@code b} is a number. */
    default Expr xlogy(Expr b) {
        return new Call(Fn.XLOGY, List.of(this, b));
    }

    /** The nearest whole number, of two the even one. */
    default Expr round() {
        return call(Fn.ROUND);
    }

    /** The largest whole number that is not larger. */
    default Expr floor() {
        return call(Fn.FLOOR);
    }

    /** The smallest whole number that is not smaller. */
    default Expr ceil() {
        return call(Fn.CEIL);
    }

    /** Without its fraction. */
    default Expr trunc() {
        return call(Fn.TRUNC);
    }

    /** The absolute value of this with the sign of {@code b}, whose −0 is negative. */
    default Expr copysign(Expr b) {
        return new Call(Fn.COPYSIGN, List.of(this, b));
    }

    /**
     * Derivative {@code n} of {@link #digamma}.
     *
     * @throws IllegalArgumentException if {@code n} is less than 1
     */
    default Expr polygamma(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("polygamma: of order " + n + ": it is derivative n of digamma, n >= 1."
                    + " Use digamma() for order 0.");
        }
        return new Call(Fn.POLYGAMMA, List.of(of(n), this));
    }

    /** This to the power {@code b}. */
    default Expr pow(Expr b) {
        return new Call(Fn.POW, List.of(this, b));
    }

    /** This to the power {@code b}; the powers that are a product, a quotient or a root are computed as such. */
    default Expr pow(double b) {
        if (b == 2) {
            return mul(this);
        }
        if (b == 3) {
            return mul(this).mul(this);
        }
        if (b == 0.5) {
            return sqrt();
        }
        if (b == -1) {
            return of(1).div(this);
        }
        return b == 1 ? this : pow(of(b));
    }

    /** {@code max(this, 0)} whose derivative at 0 is 0. */
    default Expr relu() {
        return le(0).select(of(0), this);
    }
}
