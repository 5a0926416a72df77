package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.op.Standardize.Centre;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * The gradient of x under {@link Standardize}, of the incoming gradient g and x: with the result x̂ = r (x − mean), it is
 * {@code r (g − mean(g) − x̂ mean(g x̂))}.
 */
record StandardizeBackward(Standardize of) implements RuleOp {
    @Override
    public String opName() {
        return "normalize_backward";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return of.kernel(in[1]).gradient(in[0], null);
    }

    @Override
    public long keeps(long needs) {
        return 2 | ((needs & 2) == 0 ? 0 : 1 | RESULT);
    }

    /**
     * It is linear in g and its own transpose. In x: mean(g x̂) has the derivative D(g)/n, where D is this operation, and r
     * has −r² x̂/n; what remains of {@code Σ h D(g)} is {@code −r (x̂ mean(h D(g)) + D(g) mean(h x̂) + D(h) mean(g x̂))}.
     */
    @Override
    public Tensor gradient(int i, Tensor h, Saved saved) {
        Tensor x = saved.input(1);
        return i == 0 ? Engine.run(this, h, x) : second(h, saved.input(0), x, saved.output());
    }

    /** The gradient of x when that of the result {@code dg} is {@code h}. */
    Tensor second(Tensor h, Tensor g, Tensor x, Tensor dg) {
        Tensor dh = Engine.run(this, h, x);
        Tensor standard = Engine.run(of, x);
        Tensor sum =
                standard.mul(mean(h.mul(dg))).add(dg.mul(mean(h.mul(standard)))).add(dh.mul(mean(g.mul(standard))));
        return sum.mul(factor(x)).neg();
    }

    private Tensor mean(Tensor t) {
        Shape kept = of.dims().kept(t.shape());
        return t.sumTo(kept).div((double) of.dims().count(t.shape()));
    }

    private Tensor factor(Tensor x) {
        Tensor centred = of.centre() == Centre.MEAN ? x.sub(mean(x)) : x;
        return mean(centred.square()).add(of.eps()).rsqrt();
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(
                new StandardizeBackward(of.batched()),
                Batching.spread(size, batched[0], in[0]),
                Batching.spread(size, batched[1], in[1]));
    }
}
