package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

/** Copies between layouts and element types. */
public final class Copy {
    // Elements that make a thread of its own worth while.
    private static final int GRAIN = 1 << 16;

    private Copy() {}

    /** A fresh row-major copy as {@code dtype}. */
    public static Strided of(Strided from, DType dtype) {
        Strided to = Strided.zeros(dtype, from.shape());
        if (!isZero(from)) {
            into(to, from);
        }
        return to;
    }

    /** Whether all are one zero in memory, which fresh memory holds already. */
    private static boolean isZero(Strided x) {
        return x.numel() > 1
                && x.isUniform()
                && switch (x.array()) {
                    case float[] a -> Float.floatToRawIntBits(a[x.offset()]) == 0;
                    case double[] a -> Double.doubleToRawLongBits(a[x.offset()]) == 0;
                    default -> x.integer(x.offset()) == 0;
                };
    }

    /**
     * Writes {@code from}, broadcast to {@code to}'s shape and converted to its type. Floating-point numbers become
     * integers by truncation (NaN: 0), cut to the width of their type, and truth values by {@code != 0}.
     */
    public static void into(Strided to, Strided from) {
        Shape shape = to.shape();
        if (shape.numel() == 0) {
            return; // offsets of empty parts may lie outside of their arrays
        }
        if (to.isRowMajor() && from.isRowMajor() && from.shape().equals(shape)) {
            run(to.array(), to.offset(), 1, to.dtype(), from.array(), from.offset(), 1, from.dtype(), to.numel());
            return;
        }
        int d = 0;
        while (d < shape.rank() - 1 && shape.size(d) == 1) {
            d++;
        }
        boolean isSplit = to.array() != from.array() && from.shape().equals(shape) && shape.numel() >= 2 * GRAIN;
        if (!isSplit || Threads.count() == 1) {
            walk(to, from);
            return;
        }
        int dim = d;
        int grain = (int) Math.max(1, GRAIN * shape.size(d) / shape.numel());
        Threads.loop(
                (int) shape.size(d),
                grain,
                (first, last) -> walk(part(to, dim, first, last), part(from, dim, first, last)));
    }

    /** The elements from {@code first} to {@code last} of a dimension. */
    private static Strided part(Strided x, int dim, int first, int last) {
        long[] sizes = x.shape().sizes();
        sizes[dim] = (long) last - first;
        return x.view(Shape.of(sizes), x.offset() + first * (int) x.stride(dim), x.strides());
    }

    private static void walk(Strided to, Strided from) {
        var nest = new Nest(to.shape(), to, from);
        boolean isFloat = to.dtype() == DType.F32 && from.dtype() == DType.F32 && to.array() != from.array();
        if (isFloat && nest.isTransposed()) {
            nest.runPlanes((at, outer, inner, m, n) ->
                    Transposition.copy(from.floats(), at[1], inner[1], to.floats(), at[0], outer[0], m, n));
            return;
        }
        nest.run((at, step, n) ->
                run(to.array(), at[0], step[0], to.dtype(), from.array(), at[1], step[1], from.dtype(), n));
    }

    private static void run(
            Object to, int o, int oStep, DType toType, Object from, int i, int iStep, DType fromType, int n) {
        if (toType == fromType) {
            same(to, o, oStep, from, i, iStep, toType, n);
        } else if (toType == DType.F32) {
            toFloats((float[]) to, o, oStep, from, i, iStep, fromType, n);
        } else if (toType == DType.F64) {
            double[] y = (double[]) to;
            for (int k = 0; k < n; k++) {
                y[o + k * oStep] = real(from, fromType, i + k * iStep);
            }
        } else if (toType == DType.BOOL) {
            boolean[] y = (boolean[]) to;
            for (int k = 0; k < n; k++) {
                y[o + k * oStep] = fromType.isFloating()
                        ? real(from, fromType, i + k * iStep) != 0
                        : integer(from, fromType, i + k * iStep) != 0;
            }
        } else {
            for (int k = 0; k < n; k++) {
                setInteger(to, toType, o + k * oStep, integer(from, fromType, i + k * iStep));
            }
        }
    }

    private static void toFloats(float[] y, int o, int oStep, Object from, int i, int iStep, DType fromType, int n) {
        switch (fromType) {
            case F64 -> {
                double[] x = (double[]) from;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = (float) x[i + k * iStep];
                }
            }
            case I64 -> {
                long[] x = (long[]) from;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = x[i + k * iStep];
                }
            }
            default -> {
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = integer(from, fromType, i + k * iStep);
                }
            }
        }
    }

    private static double real(Object from, DType type, int at) {
        return switch (type) {
            case F32 -> ((float[]) from)[at];
            case F64 -> ((double[]) from)[at];
            default -> integer(from, type, at);
        };
    }

    /** An element as a whole number: fractions are cut off, NaN gives 0. */
    static long integer(Object from, DType type, int at) {
        return switch (type) {
            case BOOL -> ((boolean[]) from)[at] ? 1 : 0;
            case U8 -> ((byte[]) from)[at] & 0xff;
            case I8 -> ((byte[]) from)[at];
            case I16 -> ((short[]) from)[at];
            case I32 -> ((int[]) from)[at];
            case I64 -> ((long[]) from)[at];
            case F32 -> (long) ((float[]) from)[at];
            case F64 -> (long) ((double[]) from)[at];
        };
    }

    /** Puts a whole number into an array of integers, truth values or real numbers. */
    static void setInteger(Object to, DType type, int at, long value) {
        switch (type) {
            case BOOL -> ((boolean[]) to)[at] = value != 0;
            case U8, I8 -> ((byte[]) to)[at] = (byte) value;
            case I16 -> ((short[]) to)[at] = (short) value;
            case I32 -> ((int[]) to)[at] = (int) value;
            case I64 -> ((long[]) to)[at] = value;
            case F32 -> ((float[]) to)[at] = value;
            case F64 -> ((double[]) to)[at] = value;
        }
    }

    private static void same(Object to, int o, int oStep, Object from, int i, int iStep, DType type, int n) {
        if (oStep == 1 && iStep == 1) {
            System.arraycopy(from, i, to, o, n);
            return;
        }
        switch (type) {
            case F32 -> {
                float[] y = (float[]) to;
                float[] x = (float[]) from;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = x[i + k * iStep];
                }
            }
            case F64 -> {
                double[] y = (double[]) to;
                double[] x = (double[]) from;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = x[i + k * iStep];
                }
            }
            default -> {
                for (int k = 0; k < n; k++) {
                    setInteger(to, type, o + k * oStep, integer(from, type, i + k * iStep));
                }
            }
        }
    }
}
