package adjoint.tensor;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tensors from Java's arrays and numbers, and back. */
final class Creation {
    private Creation() {}

    /** A tensor of a nested array or a number; {@code dtype} null: what fits the elements. */
    static Tensor of(Object data, DType dtype) {
        List<Long> sizes = new ArrayList<>();
        Object level = data;
        while (level != null && level.getClass().isArray()) {
            int n = Array.getLength(level);
            sizes.add((long) n);
            Class<?> component = level.getClass().getComponentType();
            level = n > 0
                    ? Array.get(level, 0)
                    : component.isPrimitive() || !component.isArray()
                            ? null
                            : Array.newInstance(component.getComponentType(), 0);
            if (n == 0 && level == null) {
                break;
            }
        }
        Shape shape = Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
        DType own = elementType(data);
        if (own == DType.I64 && dtype != null && dtype.isInteger()) {
            own = dtype;
        }
        Strided out = Strided.zeros(own, shape);
        fill(out, data, 0, new int[] {0});
        return Engine.made(dtype == null || dtype == own ? out : exact(data, out, dtype));
    }

    /** Doubles go to F64 without passing through F32. */
    private static Strided exact(Object data, Strided out, DType dtype) {
        if (out.dtype() == DType.F32 && dtype != DType.F32) {
            Strided wide = Strided.zeros(DType.F64, out.shape());
            fill(wide, data, 0, new int[] {0});
            return dtype == DType.F64 ? wide : Copy.of(wide, dtype);
        }
        return Copy.of(out, dtype);
    }

    private static DType elementType(Object data) {
        Class<?> type = data == null ? null : data.getClass();
        while (type != null && type.isArray()) {
            type = type.getComponentType();
        }
        if (type == float.class || type == double.class || type == Float.class || type == Double.class) {
            return DType.F32;
        }
        if (type == boolean.class || type == Boolean.class) {
            return DType.BOOL;
        }
        if (type == int.class
                || type == long.class
                || type == short.class
                || type == byte.class
                || type == Integer.class
                || type == Long.class
                || type == Short.class
                || type == Byte.class) {
            return DType.I64;
        }
        throw new DTypeException("Tensor.of: " + (type == null ? "null" : type.getName())
                + ": not a number, a truth value or an array of them. Give nested arrays such as double[][].");
    }

    private static void fill(Strided out, Object data, int depth, int[] at) {
        if (depth == out.shape().rank()) {
            put(out, data, at[0]++);
            return;
        }
        int n = data != null && data.getClass().isArray() ? Array.getLength(data) : -1;
        long wanted = out.shape().size(depth);
        if (n != wanted) {
            throw new ShapeException(
                    "Tensor.of: a nested array whose parts differ in length at depth " + depth + " (" + wanted + " and "
                            + (n < 0 ? "a single element" : n) + "): a tensor is rectangular. Pad the rows.");
        }
        if (depth == out.shape().rank() - 1 && copyRow(out, data, at)) {
            return;
        }
        for (int i = 0; i < n; i++) {
            fill(out, Array.get(data, i), depth + 1, at);
        }
    }

    private static boolean copyRow(Strided out, Object row, int[] at) {
        int n = Array.getLength(row);
        switch (row) {
            case float[] x when out.dtype() == DType.F32 -> System.arraycopy(x, 0, out.floats(), at[0], n);
            case long[] x when out.dtype() == DType.I64 -> System.arraycopy(x, 0, out.longs(), at[0], n);
            case long[] x
            when out.dtype().isInteger() -> {
                for (int i = 0; i < n; i++) {
                    out.setInteger(at[0] + i, x[i]);
                }
            }
            case byte[] x when out.array() instanceof byte[] to -> System.arraycopy(x, 0, to, at[0], n);
            case short[] x when out.array() instanceof short[] to -> System.arraycopy(x, 0, to, at[0], n);
            case int[] x when out.array() instanceof int[] to -> System.arraycopy(x, 0, to, at[0], n);
            case boolean[] x when out.dtype() == DType.BOOL -> System.arraycopy(x, 0, out.booleans(), at[0], n);
            case double[] x
            when out.dtype().isFloating() -> {
                for (int i = 0; i < n; i++) {
                    if (out.dtype() == DType.F32) {
                        out.floats()[at[0] + i] = (float) x[i];
                    } else {
                        out.doubles()[at[0] + i] = x[i];
                    }
                }
            }
            default -> {
                return false;
            }
        }
        at[0] += n;
        return true;
    }

