package adjoint.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.Autograd;
import adjoint.autograd.GradCheck;
import adjoint.kernel.Gather;
import adjoint.kernel.Order;
import adjoint.op.Samples.Layout;
import adjoint.tensor.Engine;
import adjoint.tensor.GraphOption;
import adjoint.tensor.Sort;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.GraphException;
import adjoint.types.Shape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The operations that are not formulas: each has cases here, or {@link #noneIsLeftOut} fails. */
class OpsTest {
    private static final Map<Class<? extends Op>, List<Case>> CASES = new LinkedHashMap<>();

    /**
     * An operation on inputs of these shapes.
     *
     * @param real how many leading inputs are differentiated
     * @param whole the others: positions
     */
    private record Case(Op op, long[][] real, Tensor... whole) {
        Tensor run(List<Tensor> in) {
            return runAll(Stream.concat(in.stream(), Stream.of(whole)).toList());
        }

        Tensor runAll(List<Tensor> in) {
            Tensor[] all = in.toArray(Tensor[]::new);
            return op instanceof ViewOp view && !(op instanceof Reshape) && !(op instanceof AsStrided)
                    ? Engine.view(view, all[0])
                    : Engine.run(op, all);
        }

        Tensor[] inputs(Random random, Layout layout) {
            return Arrays.stream(real)
                    .map(s -> Samples.laidOut(random, Domain.REAL, layout, s))
                    .toArray(Tensor[]::new);
        }

        @Override
        public String toString() {
            return op + " on " + Arrays.deepToString(real);
        }
    }

    private static void add(Op op, long[][] real, Tensor... whole) {
        CASES.computeIfAbsent(op.getClass(), _ -> new ArrayList<>()).add(new Case(op, real, whole));
    }

    private static long[][] of(long... shape) {
        return new long[][] {shape};
    }

    private static Shape shape(long... sizes) {
        return Shape.of(sizes);
    }

    static {
        add(CloneOp.CLONE, of(2, 3));
        add(CloneOp.CLONE, of());
        add(new Cast(DType.F64, DType.F32), of(2, 3));
        views();
        joined();
        reductions();
        scans();
        order();
        positions();
        products();
        convolutions();
        windows();
        discrete();
    }

    private static void views() {
        add(new Reshape(shape(2, 3), shape(3, 2)), of(2, 3));
        add(new Reshape(shape(2, 3), shape(1, 6, 1)), of(2, 3));
        add(new Reshape(shape(), shape(1, 1)), of());
        add(new Reshape(shape(0, 3), shape(3, 0)), of(0, 3));
        add(new Transpose(0, 1, "TBackward0"), of(2, 3));
        add(new Transpose(2, 0, "TransposeBackward0"), of(2, 3, 4));
        add(new Transpose(0, 0, "TransposeBackward0"), of(2));
        add(new Permute(List.of(1, 0)), of(2, 3));
        add(new Permute(List.of(2, 0, 1)), of(2, 3, 4));
        add(new Permute(List.of()), of());
        add(new Expand(shape(3, 1), shape(2, 3, 4)), of(3, 1));
        add(new Expand(shape(), shape(2, 2)), of());
        add(new Expand(shape(1, 2), shape(0, 2)), of(1, 2));
        add(new Squeeze(shape(1, 2, 1, 3), shape(2, 3), "squeeze", "SqueezeBackward0"), of(1, 2, 1, 3));
        add(new Squeeze(shape(2, 3), shape(2, 1, 3), "unsqueeze", "UnsqueezeBackward0"), of(2, 3));
        add(new Squeeze(shape(1), shape(), "squeeze", "SqueezeBackward1"), of(1));
        add(new Select(shape(2, 3), 1, 2), of(2, 3));
        add(new Select(shape(4), 0, 0), of(4));
        add(new Slice(shape(5, 2), 0, 1, 2, 2), of(5, 2));
        add(new Slice(shape(2, 5), 1, 0, 5, 1), of(2, 5));
        add(new Slice(shape(3), 0, 3, 0, 1), of(3));
        add(new Diagonal(shape(3, 4), 1, 0, 1), of(3, 4));
        add(new Diagonal(shape(2, 3, 4), -1, 2, 0), of(2, 3, 4));
        add(new Diagonal(shape(2, 3), 5, 0, 1), of(2, 3));
        add(new Windows(shape(5, 2), 0, 3, 1), of(5, 2));
        add(new Windows(shape(2, 6), 1, 2, 3), of(2, 6));
        add(new Windows(shape(), 0, 1, 1), of());
        add(new AsStrided(shape(2, 3), shape(3, 2), List.of(1L, 1L), 1), of(2, 3));
        add(new Part(new Slice(shape(5, 2), 0, 1, 2, 2), "split"), of(5, 2));
        add(new Part(new Select(shape(2, 3), 1, 2), "unbind"), of(2, 3));
        add(new Flip(List.of(0, 2)), of(2, 3, 4));
        add(new Flip(List.of()), of());
        add(new Flip(List.of(0)), of(0, 2));
        ViewOp column = new Select(shape(2, 3), 1, 1);
        add(new ViewScatter(List.of(column), "SelectBackward0"), new long[][] {{2, 3}, {2}});
        add(
                new ViewScatter(
                        List.of(
                                new Permute(List.of(1, 0)),
                                new Slice(shape(3, 2), 0, 0, 2, 2),
                                new Reshape(shape(2, 2), shape(2, 1, 2))),
                        "CopySlices"),
                new long[][] {{2, 3}, {2, 1, 2}});
        // On a row-major copy of the base this cannot be shown without copying.
        add(
                new ViewScatter(
                        List.of(new Transpose(0, 1, "TBackward0"), new Reshape(shape(3, 2), shape(6))), "CopySlices"),
                new long[][] {{2, 3}, {6}});
    }

    private static void joined() {
        add(new Cat(List.of(shape(2, 3), shape(1, 3)), 0, shape(3, 3)), new long[][] {{2, 3}, {1, 3}});
        add(
                new Cat(List.of(shape(2, 1), shape(2, 0), shape(2, 2)), 1, shape(2, 3)),
                new long[][] {{2, 1}, {2, 0}, {2, 2}});
    }

    private static void reductions() {
        for (int[] dims : new int[][] {{}, {0}, {1}, {-1, 0}, {0, 1, 2}}) {
            Shape from = shape(2, 3, 2);
            Dims d = Dims.of(from, dims);
            for (Standardize.Centre centre : Standardize.Centre.values()) {
                var op = new Standardize(d, centre, 0.5);
                add(op, of(2, 3, 2));
                add(new StandardizeBackward(op), new long[][] {{2, 3, 2}, {2, 3, 2}});
            }
            for (Shape to : List.of(d.kept(from), d.removed(from))) {
                add(new Sum(from, d, to, "SumBackward1"), of(2, 3, 2));
                add(new Norm2(from, d, to), of(2, 3, 2));
                add(new NormP(from, d, to, 3), of(2, 3, 2));
                add(new NormP(from, d, to, 1.5), of(2, 3, 2));
                add(new NormP(from, d, to, 0.5), of(2, 3, 2));
                add(new Extreme(from, d, to, Extreme.Which.MAX, Extreme.Nans.SPREAD), of(2, 3, 2));
                add(new Extreme(from, d, to, Extreme.Which.MIN, Extreme.Nans.SHARE), of(2, 3, 2));
            }
        }
        for (Standardize.Centre centre : Standardize.Centre.values()) {
            for (int last : new int[] {1, 2}) {
                var op = new LayerNormOp(last, centre, 0.5);
                long[] parameter = last == 1 ? new long[] {2} : new long[] {3, 2};
                add(op, new long[][] {{2, 3, 2}, parameter});
                add(op, new long[][] {{2, 3, 2}, parameter, parameter});
                add(new LayerNormBackward(op), new long[][] {{2, 3, 2}, {2, 3, 2}, parameter});
                add(new LayerNormWeightBackward(op), new long[][] {{2, 3, 2}, {2, 3, 2}});
            }
        }
        add(new SumOf(Binary.SQUARED_DIFFERENCE.op(), shape(2, 3)), new long[][] {{2, 3}, {2, 3}});
        add(new SumOf(Unary.SIN.op(), shape()), of());
        Shape none = shape(2, 0);
        add(new Sum(none, Dims.of(none, 1), shape(2), "SumBackward1"), of(2, 0));
        add(new Norm2(none, Dims.of(none, 1), shape(2)), of(2, 0));
        add(new Sum(shape(), Dims.of(shape()), shape(), "SumBackward0"), of());
        add(new Norm2(shape(), Dims.of(shape()), shape()), of());
        add(new Extreme(none, Dims.of(none, 0), shape(0), Extreme.Which.MAX, Extreme.Nans.SHARE), of(2, 0));
    }

    private static void scans() {
        for (int dim : new int[] {0, 1, 2}) {
            for (Direction d : Direction.values()) {
                add(new CumSum(dim, d), of(2, 3, 2));
                add(new CumProd(dim, d), of(2, 3, 2));
                add(new Recurrence(dim, d), new long[][] {{2, 3, 2}, {2, 3, 2}});
            }
            add(new LogCumSumExp(dim), of(2, 3, 2));
            add(new SoftmaxOp(dim), of(2, 3, 2));
            add(new LogSoftmaxOp(dim), of(2, 3, 2));
            add(new SoftmaxBackward(dim), new long[][] {{2, 3, 2}, {2, 3, 2}});
            add(new LogSoftmaxBackward(dim), new long[][] {{2, 3, 2}, {2, 3, 2}});
            add(new Prod(shape(2, 3, 2), dim, "ProdBackward1"), of(2, 3, 2));
        }
        Shape from = shape(2, 3, 2);
        for (int[] dims : new int[][] {{}, {1}, {0, 2}}) {
            Dims d = Dims.of(from, dims);
            add(new LogSumExp(from, d, d.kept(from)), of(2, 3, 2));
            add(new LogSumExp(from, d, d.removed(from)), of(2, 3, 2));
        }
        for (Direction d : Direction.values()) {
            add(new CumSum(1, d), of(2, 0));
            add(new CumProd(1, d), of(2, 0));
            add(new Recurrence(1, d), new long[][] {{2, 0}, {2, 0}});
        }
        add(new LogCumSumExp(1), of(2, 0));
        add(new SoftmaxOp(1), of(2, 0));
        add(new LogSoftmaxOp(1), of(2, 0));
        add(new SoftmaxBackward(1), new long[][] {{2, 0}, {2, 0}});
        add(new LogSoftmaxBackward(1), new long[][] {{2, 0}, {2, 0}});
        add(new Prod(shape(2, 0), 1, "ProdBackward1"), of(2, 0));
    }

    private static void order() {
        for (Order.Statistic which : List.of(Order.Statistic.MEDIAN, Order.Statistic.NANMEDIAN)) {
            add(new Median(shape(5), which), of(5));
            add(new Median(shape(2, 4), which), of(2, 4));
        }
        for (Sort sort : Sort.values()) {
            add(new ArgSort(1, sort), of(2, 3));
            add(new ArgSort(0, sort), of(3, 2));
            add(new ArgTop(1, sort, shape(2, 2)), of(2, 3));
            add(new ArgTop(0, sort, shape(1, 2)), of(3, 2));
        }
        for (Extreme.Which which : Extreme.Which.values()) {
            add(new ArgCumExtreme(1, which), of(2, 3));
            add(new ArgCumExtreme(0, which), of(3, 2));
        }
        for (Order.Statistic which : Order.Statistic.values()) {
            add(new ArgStatistic(1, which, 2, shape(2)), of(2, 3));
            add(new ArgStatistic(0, which, 1, shape(1, 2)), of(3, 2));
        }
    }

    private static void positions() {
        Tensor rows = Tensor.of((Object) new long[][] {{0, 2}, {2, -1}});
        Tensor columns = Tensor.of(1L, 0L);
        add(new IndexGet(shape(3, 2), shape(2, 2), shape(2, 2, 2)), of(3, 2), rows);
        add(new IndexGet(shape(3, 2), shape(2, 2), shape(2, 2)), of(3, 2), rows, columns);
        Tensor distinct = Tensor.of(2L, 0L);
        for (Accumulate mode : Accumulate.values()) {
            add(new IndexPut(shape(3, 2), shape(2), shape(2, 2), mode), new long[][] {{3, 2}, {2, 2}}, distinct);
            add(new IndexPut(shape(3, 2), shape(2), shape(2), mode), new long[][] {{3, 2}, {2}}, distinct, columns);
        }
        // Only adding has a derivative where a place is named twice.
        add(
                new IndexPut(shape(3, 2), shape(2, 2), shape(2, 2, 2), Accumulate.ADD),
                new long[][] {{3, 2}, {2, 2, 2}},
                rows);
        Tensor along = Tensor.of((Object) new long[][] {{0, 2, 0}, {1, 1, 2}});
        add(new Pick(shape(2, 4), 1, "GatherBackward0"), of(2, 4), along);
        add(new Pick(shape(3, 3), 0, "GatherBackward0"), of(3, 3), along);
        for (Accumulate mode : Accumulate.values()) {
            add(new Scatter(shape(2, 4), 1, mode), new long[][] {{2, 4}, {2, 2}}, Tensor.of((Object)
                    new long[][] {{0, 2}, {3, 1}}));
        }
        for (Gather.Combine how : Gather.Combine.values()) {
            add(new ScatterReduce(shape(2, 4), 1, how), new long[][] {{2, 4}, {2, 3}}, along);
        }
        add(new Scatter(shape(2, 4), 1, Accumulate.ADD), new long[][] {{2, 4}, {2, 3}}, along);
    }

    private static void products() {
        add(Dot.DOT, new long[][] {{4}, {4}});
        add(Dot.DOT, new long[][] {{0}, {0}});
        add(new MatMul(shape(2, 4)), new long[][] {{2, 3}, {3, 4}});
        add(new MatMul(shape(2, 4), true), new long[][] {{2, 3}, {3, 4}});
        add(new MatMul(shape(2, 1)), new long[][] {{2, 3}, {3, 1}});
        add(new MatMul(shape(2, 2, 3)), new long[][] {{2, 2, 4}, {2, 4, 3}});
        add(new MatMul(shape(2, 3)), new long[][] {{2, 0}, {0, 3}});
    }

    private static void convolutions() {
        // One dimension; a stride, padding, dilation and groups; two and three dimensions; a window for each pixel.
        convolutions(sliding(of(2), of(1), of(0), of(1)), 1, shape(2, 1, 4), shape(2, 1, 2), shape(2, 2, 3));
        convolutions(sliding(of(2), of(2), of(2), of(3)), 2, shape(1, 2, 5), shape(4, 1, 2), shape(1, 4, 3));
        convolutions(
                sliding(of(1, 2), of(1, 2), of(0, 1), of(1, 1)),
                1,
                shape(2, 2, 2, 3),
                shape(1, 2, 1, 2),
                shape(2, 1, 2, 2));
        convolutions(
                sliding(of(1, 2, 1), of(1, 1, 1), of(0, 0, 0), of(1, 1, 1)),
                1,
                shape(1, 1, 2, 2, 1),
                shape(2, 1, 1, 2, 1),
                shape(1, 2, 2, 1, 1));
        convolutions(
                sliding(of(1, 1), of(1, 1), of(0, 0), of(1, 1)),
                1,
                shape(1, 2, 2, 2),
                shape(3, 2, 1, 1),
                shape(1, 3, 2, 2));
        convolutions(sliding(of(2), of(1), of(0), of(1)), 1, shape(0, 1, 4), shape(2, 1, 2), shape(0, 2, 3));
    }

    private static Sliding sliding(long[][] window, long[][] stride, long[][] padding, long[][] dilation) {
        return new Sliding(list(window), list(stride), list(padding), list(dilation));
    }

    private static List<Long> list(long[][] numbers) {
        return Arrays.stream(numbers[0]).boxed().toList();
    }

    private static void convolutions(Sliding sliding, long groups, Shape image, Shape weight, Shape result) {
        Map<Convolve.Factor, long[]> sizes = Map.of(
                Convolve.Factor.IMAGE, image.sizes(),
                Convolve.Factor.WEIGHT, weight.sizes(),
                Convolve.Factor.RESULT, result.sizes());
        for (Convolve.Factor wanted : Convolve.Factor.values()) {
            long[] left = sizes.get(wanted == Convolve.Factor.IMAGE ? Convolve.Factor.RESULT : Convolve.Factor.IMAGE);
            long[] right =
                    sizes.get(wanted == Convolve.Factor.WEIGHT ? Convolve.Factor.RESULT : Convolve.Factor.WEIGHT);
            add(new Convolve(sliding, groups, image, weight, result, wanted), new long[][] {left, right});
        }
    }

    private static void windows() {
        List<Spans> line = List.of(Spans.sliding(5, 3, 2, 1, 1, 3));
        List<Spans> plane = List.of(Spans.sliding(3, 2, 1, 0, 2, 1), Spans.even(5, 3));
        for (PoolSum.Way way : PoolSum.Way.values()) {
            boolean gather = way == PoolSum.Way.GATHER;
            add(new PoolSum(line, shape(2, 5), shape(2, 3), way), gather ? of(2, 5) : of(2, 3));
            add(new PoolSum(plane, shape(2, 3, 5), shape(2, 1, 3), way), gather ? of(2, 3, 5) : of(2, 1, 3));
            add(new PoolSum(line, shape(0, 5), shape(0, 3), way), gather ? of(0, 5) : of(0, 3));
        }
        add(new ArgPool(line, shape(2, 3)), of(2, 5));
        add(new ArgPool(plane, shape(2, 1, 3)), of(2, 3, 5));
        add(new Linked(new PoolSum(line, shape(2, 5), shape(2, 3), PoolSum.Way.GATHER), "AvgPool1D"), of(2, 5));
        add(new Linked(new Pick(shape(2, 4), 1, "Gather"), "MaxPool1D"), of(2, 4), Tensor.of((Object)
                new long[][] {{0, 2, 0}, {1, 1, 2}}));
        Sliding sliding = sliding(of(2, 2), of(1, 2), of(1, 0), of(1, 1));
        for (SlidingColumns.Way way : SlidingColumns.Way.values()) {
            add(
                    new SlidingColumns(sliding, shape(2, 2, 2, 3), shape(3, 1), shape(2, 8, 3), way),
                    way == SlidingColumns.Way.UNFOLD ? of(2, 2, 2, 3) : of(2, 8, 3));
        }
        var taps = new Resample.Taps(new int[][] {{0, 1}, {2}, {1, 1, 0}}, new double[][] {{0.5, 2}, {-1}, {1, 3, 1}});
        for (Resample.Way way : Resample.Way.values()) {
            boolean read = way == Resample.Way.READ;
            add(new Resample(1, taps, shape(2, 3), shape(2, 3), way), of(2, 3));
            add(new Resample(0, taps, shape(4, 2), shape(3, 2), way), read ? of(4, 2) : of(3, 2));
        }
    }

    private static void discrete() {
        add(new ArgExtreme(Dims.of(shape(2, 3), 1), shape(2), Extreme.Which.MAX), of(2, 3));
        add(new ArgExtreme(Dims.of(shape(2, 3)), shape(), Extreme.Which.MIN), of(2, 3));
        add(Nonzero.NONZERO, of(2, 3));
        add(new InRange("a number of", InRange.What.VALUE, -9, 9, "too far."), of(2, 3));
        for (SearchSorted.Side side : SearchSorted.Side.values()) {
            add(new SearchSorted(side), new long[][] {{3}, {2, 3}});
            add(new SearchSorted(side), new long[][] {{2, 4}, {2, 3}});
        }
        for (Integers.Function f : Integers.Function.values()) {
            add(new Integers(f, shape(2)), new long[0][], Tensor.of(2L, -3L), Tensor.of(3L, 3L));
        }
        for (DivMod.Function f : DivMod.Function.values()) {
            add(new DivMod(f, shape(2, 3)), new long[][] {{2, 3}, {3}});
            add(new DivMod(f, shape(2, 2)), new long[][] {{2, 1}, {2}});
        }
    }

    static Stream<Case> cases() {
        return CASES.values().stream().flatMap(List::stream);
    }

    /** All classes of the package that are operations, found among its compiled files. */
    private static List<Class<?>> declared() throws Exception {
        URI here = Op.class.getResource("Op.class").toURI();
        if (here.getScheme().equals("file")) {
            return declared(Path.of(here).getParent());
        }
        try (FileSystem jar =
                FileSystems.newFileSystem(URI.create(here.toString().split("!")[0]), Map.of())) {
            return declared(jar.getPath("adjoint/op"));
        }
    }

    private static List<Class<?>> declared(Path folder) throws IOException, ClassNotFoundException {
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.equals("package-info.class")) {
                    Class<?> c = Class.forName("adjoint.op." + name.substring(0, name.length() - 6));
                    if (Op.class.isAssignableFrom(c) && !c.isInterface()) {
                        found.add(c);
                    }
                }
            }
        }
        return found;
    }

    @Test
    void noneIsLeftOut() throws Exception {
        var leftOut = new TreeSet<String>();
        for (Class<?> c : declared()) {
            if (c != Elementwise.class && !CASES.containsKey(c)) {
                leftOut.add(c.getName());
            }
        }
        assertThat(leftOut).as("operations without a case").isEmpty();
        // The tables that ElementwiseTest goes through.
        assertThat(Elementwise.Row.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(Unary.class, Binary.class, Ternary.class);
        assertThat(CASES.size()).isGreaterThanOrEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivativesInEveryLayout(Case c) {
        for (Layout layout : Layout.values()) {
            Tensor[] in = c.inputs(new Random(7), layout);
            // Ties have no derivative in the usual sense; what is done there is tested by itself.
            if ((c.op() instanceof Extreme || c.op() instanceof Median) && layout == Layout.EXPANDED) {
                continue;
            }
            Tensor out = c.run(leaves(in));
            if (c.op() instanceof DiscreteOp) {
                assertThat(out.requiresGrad()).isFalse();
                assertThat(out.dtype()).isIn(DType.I64, DType.BOOL);
            } else if (out.dtype() == DType.F64) {
                assertThat(out.gradFn()).isEqualTo(c.op().gradName());
                GradCheck.checkAll(c::run, in);
            } else {
                Tensor weights =
                        Tensor.arange(out.dtype(), 1, out.numel() + 1, 1).reshape(sizes(out));
                Tensor x = in[0].detach().requiresGrad(true);
                Tensor g = Autograd.grad(c.run(List.of(x)).mul(weights).sum(), x);
                assertThat(g.dtype()).isEqualTo(DType.F64);
                assertThat(g.toDoubles()).containsExactly(weights.toDoubles());
            }
        }
    }

    /** What does not depend on how the input lies: neither value nor gradient. */
    @ParameterizedTest
    @MethodSource("cases")
    void layoutDoesNotMatter(Case c) {
        for (Layout layout : Layout.values()) {
            Tensor[] laidOut = c.inputs(new Random(8), layout);
            Tensor[] dense = Arrays.stream(laidOut).map(Tensor::clone).toArray(Tensor[]::new);
            Tensor a = c.run(leaves(laidOut));
            Tensor b = c.run(leaves(dense));
            assertThat(a.shape()).isEqualTo(b.shape());
            assertThat(a.toDoubles()).containsExactly(b.toDoubles());
        }
    }

    /** Positions may differ from example to example too. The shape of what is found by value can't. */
    @ParameterizedTest
    @MethodSource("cases")
    void batchesLikeALoop(Case c) {
        for (Layout layout : Layout.values()) {
            Tensor[] real = c.inputs(new Random(10), layout);
            Tensor[] all =
                    Stream.concat(Arrays.stream(real), Arrays.stream(c.whole())).toArray(Tensor[]::new);
            if (c.op() instanceof Nonzero) {
                assertThatThrownBy(() -> GradCheck.checkBatching(c::runAll, all))
                        .isInstanceOf(GraphException.class)
                        .hasMessageContaining("under vmap");
            } else if (all.length <= 4) {
                GradCheck.checkBatching(c::runAll, all);
            }
        }
    }

    /** A linear operation and its transpose: ⟨A x, y⟩ = ⟨x, Aᵀ y⟩. */
    @ParameterizedTest
    @MethodSource("cases")
    void transposesAreTransposes(Case c) {
        if (!(c.op() instanceof LinearOp) || c.op() instanceof Cast) {
            return;
        }
        var random = new Random(9);
        List<Tensor> in = leaves(c.inputs(random, Layout.SLICED));
        Tensor out = c.run(in);
        Tensor y = Samples.laidOut(random, Domain.REAL, Layout.TRANSPOSED, sizes(out));
        List<Tensor> g = Autograd.grad(List.of(out), in, List.of(y));
        double left = out.detach().mul(y).sum().item();
        double right = 0;
        for (int i = 0; i < g.size(); i++) {
            assertThat(g.get(i).shape()).isEqualTo(in.get(i).shape());
            right += in.get(i).detach().mul(g.get(i)).sum().item();
        }
        assertThat(left).isCloseTo(right, org.assertj.core.data.Offset.offset(1e-12));
    }

    @ParameterizedTest
    @EnumSource
    void tiesOfExtremesShareTheGradient(Extreme.Which which) {
        Tensor x = Tensor.of((Object) new double[][] {{1, 1, 0}, {0, 1, 1}}, DType.F64);
        Tensor leaf = (which == Extreme.Which.MAX ? x : x.neg()).detach().requiresGrad(true);
        Tensor y = which == Extreme.Which.MAX ? leaf.max() : leaf.min();
        assertThat(Autograd.grad(y, leaf).toDoubles()).containsExactly(0.25, 0.25, 0, 0, 0.25, 0.25);
        Tensor rows = which == Extreme.Which.MAX ? leaf.amax(1) : leaf.amin(1);
        assertThat(Autograd.grad(rows.sum(), leaf).toDoubles()).containsExactly(0.5, 0.5, 0, 0, 0.5, 0.5);
        // Along a dimension the first of equals is read, and has the gradient.
        Tensor first =
                which == Extreme.Which.MAX ? leaf.max(1).values() : leaf.min(1).values();
        assertThat(Autograd.grad(first.sum(), leaf).toDoubles()).containsExactly(1, 0, 0, 0, 1, 0);
    }

    @Test
    void normOfZeroHasGradientZero() {
        for (double p : new double[] {1, 1.5, 2, 3, Double.POSITIVE_INFINITY}) {
            Tensor x = Tensor.zeros(DType.F64, 3).requiresGrad(true);
            assertThat(Autograd.grad(x.norm(p), x).toDoubles()).as("p = " + p).containsExactly(0, 0, 0);
        }
    }

    /** PyTorch's values for a norm with a zero element: its gradient is 0, the second one is not known there. */
    @Test
    void zeroElementsDoNotSpoilTheOthersOfANorm() {
        Tensor x = Tensor.of((Object) new double[] {0, 1, -2, 2}, DType.F64).requiresGrad(true);
        Tensor g = Autograd.grad(
                        List.of(x.norm(0.5)),
                        List.of(x),
                        List.of(Tensor.scalar(1.0, DType.F64)),
                        GraphOption.CREATE_GRAPH)
                .getFirst();
        assertThat(g.toDoubles()).usingComparatorWithPrecision(1e-4).containsExactly(0, 3.8284, -2.7071, 2.7071);
        double[] second = Autograd.grad(g.sum(), x).toDoubles();
        assertThat(Arrays.copyOfRange(second, 1, 4))
                .usingComparatorWithPrecision(1e-4)
                .containsExactly(-1.4142, -1.0303, -0.3232);
        assertThat(second[0]).isNaN();
    }

    @Test
    void nanIsTheExtremeAndGetsTheGradient() {
        Tensor x =
                Tensor.of((Object) new double[] {1, Double.NaN, 3}, DType.F64).requiresGrad(true);
        assertThat(x.max().item()).isNaN();
        assertThat(x.min().item()).isNaN();
        assertThat(x.argmax().itemLong()).isEqualTo(1);
        assertThat(Autograd.grad(x.max(), x).toDoubles()).containsExactly(0, 1, 0);
        assertThat(Autograd.grad(x.amax(), x).toDoubles()).containsOnly(Double.NaN);
    }

    @Test
    void discreteOperationsHaveNoDerivative() {
        Op op = new ArgExtreme(Dims.of(shape(2)), shape(), Extreme.Which.MAX);
        assertThatThrownBy(() -> op.gradient(0, Tensor.scalar(1.0), null)).isInstanceOf(IllegalStateException.class);
    }

    private static long[] sizes(Tensor t) {
        return t.shape().sizes();
    }

    private static List<Tensor> leaves(Tensor... in) {
        return Arrays.stream(in).map(t -> t.detach().requiresGrad(true)).toList();
    }
}
