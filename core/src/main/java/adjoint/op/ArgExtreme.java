package adjoint.op;

import adjoint.kernel.Reduce;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/** Where the largest or smallest lies along some dimensions, counted row-major; the first of equals. */
public record ArgExtreme(Dims dims, Shape to, Extreme.Which which) implements DiscreteOp {
    @Override
    public String opName() {
        return which == Extreme.Which.MAX ? "argmax" : "argmin";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Reduce.argExtreme(in[0], dims.marks(), to, which == Extreme.Which.MAX);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new ArgExtreme(dims.batched(), Batching.shape(size, to), which), in);
    }
}
