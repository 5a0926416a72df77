package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;

/**
 * A primitive operation: what it computes and how it is differentiated, declared in one place. Immutable; what
 * configures it (dimensions, numbers, shapes) are its fields.
 *
 * <p>Operations come in kinds that say how they differentiate: {@link Elementwise} ones are formulas and derive
 * everything from them; {@link LinearOp}s give their transpose, {@link BilinearOp}s their two transposes;
 * {@link RuleOp}s a rule of their own, and {@link DiscreteOp}s have no derivative. Every one is called through {@link adjoint.tensor.Engine#run}.
 */
public sealed interface Op permits Elementwise, LinearOp, BilinearOp, RuleOp, DiscreteOp {

    /** The name in error messages: PyTorch's, such as {@code matmul}. */
    String opName();

    /** The name printed as {@code grad_fn=<…>}: PyTorch's. */
    default String gradName() {
        return gradName(opName());
    }

    /** PyTorch's usual name for an operation's node: {@code view_scatter} becomes {@code ViewScatterBackward0}. */
    static String gradName(String opName) {
        StringBuilder camel = new StringBuilder();
        for (String word : opName.split("_")) {
            camel.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return camel.append("Backward0").toString();
    }

    /** Computes the result. Throws before anything is changed if the inputs do not fit. */
    Strided evaluate(Strided... in);

    /** The bit that stands for the result among those of {@link #keeps}; the others stand for the inputs. */
    long RESULT = adjoint.codegen.Formula.KEEPS_RESULT;

    /**
     * Which values the derivative reads: a bit for each input (the i-th lowest), and {@link #RESULT}.
     *
     * @param needs a bit for each input that a gradient is wanted for
     */
    long keeps(long needs);

    /**
     * The gradient of input {@code i}: the incoming gradient times the derivative, of that input's shape. Written
     * with tensors, so that it can be differentiated again.
     *
     * @param g the gradient of the result
     * @param saved what the operation kept
     */
    Tensor gradient(int i, Tensor g, Saved saved);

    /**
     * Forward mode: how the result changes when the inputs change along {@code tangents}. Written with tensors too.
     *
     * @param tangents one for each input, of its shape; null for those that do not change, at least one is not
     * @param values all inputs and the result
     * @return of the result's shape, or null if it does not change
     */
    Tensor tangent(Tensor[] tangents, Saved values);

    /**
     * The operation on many examples at once, for {@code vmap}: written with tensors, one operation where one can.
     *
     * @param size how many examples
     * @param batched which inputs hold the examples, along their first dimension; the others are one for all
     * @return the results along the first dimension
     */
    Tensor batch(long size, boolean[] batched, Tensor... in);

    /** What an operation kept for its derivative. */
    interface Saved {
        /** The value of input {@code i}, if {@link #keeps} asked for it. */
        Tensor input(int i);

        /** The result, if {@link #keeps} asked for it. */
        Tensor output();
    }
}
