package adjoint.nn;

import adjoint.autograd.Autograd;
import adjoint.tensor.Tensor;
import adjoint.types.DataException;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A function with parameters: PyTorch's {@code Module}. Any function of a tensor is one ({@code Tensor::relu}); a class of
 * your own holds its parameters in fields:
 *
 * <pre>{@code
 * class Scaled implements Layer {
 *     private final Linear inner = new Linear(4, 2);
 *     private final Tensor scale = Tensor.ones(2).requiresGrad(true);
 *
 *     public Tensor forward(Tensor x) {
 *         return inner.forward(x).mul(scale);
 *     }
 * }
 * new Scaled().namedParameters();      // inner.weight, inner.bias, scale
 * }</pre>
 *
 * <p>Parameters are found by structure: in the fields of the layer (private ones too), its superclasses, and of what
 * they hold: layers, records, lists, maps, arrays and objects of the user's own classes.
 */
@FunctionalInterface
public interface Layer {

    /** What the layer makes of {@code x}. */
    Tensor forward(Tensor x);

    /**
     * What the layer consists of, by name: tensors, layers, and records, lists, maps or arrays of them. As long as it is
     * not overridden, its fields.
     *
     * @throws DataException if a field cannot be read by reflection; the message names it and the two ways out
     */
    default Map<String, Object> parts() {
        return Structure.fields(this);
    }

    /**
     * The parameters by name ({@code inner.weight}), each once: leaves that require grad, or did before they were
     * frozen.
     */
    default Map<String, Tensor> namedParameters() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        Structure.tensors(this).forEach((name, t) -> {
            if (t.isParameter() && named.values().stream().noneMatch(other -> other == t)) {
                named.put(name, t);
            }
        });
        return named;
    }

    /** The parameters, each once, in the order of their declaration. */
    default List<Tensor> parameters() {
        return new ArrayList<>(namedParameters().values());
    }

    /** Drops the gradients of all parameters. */
    default void zeroGrad() {
        parameters().forEach(p -> p.grad(null));
    }

    /** All tensors of the layer by name, sharing their memory but outside the graph: what is saved. */
    default Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        Structure.tensors(this).forEach((name, t) -> state.put(name, t.detach()));
        return state;
    }

    /**
     * Copies values into the layer's tensors. Everything is checked before anything is changed.
     *
     * @param state a tensor for each name of {@link #stateDict()}, of its shape
     * @throws DataException if names are missing or unexpected
     * @throws ShapeException if a shape differs
     */
    default void loadStateDict(Map<String, Tensor> state) {
        Map<String, Tensor> own = Structure.tensors(this);
        var missing = new TreeSet<>(own.keySet());
        missing.removeAll(state.keySet());
        var unexpected = new TreeSet<>(state.keySet());
        unexpected.removeAll(own.keySet());
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new DataException("loadStateDict: " + (missing.isEmpty() ? "" : "missing " + missing)
                    + (missing.isEmpty() || unexpected.isEmpty() ? "" : ", ")
                    + (unexpected.isEmpty() ? "" : "unexpected " + unexpected)
                    + ": the names are those of another structure. Build the layer as it was when it was saved.");
        }
        own.forEach((name, t) -> {
            if (!t.shape().equals(state.get(name).shape())) {
                throw new ShapeException("loadStateDict: " + name + " of shape "
                        + state.get(name).shape() + " into " + t.shape()
                        + ": the shapes differ. Build the layer with the sizes it was saved with.");
            }
        });
        Autograd.noGrad(() -> own.forEach((name, t) -> t.copyInPlace(state.get(name))));
    }
}
