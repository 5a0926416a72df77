package adjoint.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.Adjoint;
import adjoint.nn.Functional;
import adjoint.nn.Linear;
import adjoint.optim.SGD;
import adjoint.tensor.GraphOption;
import adjoint.tensor.Index;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deep, wide and shared graphs, many threads, long loops. */
class ScaleTest {
    @Test
    @Tag("slow")
    void aChainOfAMillionOperations() {
        Tensor x = Tensor.scalar(1.0).requiresGrad(true);
        Tensor y = x;
        for (int i = 0; i < 500_000; i++) {
            y = y.neg().add(1.0);
        }
        y.backward();
        assertThat(x.grad().item()).isEqualTo(1);
    }

    @Test
    void deepGraphsOfEveryShape() {
        int depth = 20_000;
        Tensor x = Tensor.ones(2).requiresGrad(true);
        Tensor chain = x;
        Tensor ladder = x;
        Tensor sum = Tensor.zeros(2);
        for (int i = 0; i < depth; i++) {
            chain = chain.mul(1.0);
            ladder = ladder.add(x);
            sum = sum.add(chain);
        }
        ladder.add(sum).sum().backward();
        assertThat(x.grad().toDoubles()).containsOnly(2.0 * depth + 1);
        assertThat(Autograd.grad(sum.sum(), x, GraphOption.RETAIN_GRAPH).toDoubles())
                .containsOnly(depth);
        Tensor again = Autograd.grad(x.mul(ladder).sum(), x, GraphOption.CREATE_GRAPH);
        assertThat(again.toDoubles()).containsOnly(2.0 * (depth + 1));
        assertThat(Autograd.grad(again.sum(), x).toDoubles()).containsOnly(2.0 * (depth + 1));
    }

    @Test
    void doublingDoesNotDouble() {
        // 2^60 paths, 60 nodes.
        Tensor x = Tensor.scalar(1, DType.F64).requiresGrad(true);
        Tensor y = x;
        for (int i = 0; i < 60; i++) {
            y = y.add(y);
        }
        y.backward();
        assertThat(x.grad().item()).isEqualTo(0x1p60);
    }

