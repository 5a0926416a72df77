package adjoint.bench.libtorch;

import adjoint.bench.work.Pass;
import adjoint.bench.work.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Work with libtorch's tensors. All that a run makes is freed at its end, so that libtorch's allocator hands the same memory
 * out again, as in C++.
 */
final class TorchTask implements Task {
    private final Supplier<Tensor> work;
    /** Whose gradients are numbers of the task. */
    private final List<Tensor> leaves;
    /** Whose changes are. */
    private final List<Tensor> parameters;

    private TorchTask(Supplier<Tensor> work, List<Tensor> leaves, List<Tensor> parameters) {
        this.work = work;
        this.leaves = leaves;
        this.parameters = parameters;
    }

    static Task forward(Supplier<Tensor> work) {
        return new TorchTask(work, List.of(), List.of());
    }

    /** Forward alone, or back with this gradient to these leaves too, which begin without one. */
    static Task of(Pass pass, Inputs inputs, Supplier<Tensor> work, Tensor... leaves) {
        if (pass == Pass.FORWARD) {
            return forward(work);
        }
        Tensor gradient = inputs.copy("gradient");
        return new TorchTask(
                () -> {
                    for (Tensor leaf : leaves) {
                        leaf.mutable_grad().reset();
                    }
                    Tensor y = work.get();
                    y.backward(gradient, null, false, null);
                    return y;
                },
                List.of(leaves),
                List.of());
    }

    static Task training(Supplier<Tensor> step, List<Tensor> parameters) {
        return new TorchTask(step, List.of(), parameters);
    }

    @Override
    public Object run() {
        try (var _ = new PointerScope()) {
            return work.get(); // no tensor any more by then, but a sign that it was computed
        }
    }

    @Override
    public List<double[]> numbers() {
        try (var _ = new PointerScope()) {
            List<double[]> before = parameters.stream().map(TorchTask::doubles).toList();
            List<double[]> numbers = new ArrayList<>();
            Tensor y = work.get();
            numbers.add(doubles(parameters.isEmpty() ? y : y.sum()));
            leaves.forEach(leaf -> numbers.add(doubles(leaf.grad())));
            for (int i = 0; i < before.size(); i++) {
                double[] change = doubles(parameters.get(i));
                for (int k = 0; k < change.length; k++) {
                    change[k] -= before.get(i)[k];
                }
                numbers.add(change);
            }
            return numbers;
        }
    }

    private static double[] doubles(Tensor t) {
        Tensor wide = t.detach().to(torch.ScalarType.Double).contiguous();
        double[] values = new double[Math.toIntExact(wide.numel())];
        DoublePointer memory = wide.data_ptr_double();
        memory.get(values);
        return values;
    }
}
