package adjoint.tensor;

import adjoint.kernel.Strided;
import adjoint.op.Batching;
import adjoint.op.Elementwise;
import adjoint.op.Op;
import adjoint.op.ViewOp;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Batching as a level: a function of one example runs on all of them at once. */
final class BatchLevel extends Level {
    private final long size;
    private final Randomness randomness;

    BatchLevel(long size, Randomness randomness) {
        super("vmap");
        this.size = size;
        this.randomness = randomness;
    }

    private boolean[] batched(Tensor[] in) {
        boolean[] batched = new boolean[in.length];
        for (int i = 0; i < in.length; i++) {
            batched[i] = in[i] instanceof Lifted lifted && lifted.level() == this;
        }
        return batched;
    }

    @Override
    Tensor run(Op op, Tensor[] in) {
        Tensor[] inner = inner(in);
        boolean[] batched = batched(in);
        return below(() -> new Examples(this, op.batch(size, batched, inner)));
    }

    @Override
    Tensor view(ViewOp op, Tensor in) {
        return below(() -> new Examples(this, Engine.view(op.batched(size), inner(in))));
    }

    /** The operands of a write, aligned with its target. */
    private Tensor[] aligned(String operation, Tensor[] in) {
        checkTarget(operation, in[0]);
        int rank = in[0].shape().rank();
        Tensor[] aligned = inner(in);
        boolean[] batched = batched(in);
        for (int i = 1; i < in.length; i++) {
            if (in[i].shape().rank() > rank) {
                throw new ShapeException(operation + " in place: a value of shape " + in[i].shape() + " into "
                        + in[0].shape() + ": it has more dimensions. Reshape it.");
            }
            aligned[i] = batched[i] ? Batching.align(aligned[i], rank) : aligned[i];
        }
        return aligned;
    }

    @Override
    Tensor runInPlace(Elementwise op, Tensor[] in) {
        below(() -> Engine.runInPlace(op, aligned(op.opName(), in)));
        return in[0];
    }

    @Override
    void assign(Tensor target, Tensor values) {
        below(() -> {
            Tensor[] aligned = aligned("copy", new Tensor[] {target, values});
            return Engine.assign(aligned[0], aligned[1]);
        });
    }

    @Override
    Tensor lift(Tensor inner) {
        return new Examples(this, inner);
    }

    /** Numbers that are given are the same for all examples. */
    @Override
    Tensor made(Strided value) {
        return below(() -> Engine.made(value));
    }

    @Override
    Tensor random(Supplier<Tensor> draw) {
        return switch (randomness) {
            case ERROR -> throw unsaid();
            case SAME -> below(draw);
            case DIFFERENT ->
                below(() -> {
                    // One draw after the other: the numbers that a loop over the examples would see.
                    List<Tensor> draws = new ArrayList<>();
                    for (long i = 0; i < Math.max(size, 1); i++) {
                        draws.add(draw.get());
                    }
                    Tensor all = Tensor.stack(0, draws);
                    return new Examples(this, size == 0 ? all.slice(0, 0, 0) : all);
                });
        };
    }

    @Override
    Tensor random(Tensor in, UnaryOperator<Strided> draw) {
        if (!batched(new Tensor[] {in})[0]) {
            return super.random(in, draw);
        }
        return switch (randomness) {
            case ERROR -> throw unsaid();
            case SAME ->
                throw new GraphException("random numbers inside vmap, the same for all examples: their distributions"
                        + " differ from example to example. Give vmap Randomness.DIFFERENT.");
            case DIFFERENT -> below(() -> new Examples(this, Engine.random(inner(in), draw)));
        };
    }

    private static GraphException unsaid() {
        return new GraphException("random numbers inside vmap: whether the examples share them or each has its"
                + " own was not said. Give vmap Randomness.DIFFERENT or Randomness.SAME.");
    }
}
