package adjoint.op;

import adjoint.kernel.Scan;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/**
 * {@code y[k] = b[k] + a[k] · y[k − 1]} along a dimension, what lies outside counting as 0; backward, from the last
 * element on, {@code y[k + 1]}. Inputs: a, b, of one shape. Its derivative is the same recurrence in the opposite
 * direction, which closes the derivatives of running products and of running log-sum-exps.
 */
public record Recurrence(int dim, Direction direction) implements RuleOp {
    @Override
    public String opName() {
        return "recurrence";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Scan.recurrence(in[0], in[1], dim, direction == Direction.BACKWARD);
    }

    @Override
    public long keeps(long needs) {
        return 1 | ((needs & 1) == 0 ? 0 : RESULT);
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor factors = shifted(saved.input(0), dim, direction.opposite(), 0);
        Tensor h = Engine.run(new Recurrence(dim, direction.opposite()), factors, g);
        return i == 1 ? h : h.mul(shifted(saved.output(), dim, direction, 0));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(
                new Recurrence(dim + 1, direction),
                Batching.spread(size, batched[0], in[0]),
                Batching.spread(size, batched[1], in[1]));
    }

    /** At each place what {@code x} has one place earlier in the given direction, and {@code first} at the first. */
    static Tensor shifted(Tensor x, int dim, Direction direction, double first) {
        long n = x.size(dim);
        if (n == 0) {
            return x;
        }
        long[] edge = x.shape().sizes();
        edge[dim] = 1;
        Tensor start = Tensor.full(x.dtype(), first, edge);
        return direction == Direction.FORWARD
                ? Tensor.cat(dim, start, x.slice(dim, 0, n - 1))
                : Tensor.cat(dim, x.slice(dim, 1, n), start);
    }
}
