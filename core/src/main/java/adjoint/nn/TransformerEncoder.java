package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Layers of an encoder one after the other, and a last layer if wanted. */
public final class TransformerEncoder implements Layer {
    private final List<TransformerEncoderLayer> layers = new ArrayList<>();
    private final Layer norm;

    /** So many copies of a layer, which all start with its values. */
    public TransformerEncoder(TransformerEncoderLayer layer, int count) {
        this(layer, count, null);
    }

    /**
     * So many copies of a layer, which all start with its values.
     *
     * @param norm what the last one's output goes through, or null for nothing
     * @throws ValueException if there is none
     */
    public TransformerEncoder(TransformerEncoderLayer layer, int count, Layer norm) {
        if (count < 1) {
            throw new ValueException(
                    "TransformerEncoder: of " + count + " layers: there has to be one. Give a positive number.");
        }
        for (int i = 0; i < count; i++) {
            layers.add(layer.copy());
        }
        this.norm = norm;
    }

    /** Without masks. */
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null, null);
    }

    /** Through all layers; see {@link TransformerEncoderLayer#forward(Tensor, Tensor, Tensor)}. */
    public Tensor forward(Tensor x, Tensor mask, Tensor padding) {
        Tensor y = x;
        for (TransformerEncoderLayer layer : layers) {
            y = layer.forward(y, mask, padding);
        }
        return norm == null ? y : norm.forward(y);
    }

    /** The layers in their order. */
    public List<TransformerEncoderLayer> layers() {
        return List.copyOf(layers);
    }

    @Override
    public Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("layers", layers);
        if (norm != null) {
            parts.put("norm", norm);
        }
        return parts;
    }

    @Override
    public String toString() {
        return ModelText.stack("TransformerEncoder", layers, norm);
    }
}
