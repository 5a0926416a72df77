package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Element {@code (i, j, …)} is the one that is number {@code start + i·strides₀ + j·strides₁ + …} of the input's, counted
 * in row-major order. A view of a row-major input; others are copied.
 */
public record AsStrided(Shape from, Shape to, List<Long> strides, long start) implements ViewOp {
    @Override
    public String opName() {
        return "as_strided";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided x = in[0].rowMajor();
        return x.view(
                to,
                x.offset() + (int) start,
                strides.stream().mapToLong(Long::longValue).toArray());
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return addBack(this, from, g);
    }

    /** The transpose of a view that may show an element several times: what arrives at its places is added up. */
    static Tensor addBack(ViewOp view, Shape from, Tensor g) {
        Tensor numbers = Tensor.arange(DType.I64, 0, from.numel(), 1).reshape(from.sizes());
        Tensor shown = Engine.run(view, numbers).reshape(-1);
        Shape flat = Shape.of(from.numel());
        Tensor zeros = Tensor.zeros(g.dtype(), from.numel());
        return Engine.run(new Scatter(flat, 0, Accumulate.ADD), zeros, g.reshape(-1), shown)
                .reshape(from.sizes());
    }

    @Override
    public ViewOp batched(long size) {
        List<Long> all = new ArrayList<>(List.of(from.numel()));
        all.addAll(strides);
        return new AsStrided(Batching.shape(size, from), Batching.shape(size, to), List.copyOf(all), start);
    }
}
