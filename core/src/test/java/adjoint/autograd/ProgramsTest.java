package adjoint.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.golden.Json;
import adjoint.tensor.Index;
import adjoint.tensor.Tensor;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import adjoint.types.GraphException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random programs of views, writes in place and arithmetic, with what PyTorch 2.13 made of them (programs.jsonl.gz):
 * which steps it refused, the tensors it left, whether backward found a conflict, and else the gradients.
 */
class ProgramsTest {
    private record Program(Map<String, Object> values) {
        List<?> list(String name) {
            return (List<?>) values.get(name);
        }

        @Override
        public String toString() {
            return values.get("seed") + ": " + values.get("prog");
        }
    }

    static Stream<Program> programs() {
        return Json.lines(ProgramsTest.class, "/adjoint/autograd/programs.jsonl.gz").stream()
                .map(Program::new);
    }

    /** One step: its name, then the numbers of tensors and other arguments. */
    private record Step(List<?> parts, List<Tensor> tensors) {
        String name() {
            return (String) parts.getFirst();
        }

        int whole(int i) {
            return ((Long) parts.get(i)).intValue();
        }

        double number() {
            return Json.doubles(parts.get(2))[0];
        }

        long[] longs() {
            return Json.longs(parts.get(2));
        }

        Tensor tensor(int i) {
            return tensors.get(whole(i));
        }

        /** The tensor it makes, or null if it writes in place. */
        Tensor run() {
            Tensor a = tensor(1);
            return switch (name()) {
                case "mul" -> a.mul(tensor(2));
                case "add" -> a.add(tensor(2));
                case "sub" -> a.sub(tensor(2));
                case "muls" -> a.mul(number());
                case "tanh" -> a.tanh();
                case "sin" -> a.sin();
                case "sigmoid" -> a.sigmoid();
                case "square" -> a.pow(2.0);
                case "t" -> a.transpose(whole(2), whole(3));
                case "view" -> a.view(longs());
                case "reshape" -> a.reshape(longs());
                case "slice" -> a.slice(whole(2), whole(3), whole(4), whole(5));
                case "select" -> a.select(whole(2), whole(3));
                case "unsqueeze" -> a.unsqueeze(whole(2));
                case "squeeze" -> a.squeeze();
                case "expand" -> a.expand(longs());
                case "idx" -> a.at(Index.list(longs()));
                case "sum" -> a.sum(whole(2));
                case "max" -> a.max(whole(2)).values();
                case "matmul" -> a.matmul(tensor(2));
                case "cat" -> Tensor.cat(whole(3), a, tensor(2));
                case "detach" -> a.detach();
                case "clone" -> a.clone();
                default -> {
                    write(a);
                    yield null;
                }
            };
        }

        private void write(Tensor a) {
            switch (name()) {
                case "add_" -> a.addInPlace(tensor(2));
                case "mul_" -> a.mulInPlace(tensor(2));
                case "muls_" -> a.mulInPlace(number());
                case "tanh_" -> a.tanhInPlace();
                case "square_" -> a.powInPlace(2.0);
                case "copy_" -> a.copyInPlace(tensor(2));
                case "zero_" -> a.zeroInPlace();
                case "set" -> a.set(tensor(3), Index.list(longs()));
                case "set0" -> a.set(tensor(3), Index.at(whole(2)));
                case "ng_muls_" ->
                    Autograd.noGrad(() -> {
                        a.mulInPlace(number());
                    });
                default -> throw new AssertionError(name());
            }
        }
    }

    private static void assertClose(double[] found, double[] wanted, String what) {
        double largest = Arrays.stream(wanted).map(Math::abs).max().orElse(0);
        assertThat(found).as(what).containsExactly(wanted, Offset.offset(1e-9 * Math.max(1, largest)));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void leavesWhatTorchLeaves(Program p) {
        List<Tensor> tensors = new ArrayList<>();
        for (Object values : p.list("init")) {
            int i = tensors.size();
            Tensor t = Tensor.of((Object) Json.doubles(values), DType.F64);
            long[] sizes = Json.longs(p.list("shapes").get(i));
            tensors.add(t.reshape(sizes).detach().requiresGrad(i < 3));
        }
        List<Tensor> leaves = List.copyOf(tensors.subList(0, 3));
        for (int k = 0; k < p.list("prog").size(); k++) {
            var step = new Step((List<?>) p.list("prog").get(k), tensors);
            if (p.list("refused").contains((long) k)) {
                assertThatThrownBy(step::run).as("step %d", k).isInstanceOf(AdjointException.class);
                continue;
            }
            Tensor made = step.run();
            if (made != null) {
                tensors.add(made);
            }
        }
        Tensor loss = Tensor.scalar(0, DType.F64);
        for (int i = 0; i < tensors.size(); i++) {
            Tensor t = tensors.get(i);
            assertThat(t.shape().sizes())
                    .as("shape of %d", i)
                    .isEqualTo(Json.longs(p.list("shapes").get(i)));
            assertClose(t.toDoubles(), Json.doubles(p.list("vals").get(i)), "tensor " + i);
            assertThat(List.of(t.requiresGrad(), t.isLeaf()))
                    .as("flags of %d", i)
                    .isEqualTo(p.list("flags").get(i));
            loss = loss.add(t.mul(0.5 + 0.1 * i).sum());
        }
        if (p.values.get("grads") == null) {
            assertThatThrownBy(loss::backward)
                    .isInstanceOf(GraphException.class)
                    .hasMessageContaining("in place");
            assertThat(leaves).allMatch(t -> t.grad() == null);
            return;
        }
        loss.backward();
        for (int i = 0; i < 3; i++) {
            Object wanted = p.list("grads").get(i);
            Tensor grad = leaves.get(i).grad();
            if (wanted == null) {
                assertThat(grad).isNull();
            } else {
                assertClose(grad.toDoubles(), Json.doubles(wanted), "gradient " + i);
            }
        }
    }
}
