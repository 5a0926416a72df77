package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

/** Copies between layouts and element types. */
public final class Copy {
    private Copy() {}

    /** A fresh row-major copy as {@code dtype}. */
    public static Strided of(Strided from, DType dtype) {
        Strided to = Strided.zeros(dtype, from.shape());
        into(to, from);
        return to;
    }

    /**
     * Writes {@code from}, broadcast to {@code to}'s shape and converted to its type. Floating-point numbers become
     * integers by truncation (NaN: 0), truth values by {@code != 0}.
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
        new Nest(shape, to, from)
                .run((at, step, n) ->
                        run(to.array(), at[0], step[0], to.dtype(), from.array(), at[1], step[1], from.dtype(), n));
    }

    private static void run(
            Object to, int o, int oStep, DType toType, Object from, int i, int iStep, DType fromType, int n) {
        if (toType == fromType) {
            same(to, o, oStep, from, i, iStep, toType, n);
            return;
        }
        switch (toType) {
            case F32 -> {
                float[] y = (float[]) to;
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
                        boolean[] x = (boolean[]) from;
                        for (int k = 0; k < n; k++) {
                            y[o + k * oStep] = x[i + k * iStep] ? 1 : 0;
                        }
                    }
                }
            }
            case F64 -> {
                double[] y = (double[]) to;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = number(from, fromType, i + k * iStep);
                }
            }
            case I64 -> {
                long[] y = (long[]) to;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = (long) number(from, fromType, i + k * iStep);
                }
            }
            case BOOL -> {
                boolean[] y = (boolean[]) to;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = number(from, fromType, i + k * iStep) != 0;
                }
            }
        }
    }

    private static double number(Object from, DType type, int at) {
        return switch (type) {
            case F32 -> ((float[]) from)[at];
            case F64 -> ((double[]) from)[at];
            case I64 -> ((long[]) from)[at];
            case BOOL -> ((boolean[]) from)[at] ? 1 : 0;
        };
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
            case I64 -> {
                long[] y = (long[]) to;
                long[] x = (long[]) from;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = x[i + k * iStep];
                }
            }
            case BOOL -> {
                boolean[] y = (boolean[]) to;
                boolean[] x = (boolean[]) from;
                for (int k = 0; k < n; k++) {
                    y[o + k * oStep] = x[i + k * iStep];
                }
            }
        }
    }
}
