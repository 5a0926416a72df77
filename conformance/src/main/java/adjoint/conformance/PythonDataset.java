package adjoint.conformance;

import adjoint.data.Batch;
import adjoint.data.Dataset;
import java.util.List;
import java.util.Map;

/** An object of a program's class below PyTorch's {@code Dataset}. */
record PythonDataset(PythonClass type, Map<String, Object> attributes) implements PythonClass.Instance, Dataset {
    @Override
    public int size() {
        return Math.toIntExact((Long) PythonClass.special(this, "__len__"));
    }

    @Override
    public Batch get(int i) {
        List<Object> parts = PythonRun.flat(PythonClass.special(this, "__getitem__", (long) i));
        return new Batch(parts.stream().map(PythonRun::tensor).toList());
    }
}
