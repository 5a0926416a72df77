package adjoint.op;

import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.Arrays;

/** What batching rules share: examples lie along the first dimension of a tensor. */
public final class Batching {
    private Batching() {}

    /** The shape of {@code size} examples of this shape. */
    public static Shape shape(long size, Shape example) {
        long[] sizes = new long[example.rank() + 1];
        sizes[0] = size;
        System.arraycopy(example.sizes(), 0, sizes, 1, example.rank());
        return Shape.of(sizes);
    }

    /** The tensor itself where it holds examples, else as many of it, without copying. */
    public static Tensor spread(long size, boolean batched, Tensor x) {
        return batched ? x : x.expand(shape(size, x.shape()).sizes());
    }

    /** Examples with dimensions of size 1 before their own, until they have {@code rank}: so they broadcast. */
    public static Tensor align(Tensor x, int rank) {
        int own = x.shape().rank() - 1;
        if (own >= rank) {
            return x;
        }
        long[] sizes = new long[rank + 1];
        Arrays.fill(sizes, 1);
        sizes[0] = x.size(0);
        System.arraycopy(x.shape().sizes(), 1, sizes, rank + 1 - own, own);
        return x.reshape(sizes);
    }

    /** The examples along the last dimension. */
    static Tensor toLast(Tensor x) {
        int[] order = new int[x.shape().rank()];
        for (int d = 0; d < order.length; d++) {
            order[d] = d + 1 < order.length ? d + 1 : 0;
        }
        return x.permute(order);
    }

    /** The examples, which lie along the last dimension, along the first. */
    static Tensor toFirst(Tensor x) {
        int[] order = new int[x.shape().rank()];
        for (int d = 0; d < order.length; d++) {
            order[d] = d == 0 ? order.length - 1 : d - 1;
        }
        return x.permute(order);
    }

    /** The shape of examples that lie along the last dimension. */
    static Shape last(Shape example, long size) {
        long[] sizes = Arrays.copyOf(example.sizes(), example.rank() + 1);
        sizes[example.rank()] = size;
        return Shape.of(sizes);
    }

    /** Whether one of the inputs from {@code from} on holds examples. */
    static boolean any(boolean[] batched, int from) {
        for (int i = from; i < batched.length; i++) {
            if (batched[i]) {
                return true;
            }
        }
        return false;
    }

    /** The number of each example, as positions along the first of {@code rank + 1} dimensions. */
    static Tensor numbers(long size, int rank) {
        long[] sizes = new long[rank + 1];
        Arrays.fill(sizes, 1);
        sizes[0] = size;
        return Tensor.arange(size).reshape(sizes);
    }

    /** Aligns those inputs from {@code from} on that hold examples to a rank, in place. */
    static void alignAll(Tensor[] in, boolean[] batched, int from, int rank) {
        for (int i = from; i < in.length; i++) {
            in[i] = batched[i] ? align(in[i], rank) : in[i];
        }
    }

    /** The inputs with a further one at a place. */
    static Tensor[] insert(Tensor[] in, int at, Tensor extra) {
        Tensor[] all = Arrays.copyOf(in, in.length + 1);
        System.arraycopy(in, at, all, at + 1, in.length - at);
        all[at] = extra;
        return all;
    }
}
