package adjoint.optim;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What an optimizer remembers of one parameter, by PyTorch's names: tensors of the parameter's shape and type, single
 * numbers, and how many steps the parameter has made. All of it comes into being when it is first asked for.
 */
public final class State {
    static final String STEP = "step";

    private final Tensor parameter;
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, Double> numbers = new HashMap<>();
    private long step;

    State(Tensor parameter) {
        this.parameter = parameter;
    }

    /** Counts a step; the first is 1. */
    public long nextStep() {
        return ++step;
    }

    /** How many steps were counted. */
    public long step() {
        return step;
    }

    /** Whether there is a tensor of this name by now. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** The tensor of this name; at first, zeros like the parameter. */
    public Tensor tensor(String name) {
        Tensor t = tensors.get(name);
        return t == null ? tensor(name, 0) : t;
    }

    /** The tensor of this name; at first, like the parameter and filled with {@code initially}. */
    public Tensor tensor(String name, double initially) {
        return tensors.computeIfAbsent(name, _ -> Tensor.fullLike(parameter, initially));
    }

    /** The number of this name. */
    public double number(String name, double initially) {
        return numbers.getOrDefault(name, initially);
    }

    /** Sets the number of this name. */
    public void put(String name, double value) {
        numbers.put(name, value);
    }

    /** The parameter's shape, which is that of every tensor. */
    Shape shape() {
        return parameter.shape();
    }

    /** Everything by name; numbers as tensors of rank 0. */
    Map<String, Tensor> all() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        if (step > 0) {
            all.put(STEP, Tensor.scalar(step, DType.F32));
        }
        numbers.forEach((name, value) -> all.put(name, Tensor.scalar(value, DType.F32)));
        tensors.forEach((name, t) -> all.put(name, t.detach()));
        return all;
    }

    /** Forgets everything and takes over a copy of {@code all}, whose shapes were checked. */
    void replace(Map<String, Tensor> all, Set<String> single) {
        tensors.clear();
        numbers.clear();
        step = 0;
        all.forEach((name, t) -> {
            if (name.equals(STEP)) {
                step = (long) t.item();
            } else if (single.contains(name)) {
                numbers.put(name, t.item());
            } else {
                tensors.put(name, t.detach().to(parameter.dtype()).clone());
            }
        });
    }
}
