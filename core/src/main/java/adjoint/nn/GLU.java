package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The first half along a dimension times the sigmoid of the second. Dauphin et al., 2016.
 *
 * @param dim the dimension, whose size is even; negative ones count from the last
 */
public record GLU(int dim) implements Layer {
    /** Along the last dimension. */
    public GLU() {
        this(-1);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.glu(x, dim);
    }

    @Override
    public String toString() {
        return "GLU(dim=" + dim + ")";
    }
}
