package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A layer that learns its input's size from the first input: PyTorch's {@code Lazy…} modules. Its parameters exist from the
 * start, empty, so that optimizers can take hold of them; the first forward (or loading a state) gives them their shape
 * and values, in place.
 */
public abstract sealed class LazyLayer implements Layer permits LazyLinear, LazyConvolution, LazyBatchNorm {
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private Layer built;

    /** A layer with parameters of these names, in the order of the layer that it becomes. */
    LazyLayer(String... names) {
        for (String name : names) {
            parameters.put(name, Tensor.zeros(0).requiresGrad(true));
        }
    }

    /** A layer with these tensors, in the order of the layer that it becomes; empty are those whose size is not known. */
    LazyLayer(Map<String, Tensor> tensors) {
        parameters.putAll(tensors);
    }

    /** The layer for inputs like this one, with parameters freshly drawn. */
    abstract Layer fresh(Tensor x);

    /** The layer of these parameters. */
    abstract Layer of(Map<String, Tensor> parameters);

    /** What is printed before the first input. */
    abstract String unbuilt();

    /** Whether the size of the input is known. */
    public final boolean isBuilt() {
        return built != null;
    }

    /** The layer that it has become, or null before the first input. */
    public final Layer built() {
        return built;
    }

    @Override
    public final Tensor forward(Tensor x) {
        if (built == null) {
            build(x);
        }
        return built.forward(x);
    }

    private void build(Tensor x) {
        boolean loaded = !parameters.isEmpty() && parameters.values().stream().noneMatch(t -> t.numel() == 0);
        if (!loaded) {
            Map<String, Object> drawn = fresh(x).parts();
            parameters.forEach(
                    (name, t) -> t.data(((Tensor) drawn.get(name)).detach().to(t.dtype())));
        }
        built = of(parameters);
    }

    @Override
    public Map<String, Object> parts() {
        return built == null ? new LinkedHashMap<>(parameters) : built.parts();
    }

    @Override
    public final String toString() {
        return built == null ? unbuilt() : built.toString();
    }
}
