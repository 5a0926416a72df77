package adjoint.op;

import adjoint.kernel.Scan;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** Where the largest or smallest so far along a dimension lies; the last of equals. */
public record ArgCumExtreme(int dim, Extreme.Which which) implements DiscreteOp {
    @Override
    public String opName() {
        return which == Extreme.Which.MAX ? "cummax" : "cummin";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Scan.argExtreme(in[0], dim, which == Extreme.Which.MAX);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new ArgCumExtreme(dim + 1, which), in);
    }
}
