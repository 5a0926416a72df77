package adjoint.op;

import adjoint.kernel.Convolution;
import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.Arrays;

/**
 * A convolution over one to three dimensions, {@code result[n, o, i] = Σ weight[o, c, k] · image[n, c, i·stride +
 * k·dilation − padding]}, or one of its two transposes. All three come from one form that is linear in image, weight and
 * result: {@code Σ result · image · weight}. Leave out one of the three, and its gradient is an operation on the other
 * two; so the derivatives of each of the operations are the others. The transposed convolution is the one that wants the
 * image.
 *
 * @param groups how many groups the channels make: those of a result see those of the image in the same group only
 * @param image {@code [n, groups·c, …]}
 * @param weight {@code [groups·o, c, …]}
 * @param result {@code [n, groups·o, …]}
 * @param wanted which of the three is computed; the inputs are the other two, in this order (for the image, the result
 *     comes first)
 */
public record Convolve(Sliding sliding, long groups, Shape image, Shape weight, Shape result, Factor wanted)
        implements BilinearOp {

    /** One of the three of which the form is made. */
    public enum Factor {
        IMAGE,
        WEIGHT,
        RESULT
    }

    /** What the three have in common: each letter is an index of two of them, but G of all. */
    private enum Axis {
        N,
        G,
        O,
        C
    }

    @Override
    public String opName() {
        return (wanted == Factor.IMAGE ? "conv_transpose" : "conv") + sliding.rank() + "d";
    }

    @Override
    public String gradName() {
        return "ConvolutionBackward0";
    }

    private Tensor run(Factor factor, Tensor left, Tensor right) {
        return Engine.run(new Convolve(sliding, groups, image, weight, result, factor), left, right);
    }

    @Override
    public Strided evaluate(Strided... in) {
        if (in[0].dtype().isNarrow()) {
            Strided wide = evaluate(Copy.of(in[0], DType.I64), Copy.of(in[1], DType.I64));
            return Copy.of(wide, in[0].dtype());
        }
        var kernel = new Convolution(
                sliding.patches(image, result), (int) image.size(0), (int) groups, (int) weight.size(1), (int)
                        (weight.size(0) / groups));
        return switch (wanted) {
            case RESULT -> kernel.output(in[0], in[1], result);
            case IMAGE -> kernel.input(in[0], in[1], image);
            case WEIGHT -> kernel.weight(in[0], in[1], weight);
        };
    }

    @Override
    public Tensor transposeLeft(Tensor g, Tensor right) {
        return switch (wanted) {
            case RESULT -> run(Factor.IMAGE, g, right);
            case IMAGE -> run(Factor.RESULT, g, right);
            case WEIGHT -> run(Factor.IMAGE, right, g);
        };
    }

    @Override
    public Tensor transposeRight(Tensor left, Tensor g) {
        return switch (wanted) {
            case RESULT -> run(Factor.WEIGHT, left, g);
            case IMAGE -> run(Factor.WEIGHT, g, left);
            case WEIGHT -> run(Factor.RESULT, left, g);
        };
    }

    /** The examples become part of an axis that those which hold them have in common. */
    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Factor left = wanted == Factor.IMAGE ? Factor.RESULT : Factor.IMAGE;
        Factor right = wanted == Factor.WEIGHT ? Factor.RESULT : Factor.WEIGHT;
        Axis axis = batched[0] && batched[1] ? Axis.G : shared(wanted, batched[0] ? left : right);
        var many = new Convolve(
                sliding,
                axis == Axis.G ? groups * size : groups,
                folded(Factor.IMAGE, axis, size),
                folded(Factor.WEIGHT, axis, size),
                folded(Factor.RESULT, axis, size),
                wanted);
        Tensor out = Engine.run(
                many,
                batched[0] ? fold(left, axis, size, in[0]) : in[0],
                batched[1] ? fold(right, axis, size, in[1]) : in[1]);
        return unfold(axis, size, out);
    }

    private static Axis shared(Factor a, Factor b) {
        return a != Factor.WEIGHT && b != Factor.WEIGHT
                ? Axis.N
                : a == Factor.IMAGE || b == Factor.IMAGE ? Axis.C : Axis.O;
    }

    private Shape shape(Factor factor) {
        return switch (factor) {
            case IMAGE -> image;
            case WEIGHT -> weight;
            case RESULT -> result;
        };
    }

    /** The place of an axis among a factor's dimensions, groups apart; −1 if it has none. */
    private static int place(Factor factor, Axis axis) {
        return switch (axis) {
            case N -> factor == Factor.WEIGHT ? -1 : 0;
            case G -> factor == Factor.WEIGHT ? 0 : 1;
            case O -> factor == Factor.IMAGE ? -1 : factor == Factor.WEIGHT ? 1 : 2;
            case C -> factor == Factor.RESULT ? -1 : 2;
        };
    }

    /** A factor's sizes with the groups as a dimension of their own. */
    private long[] apart(Factor factor) {
        int at = place(factor, Axis.G);
        Shape joined = shape(factor);
        long[] sizes = new long[joined.rank() + 1];
        for (int d = 0; d < joined.rank(); d++) {
            sizes[d < at ? d : d + 1] = joined.size(d);
        }
        sizes[at] = groups;
        sizes[at + 1] /= groups;
        return sizes;
    }

    private Shape folded(Factor factor, Axis axis, long size) {
        int at = place(factor, axis);
        if (at < 0) {
            return shape(factor);
        }
        long[] sizes = shape(factor).sizes();
        sizes[at > place(factor, Axis.G) ? at - 1 : at] *= size;
        return Shape.of(sizes);
    }

    private Tensor fold(Factor factor, Axis axis, long size, Tensor x) {
        return x.reshape(insert(apart(factor), 0, size))
                .movedim(0, place(factor, axis))
                .reshape(folded(factor, axis, size).sizes());
    }

    private Tensor unfold(Axis axis, long size, Tensor x) {
        int at = place(wanted, axis);
        return x.reshape(insert(apart(wanted), at, size))
                .movedim(at, 0)
                .reshape(Batching.shape(size, shape(wanted)).sizes());
    }

    private static long[] insert(long[] sizes, int at, long size) {
        long[] all = Arrays.copyOf(sizes, sizes.length + 1);
        System.arraycopy(sizes, at, all, at + 1, sizes.length - at);
        all[at] = size;
        return all;
    }
}
