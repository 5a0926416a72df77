package adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.Adjoint;
import adjoint.autograd.Autograd;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each misuse is refused with a typed error in three parts, and nothing has changed. */
class ErrorsTest {
    /** What a misuse may spoil. */
    private record Given(Tensor x, Tensor y, Tensor cube, Tensor i, Tensor b, Tensor leaf, Tensor made, Tensor d) {
        Given() {
            this(
                    Tensor.arange(6.0).reshape(2, 3),
                    Tensor.ones(2, 4),
                    Tensor.ones(2, 3, 4),
                    Tensor.of(0L, 1L),
                    Tensor.of(true, false),
                    Tensor.of(1.0, 2).requiresGrad(true),
                    null,
                    Tensor.ones(DType.F64, 2, 3));
        }

        Given {
            made = leaf.mul(2.0);
        }

        List<Tensor> all() {
            return List.of(x, y, cube, i, b, leaf, made, d);
        }
    }

    private interface Misuse {
        void run(Given g);
    }

    private record Case(String name, Class<? extends AdjointException> type, Misuse misuse) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(Class<? extends AdjointException> type, String name, Misuse misuse) {
        return new Case(name, type, misuse);
    }

    private static Case shape(String name, Misuse misuse) {
        return of(ShapeException.class, name, misuse);
    }

    private static Case index(String name, Misuse misuse) {
        return of(IndexException.class, name, misuse);
    }

    private static Case dtype(String name, Misuse misuse) {
        return of(DTypeException.class, name, misuse);
    }

    private static Case graph(String name, Misuse misuse) {
        return of(GraphException.class, name, misuse);
    }

    static Stream<Case> cases() {
        return Stream.of(shapes(), moreShapes(), dims(), indices(), types(), graphs())
                .flatMap(s -> s);
    }

    private static Stream<Case> shapes() {
        return Stream.of(
                shape("add", g -> g.x.add(g.y)),
                shape("compare", g -> g.x.lt(g.y)),
                shape("logical", g -> g.x.logicalAnd(g.y)),
                shape("mul of another rank", g -> g.cube.mul(g.x)),
                shape("integer pow", g -> Tensor.ones(DType.I64, 2).pow(Tensor.ones(DType.I64, 3))),
                shape("where", g -> Tensor.where(g.b, g.x, g.x)),
                shape("map", g -> Tensor.map((a, b) -> a.mul(b), g.x, g.y)),
                shape("matmul inner", g -> g.x.matmul(g.y)),
                shape("matmul vector", g -> g.x.matmul(Tensor.ones(2))),
                shape("matmul of vectors", g -> Tensor.ones(3).matmul(Tensor.ones(2))),
                shape("matmul batch", g -> g.cube.matmul(Tensor.ones(3, 4, 5))),
                shape("matmul number", g -> Tensor.scalar(1.0).matmul(g.x)),
                shape("dot of matrices", g -> g.x.dot(g.x)),
                shape("dot of lengths", g -> Tensor.ones(2).dot(Tensor.ones(3))),
                shape("squaredDifference", g -> g.x.squaredDifference(g.y)),
                shape("in place that grows", g -> Tensor.ones(3).addInPlace(g.x)),
                shape(
                        "in place on an expanded one",
                        g -> g.leaf.detach().expand(3, 2).addInPlace(1)),
                shape("copyInPlace", g -> g.x.copyInPlace(g.y)),
                shape("backward with another shape", g -> g.made.backward(g.x)));
    }

