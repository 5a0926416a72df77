package adjoint.tensor;

import adjoint.kernel.Strided;
import adjoint.op.Elementwise;
import adjoint.op.Op;
import adjoint.op.ViewOp;
import adjoint.types.GraphException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One transform that is under way: what {@code grad}, {@code jvp} and {@code vmap} each open while they run a function.
 * Its tensors are {@link Lifted}: a tensor of the level below, and what this level adds. The gate hands an operation to
 * the highest level among its inputs; that does its part and calls the gate one level down, until the tensors are plain.
 * Thus no level lists the operations, and levels nest in any order.
 */
abstract sealed class Level permits TapeLevel, TangentLevel, BatchLevel {
    private final String transform;
    private final Level parent;
    private final int depth;

    /** Whether recording was on, outside of this level, when it was opened. */
    private final boolean outer;

    /** Whether plain tensors may be recorded: recording was on outside of all levels up to this one. */
    private final boolean plain;

    private boolean open = true;

    Level(String transform) {
        GradMode mode = GradMode.current();
        this.transform = transform;
        this.parent = mode.level;
        this.depth = parent == null ? 1 : parent.depth + 1;
        this.outer = mode.enabled;
        this.plain = outer && (parent == null || parent.plain);
        mode.level = this;
        mode.enabled = true;
    }

    /** Ends the level: its tensors can't be used any more. */
    final void close() {
        GradMode mode = GradMode.current();
        mode.level = parent;
        mode.enabled = outer;
        open = false;
    }

    final boolean recordsPlain() {
        return plain;
    }

    final int depth() {
        return depth;
    }

    final String transform() {
        return transform;
    }

    /** The highest level among the inputs; null where all are plain. */
    static Level of(Tensor[] in) {
        Level highest = null;
        for (Tensor t : in) {
            if (t instanceof Lifted lifted && (highest == null || lifted.level().depth > highest.depth)) {
                highest = lifted.level();
            }
        }
        if (highest != null) {
            highest.checkOpen();
        }
        return highest;
    }

    /** The level of one tensor; null where it is plain. */
    static Level of(Tensor t) {
        if (t instanceof Lifted lifted) {
            lifted.level().checkOpen();
            return lifted.level();
        }
        return null;
    }

    final void checkOpen() {
        if (!open) {
            throw new GraphException("a tensor from inside " + transform + ": used after " + transform
                    + " has ended: what it stood for is gone. Return it from the function instead of keeping it.");
        }
    }

    /** Runs {@code body} as the level below would. */
    final <T> T below(Supplier<T> body) {
        GradMode mode = GradMode.current();
        Level level = mode.level;
        boolean enabled = mode.enabled;
        mode.level = parent;
        mode.enabled = enabled && outer;
        try {
            return body.get();
        } finally {
            mode.level = level;
            mode.enabled = enabled;
        }
    }

    /** This tensor as the level below knows it. */
    final Tensor inner(Tensor t) {
        return t instanceof Lifted lifted && lifted.level() == this ? lifted.inner() : t;
    }

    final Tensor[] inner(Tensor[] in) {
        Tensor[] inner = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            inner[i] = inner(in[i]);
        }
        return inner;
    }

    /** The target of a write, which has to be of this level. */
    final void checkTarget(String operation, Tensor target) {
        if (!(target instanceof Lifted lifted) || lifted.level() != this) {
            throw new GraphException(operation + " in place: on a tensor of shape " + target.shape()
                    + " from outside of " + transform + ", with a value from inside: it can't hold what " + transform
                    + " follows. Use the form that makes a new tensor, or start from zerosLike(...) of an argument.");
        }
    }

    /** Runs an operation of which an input is of this level. */
    abstract Tensor run(Op op, Tensor[] in);

    abstract Tensor view(ViewOp op, Tensor in);

    abstract Tensor runInPlace(Elementwise op, Tensor[] in);

    /** Writes integers or truth values, which no derivative follows. */
    abstract void assign(Tensor target, Tensor values);

    /** A tensor of the level below as one of this level that nothing is known to depend on. */
    abstract Tensor lift(Tensor inner);

    /** A new tensor of given numbers. */
    Tensor made(Strided value) {
        return lift(below(() -> Engine.made(value)));
    }

    /** A new tensor of random numbers, which {@code draw} draws at the level below. */
    Tensor random(Supplier<Tensor> draw) {
        return lift(below(draw));
    }

    /** A new tensor of random numbers whose distributions the numbers of {@code in} decide. */
    Tensor random(Tensor in, UnaryOperator<Strided> draw) {
        return random(() -> Engine.random(inner(in), draw));
    }
}
