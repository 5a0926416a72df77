package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.List;

/** Tensors laid one after the other along a dimension. */
public record Cat(List<Shape> from, int dim, Shape to) implements LinearOp {
    @Override
    public String opName() {
        return "cat";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided out = Strided.zeros(in[0].dtype(), to);
        for (int i = 0; i < in.length; i++) {
            Copy.into(part(i).evaluate(out), in[i]);
        }
        return out;
    }

    private Slice part(int i) {
        long start = 0;
        for (int k = 0; k < i; k++) {
            start += from.get(k).size(dim);
        }
        return new Slice(to, dim, start, from.get(i).size(dim), 1);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return Engine.run(part(i), g);
    }
}