    private static Stream<Case> moreShapes() {
        return Stream.of(
                shape("reshape", g -> g.x.reshape(4, 2)),
                shape("reshape two unknown", g -> g.x.reshape(-1, -1)),
                shape("reshape negative", g -> g.x.reshape(-2, 3)),
                shape("reshape two negative", g -> g.x.reshape(-2, -3)),
                shape("reshape indivisible", g -> g.x.reshape(4, -1)),
                shape("reshape of nothing", g -> Tensor.zeros(0).reshape(0, -1)),
                shape("reshape huge", g -> g.x.reshape(1L << 32, 1L << 32)),
                shape("view of a transpose", g -> g.x.t().view(6)),
                shape("expand", g -> g.x.expand(4, 3)),
                shape("expand to fewer", g -> g.x.expand(3)),
                shape("expand new unknown", g -> g.x.expand(-1, 2, 3)),
                shape("expand negative", g -> Tensor.ones(1).expand(-2)),
                shape("permute count", g -> g.x.permute(0)),
                shape("permute twice", g -> g.x.permute(0, 0)),
                shape("t of a cube", g -> g.cube.t()),
                shape("cat sizes", g -> Tensor.cat(0, g.x, g.y)),
                shape("cat ranks", g -> Tensor.cat(0, g.x, Tensor.ones(2))),
                shape("cat none", g -> Tensor.cat(0)),
                shape("cat numbers", g -> Tensor.cat(0, Tensor.scalar(1.0), Tensor.scalar(1.0))),
                shape("stack sizes", g -> Tensor.stack(0, g.x, g.y)),
                shape("stack none", g -> Tensor.stack(0)),
                shape("item of many", g -> g.x.item()),
                shape("item of none", g -> Tensor.zeros(0).item()),
                shape("set", g -> g.x.set(Tensor.ones(2), Index.at(0))),
                shape("set by list", g -> g.x.set(Tensor.ones(4), Index.list(0, 1))),
                shape("set by mask", g -> g.x.set(Tensor.ones(4), Index.mask(g.x.gt(2)))),
                shape("gather rank", g -> g.x.gather(0, g.i)),
                shape("gather sizes", g -> g.x.gather(0, Tensor.zeros(DType.I64, 1, 5))),
                shape("grad of another shape", g -> g.leaf.grad(Tensor.ones(3))));
    }

    private static Stream<Case> dims() {
        return Stream.of(
                index("sum", g -> g.x.sum(2)),
                index("sum negative", g -> g.x.sum(-3)),
                index("sum twice", g -> g.x.sum(0, -2)),
                index("sum of a number", g -> Tensor.scalar(1.0).sum(1)),
                index("mean", g -> g.x.mean(2, Dim.KEEP)),
                index("max", g -> g.x.max(2)),
                index("argmin", g -> g.x.argmin(-3)),
                index("norm", g -> g.x.norm(2, 5)),
                index("transpose", g -> g.x.transpose(0, 2)),
                index("permute", g -> g.x.permute(0, 2)),
                index("squeeze", g -> g.x.squeeze(2)),
                index("unsqueeze", g -> g.x.unsqueeze(4)),
                index("cat dimension", g -> Tensor.cat(2, g.x, g.x)),
                index("stack dimension", g -> Tensor.stack(3, g.x, g.x)),
                index("gather dimension", g -> g.x.gather(2, g.i)),
                index("size", g -> g.x.size(2)),
                index("max of none", g -> Tensor.zeros(0).max()),
                index("argmax of none", g -> Tensor.zeros(0).argmax()),
                index("max over none", g -> Tensor.zeros(0, 3).max(0)),
                index("amin over none", g -> Tensor.zeros(2, 0).amin(1)));
    }

    private static Stream<Case> indices() {
        return Stream.of(
                index("position", g -> g.x.at(2)),
                index("negative position", g -> g.x.at(-3)),
                index("second position", g -> g.x.at(0, 3)),
                index("too many", g -> g.x.at(0, 0, 0)),
                index("select", g -> g.x.select(1, 3)),
                index("slice step", g -> g.x.slice(0, 0, 2, 0)),
                index("range step", g -> Index.range(0, 2, -1)),
                index("two ellipses", g -> g.x.at(Index.ELLIPSIS, Index.ELLIPSIS)),
                index("list", g -> g.x.at(Index.list(0, 2))),
                index("negative list", g -> g.x.at(Index.ALL, Index.list(-4))),
                index("into nothing", g -> Tensor.zeros(0, 2).at(Index.list(0))),
                index("lists that do not fit", g -> g.x.at(Index.list(0, 1), Index.list(0, 1, 2))),
                index("mask size", g -> g.x.at(Tensor.of(true, false, true))),
                index("mask rank", g -> g.x.at(g.cube.gt(0))),
                index("set position", g -> g.x.set(1.0, 2, 0)),
                index("set list", g -> g.x.set(Tensor.ones(2, 3), Index.list(0, 2))),
                index("set list, recorded", g -> g.made.set(Tensor.ones(2), Index.list(0, 2))),
                index("gather", g -> g.x.gather(0, Tensor.full(2, 1, 3))),
                dtype("index of real numbers", g -> g.x.at(Tensor.of(0.0, 1))),
                dtype("gather by real numbers", g -> g.x.gather(0, g.x)));
    }

