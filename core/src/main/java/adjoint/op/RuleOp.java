package adjoint.op;

import adjoint.tensor.Tensor;
import adjoint.tensor.Transforms;

/** An operation with a derivative rule of its own, because stability or a convention asks for it. */
public non-sealed interface RuleOp extends Op {

    /**
     * The transpose of the transpose: the rule for backward is linear in the incoming gradient, so its own gradient in
     * that is the rule for forward mode.
     */
    @Override
    default Tensor tangent(Tensor[] tangents, Saved values) {
        Tensor sum = null;
        for (int i = 0; i < tangents.length; i++) {
            if (tangents[i] != null) {
                int input = i;
                Tensor part = Transforms.vjp(
                                g -> new Tensor[] {
                                    gradient(input, g[0], values)
                                            .sumTo(values.input(input).shape())
                                },
                                Tensor.zerosLike(values.output()))
                        .pullback()
                        .apply(new Tensor[] {tangents[i]})[0];
                sum = sum == null ? part : sum.add(part);
            }
        }
        return sum;
    }
}
