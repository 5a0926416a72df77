package adjoint.nn;

import adjoint.autograd.Autograd;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.DataException;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The values of a model's tensors, loaded and converted. */
final class States {
    private States() {}

    static void load(Model model, Map<String, Tensor> state) {
        Structure structure = Structure.of(model);
        var missing = new TreeSet<>(structure.tensors().keySet());
        missing.removeAll(state.keySet());
        var unexpected = new TreeSet<>(state.keySet());
        unexpected.removeAll(structure.tensors().keySet());
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new DataException("loadStateDict: " + (missing.isEmpty() ? "" : "missing " + missing)
                    + (missing.isEmpty() || unexpected.isEmpty() ? "" : ", ")
                    + (unexpected.isEmpty() ? "" : "unexpected " + unexpected)
                    + ": the names are those of another structure. Build the model as it was when it was saved, or"
                    + " load what fits with loadMatching.");
        }
        copy("loadStateDict", structure, state);
    }

    static Model.PassedOver loadMatching(Model model, Map<String, Tensor> state) {
        Structure structure = Structure.of(model);
        List<String> missing = new ArrayList<>(structure.tensors().keySet());
        missing.removeAll(state.keySet());
        List<String> unexpected = new ArrayList<>(state.keySet());
        unexpected.removeAll(structure.tensors().keySet());
        Map<String, Tensor> matching = new LinkedHashMap<>(state);
        matching.keySet().retainAll(structure.tensors().keySet());
        copy("loadMatching", structure, matching);
        return new Model.PassedOver(List.copyOf(missing), List.copyOf(unexpected));
    }

    private static void copy(String operation, Structure structure, Map<String, Tensor> state) {
        Map<String, Tensor> own = new LinkedHashMap<>(structure.tensors());
        own.keySet().retainAll(state.keySet());
        own.forEach((name, t) -> {
            Tensor given = state.get(name);
            if (!takesAnyShape(structure, t) && !t.shape().equals(given.shape())) {
                throw new ShapeException(operation + ": " + name + " of shape " + given.shape() + " into " + t.shape()
                        + ": the shapes differ. Build the model with the sizes it was saved with.");
            }
        });
        Autograd.noGrad(() -> own.forEach((name, t) -> {
            Tensor given = state.get(name);
            if (takesAnyShape(structure, t)) {
                t.data(given.detach().to(t.dtype()).clone());
            } else {
                t.copyInPlace(given);
            }
        }));
    }

    /** Parameters of a lazy layer have no shape before it has seen an input. */
    private static boolean takesAnyShape(Structure structure, Tensor t) {
        return structure.owner(t) instanceof LazyLayer lazy && !lazy.isBuilt();
    }

    /** Gives a model of the same structure the values and types of another, and freezes what is frozen there. */
    static void copy(Model from, Model to) {
        Map<String, Tensor> source = Structure.of(from).tensors();
        Structure.of(to).tensors().forEach((name, t) -> {
            Tensor given = source.get(name);
            t.data(given.detach().clone());
            if (t.isParameter()) {
                t.requiresGrad(given.requiresGrad());
            }
        });
        if (!from.isTraining()) {
            to.eval();
        }
    }

    static void convert(Model model, DType dtype) {
        if (!dtype.isFloating()) {
            throw new DTypeException("to: a model of " + dtype
                    + ": parameters have gradients, which only floating-point" + " numbers have. Use F32 or F64.");
        }
        Structure.of(model).tensors().values().forEach(t -> {
            if (t.dtype().isFloating() && t.dtype() != dtype) {
                Tensor gradient = t.grad();
                t.data(t.detach().to(dtype));
                t.grad(gradient == null ? null : gradient.detach().to(dtype));
            }
        });
    }
}
