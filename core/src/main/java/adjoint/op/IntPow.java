package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;

/** Integer powers of integers of equal shape, modulo 2⁶⁴. */
public record IntPow(Shape to) implements DiscreteOp {
    @Override
    public String opName() {
        return "pow";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided out = Strided.zeros(DType.I64, to);
        Strided exponents = Strided.zeros(DType.I64, to);
        Copy.into(out, in[0]);
        Copy.into(exponents, in[1]);
        long[] y = out.longs();
        for (int i = 0; i < y.length; i++) {
            long e = exponents.longs()[i];
            if (e < 0) {
                throw new DTypeException("pow: an integer to the power " + e
                        + ": the result is no integer. Convert the base with to(DType.F32) first.");
            }
            long power = 1;
            for (long base = y[i]; e > 0; e >>= 1, base *= base) {
                power *= (e & 1) == 1 ? base : 1;
            }
            y[i] = power;
        }
        return out;
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor base = batched[0] ? Batching.align(in[0], to.rank()) : in[0];
        Tensor exponent = batched[1] ? Batching.align(in[1], to.rank()) : in[1];
        return Engine.run(new IntPow(Batching.shape(size, to)), base, exponent);
    }
}
