package adjoint.tensor;

import adjoint.kernel.Strided;
import java.util.function.UnaryOperator;

/**
 * A tensor as one level sees it. Its shape and type are those that the function under the transform sees; its numbers are
 * those of the tensor one level below.
 */
abstract sealed class Lifted extends Tensor permits Taped, Dual, Examples {
    private final Level level;
    private final Tensor inner;

    Lifted(Level level, Tensor inner, Strided seen, View view) {
        super(seen, view);
        this.level = level;
        this.inner = inner;
    }

    final Level level() {
        return level;
    }

    final Tensor inner() {
        return inner;
    }

    /** A tensor of this one's shape, filled with a number. */
    final Tensor like(double value) {
        level.checkOpen();
        return level.lift(level.below(() -> Tensor.fullLike(inner, value)));
    }

    /** The same memory, outside of this and all lower levels' derivatives. */
    final Tensor detached(UnaryOperator<Tensor> way) {
        level.checkOpen();
        return level.lift(level.below(() -> way.apply(inner)));
    }

    /** The numbers themselves, for {@code item()} and the like. */
    @Override
    Strided read(String what) {
        level.checkOpen();
        return inner.read(what);
    }
}
