package adjoint.op;

import adjoint.kernel.Resampling;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.Arrays;

/**
 * Weighted sums of a few elements along one dimension, or their transpose: what interpolation is made of. An
 * operation of its own, so that it is one pass through memory rather than one for each element of a sum.
 *
 * @param dim which dimension
 * @param taps which elements with which weights
 * @param from the shape of what is read
 * @param to the shape of the sums
 */
public record Resample(int dim, Taps taps, Shape from, Shape to, Way way) implements LinearOp {
    /** Which of the two. */
    public enum Way {
        READ,
        ADD
    }

    /** The positions and weights of each sum. */
    public static final class Taps {
        private final Resampling kernel;

        /** For each sum the elements it reads and what each is multiplied with. */
        public Taps(int[][] positions, double[][] weights) {
            int[] start = new int[positions.length + 1];
            for (int i = 0; i < positions.length; i++) {
                start[i + 1] = start[i] + positions[i].length;
            }
            kernel = new Resampling(
                    start,
                    Arrays.stream(positions).flatMapToInt(Arrays::stream).toArray(),
                    Arrays.stream(weights).flatMapToDouble(Arrays::stream).toArray());
        }

        @Override
        public String toString() {
            return kernel.position().length + " taps";
        }
    }

    @Override
    public String opName() {
        return "resample";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return way == Way.READ ? taps.kernel.read(in[0], dim, to) : taps.kernel.add(in[0], dim, from);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return Engine.run(new Resample(dim, taps, from, to, way == Way.READ ? Way.ADD : Way.READ), g);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new Resample(dim + 1, taps, Batching.shape(size, from), Batching.shape(size, to), way), in);
    }
}
