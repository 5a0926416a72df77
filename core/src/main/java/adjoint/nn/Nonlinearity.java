package adjoint.nn;

/** What follows a layer, as far as the size of its initial weights depends on it. */
public enum Nonlinearity {
    /** Nothing; linear layers and convolutions. */
    LINEAR(1),
    SIGMOID(1),
    TANH(5.0 / 3),
    RELU(Math.sqrt(2)),
    /** With the slope 0.01 of {@code leakyRelu}; for another one see {@link #leakyRelu}. */
    LEAKY_RELU(leakyRelu(0.01)),
    SELU(3.0 / 4);

    private final double gain;

    Nonlinearity(double gain) {
        this.gain = gain;
    }

    /** By what standard deviations are multiplied. PyTorch: {@code nn.init.calculate_gain}. */
    public double gain() {
        return gain;
    }

    /** The gain of a leaky relu of this slope. */
    public static double leakyRelu(double slope) {
        return Math.sqrt(2 / (1 + slope * slope));
    }
}
