package adjoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.types.DType;
import adjoint.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to multiply gives the bits of one chain of fused multiply-adds for each element. */
class MatMulTest {
    private static final int[][] SIZES = {
        {1, 1, 1},
        {1, 7, 1},
        {9, 300, 1},
        {1, 300, 40},
        {3, 50, 130},
        {4, 16, 16},
        {17, 33, 16},
        {18, 100, 15},
        {33, 9, 70},
        {65, 65, 65},
        {30, 600, 20},
        {130, 260, 33},
        {7, 1, 900},
        {12, 12, 12},
        {2, 520, 129},
    };

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void allLayoutsAndSizesGiveTheChainsBits(DType dtype) throws InterruptedException {
        awaitVectors();
        var random = new Random(1);
        for (int[] s : SIZES) {
            for (int layout = 0; layout < 4; layout++) {
                Strided a = matrix(random, dtype, s[0], s[1], (layout & 1) == 1);
                Strided b = matrix(random, dtype, s[1], s[2], (layout & 2) == 2);
                check(a, b, s[0], s[1], s[2]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void threadsDoNotChangeABit(int threads) throws InterruptedException {
        awaitVectors();
        int before = Threads.count();
        Threads.count(threads);
        try {
            var random = new Random(2);
            check(matrix(random, DType.F32, 150, 70, false), matrix(random, DType.F32, 70, 61, true), 150, 70, 61);
            check(matrix(random, DType.F32, 2, 700, false), matrix(random, DType.F32, 700, 610, false), 2, 700, 610);
            check(matrix(random, DType.F64, 999, 300, true), matrix(random, DType.F64, 300, 1, true), 999, 300, 1);
        } finally {
            Threads.count(before);
        }
    }

    @Test
    void whatIsNotANumberStaysWhereItIs() throws InterruptedException {
        awaitVectors();
        var random = new Random(3);
        Strided a = matrix(random, DType.F32, 21, 40, false);
        a.floats()[a.offset() + 5 * 40 + 3] = Float.NaN;
        a.floats()[a.offset() + 6 * 40 + 3] = Float.POSITIVE_INFINITY;
        float[] y = MatMul.multiply(a, matrix(random, DType.F32, 40, 37, true), Shape.of(21, 37))
                .floats();
        for (int i = 0; i < y.length; i++) {
            assertThat(Float.isNaN(y[i])).as("row %d", i / 37).isEqualTo(i / 37 == 5);
            assertThat(Float.isInfinite(y[i])).as("row %d", i / 37).isEqualTo(i / 37 == 6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MatMul", "Tile", "VectorTile", "Convolution"})
    void theClassesForDoublesAreTheSameText(String name) throws IOException {
        Path folder = Path.of("src/main/java/adjoint/kernel");
        String floats = Files.readString(folder.resolve("Float" + name + ".java"));
        String doubles = Files.readString(folder.resolve("Double" + name + ".java"));
        String expected =
                floats.replace("Float", "Double").replace("float", "double").replace("F32", "F64");
        assertThat(words(doubles)).isEqualTo(words(expected));
    }

    private static String words(String text) {
        return text.replaceAll("\\s*\\n[ *]*", " ").replaceAll("([({.]) | (?=[).])", "$1");
    }

    /** Until the vector tiles are in use, where there are vectors at all. */
    private static void awaitVectors() throws InterruptedException {
        if (System.getProperty("adjoint.tier") == null && VectorSupport.available()) {
            for (int i = 0; i < 12_000 && (FloatTile.ready() == null || DoubleTile.ready() == null); i++) {
                Thread.sleep(5);
            }
            assertThat(FloatTile.ready()).isNotNull();
        }
    }

    private static Strided matrix(Random random, DType dtype, int rows, int columns, boolean turned) {
        Strided x = Strided.zeros(dtype, Shape.of(rows * columns + 3));
        for (int i = 0; i < x.numel(); i++) {
            if (dtype == DType.F32) {
                x.floats()[i] = random.nextFloat() - 0.5f;
            } else {
                x.doubles()[i] = random.nextDouble() - 0.5;
            }
        }
        return x.view(Shape.of(rows, columns), 3, turned ? new long[] {1, rows} : new long[] {columns, 1});
    }

    private static void check(Strided a, Strided b, int m, int k, int n) {
        Strided y = MatMul.multiply(a, b, Shape.of(m, n));
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double expected = a.dtype() == DType.F32 ? floatChain(a, b, i, j, k) : chain(a, b, i, j, k);
                double found = a.dtype() == DType.F32 ? y.floats()[i * n + j] : y.doubles()[i * n + j];
                if (found != expected) {
                    assertThat(found)
                            .as("[%d, %d] x [%d, %d], element (%d, %d)", m, k, k, n, i, j)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static int at(Strided x, int i, int j) {
        return x.offset() + i * (int) x.stride(0) + j * (int) x.stride(1);
    }

    private static double chain(Strided a, Strided b, int i, int j, int k) {
        double s = 0;
        for (int p = 0; p < k; p++) {
            s = Math.fma(a.doubles()[at(a, i, p)], b.doubles()[at(b, p, j)], s);
        }
        return s;
    }

    private static float floatChain(Strided a, Strided b, int i, int j, int k) {
        float s = 0;
        for (int p = 0; p < k; p++) {
            s = Math.fma(a.floats()[at(a, i, p)], b.floats()[at(b, p, j)], s);
        }
        return s;
    }
}
