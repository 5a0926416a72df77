package adjoint.bench.work;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Adjoint's tasks, of which there are three kinds. */
final class Ours {
    private Ours() {}

    /** What {@code work} computes, and nothing else. */
    static Task forward(Supplier<Tensor> work) {
        return new Computed(work, List.of());
    }

    /** What {@code work} computes, and then the gradients of these, beginning without any. */
    static Task backward(Supplier<Tensor> work, Tensor gradient, Tensor... leaves) {
        return new Computed(
                () -> {
                    for (Tensor leaf : leaves) {
                        leaf.grad(null);
                    }
                    Tensor y = work.get();
                    y.backward(gradient);
                    return y;
                },
                List.of(leaves));
    }

    /** One of the two, where the gradient of the result is the input named so. */
    static Task of(Pass pass, Map<String, Tensor> inputs, Supplier<Tensor> work, Tensor... leaves) {
        return pass == Pass.FORWARD ? forward(work) : backward(work, inputs.get("gradient"), leaves);
    }

    /** A step that changes parameters and gives the loss. */
    static Task training(Supplier<Tensor> step, List<Tensor> parameters) {
        return new Training(step, parameters);
    }

    /** A copy of an input that gradients are wanted of in this pass. */
    static Tensor leaf(Map<String, Tensor> inputs, String name, Pass pass) {
        return inputs.get(name).clone().requiresGrad(pass == Pass.BACKWARD);
    }

    /** Copies of those inputs which are parameters, by name: all whose name has a dot. */
    static Map<String, Tensor> state(Map<String, Tensor> inputs) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        inputs.forEach((name, tensor) -> {
            if (name.contains(".")) {
                state.put(name, tensor);
            }
        });
        return state;
    }

    private static double[] doubles(Tensor t) {
        return t.detach().to(DType.F64).toDoubles();
    }

    private record Computed(Supplier<Tensor> work, List<Tensor> leaves) implements Task {
        @Override
        public Object run() {
            return work.get();
        }

        @Override
        public List<double[]> numbers() {
            List<double[]> numbers = new ArrayList<>();
            numbers.add(doubles(work.get()));
            leaves.forEach(leaf -> numbers.add(doubles(leaf.grad())));
            return numbers;
        }
    }

    private record Training(Supplier<Tensor> step, List<Tensor> parameters) implements Task {
        @Override
        public Object run() {
            return step.get();
        }

        @Override
        public List<double[]> numbers() {
            List<Tensor> before =
                    parameters.stream().map(p -> p.detach().clone()).toList();
            List<double[]> numbers = new ArrayList<>();
            numbers.add(doubles(step.get().detach().sum()));
            for (int i = 0; i < before.size(); i++) {
                numbers.add(doubles(parameters.get(i).detach().sub(before.get(i))));
            }
            return numbers;
        }
    }
}
