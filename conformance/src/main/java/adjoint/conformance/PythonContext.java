package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What {@code with} opens and closes: {@code torch.no_grad()}. As a decorator it does so at each call of the function.
 *
 * @param open opens it
 */
record PythonContext(Supplier<? extends AutoCloseable> open) implements Callable {
    @Override
    public Object call(List<Object> positional, Map<String, Object> named) {
        if (positional.size() != 1 || !(positional.getFirst() instanceof Callable function)) {
            throw new Unsupported("call of a context");
        }
        return (Callable) (arguments, byName) -> {
            try (var _ = open.get()) {
                return function.call(arguments, byName);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
