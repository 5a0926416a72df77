package adjoint.tensor;

import adjoint.kernel.Strided;
import adjoint.types.GraphException;
import adjoint.types.Shape;
import java.util.Arrays;

/** A tensor of a {@link BatchLevel}: the examples lie along the first dimension of the inner one; one of them is seen. */
final class Examples extends Lifted {
    Examples(BatchLevel level, Tensor inner) {
        super(level, inner, first(inner.value()), null);
    }

    /** The layout of one example. Its numbers are never read. */
    private static Strided first(Strided all) {
        long[] sizes = all.shape().sizes();
        long[] strides = all.strides();
        Shape one = Shape.of(Arrays.copyOfRange(sizes, 1, sizes.length));
        return all.view(one, all.offset(), Arrays.copyOfRange(strides, 1, strides.length));
    }

    @Override
    public String toString() {
        return "vmap over " + inner().size(0) + " examples of shape " + shape() + ": " + inner();
    }

    @Override
    Strided read(String what) {
        throw new GraphException(what + ": of a tensor of shape " + shape() + " inside vmap: it stands for "
                + inner().size(0) + " examples at once, whose numbers differ. Choose with Tensor.where instead of"
                + " branching on a number, or loop over the examples.");
    }
}
