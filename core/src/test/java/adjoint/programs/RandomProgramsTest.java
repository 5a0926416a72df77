package adjoint.programs;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.autograd.Autograd;
import adjoint.autograd.ValueAndTangent;
import adjoint.op.CustomOp;
import adjoint.op.Op;
import adjoint.programs.RandomProgram.Move;
import adjoint.tensor.Engine;
import adjoint.tensor.GraphOption;
import adjoint.tensor.Tensor;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import adjoint.types.GraphException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every way to a derivative gives the same for programs that nobody thought of: backward, forward mode, differences;
 * with the graph kept and not; three times over; and a second run gives the same bits. {@code -Pnightly} tries 100,000.
 */
@Tag("slow")
class RandomProgramsTest {
    private static final long PROGRAMS = Long.getLong("adjoint.test.programs", 2000);

    @Test
    void allWaysToADerivativeAgree() {
        // What was written over a value that backward needs is refused, by PyTorch too; those do not count.
        long tried = PROGRAMS + PROGRAMS / 2;
        long refused = LongStream.range(0, tried)
                .parallel()
                .filter(seed -> isRefused(RandomProgram.of(seed), seed))
                .count();
        assertThat(tried - refused).isGreaterThanOrEqualTo(PROGRAMS);
    }

    private static boolean isRefused(RandomProgram program, long seed) {
        String wrong = problem(program, seed);
        if (wrong != null && !wrong.equals(REFUSED)) {
            throw new AssertionError("Random program " + seed + ": " + wrong + "\n" + minimal(program, seed));
        }
        return wrong != null;
    }

    private static RandomProgram minimal(RandomProgram program, long seed) {
        for (RandomProgram shorter : program.shorter()) {
            if (isWrong(shorter, seed)) {
                return minimal(shorter, seed);
            }
        }
        return program;
    }

    private static boolean isWrong(RandomProgram program, long seed) {
        try {
            String problem = problem(program, seed);
            return problem != null && !problem.equals(REFUSED);
        } catch (AdjointException e) {
            return false; // no program at all
        }
    }

    private static final String REFUSED = "refused";

    /** What is wrong about a program's derivatives; null if nothing is. */
    private static String problem(RandomProgram program, long seed) {
        Random random = new Random(~seed);
        List<Tensor> x = program.inputs();
        List<Tensor> v = x.stream().map(t -> like(t, random)).toList();
        List<Tensor> leaves = leaves(x);
        Tensor loss = program.run(leaves);
        if (!loss.requiresGrad()) {
            return null;
        }
        List<Tensor> once;
        try {
            once = Autograd.grad(loss, leaves, GraphOption.RETAIN_GRAPH, GraphOption.ALLOW_UNUSED);
        } catch (GraphException e) {
            return isConflict(e) ? forwardAlone(program, x, v) : "backward: " + e.getMessage();
        }
        double value = loss.item();
        double slope = along(once, v);
        String bits = bits(once);
        // The same graph again, and another of the same program.
        if (!bits.equals(bits(Autograd.grad(loss, leaves, GraphOption.ALLOW_UNUSED)))) {
            return "a second backward over a kept graph differs";
        }
        List<Tensor> again = leaves(x);
        Tensor second = program.run(again);
        second.backward();
        if (Double.doubleToRawLongBits(second.item()) != Double.doubleToRawLongBits(value)
                || !bits.equals(bits(again.stream().map(Tensor::grad).toList()))) {
            return "a second run differs";
        }
        ValueAndTangent forward = Autograd.jvp(program::run, x, v);
        if (differs(forward.tangent().item(), slope, 1e-9)
                || differs(forward.value().item(), value, 1e-12)) {
            return "forward mode gives " + forward.tangent().item() + ", backward " + slope;
        }
        List<Double> derivatives;
        try {
            derivatives = directional(program, x, v);
        } catch (GraphException e) {
            return isConflict(e) ? REFUSED : "backward of backward: " + e.getMessage();
        }
        if (differs(derivatives.get(0), slope, 1e-12)) {
            return "a recorded backward gives " + derivatives.get(0) + ", an unrecorded one " + slope;
        }
        double secondForward = Autograd.jvp(
                        p -> Autograd.jvp(program::run, p, v).tangent(), x, v)
                .tangent()
                .item();
        if (differs(secondForward, derivatives.get(1), 1e-8)) {
            return "second derivative: forward " + secondForward + ", backward " + derivatives.get(1);
        }
        double thirdForward = Autograd.jvp(
                        p -> Autograd.jvp(q -> Autograd.jvp(program::run, q, v).tangent(), p, v)
                                .tangent(),
                        x,
                        v)
                .tangent()
                .item();
        if (differs(thirdForward, derivatives.get(2), 1e-7)) {
            return "third derivative: forward " + thirdForward + ", backward " + derivatives.get(2);
        }
        if (program.isNearAnEdge() || program.detaches()) {
            return null; // differences would see what derivatives are not to see
        }
        String first = compare(h -> program.run(moved(x, v, h)).item(), slope);
        if (first != null) {
            return "differences give " + first + ", backward " + slope;
        }
        String third = compare(h -> directional(program, moved(x, v, h), v).get(1), derivatives.get(2));
        return third == null
                ? null
                : "third derivative: differences give " + third + ", backward " + derivatives.get(2);
    }

    private static boolean isConflict(GraphException e) {
        return e.getMessage().contains("in place") || e.getMessage().contains("changed");
    }

