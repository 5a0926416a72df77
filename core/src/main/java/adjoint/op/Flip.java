package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import java.util.List;

/** Dimensions in the opposite direction. A copy, since strides are never negative. */
public record Flip(List<Integer> dims) implements LinearOp {
    @Override
    public String opName() {
        return "flip";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided x = in[0];
        long[] strides = x.strides();
        int offset = x.offset();
        for (int d : dims) {
            offset += (int) (Math.max(x.shape().size(d) - 1, 0) * strides[d]);
            strides[d] = -strides[d];
        }
        return Copy.of(x.view(x.shape(), offset, strides), x.dtype());
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return Engine.run(this, g);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new Flip(dims.stream().map(d -> d + 1).toList()), in);
    }
}
