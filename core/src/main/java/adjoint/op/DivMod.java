package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.tensor.DivRounding;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.Locale;

/**
 * Division with remainder of real numbers. The remainder is exact; the quotient rounded down is Python's {@code //}
 * (CPython, {@code float_floor_div}), which takes off the remainder first.
 */
public record DivMod(Function function, Shape to) implements RuleOp {
    /** What is computed. */
    public enum Function {
        FLOOR_DIVIDE,
        /** With the sign of the divisor. */
        REMAINDER,
        /** With the sign of the dividend. */
        FMOD
    }

    @Override
    public String opName() {
        return function.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String gradName() {
        return function == Function.FLOOR_DIVIDE ? "DivBackward0" : Op.gradName(opName());
    }

    @Override
    public Strided evaluate(Strided... in) {
        DType dtype = in[0].dtype();
        Strided out = Strided.zeros(DType.F64, to);
        Strided divisors = Strided.zeros(DType.F64, to);
        Copy.into(out, in[0]);
        Copy.into(divisors, in[1]);
        double[] y = out.doubles();
        for (int i = 0; i < y.length; i++) {
            y[i] = of(y[i], divisors.doubles()[i], dtype == DType.F32);
        }
        return dtype == DType.F64 ? out : Copy.of(out, dtype);
    }

    private double of(double a, double b, boolean single) {
        double rest = a % b; // exact
        boolean otherSign = rest != 0 && (b < 0) != (rest < 0);
        return switch (function) {
            case FMOD -> rest;
            case REMAINDER -> otherSign ? rest + b : rest;
            case FLOOR_DIVIDE -> {
                if (b == 0) {
                    yield a / b;
                }
                double quotient = rounded(rounded(a - rest, single) / b, single) - (otherSign ? 1 : 0);
                if (quotient == 0) {
                    yield Math.copySign(0, a / b);
                }
                double whole = Math.floor(quotient);
                yield quotient - whole > 0.5 ? whole + 1 : whole;
            }
        };
    }

    private static double rounded(double x, boolean single) {
        return single ? (float) x : x;
    }

    @Override
    public long keeps(long needs) {
        return function == Function.FLOOR_DIVIDE || (needs & 2) == 0 ? 0 : 3;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        if (function == Function.FLOOR_DIVIDE) {
            return g.mul(0.0);
        }
        if (i == 0) {
            return g;
        }
        DivRounding mode = function == Function.REMAINDER ? DivRounding.FLOOR : DivRounding.TRUNC;
        return g.mul(saved.input(0).div(saved.input(1), mode)).neg();
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor left = batched[0] ? Batching.align(in[0], to.rank()) : in[0];
        Tensor right = batched[1] ? Batching.align(in[1], to.rank()) : in[1];
        return Engine.run(new DivMod(function, Batching.shape(size, to)), left, right);
    }
}
