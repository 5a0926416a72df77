package adjoint.op;

import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** A linear operation whose result shares its input's memory: {@code evaluate} changes shape, strides and offset. */
public interface ViewOp extends LinearOp {

    /** The same view of {@code size} examples along the first dimension. */
    ViewOp batched(long size);

    /** Whether it leaves out some of the elements and repeats none: gradients can then be added into the part. */
    default boolean isPart() {
        return false;
    }

    @Override
    default Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(batched(size), in);
    }
}
