package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.IndexException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Layers one after the other. */
public final class Sequential implements Layer, Iterable<Layer> {
    private final List<Layer> layers;

    /** The layers in the order in which they are applied. */
    public Sequential(Layer... layers) {
        this.layers = List.of(layers);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = x;
        for (Layer layer : layers) {
            y = layer.forward(y);
            Summary.note(layer, y);
        }
        return y;
    }

    /**
     * Layer {@code i}; negative ones count from the last.
     *
     * @throws IndexException if there is no such layer
     */
    public Layer get(int i) {
        int n = layers.size();
        if (i < -n || i >= n) {
            throw new IndexException("Sequential: layer " + i + " of " + n + ": there is none."
                    + (n == 0 ? "" : " Use " + -n + " to " + (n - 1) + "."));
        }
        return layers.get(i < 0 ? i + n : i);
    }

    /**
     * Layer {@code i} as what it is: {@code net.get(0, Linear.class).weight()}.
     *
     * @throws IndexException if there is no such layer, or it is of another class
     */
    public <L extends Layer> L get(int i, Class<L> type) {
        Layer layer = get(i);
        if (!type.isInstance(layer)) {
            throw new IndexException("Sequential: layer " + i + " is a "
                    + layer.getClass().getSimpleName() + ", not a " + type.getSimpleName()
                    + ". Count the layers in the order in which they were given.");
        }
        return type.cast(layer);
    }

    /** How many layers there are. */
    public int size() {
        return layers.size();
    }

    @Override
    public Iterator<Layer> iterator() {
        return layers.iterator();
    }

    @Override
    public Map<String, Object> parts() {
        return new LinkedHashMap<>(named());
    }

    private Map<String, Layer> named() {
        Map<String, Layer> named = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            named.put(String.valueOf(i), layers.get(i));
        }
        return named;
    }

    @Override
    public String toString() {
        return ModelText.tree("Sequential", named());
    }
}
