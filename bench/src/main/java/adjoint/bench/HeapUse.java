package adjoint.bench;

import adjoint.bench.work.LeNetStep;
import adjoint.bench.work.MlpStep;
import adjoint.bench.work.NetworkTraining;
import adjoint.bench.work.Task;
import adjoint.bench.work.Work;
import adjoint.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;

/** The program that {@link MemoryNeeds} starts. */
final class HeapUse {
    /** How many steps a heap has to be enough for. */
    private static final int FEW = 3;
    /** Seconds after which a heap is not enough: all time goes into collections. */
    private static final long PATIENCE = 8;

    private static final int LOOKS = 10;
    private static final int MOST_LOOKS = 40;
    /** Bytes that come and go in the JVM itself. */
    private static final long STILL = 1 << 14;

    private HeapUse() {}

    /**
     * Arguments: {@code mlp} or {@code lenet}; how many steps, or 0 for a few that only have to succeed. Prints the bytes on the
     * heap after each tenth of the steps but the first, then those that a step leaves, and those that the graph of a loss adds.
     */
    public static void main(String[] args) throws InterruptedException {
        Work work = args[0].equals("mlp") ? new MlpStep() : new LeNetStep();
        int steps = Integer.parseInt(args[1]);
        if (steps == 0) {
            succeed(work);
            return;
        }
        long empty = heap();
        var training = (NetworkTraining) work.ours(work.inputs());
        for (int look = 0; look < LOOKS; look++) {
            for (int i = 0; i < steps / LOOKS; i++) {
                training.run();
            }
            if (look > 0) {
                System.out.println(heap());
            } else {
                // Until no loops are being made any more, which also takes memory.
                Thread.sleep(LongRun.IDLE_MS);
            }
        }
        long between = settled();
        Tensor loss = training.loss();
        long graph = heap() - between;
        Reference.reachabilityFence(loss);
        Reference.reachabilityFence(training);
        System.out.println(between - empty);
        System.out.println(graph);
    }

    private static void succeed(Work work) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(1000 * PATIENCE);
            } catch (InterruptedException e) {
                // As good as late.
            }
            Runtime.getRuntime().halt(1);
        });
        try (Task task = work.ours(work.inputs())) {
            for (int i = 0; i < FEW; i++) {
                task.run();
            }
        } catch (OutOfMemoryError e) {
            Runtime.getRuntime().halt(1);
        }
    }

    /** The same once it stands still. */
    private static long settled() throws InterruptedException {
        long before = heap();
        for (int i = 0; i < MOST_LOOKS; i++) {
            Thread.sleep(500);
            long now = heap();
            if (Math.abs(now - before) < STILL) {
                return now;
            }
            before = now;
        }
        return before;
    }

    /** Bytes on the heap after a collection. */
    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50); // for what is cleaned up after a collection
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