    private static Stream<Case> types() {
        return Stream.of(
                dtype("matmul", g -> g.x.matmul(g.d.t())),
                dtype("matmul of truth", g -> g.b.matmul(g.b)),
                dtype("dot", g -> g.i.dot(Tensor.ones(2))),
                dtype("mean", g -> g.i.mean()),
                dtype("norm", g -> g.i.norm()),
                dtype("neg of truth", g -> g.b.neg()),
                dtype("abs of truth", g -> g.b.abs()),
                dtype("sub of truth", g -> g.b.sub(g.b)),
                dtype("pow of truth", g -> g.b.pow(g.b)),
                dtype("fraction into integers", g -> g.i.addInPlace(0.5)),
                dtype("real into integers", g -> g.i.addInPlace(Tensor.ones(2))),
                dtype("div of integers in place", g -> g.i.divInPlace(2)),
                dtype("exp of integers in place", g -> g.i.expInPlace()),
                dtype("integer into truth", g -> g.b.addInPlace(1L)),
                dtype("where condition", g -> Tensor.where(g.i, g.i, g.i)),
                dtype("requiresGrad of integers", g -> g.i.requiresGrad(true)),
                dtype("requiresGrad of truth", g -> g.b.requiresGrad(true)),
                dtype("integer to a negative power", g -> g.i.pow(-1L)),
                dtype("normal integers", g -> g.i.normalInPlace(0, 1)),
                dtype("grad of another type", g -> g.leaf.grad(Tensor.ones(DType.F64, 2))),
                dtype("backward with another type", g -> g.made.backward(Tensor.ones(DType.F64, 2))));
    }

    private static Stream<Case> graphs() {
        return Stream.of(
                graph("backward of many", g -> g.made.backward()),
                graph("backward of a constant", g -> g.x.sum().backward()),
                graph("backward of truth", g -> g.leaf.gt(0).sum().backward()),
                graph("backward after detach", g -> g.leaf.detach().sum().backward()),
                graph("in place on a leaf", g -> g.leaf.addInPlace(1)),
                graph("in place on a view of a leaf", g -> g.leaf.slice(0, 0, 1).mulInPlace(2)),
                graph("set on a leaf", g -> g.leaf.set(5, 0)),
                graph("switching off a result", g -> g.made.requiresGrad(false)),
                graph("retainGrad of a constant", g -> g.x.retainGrad()),
                graph("grad of a constant", g -> Autograd.grad(g.leaf.sum(), g.x)),
                graph("grad unused", g -> Autograd.grad(Tensor.scalar(1.0).requiresGrad(true), g.leaf)),
                of(ValueException.class, "randint", g -> Tensor.randint(3, 3, 2)),
                of(ValueException.class, "std", g -> Tensor.normal(0, -1, 2)),
                of(ValueException.class, "threads", g -> Adjoint.threads(0)));
    }

    private static List<Object> state(Given g) {
        return g.all().stream()
                .<Object>map(t -> t.toString() + t.version() + t.grad() + t.requiresGrad() + t.isLeaf() + t.shape())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefusedAndNothingHasChanged(Case c) {
        var given = new Given();
        List<Object> before = state(given);
        int threads = Adjoint.threads();
        assertThatThrownBy(() -> c.misuse.run(given)).satisfies(e -> {
            assertThat(e).isInstanceOf(AdjointException.class).isExactlyInstanceOf(c.type);
            // What was asked: why it cannot be. What to do.
            assertThat(e.getMessage())
                    .matches("(?s)\\S.{2,}: .{10,}\\. \\S.{5,}\\.")
                    .doesNotContain("=null")
                    .doesNotContain("@");
        });
        assertThat(state(given)).isEqualTo(before);
        assertThat(Adjoint.threads()).isEqualTo(threads);
        // The graph still works.
        given.made.sum().backward();
        assertThat(given.leaf.grad().toDoubles()).containsExactly(2, 2);
    }
}
