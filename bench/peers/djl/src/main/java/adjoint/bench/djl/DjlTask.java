package adjoint.bench.djl;

import adjoint.bench.work.Task;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Work with DJL's arrays; all that a run makes is closed at its end.
 *
 * @param work what is measured
 * @param parameters whose changes are numbers of the task
 */
record DjlTask(Supplier<NDArray> work, List<NDArray> parameters) implements Task {
    static Task forward(Supplier<NDArray> work) {
        return new DjlTask(work, List.of());
    }

    static Task training(Supplier<NDArray> step, List<NDArray> parameters) {
        return new DjlTask(step, parameters);
    }

    @Override
    public Object run() {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return work.get(); // closed by then, but a sign that it was computed
        }
    }

    @Override
    public List<double[]> numbers() {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            List<double[]> before = parameters.stream().map(DjlTask::doubles).toList();
            List<double[]> numbers = new ArrayList<>();
            NDArray y = work.get();
            numbers.add(doubles(parameters.isEmpty() ? y : y.sum()));
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

    private static double[] doubles(NDArray a) {
        return a.toType(DataType.FLOAT64, true).toDoubleArray();
    }
}