    /** Forward mode needs nothing that was written over. */
    private static String forwardAlone(RandomProgram program, List<Tensor> x, List<Tensor> v) {
        if (program.isNearAnEdge() || program.detaches()) {
            return REFUSED;
        }
        double slope = Autograd.jvp(program::run, x, v).tangent().item();
        String difference = compare(h -> program.run(moved(x, v, h)).item(), slope);
        return difference == null ? REFUSED : "differences give " + difference + ", forward mode " + slope;
    }

    /** The first three derivatives along v, each the backward of the one before. */
    private static List<Double> directional(RandomProgram program, List<Tensor> x, List<Tensor> v) {
        List<Tensor> leaves = leaves(x);
        Tensor f = program.run(leaves);
        List<Double> found = new ArrayList<>();
        while (found.size() < 3) {
            Tensor slope = null;
            if (f.requiresGrad()) {
                List<Tensor> gradients = Autograd.grad(f, leaves, GraphOption.CREATE_GRAPH, GraphOption.ALLOW_UNUSED);
                for (int i = 0; i < v.size(); i++) {
                    if (gradients.get(i) != null) {
                        Tensor part = gradients.get(i).mul(v.get(i)).sum();
                        slope = slope == null ? part : slope.add(part);
                    }
                }
            }
            f = slope == null ? Tensor.scalar(0.0, DType.F64) : slope;
            found.add(f.item());
        }
        return found;
    }

    private interface Curve {
        double at(double h);
    }

    /** Null if differences give the slope at one of some distances: steep curves need small ones, flat ones large. */
    private static String compare(Curve f, double slope) {
        List<Double> found = new ArrayList<>();
        for (double h : new double[] {2e-3, 4e-4, 1e-4, 2e-5}) {
            found.add(difference(f, h));
            if (!differs(found.getLast(), slope, 1e-6)) {
                return null;
            }
        }
        return found.toString();
    }

    /** The central difference at two distances, extrapolated (Richardson): its error is of order h⁴. */
    private static double difference(Curve f, double h) {
        double far = (f.at(h) - f.at(-h)) / (2 * h);
        double near = (f.at(h / 2) - f.at(-h / 2)) / h;
        return (4 * near - far) / 3;
    }

    private static boolean differs(double a, double b, double tolerance) {
        return !(Math.abs(a - b) <= tolerance * Math.max(1, Math.max(Math.abs(a), Math.abs(b))));
    }

    private static double along(List<Tensor> gradients, List<Tensor> v) {
        double sum = 0;
        for (int i = 0; i < v.size(); i++) {
            sum += gradients.get(i) == null
                    ? 0
                    : gradients.get(i).mul(v.get(i)).sum().item();
        }
        return sum;
    }

    private static String bits(List<Tensor> tensors) {
        return tensors.stream()
                .map(t -> t == null
                        ? "none"
                        : Arrays.toString(Arrays.stream(t.toDoubles())
                                .mapToLong(Double::doubleToRawLongBits)
                                .toArray()))
                .toList()
                .toString();
    }

    private static Tensor like(Tensor x, Random random) {
        double[] values = random.doubles(x.numel(), -1, 1).toArray();
        return Tensor.of((Object) values, DType.F64).reshape(x.shape().sizes());
    }

    private static List<Tensor> leaves(List<Tensor> x) {
        return x.stream().map(t -> t.clone().requiresGrad(true)).toList();
    }

    private static List<Tensor> moved(List<Tensor> x, List<Tensor> v, double h) {
        List<Tensor> moved = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            moved.add(x.get(i).add(v.get(i).mul(h)));
        }
        return moved;
    }

    /** A wrong derivative: that it is found, and told in few lines, is what the others' silence rests on. */
    private record Wrong() implements CustomOp {
        @Override
        public String opName() {
            return "wrong";
        }

        @Override
        public Numbers compute(Numbers... in) {
            double[] y = in[0].values().clone();
            Arrays.setAll(y, i -> y[i] * y[i]);
            return new Numbers(in[0].shape(), in[0].dtype(), y);
        }

        @Override
        public long keeps(long needs) {
            return 1;
        }

        @Override
        public Tensor gradient(int i, Tensor g, Op.Saved saved) {
            return g.mul(saved.input(0)); // half of what it should be
        }

        @Override
        public Tensor batch(long size, boolean[] batched, Tensor... in) {
            return Engine.run(this, in);
        }
    }

    @Test
    void aWrongDerivativeIsFoundAndToldInFewLines() {
        Move wrong = new Move("wrong(%s)", 1, x -> Engine.run(new Wrong(), x[0].tanh()));
        int found = 0;
        for (long seed = 0; seed < 40; seed++) {
            RandomProgram program = RandomProgram.of(seed, wrong);
            if (program.steps().stream().anyMatch(s -> s.move() == wrong) && isWrong(program, seed)) {
                RandomProgram minimal = minimal(program, seed);
                assertThat(minimal.steps().size()).isLessThanOrEqualTo(4);
                assertThat(minimal.toString()).contains("wrong(").contains("Tensor loss = ");
                found++;
            }
        }
        assertThat(found).isGreaterThan(10);
    }

    @Test
    void theSameSeedGivesTheSameProgram() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(RandomProgram.of(seed))
                    .hasToString(RandomProgram.of(seed).toString());
        }
        String all = String.join(
                "",
                LongStream.range(0, 300)
                        .mapToObj(s -> RandomProgram.of(s).toString())
                        .toList());
        for (String part : List.of("InPlace", "select", "repeated", " ? ", "matmul", "expandAs", "copyInPlace")) {
            assertThat(all.contains(part)).as(part).isTrue();
        }
    }
}