    private static void put(Strided out, Object value, int at) {
        switch (value) {
            case Boolean b -> out.setInteger(at, b ? 1 : 0);
            case Number x when out.dtype() == DType.F32 -> out.floats()[at] = x.floatValue();
            case Number x when out.dtype() == DType.F64 -> out.doubles()[at] = x.doubleValue();
            case Number x when out.dtype().isInteger() -> out.setInteger(at, x.longValue());
            case null, default ->
                throw new ShapeException("Tensor.of: an element that is " + (value == null ? "null" : "an array")
                        + " where others are numbers: a tensor is rectangular. Make all parts alike.");
        }
    }

    static Strided full(DType dtype, Shape shape, double value) {
        Strided out = Strided.zeros(dtype, shape);
        switch (dtype) {
            case F32 -> Arrays.fill(out.floats(), (float) value);
            case F64 -> Arrays.fill(out.doubles(), value);
            case BOOL -> Arrays.fill(out.booleans(), value != 0);
            default -> {
                for (int i = 0; i < out.numel(); i++) {
                    out.setInteger(i, (long) value);
                }
            }
        }
        return out;
    }

    static Strided arange(DType dtype, double start, double end, double step) {
        if (dtype.isInteger()) {
            Strided counted = arange((long) start, (long) end, (long) step);
            return dtype == DType.I64 ? counted : Copy.of(counted, dtype);
        }
        if (step == 0 || Double.isNaN(step) || Double.isInfinite(start) || !((end - start) / step >= 0)) {
            throw unreachable(start, end, step);
        }
        Shape shape = Shape.of((long) Math.ceil((end - start) / step));
        Strided out = Strided.zeros(dtype, shape);
        for (int i = 0; i < out.numel(); i++) {
            double value = start + i * step;
            switch (dtype) {
                case F32 -> out.floats()[i] = (float) value;
                case F64 -> out.doubles()[i] = value;
                default ->
                    throw new DTypeException("arange of type " + dtype + ": it counts in numbers. Ask for I64 or F32.");
            }
        }
        return out;
    }

    static Strided arange(long start, long end, long step) {
        if (step == 0 || (start < end && step < 0) || (start > end && step > 0)) {
            throw unreachable(start, end, step);
        }
        // The distance may need all 64 bits.
        long distance = start < end ? end - start : start - end;
        long count = start == end ? 0 : Long.divideUnsigned(distance - 1, Math.abs(step)) + 1;
        if (count < 0) {
            throw new ShapeException("arange from " + start + " to " + end + " by " + step
                    + ": more elements than an array holds. Take larger steps.");
        }
        Strided out = Strided.zeros(DType.I64, Shape.of(count));
        for (int i = 0; i < out.numel(); i++) {
            out.longs()[i] = start + i * step;
        }
        return out;
    }

    private static ValueException unreachable(Number start, Number end, Number step) {
        return new ValueException("arange from " + start + " to " + end + " by " + step
                + ": the end is never reached. Give a step that leads there.");
    }

    /** The elements as nested arrays; a number's box for a 0-d tensor. */
    static Object toArray(Strided x) {
        Strided dense = Copy.of(x, x.dtype() == DType.U8 ? DType.I16 : x.dtype()); // Java's byte has a sign
        return nest(dense, 0, new int[] {0});
    }

    private static Object nest(Strided x, int depth, int[] at) {
        int rank = x.shape().rank();
        if (rank == 0) {
            return Array.get(x.array(), 0);
        }
        int n = (int) x.shape().size(depth);
        Class<?> leaf = x.array().getClass().getComponentType();
        if (depth == rank - 1) {
            Object row = Array.newInstance(leaf, n);
            System.arraycopy(x.array(), at[0], row, 0, n);
            at[0] += n;
            return row;
        }
        int[] nested = new int[rank - depth];
        nested[0] = n;
        Object out = Array.newInstance(leaf, nested);
        for (int i = 0; i < n; i++) {
            Array.set(out, i, nest(x, depth + 1, at));
        }
        return out;
    }
}
