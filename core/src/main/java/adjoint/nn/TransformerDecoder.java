package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Layers of a decoder one after the other, and a last layer if wanted. */
public final class TransformerDecoder implements Model {
    private final List<TransformerDecoderLayer> layers = new ArrayList<>();
    private final Layer norm;

    /** So many copies of a layer, which all start with its values. */
    public TransformerDecoder(TransformerDecoderLayer layer, int count) {
        this(layer, count, null);
    }

    /**
     * So many copies of a layer, which all start with its values.
     *
     * @param norm what the last one's output goes through, or null for nothing
     * @throws ValueException if there is none
     */
    public TransformerDecoder(TransformerDecoderLayer layer, int count, Layer norm) {
        if (count < 1) {
            throw new ValueException(
                    "TransformerDecoder: of " + count + " layers: there has to be one. Give a positive number.");
        }
        for (int i = 0; i < count; i++) {
            layers.add(layer.copy());
        }
        this.norm = norm;
    }

    /** Without masks. */
    public Tensor forward(Tensor target, Tensor memory) {
        return forward(target, memory, TransformerMasks.NONE);
    }

    /** Through all layers; see {@link TransformerDecoderLayer#forward(Tensor, Tensor, TransformerMasks)}. */
    public Tensor forward(Tensor target, Tensor memory, TransformerMasks masks) {
        Tensor y = target;
        for (TransformerDecoderLayer layer : layers) {
            y = layer.forward(y, memory, masks);
        }
        return norm == null ? y : norm.forward(y);
    }

    /** The layers in their order. */
    public List<TransformerDecoderLayer> layers() {
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
        return ModelText.stack("TransformerDecoder", layers, norm);
    }
}
