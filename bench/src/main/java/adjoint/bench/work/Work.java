package adjoint.bench.work;

import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * A piece of work that Adjoint and its peers can both do: declared once, in its record, with what it is called, what it
 * needs at least, its inputs, and how Adjoint does it. A {@link Peer} says how it does each of these.
 *
 * <p>What all of it is, with sizes, stands in {@link Works}.
 */
public sealed interface Work
        permits RegressionStep,
                DrawingStep,
                ScalarChain,
                Addition,
                GeluAffine,
                Elementwise,
                MatrixProduct,
                RowOperation,
                MlpStep,
                LeNetStep,
                ConvolutionPass,
                LstmPass,
                TransformerBlock,
                SmallAddition,
                Lookup,
                LineOperation,
                Rearranging,
                LayerPass {

    /** What it is called on the command line and in results. */
    String name();

    /** What any library has to do for it. */
    Cost cost();

    /** How often a run of a task does it; times, costs and bytes are of once. */
    default int calls() {
        return 1;
    }

    /** What it works on, the same numbers each time: parameters are leaves that do not require grad yet. */
    Map<String, Tensor> inputs();

    /** Adjoint's way, on copies of these inputs where they are changed. */
    Task ours(Map<String, Tensor> inputs);

    /**
     * How far a peer's numbers may be away, as a part of the largest number of the same tensor: what other orders of
     * summation and other polynomials may make of the same work, and no more.
     */
    default double tolerance() {
        return 1e-4;
    }
}