    @Test
    void wideGraphs() {
        List<Tensor> leaves = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            leaves.add(Tensor.scalar((double) i).requiresGrad(true));
        }
        Tensor all = Tensor.stack(0, leaves);
        all.mul(all).sum().backward();
        for (int i = 0; i < leaves.size(); i++) {
            assertThat(leaves.get(i).grad().item()).isEqualTo(2.0 * i);
        }
        List<Tensor> g = Autograd.grad(Tensor.stack(0, leaves).sum(), leaves);
        assertThat(g).hasSize(3_000).allMatch(t -> t.item() == 1);
        Tensor x = Tensor.ones(3).requiresGrad(true);
        List<Tensor> uses = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            uses.add(x.mul(2.0).sum());
        }
        Tensor.stack(0, uses).sum().backward();
        assertThat(x.grad().toDoubles()).containsOnly(40_000);
    }

    /** The gradients of 3,000 rows, each as large as the whole, would take 3.6 GB. */
    @Test
    void theGradientsOfManyPartsAreOneSum() {
        Tensor leaf = Tensor.ones(3000, 100).requiresGrad(true);
        for (Tensor x : List.of(leaf, leaf.mul(1.0))) {
            Tensor sum = Tensor.scalar(0.0);
            for (int i = 0; i < 3000; i++) {
                sum = sum.add(x.select(0, i).mul(i % 7).sum());
            }
            // Parts of parts, and parts that overlap.
            sum = sum.add(x.slice(0, 0, 10).select(1, 3).sum())
                    .add(x.slice(1, 3, 5, 2).sum());
            leaf.grad(null);
            sum.add(x.sum()).backward();
            assertThat(leaf.grad().at(8).toFloats()).startsWith(2, 2, 2, 4, 2);
            assertThat(leaf.grad().at(2999).toFloats()).startsWith(4, 4, 4, 5, 4);
        }
    }

    @Test
    void chainsOfViewsAndOfWrites() {
        Tensor x = Tensor.ones(4).requiresGrad(true);
        Tensor y = x.mul(1.0);
        Tensor v = y;
        for (int i = 0; i < 5_000; i++) {
            v = i % 2 == 0 ? v.view(2, 2) : v.view(4);
        }
        y.mulInPlace(3.0);
        v.mul(v).sum().backward();
        assertThat(x.grad().toDoubles()).containsOnly(18);
        x.grad(null);

        Tensor z = x.mul(1.0);
        for (int i = 0; i < 5_000; i++) {
            z.set(Tensor.scalar(i), Index.at(i % 3));
            z.slice(0, 1, 3).addInPlace(1.0);
        }
        z.sum().backward();
        assertThat(x.grad().toDoubles()).containsExactly(0, 0, 0, 1);
    }

    private static <T> List<T> together(int threads, Callable<T> body) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            var start = new CountDownLatch(threads);
            List<Future<T>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(pool.submit(() -> {
                    start.countDown();
                    start.await();
                    return body.call();
                }));
            }
            List<T> values = new ArrayList<>();
            for (Future<T> result : results) {
                values.add(result.get());
            }
            return values;
        }
    }

    @Test
    void leavesSharedByThreadsLoseNothing() throws Exception {
        Tensor w = Tensor.zeros(DType.F64, 3).requiresGrad(true);
        Tensor unused = Tensor.zeros(DType.F64, 3).requiresGrad(true);
        together(8, () -> {
            for (int i = 0; i < 500; i++) {
                w.mul(2.0).sum().backward();
            }
            return null;
        });
        assertThat(w.grad().toDoubles()).containsOnly(8000);
        assertThat(unused.grad()).isNull();
    }

    @Test
    void partsSharedByThreads() throws Exception {
        Tensor w = Tensor.full(DType.F64, 2, 3).requiresGrad(true);
        Tensor shared = w.mul(w);
        together(6, () -> {
            for (int i = 0; i < 100; i++) {
                shared.mul(shared).sum().backward(GraphOption.RETAIN_GRAPH);
            }
            return null;
        });
        assertThat(w.grad().toDoubles()).containsOnly(600 * 32);
        // A graph over parts that different threads recorded: its order is right whatever their clocks say.
        List<Tensor> parts = together(6, () -> {
            Tensor t = w;
            for (int i = 0; i < 50; i++) {
                t = t.add(w);
            }
            return t;
        });
        w.grad(null);
        Tensor total = shared;
        for (Tensor p : parts) {
            total = total.add(p).add(p);
        }
        total.sum().backward();
        assertThat(w.grad().toDoubles()).containsOnly(4 + 6 * 2 * 51);
    }

    @Test
    void aThousandVirtualThreads() throws Exception {
        List<Future<Double>> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int k = 0; k < 1_000; k++) {
                double factor = k;
                results.add(pool.submit(() -> {
                    Tensor x = Tensor.full(factor, 5).requiresGrad(true);
                    Tensor y = x;
                    for (int i = 0; i < 20; i++) {
                        y = y.mul(1.0).add(x);
                        Thread.yield();
                    }
                    y.mul(y).sum().backward();
                    return x.grad().sum().item();
                }));
            }
        }
        for (int k = 0; k < 1_000; k++) {
            // y = 21 x, so the derivative of y² is 2 · 21² · x.
            assertThat(results.get(k).get()).isEqualTo(5.0 * 882 * k);
        }
    }

    /** A million graphs, each of its own leaf and of one that all share; none is lost. */
    @Test
    @Tag("slow")
    void aMillionSmallGraphsOnAThousandVirtualThreads() throws Exception {
        int threads = 1_000;
        int graphs = 1_000;
        Tensor shared = Tensor.zeros(DType.F64, 2).requiresGrad(true);
        List<Future<Double>> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int k = 0; k < threads; k++) {
                double factor = k;
                results.add(pool.submit(() -> {
                    Tensor own = Tensor.full(DType.F64, factor, 2).requiresGrad(true);
                    for (int i = 0; i < graphs; i++) {
                        own.mul(3.0).add(shared).sum().backward();
                        if (i % 100 == 0) {
                            Thread.yield();
                        }
                    }
                    return own.grad().sum().item();
                }));
            }
        }
        for (Future<Double> result : results) {
            assertThat(result.get()).isEqualTo(2.0 * 3 * graphs);
        }
        assertThat(shared.grad().toDoubles()).containsOnly((double) threads * graphs);
    }

    @Test
    void modeBelongsToTheThread() throws Exception {
        try (var _ = Autograd.noGrad()) {
            assertThat(together(2, Autograd::isGradEnabled)).containsOnly(true);
            boolean[] inVirtual = new boolean[1];
            Thread.ofVirtual()
                    .start(() -> inVirtual[0] = Autograd.isGradEnabled())
                    .join();
            assertThat(inVirtual[0]).isTrue();
        }
        boolean[] after = new boolean[1];
        var inside = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        Thread other = Thread.ofPlatform()
                .start(() -> Autograd.noGrad(() -> {
                    inside.countDown();
                    try {
                        done.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        inside.await();
        after[0] = Tensor.ones(1).requiresGrad(true).mul(2.0).requiresGrad();
        done.countDown();
        other.join();
        assertThat(after[0]).isTrue();
    }

    /** Large enough for every kernel to divide its work. */
    private static double[] work() {
        Rng rng = Rng.torch(3);
        Tensor x = Tensor.randn(rng, DType.F32, 300, 700).requiresGrad(true);
        Tensor w = Tensor.randn(rng, DType.F32, 700, 130).requiresGrad(true);
        Tensor y = x.matmul(w).tanh().mul(x.slice(1, 0, 130).exp());
        Tensor z = y.t().add(x.sum(1)).sum(0).add(x.t().sigmoid().sum(0)).mean();
        z.add(x.norm()).add(x.max(1).values().sum()).backward();
        return java.util.stream.Stream.of(z, x.grad(), w.grad())
                .flatMapToDouble(t -> Arrays.stream(t.toDoubles()))
                .toArray();
    }

    @Test
    void sameBitsWhateverTheThreads() {
        int before = Adjoint.threads();
        try {
            Adjoint.threads(1);
            double[] one = work();
            for (int n : new int[] {2, 3, 8, 1}) {
                Adjoint.threads(n);
                assertThat(Adjoint.threads()).isEqualTo(n);
                assertThat(Arrays.equals(one, work())).as("%d threads", n).isTrue();
            }
        } finally {
            Adjoint.threads(before);
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void train(int from, int to, SGD sgd, Linear net, Tensor x, Tensor y) {
        for (int i = from; i < to; i++) {
            sgd.groups().getFirst().lr(0.03 / (1 + i * 1e-4));
            sgd.zeroGrad();
            Tensor scaled = x.mul(1 + i * 1e-9).add((double) (i % 7) * 1e-6);
            Tensor wobble = Tensor.map(a -> a.mul(1 + 1e-9 * net.hashCode()).add(1e-12), scaled);
            Functional.mseLoss(net.forward(wobble), y).backward();
            sgd.step();
        }
    }

    @Test
    @Tag("slow")
    void longLoopsLeaveNothingBehind() {
        Rng rng = Rng.torch(1);
        Tensor x = Tensor.randn(rng, DType.F32, 10, 2);
        Tensor y = x.matmul(Tensor.of((Object) new double[][] {{2}, {-3.4}})).add(4.2);
        var net = new Linear(2, 1, rng, DType.F32);
        var sgd = new SGD(net.parameters(), 0.03).momentum(0.5);
        train(0, 4_000, sgd, net, x, y);
        var classes = ManagementFactory.getClassLoadingMXBean();
        long used = heap();
        int threads = Thread.activeCount();
        int loaded = classes.getLoadedClassCount();
        train(4_000, 24_000, sgd, net, x, y);
        assertThat(heap() - used).as("growth of the heap").isLessThan(300_000);
        assertThat(classes.getLoadedClassCount() - loaded).as("new classes").isLessThan(100);
        assertThat(Thread.activeCount() - threads).as("new threads").isLessThanOrEqualTo(1);
        assertThat(net.bias().item()).isBetween(4.1, 4.3);
    }

    @Test
    void constantsOfFormulasAreNotClasses() {
        Tensor x = Tensor.ones(10).requiresGrad(true);
        Supplier<Long> classes = () -> ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
        for (int i = 0; i < 300; i++) {
            formula(x, i);
        }
        long before = classes.get();
        for (int i = 300; i < 3_000; i++) {
            formula(x, i);
        }
        assertThat(classes.get() - before).isLessThan(30);
        assertThat(x.grad().toDoubles()).hasSize(10);
    }

    private static void formula(Tensor x, int i) {
        double number = 1 + i * 0.25;
        Tensor y = Tensor.map(a -> a.mul(number).add(i).max(0.5), x)
                .add(number)
                .rdiv(number)
                .pow(number);
        y.sum().backward();
    }
}
