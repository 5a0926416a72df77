package adjoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    private final int before = Threads.count();

    @AfterEach
    void restore() {
        Threads.count(before);
    }

    private static void everyStepOnce(int n, int grain) {
        var seen = new AtomicIntegerArray(n);
        Threads.loop(n, grain, (from, to) -> {
            for (int i = from; i < to; i++) {
                seen.incrementAndGet(i);
            }
        });
        for (int i = 0; i < n; i++) {
            assertThat(seen.get(i)).isEqualTo(1);
        }
    }

    @Test
    void everyStepIsRunOnceWithAnyNumberOfThreads() {
        for (int threads : new int[] {1, 2, 3, 8}) {
            Threads.count(threads);
            for (int n : new int[] {0, 1, 7, 64, 10_001}) {
                everyStepOnce(n, 1);
                everyStepOnce(n, 5000);
            }
        }
    }

    @Test
    void manyLoopsAtOnceAndWithinLoops() throws Exception {
        Threads.count(3);
        for (ExecutorService callers :
                List.of(Executors.newFixedThreadPool(4), Executors.newVirtualThreadPerTaskExecutor())) {
            try (callers) {
                List<Future<?>> all = new ArrayList<>();
                for (int caller = 0; caller < 16; caller++) {
                    all.add(callers.submit(() -> {
                        for (int round = 0; round < 50; round++) {
                            everyStepOnce(1000, 10);
                            Threads.loop(6, 1, (from, to) -> everyStepOnce(200, 10));
                        }
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            }
        }
    }

    @Test
    void theFirstPartsFailureIsThrownAfterAllHaveEnded() {
        Threads.count(8);
        var ended = new AtomicIntegerArray(8);
        assertThatThrownBy(() -> Threads.loop(8, 1, (from, to) -> {
                    ended.incrementAndGet(from);
                    if (from >= 2) {
                        throw new ValueException("part " + from);
                    }
                }))
                .isInstanceOf(ValueException.class)
                .hasMessage("part 2");
        for (int i = 0; i < 8; i++) {
            assertThat(ended.get(i)).isEqualTo(1);
        }
    }

    @Test
    void anInterruptWaitsForTheEnd() {
        Threads.count(4);
        Thread.currentThread().interrupt();
        everyStepOnce(100_000, 10);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void lessThanOneThreadIsRefused() {
        assertThatThrownBy(() -> Threads.count(0)).isInstanceOf(ValueException.class);
    }
}
