package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;

/**
 * {@code x} to the right of 0, to the left of it times a slope that is learned: one for all, or one for each channel
 * (dimension 1). He et al., "Delving Deep into Rectifiers", 2015.
 */
public final class PReLU implements Layer {
    private final Tensor weight;

    /** One slope for all, which starts at ¼. */
    public PReLU() {
        this(1);
    }

    /** As many slopes as channels, which start at ¼. */
    public PReLU(long parameters) {
        this(parameters, 0.25);
    }

    /**
     * As many slopes as channels.
     *
     * @param parameters 1, or the number of channels
     * @param init what they start at
     * @throws ValueException if {@code parameters} is less than 1
     */
    public PReLU(long parameters, double init) {
        this(Tensor.full(init, checked(parameters)).requiresGrad(true));
    }

    /**
     * A layer of these slopes themselves.
     *
     * @param weight {@code [1]} or {@code [channels]}
     * @throws ShapeException if it is no vector
     */
    public PReLU(Tensor weight) {
        if (weight.shape().rank() != 1) {
            throw new ShapeException("PReLU: weight " + weight.shape()
                    + ": it is a vector of one slope, or one for each channel. Reshape it.");
        }
        this.weight = weight;
    }

    private static long checked(long parameters) {
        if (parameters < 1) {
            throw new ValueException("PReLU: with " + parameters
                    + " parameters: there is one slope for all, or one for each channel. Give 1 or their number.");
        }
        return parameters;
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.prelu(x, weight);
    }

    /** The slopes: {@code [1]} or {@code [channels]}. */
    public Tensor weight() {
        return weight;
    }

    @Override
    public String toString() {
        return "PReLU(num_parameters=" + weight.size(0) + ")";
    }
}
