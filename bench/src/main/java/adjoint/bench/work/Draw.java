package adjoint.bench.work;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Inputs by name, drawn one after the other from a stream that always begins alike. */
final class Draw {
    private final Rng rng = Rng.torch(0);
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();

    /** Numbers with mean 0 and variance 1. */
    Draw normal(String name, long... shape) {
        return normal(name, 1, shape);
    }

    /** Numbers with mean 0 and this standard deviation: a layer's weights are small, so that activations are not. */
    Draw normal(String name, double std, long... shape) {
        inputs.put(name, Tensor.normal(rng, 0, std, shape));
        return this;
    }

    /** Class numbers below {@code classes}. */
    Draw classes(String name, long classes, long... shape) {
        inputs.put(name, Tensor.randint(rng, 0, classes, shape));
        return this;
    }

    /** A fully connected layer's weight and bias under {@code name.weight} and {@code name.bias}. */
    Draw linear(String name, long in, long out) {
        double std = 1 / Math.sqrt((double) in);
        return normal(name + ".weight", std, out, in).normal(name + ".bias", std, out);
    }

    /** Any other tensor. */
    Draw put(String name, Tensor tensor) {
        inputs.put(name, tensor);
        return this;
    }

    Map<String, Tensor> inputs() {
        return inputs;
    }
}
