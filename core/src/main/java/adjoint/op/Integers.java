package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ValueException;
import java.util.Locale;

/** Functions of two whole numbers (truth values count as 0 and 1) of one type, modulo 2 to its width. */
public record Integers(Function function, Shape to) implements DiscreteOp {
    /** What is computed. */
    public enum Function {
        POW,
        BITWISE_AND,
        BITWISE_OR,
        BITWISE_XOR,
        /** By a width or more: 0, and so is what a negative number asks for. */
        LEFT_SHIFT,
        /** The sign is kept. */
        RIGHT_SHIFT,
        /** Rounded down. */
        FLOOR_DIVIDE,
        /** Rounded towards 0. */
        DIV,
        /** With the sign of the divisor. */
        REMAINDER,
        /** With the sign of the dividend. */
        FMOD,
        /** The largest common divisor, not negative. */
        GCD,
        /** The smallest common multiple, not negative. */
        LCM
    }

    @Override
    public String opName() {
        return function.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Strided evaluate(Strided... in) {
        DType dtype = in[0].dtype();
        Strided out = Strided.zeros(DType.I64, to);
        Strided right = Strided.zeros(DType.I64, to);
        Copy.into(out, in[0]);
        Copy.into(right, in[1]);
        long[] y = out.longs();
        for (int i = 0; i < y.length; i++) {
            y[i] = of(y[i], right.longs()[i], dtype);
        }
        return dtype == DType.I64 ? out : Copy.of(out, dtype);
    }

    private long of(long a, long b, DType dtype) {
        int bits = dtype.bytes() * Byte.SIZE;
        return switch (function) {
            case POW -> power(a, b);
            case BITWISE_AND -> a & b;
            case BITWISE_OR -> a | b;
            case BITWISE_XOR -> a ^ b;
            case LEFT_SHIFT -> b < 0 || b >= bits ? 0 : a << b;
            case RIGHT_SHIFT -> a >> (b < 0 || b >= bits ? Long.SIZE - 1 : b);
            case FLOOR_DIVIDE -> Math.floorDiv(a, divisor(b));
            case DIV -> a / divisor(b);
            case REMAINDER -> Math.floorMod(a, divisor(b));
            case FMOD -> a % divisor(b);
            case GCD -> gcd(a, b);
            case LCM -> a == 0 || b == 0 ? 0 : Math.abs(a / gcd(a, b) * b);
        };
    }

    private long divisor(long b) {
        if (b == 0) {
            throw new ValueException(opName() + ": of an integer by 0: there is no such number."
                    + " Convert with to(DType.F32) to get infinity or NaN.");
        }
        return b;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? Math.abs(a) : gcd(b, a % b);
    }

    private static long power(long base, long exponent) {
        if (exponent < 0) {
            throw new DTypeException("pow: an integer to the power " + exponent
                    + ": the result is no integer. Convert the base with to(DType.F32) first.");
        }
        long power = 1;
        long square = base;
        for (long e = exponent; e > 0; e >>= 1, square *= square) {
            power *= (e & 1) == 1 ? square : 1;
        }
        return power;
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor left = batched[0] ? Batching.align(in[0], to.rank()) : in[0];
        Tensor right = batched[1] ? Batching.align(in[1], to.rank()) : in[1];
        return Engine.run(new Integers(function, Batching.shape(size, to)), left, right);
    }
}
