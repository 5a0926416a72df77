package adjoint.conformance;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tensors of the values in the reference cases. */
final class Values {
    private Values() {}

    /** A leaf of the type, the shape and, where one is given, the layout in memory. */
    @SuppressWarnings("unchecked")
    static Tensor tensor(Object value) {
        Map<String, Object> json = (Map<String, Object>) value;
        DType dtype = Arguments.dtype((String) json.get("dtype"));
        long[] sizes = Shape.of(Json.longs(json.get("shape"))).sizes();
        if (!(json.get("layout") instanceof Map<?, ?> layout)) {
            return flat(json.get("data"), dtype).reshape(sizes);
        }
        Tensor storage = flat(layout.get("storage"), dtype);
        return strided(storage, sizes, Json.longs(layout.get("stride")), (Long) layout.get("offset"))
                .detach();
    }

    /** A tensor of floating-point numbers in nested lists. */
    static Tensor nested(Object data, DType dtype) {
        List<Long> sizes = new ArrayList<>();
        for (Object at = data; at instanceof List<?> list; at = list.isEmpty() ? null : list.getFirst()) {
            sizes.add((long) list.size());
        }
        return flat(data, dtype)
                .reshape(sizes.stream().mapToLong(Long::longValue).toArray());
    }

    private static Tensor flat(Object data, DType dtype) {
        return dtype.isFloating()
                ? Tensor.of((Object) Json.doubles(data), dtype)
                : Tensor.of(wholes(data)).to(dtype);
    }

    private static long[] wholes(Object data) {
        return Json.flat(data).stream()
                .mapToLong(v -> v instanceof Boolean truth ? (truth ? 1 : 0) : (Long) v)
                .toArray();
    }

    /**
     * A view of memory with these strides, made of reshapes, slices, a permutation and an expansion: the dimensions are
     * laid out by falling stride, each splitting the rows of the one before.
     */
    static Tensor strided(Tensor storage, long[] sizes, long[] strides, long offset) {
        List<Integer> order = IntStream.range(0, sizes.length)
                .filter(d -> strides[d] != 0)
                .boxed()
                .sorted(Comparator.comparing((Integer d) -> strides[d]).reversed())
                .toList();
        Tensor x = order.size() > 1 ? padded(storage, strides[order.getFirst()]) : storage;
        long left = offset;
        for (int k = 0; k < order.size(); k++) {
            long size = sizes[order.get(k)];
            long stride = strides[order.get(k)];
            if (k + 1 == order.size()) {
                if (left + (size - 1) * stride >= x.size(k)) {
                    throw new Unsupported("rows that overlap in memory");
                }
                x = x.slice(k, left, left + (size - 1) * stride + 1, stride);
            } else {
                x = split(x, k, stride).slice(k, left / stride, left / stride + size);
                left %= stride;
            }
        }
        if (order.isEmpty()) {
            x = x.select(0, offset);
        }
        int[] back = new int[sizes.length];
        for (int d = 0; d < sizes.length; d++) {
            if (strides[d] == 0) {
                x = x.unsqueeze(-1);
                back[d] = x.shape().rank() - 1;
            } else {
                back[d] = order.indexOf(d);
            }
        }
        return x.permute(back).expand(sizes);
    }

    /** Zeros at the end, up to whole rows. */
    private static Tensor padded(Tensor storage, long row) {
        return Tensor.cat(0, storage, Tensor.zeros(storage.dtype(), Math.floorMod(-storage.size(0), row)));
    }

    private static Tensor split(Tensor x, int dim, long stride) {
        long rows = x.size(dim) / stride;
        long[] sizes = Arrays.copyOf(x.shape().sizes(), dim + 2);
        sizes[dim] = rows;
        sizes[dim + 1] = stride;
        return x.slice(dim, 0, rows * stride).view(sizes);
    }
}
