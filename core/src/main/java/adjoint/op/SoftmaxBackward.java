package adjoint.op;

import adjoint.kernel.Softmax;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** The gradient of x under {@link SoftmaxOp}, of the incoming gradient g and the result y: {@code y (g − Σ g y)}. */
record SoftmaxBackward(int dim) implements RuleOp {
    @Override
    public String opName() {
        return "softmax_backward_data";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Softmax.gradient(in[0], in[1], dim);
    }

    @Override
    public long keeps(long needs) {
        return needs == 1 ? 2 : 3;
    }

    /** It is linear in g and its own transpose; in y it is {@code h (g − Σ g y) − g Σ h y}. */
    @Override
    public Tensor gradient(int i, Tensor h, Saved saved) {
        Tensor y = saved.input(1);
        if (i == 0) {
            return Engine.run(this, h, y);
        }
        Tensor g = saved.input(0);
        return h.mul(g.sub(sum(g.mul(y)))).sub(g.mul(sum(h.mul(y))));
    }

    private Tensor sum(Tensor t) {
        return t.sumTo(Dims.of(t.shape(), dim).kept(t.shape()));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(
                new SoftmaxBackward(dim + 1),
                Batching.spread(size, batched[0], in[0]),
                Batching.spread(size, batched[1], in[1]));
    }
}
