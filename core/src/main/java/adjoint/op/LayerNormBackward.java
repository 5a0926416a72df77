package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** The gradient of x under {@link LayerNormOp}, of the incoming gradient g, x and the weight: {@link StandardizeBackward} of g times the weight. */
record LayerNormBackward(LayerNormOp of) implements RuleOp {
    @Override
    public String opName() {
        return "layer_norm_backward";
    }

    private StandardizeBackward inner(Tensor x) {
        return new StandardizeBackward(of.standardize(x.shape()));
    }

    @Override
    public Strided evaluate(Strided... in) {
        return of.standardize(in[1].shape()).kernel(in[1]).gradient(in[0], in[2]);
    }

    @Override
    public long keeps(long needs) {
        return 6 | ((needs & 6) == 0 ? 0 : 1) | ((needs & 2) == 0 ? 0 : RESULT);
    }

    @Override
    public Tensor gradient(int i, Tensor h, Saved saved) {
        Tensor x = saved.input(1);
        Tensor weight = saved.input(2);
        if (i == 1) {
            return inner(x).second(h, saved.input(0).mul(weight), x, saved.output());
        }
        Tensor product = Engine.run(inner(x), h, x); // the gradient of g times the weight
        return i == 0 ? product.mul(weight) : product.mul(saved.input(0)).sumTo(weight.shape());
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor g = Batching.spread(size, batched[0], in[0]);
        Tensor x = Batching.spread(size, batched[1], in[1]);
        if (!batched[2]) {
            return Engine.run(this, g, x, in[2]);
        }
        return Engine.run(inner(x), g.mul(Batching.align(in[2], x.shape().rank() - 1)), x);
    }
}
