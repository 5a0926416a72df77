package adjoint.op;

import adjoint.kernel.Softmax;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** The gradient of x under {@link LogSoftmaxOp}, of the incoming gradient g and the result y: {@code g − exp(y) Σ g}. */
record LogSoftmaxBackward(int dim) implements RuleOp {
    @Override
    public String opName() {
        return "log_softmax_backward_data";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Softmax.logarithmGradient(in[0], in[1], dim, Unary.EXP.op().over(in[1].dtype()));
    }

    @Override
    public long keeps(long needs) {
        return needs == 1 ? 2 : 3;
    }

    /** It is linear in g, with the transpose {@code h − Σ h exp(y)}; in y it is {@code −h exp(y) Σ g}. */
    @Override
    public Tensor gradient(int i, Tensor h, Saved saved) {
        Tensor weighted = h.mul(saved.input(1).exp());
        return i == 0 ? h.sub(sum(weighted)) : weighted.mul(sum(saved.input(0))).neg();
    }

    private Tensor sum(Tensor t) {
        return t.sumTo(Dims.of(t.shape(), dim).kept(t.shape()));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(
                new LogSoftmaxBackward(dim + 1),
                Batching.spread(size, batched[0], in[0]),
                Batching.spread(size, batched[1], in[1]));
    }
}
