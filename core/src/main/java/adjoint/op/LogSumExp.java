package adjoint.op;

import adjoint.codegen.Expr;
import adjoint.codegen.Formula;
import adjoint.codegen.Kind;
import adjoint.kernel.Reduce;
import adjoint.kernel.Softmax;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;

/** {@code log Σ exp(x)} over some dimensions, scaled by the largest: no exponent is above 0. */
public record LogSumExp(Shape from, Dims dims, Shape to) implements RuleOp {
    /** Infinite maxima would make differences NaN; 0 in their place keeps sums infinite or zero as they are. */
    private static final Elementwise FINITE = new Elementwise(Formula.of(
            "finite",
            "FiniteBackward0",
            new Kind[] {Kind.NUMBER},
            0,
            v -> v.get(0).abs().lt(Double.POSITIVE_INFINITY).select(v.get(0), Expr.of(0))));

    @Override
    public String opName() {
        return "logsumexp";
    }

    @Override
    public Strided evaluate(Strided... in) {
        DType dtype = in[0].dtype();
        Strided rows = Softmax.logSumExp(
                in[0],
                dims.marks(),
                to,
                Unary.EXP.op().over(dtype),
                Unary.LOG.op().over(dtype));
        return rows == null ? scattered(in) : rows;
    }

    /** The same step by step. */
    private Strided scattered(Strided... in) {
        Strided max = SoftmaxOp.largest(in[0], dims);
        FINITE.evaluateInto(max, max);
        Strided shifted = Binary.SUB.op().evaluate(in[0], max);
        Unary.EXP.op().evaluateInto(shifted, shifted);
        Strided sums = Reduce.sum(shifted, dims.marks(), to);
        Unary.LOG.op().evaluateInto(sums, sums);
        Strided aligned = max.withShape(to);
        Binary.ADD.op().evaluateInto(sums, sums, aligned);
        return sums;
    }

    @Override
    public long keeps(long needs) {
        return 1 | RESULT;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        long[] kept = dims.kept(from).sizes();
        return saved.input(0).sub(saved.output().reshape(kept)).exp().mul(g.reshape(kept));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new LogSumExp(Batching.shape(size, from), dims.batched(), Batching.shape(size, to)), in);
    }
}
