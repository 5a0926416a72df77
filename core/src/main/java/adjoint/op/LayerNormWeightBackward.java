package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import java.util.stream.IntStream;

/** The gradient of the weight of {@link LayerNormOp}, of the incoming gradient g and x: the sum of g times the standard x. */
record LayerNormWeightBackward(LayerNormOp of) implements RuleOp {
    @Override
    public String opName() {
        return "layer_norm_weight_backward";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return of.standardize(in[1].shape()).kernel(in[1]).weightGradient(in[0], of.parameter(in[1].shape()));
    }

    @Override
    public long keeps(long needs) {
        return 2 | ((needs & 2) == 0 ? 0 : 1);
    }

    @Override
    public Tensor gradient(int i, Tensor h, Saved saved) {
        Tensor x = saved.input(1);
        Standardize standardize = of.standardize(x.shape());
        return i == 0
                ? Engine.run(standardize, x).mul(h)
                : Engine.run(
                        new StandardizeBackward(standardize), saved.input(0).mul(h), x);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor g = Batching.spread(size, batched[0], in[0]);
        Tensor x = Batching.spread(size, batched[1], in[1]);
        Tensor terms = g.mul(Engine.run(of.standardize(x.shape()), x));
        int[] summed = IntStream.range(1, x.shape().rank() - of.last()).toArray();
        return summed.length == 0 ? terms : terms.sum(summed);
    }
}
