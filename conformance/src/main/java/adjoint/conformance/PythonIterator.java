package adjoint.conformance;

import java.util.Iterator;

/** Values that are handed out once, one by one: what {@code iter} and functions with {@code yield} give. */
record PythonIterator(Iterator<Object> values) implements Iterator<Object> {
    @Override
    public boolean hasNext() {
        return values.hasNext();
    }

    @Override
    public Object next() {
        if (!values.hasNext()) {
            throw new PythonError("StopIteration", "");
        }
        return values.next();
    }
}
