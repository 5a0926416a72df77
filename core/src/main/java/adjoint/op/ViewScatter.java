package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Gather;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * A copy of the first input in which the part that a chain of views shows is replaced by the second input. It is the
 * transpose of those views (into zeros), and what an in-place write through a view means for its base.
 */
public record ViewScatter(List<ViewOp> chain, String gradName) implements LinearOp {
    ViewScatter(ViewOp view) {
        this(List.of(view), "ViewScatterBackward0");
    }

    @Override
    public String opName() {
        return "view_scatter";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided out = Copy.of(in[0], in[0].dtype());
        Strided part = part(out);
        if (part.array() == out.array()) {
            Copy.into(part, in[1]);
        } else {
            // The base lies in a way that the copy does not: write by position.
            Strided positions = Strided.zeros(DType.I64, out.shape());
            Arrays.setAll(positions.longs(), i -> i);
            Strided flat = out.withShape(Shape.of(out.numel()));
            Strided to = part(positions);
            Gather.scatter(flat, new Strided[] {to}, to.shape(), in[1], false);
        }
        return out;
    }

    private Strided part(Strided whole) {
        Strided part = whole;
        for (ViewOp view : chain) {
            part = view.evaluate(part);
        }
        return part;
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        Tensor part = g;
        for (ViewOp view : chain) {
            part = Engine.run(view, part);
        }
        return i == 1 ? part : Engine.run(this, g, Tensor.zerosLike(part));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        List<ViewOp> views = chain.stream().map(v -> v.batched(size)).toList();
        return Engine.run(
                new ViewScatter(views, gradName),
                Batching.spread(size, batched[0], in[0]),
                Batching.spread(size, batched[1], in[1]));
    }
}
