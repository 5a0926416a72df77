package adjoint.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a learner waits for at the command line: {@code ./adjoint lesson autograd} from its start to its end, launcher and
 * JVM included, once everything is built. The first runs, which build and leave the archive of classes, do not count.
 *
 * <p>Wrong: timing the first run, or the one after a change, which are Maven's.
 */
final class LessonTime implements Benchmark {
    @Override
    public String name() {
        return "lesson-time";
    }

    @Override
    public List<Result> run(Plan plan) throws IOException, InterruptedException {
        Path root = Processes.root();
        List<String> command = List.of(
                root.resolve(Machine.isWindows() ? "adjoint.cmd" : "adjoint").toString(), "lesson", "autograd");
        for (int i = 0; i < 2; i++) {
            Processes.run(command);
        }
        List<Processes.Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < plan.processes; i++) {
            outcomes.add(Processes.run(command));
        }
        return List.of(Processes.times("./adjoint lesson autograd", outcomes)
                .withGoal(1.5)
                .withNote("CPU: of all its processes and threads"));
    }
}
