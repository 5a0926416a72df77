package adjoint.bench.work;

import static adjoint.bench.work.Pass.BACKWARD;
import static adjoint.bench.work.Pass.FORWARD;

import adjoint.types.DType;
import java.util.ArrayList;
import java.util.List;

/** All that is measured beside peers, with its sizes and what was promised. */
public final class Works {
    private static final double NONE = Double.NaN;
    private static final long[] POWERS = {1_000, 10_000, 100_000, 1_000_000, 10_000_000};

    private Works() {}

    /** In the order of results. */
    public static List<Case> all() {
        List<Case> all = new ArrayList<>();
        small(all);
        smallest(all);
        elementwise(all);
        products(all);
        rows(all);
        networks(all);
        others(all);
        return List.copyOf(all);
    }

    /** The work of this name. */
    public static Work named(String name) {
        return all().stream()
                .map(Case::work)
                .filter(work -> work.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no work " + name));
    }

    private static void small(List<Case> all) {
        all.add(new Case(new RegressionStep(RegressionStep.Style.SCRATCH), 33));
        all.add(new Case(new RegressionStep(RegressionStep.Style.LAYERS), 33));
        all.add(new Case(new DrawingStep(), NONE));
        for (var factor : ScalarChain.Factor.values()) {
            all.add(new Case(new ScalarChain(factor, FORWARD), NONE));
            all.add(new Case(new ScalarChain(factor, BACKWARD), 70));
        }
    }

    private static void smallest(List<Case> all) {
        for (var mode : SmallAddition.Mode.values()) {
            boolean recorded = mode == SmallAddition.Mode.RECORDED;
            for (long n : new long[] {1, 8, 64}) {
                double nanos = n == 64 ? (recorded ? 100 : 70) : recorded ? 60 : 40;
                all.add(new Case(new SmallAddition(n, mode), NONE, nanos * 1e-9));
            }
        }
    }

    private static void elementwise(List<Case> all) {
        all.add(new Case(new Addition(1_000, Addition.Result.NEW), 3));
        all.add(new Case(new Addition(1_000_000, Addition.Result.NEW), 0.5));
        all.add(new Case(new Addition(10_000_000, Addition.Result.NEW), 2));
        all.add(new Case(new Addition(1_000_000, Addition.Result.IN_PLACE), 1));
        all.add(new Case(new Addition(10_000_000, Addition.Result.IN_PLACE), 1));
        for (Pass pass : Pass.values()) {
            for (long n : POWERS) {
                all.add(new Case(new GeluAffine(n, pass), n == 1_000 ? 5 : n >= 1_000_000 ? 1.5 : NONE));
            }
        }
        for (var function : Elementwise.Function.values()) {
            all.add(new Case(new Elementwise(function, 1_000_000), 1));
        }
    }

    private static void products(List<Case> all) {
        for (DType dtype : new DType[] {DType.F32, DType.F64}) {
            for (long n : new long[] {64, 65, 127, 128, 256, 512, 1024, 2048}) {
                all.add(new Case(new MatrixProduct(n, n, n, dtype), 1));
            }
            all.add(new Case(new MatrixProduct(1000, 17, 300, dtype), 1));
        }
    }

    private static void rows(List<Case> all) {
        for (var function : RowOperation.Function.values()) {
            for (Pass pass : Pass.values()) {
                all.add(new Case(new RowOperation(function, pass), 1.2));
            }
        }
    }

    private static void networks(List<Case> all) {
        all.add(new Case(new MlpStep(), 1.3));
        all.add(new Case(new LeNetStep(), 1.3));
        all.add(new Case(new ConvolutionPass(), 1));
        all.add(new Case(new LstmPass(), 1.3));
        for (Pass pass : Pass.values()) {
            all.add(new Case(new TransformerBlock(pass), 1));
        }
    }

    /** What nothing was promised for. */
    private static void others(List<Case> all) {
        for (var layer : LayerPass.Kind.values()) {
            all.add(new Case(new LayerPass(layer), NONE));
        }
        for (var function : Lookup.Function.values()) {
            all.add(new Case(new Lookup(function), NONE));
        }
        for (var function : LineOperation.Function.values()) {
            all.add(new Case(new LineOperation(function), NONE));
        }
        for (var function : Rearranging.Function.values()) {
            all.add(new Case(new Rearranging(function), NONE));
        }
    }

    /** 1000 as {@code 1e3}. */
    static String power(long n) {
        long rest = n;
        int exponent = 0;
        while (rest % 10 == 0) {
            rest /= 10;
            exponent++;
        }
        return rest + "e" + exponent;
    }
}
