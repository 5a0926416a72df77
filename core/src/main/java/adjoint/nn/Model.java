package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.DataException;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Anything with parameters: PyTorch's {@code Module}. A {@link Layer} is one that makes a tensor of a tensor; a class of
 * your own with another forward (two inputs, a state, several results) implements this:
 *
 * <pre>{@code
 * class Translator implements Model {
 *     private final Encoder encoder = new Encoder();
 *     private final Decoder decoder = new Decoder();
 *
 *     Tensor forward(Tensor source, Tensor target) {
 *         return decoder.forward(target, encoder.forward(source));
 *     }
 * }
 * new Translator().namedParameters();      // encoder…, decoder…
 * }</pre>
 *
 * <p>Parameters are found by structure: in the fields (private ones too), those of the superclasses, and in what they
 * hold: models, records, lists, maps, arrays and objects of the user's own classes. A tensor that was made to require
 * grad is a parameter; one that was not is a buffer, saved with them.
 */
public interface Model {

    /**
     * What the model consists of, by name: tensors, models, {@link Mode}s, and records, lists, maps or arrays of them. As
     * long as it is not overridden, its fields.
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
        return Structure.of(this).parameters();
    }

    /** The parameters, each once, in the order of their declaration. */
    default List<Tensor> parameters() {
        return new ArrayList<>(namedParameters().values());
    }

    /** The tensors that are saved with the parameters but not trained, by name, each once: running means and the like. */
    default Map<String, Tensor> namedBuffers() {
        return Structure.of(this).buffers();
    }

    /** How many numbers the parameters hold. */
    default long parameterCount() {
        return parameters().stream().mapToLong(Tensor::numel).sum();
    }

    /** The models that this one directly consists of, by name. PyTorch: {@code named_children}. */
    default Map<String, Model> children() {
        return Structure.of(this).children();
    }

    /**
     * This model under the name "", and all that it consists of, by dotted name; each once, the outer before the inner.
     * PyTorch: {@code named_modules}.
     */
    default Map<String, Model> models() {
        return Structure.of(this).models();
    }

    /**
     * Lets a function see every model in this one, the inner before the outer, and this one last: for instance to
     * initialise all layers of a kind.
     *
     * <pre>{@code
     * net.apply(m -> {
     *     if (m instanceof Linear linear) {
     *         Init.normal(linear.weight(), 0, 0.01);
     *     }
     * });
     * }</pre>
     */
    default void apply(Consumer<? super Model> function) {
        Structure.apply(this, function);
    }

    /** Has the layers that tell training from use behave as in training. They do from the start. */
    default void train() {
        Structure.of(this).modes().forEach(mode -> mode.training(true));
    }

    /** Has the layers that tell training from use behave as in use: dropout passes on what it gets. */
    default void eval() {
        Structure.of(this).modes().forEach(mode -> mode.training(false));
    }

    /** Whether any of its layers is in training; of a model without such layers: true. */
    default boolean isTraining() {
        var modes = Structure.of(this).modes();
        return modes.isEmpty() || modes.stream().anyMatch(Mode::isTraining);
    }

    /** Drops the gradients of all parameters. */
    default void zeroGrad() {
        parameters().forEach(p -> p.grad(null));
    }

    /**
     * Makes all floating-point tensors of the model be of this type. They stay the same objects, so optimizers keep hold
     * of them. PyTorch: {@code Module.to(dtype)}, {@code double()}.
     *
     * @throws DTypeException if the type is not a floating-point one
     */
    default void to(DType dtype) {
        States.convert(this, dtype);
    }

    /** All tensors of the model by name, sharing their memory but outside the graph: what is saved. */
    default Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        Structure.of(this).tensors().forEach((name, t) -> state.put(name, t.detach()));
        return state;
    }

    /**
     * Copies values into the model's tensors. Everything is checked before anything is changed.
     *
     * @param state a tensor for each name of {@link #stateDict()}, of its shape
     * @throws DataException if names are missing or unexpected
     * @throws ShapeException if a shape differs
     */
    default void loadStateDict(Map<String, Tensor> state) {
        States.load(this, state);
    }

    /**
     * As {@link #loadStateDict}, but names that are missing or unexpected are passed over. PyTorch: {@code strict=False}.
     *
     * @return the names that were passed over
     * @throws ShapeException if a shape differs
     */
    default PassedOver loadMatching(Map<String, Tensor> state) {
        return States.loadMatching(this, state);
    }

    /**
     * What {@link #loadMatching} passed over.
     *
     * @param missing names of the model that the state does not have
     * @param unexpected names of the state that the model does not have
     */
    record PassedOver(List<String> missing, List<String> unexpected) {}

    /** The model and its parts as PyTorch prints them, a line each. */
    default String structure() {
        return ModelText.of(this);
    }
}
