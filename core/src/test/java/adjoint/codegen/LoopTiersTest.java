package adjoint.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.codegen.LoopPrograms.Call;
import adjoint.kernel.VectorSupport;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop changes its form as it is used, and nobody can tell. */
@Timeout(60)
class LoopTiersTest {

    @Test
    void startsInterpretedAndBecomesScalarThenVector() throws InterruptedException {
        Program program = LoopPrograms.random(DType.F32, 2, 1, 1, 12, 3);
        Call call = Call.random(program, 207, new int[] {1}, new SplittableRandom(3));
        long[] expected = call.run(new Interpreter(program));
        var loop = new TieredLoop(program);
        assertThat(loop.tier()).isEqualTo(Tier.INTERPRETED);
        while (loop.tier() != Tier.SCALAR || VectorSupport.available() && !loop.vectorised(call.steps())) {
            assertThat(call.run(loop)).isEqualTo(expected);
            Thread.sleep(0, 10_000);
        }
        assertThat(call.run(loop)).isEqualTo(expected);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(t -> t.getName().equals("adjoint-compiler")))
                .hasSizeBetween(0, 1)
                .allMatch(Thread::isDaemon);
    }

    /** Long arrays with an operand that is one number are no reason to interpret for ever. */
    @Test
    void becomesVectorWhereAnOperandIsOneNumber() throws InterruptedException {
        var loop = new TieredLoop(LoopPrograms.product(DType.F32));
        int[] steps = {1, 1, 0};
        Object[] arrays = {new float[1000], new float[1000], new float[1]};
        while (loop.tier() != Tier.SCALAR || VectorSupport.available() && !loop.vectorised(steps)) {
            loop.run(arrays, new int[3], steps, new double[0], 1000);
            Thread.sleep(0, 10_000);
        }
    }

    @Test
    void threadsMayShareALoop() throws Exception {
        Program program = LoopPrograms.random(DType.F64, 2, 0, 1, 20, 4);
        Call call = Call.random(program, 65, new int[] {1}, new SplittableRandom(4));
        long[] expected = call.run(new Interpreter(program));
        var loop = new TieredLoop(program);
        Callable<Void> work = () -> {
            for (int i = 0; i < 5_000; i++) {
                assertThat(call.run(loop)).isEqualTo(expected);
            }
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(work));
            }
            for (Future<Void> f : all) {
                f.get();
            }
        }
    }

    @Test
    void integerDivisionDoesNotStopTheCompiler() throws InterruptedException {
        Program program = new Program(
                DType.I64,
                List.of(
                        new Program.Load(0, Kind.NUMBER),
                        new Program.Compute(Lane.SUB, 0, 0, -1),
                        new Program.Compute(Lane.DIV, 0, 1, -1)),
                1,
                0);
        var dividing = new TieredLoop(program);
        for (int i = 0; i < 2_000; i++) {
            try {
                dividing.run(new Object[] {new long[1], new long[1]}, new int[2], new int[2], null, 1);
            } catch (ArithmeticException _) {
                // As it should.
            }
        }
        var next = new TieredLoop(LoopPrograms.product(DType.I64));
        while (next.tier() != Tier.SCALAR) {
            next.run(new Object[] {new long[1], new long[1], new long[1]}, new int[3], new int[3], null, 1);
            Thread.sleep(0, 10_000);
        }
    }
}
