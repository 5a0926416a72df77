package adjoint.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.Autograd;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several results in one pass: each is what its formula alone would give, and none sees another's. */
class UpdateTest {
    // a ← a·b + n, b ← a − b/2, where both read the old a and b; c is only read.
    private static final Update SWAP = Update.of(
            "swap",
            3,
            1,
            (x, n) -> List.of(
                    x.get(0).mul(x.get(1)).add(n.getFirst()),
                    x.get(0).sub(x.get(1).mul(0.5)).add(x.get(2))));

    private static double[] filled(int n, double from) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = from + Math.sin(i);
        }
        return x;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 16, 33, 1000, 4097, 200_000})
    void resultsReplaceOperands(int n) {
        Tensor a = Tensor.of(filled(n, 1), DType.F64);
        Tensor b = Tensor.of(filled(n, 2), DType.F64);
        Tensor c = Tensor.of(filled(n, 3), DType.F64);
        Tensor newA = a.mul(b).add(4.0);
        Tensor newB = a.sub(b.mul(0.5)).add(c);
        Engine.update(SWAP, new double[] {4}, a, b, c);
        assertThat(a.toDoubles()).isEqualTo(newA.toDoubles());
        assertThat(b.toDoubles()).isEqualTo(newB.toDoubles());
        assertThat(c.toDoubles()).isEqualTo(filled(n, 3));
        assertThat(a.version()).isEqualTo(1);
        assertThat(b.version()).isEqualTo(1);
        assertThat(c.version()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void formsAgree(Tier tier) {
        Expr x = new Expr.Input(0, Kind.NUMBER);
        Expr y = new Expr.Input(1, Kind.NUMBER);
        Expr sum = x.add(y);
        for (int i = 0; i < 300; i++) {
            sum = sum.mul(y).add(x); // long enough to be cut in several parts
        }
        // The second result is known long before the first.
        List<Expr> roots = List.of(sum, x.mul(y));
        Program program = Program.lower(roots, new int[] {0, 2}, DType.F64, 2, 0);
        double[] a = filled(1003, 0);
        double[] b = filled(1003, -0.5);
        double[] expected = a.clone();
        for (int i = 0; i < a.length; i++) {
            double v = a[i] + b[i];
            for (int k = 0; k < 300; k++) {
                v = v * b[i] + a[i];
            }
            expected[i] = v;
        }
        double[] products = Tensor.of(a, DType.F64).mul(Tensor.of(b, DType.F64)).toDoubles();
        new TieredLoop(program)
                .force(tier)
                .run(new Object[] {a, a, b}, new int[3], new int[] {1, 1, 1}, new double[0], a.length);
        assertThat(a).isEqualTo(expected);
        assertThat(b).isEqualTo(products);
    }

    @Test
    void layoutsMayDiffer() {
        Tensor memory = Tensor.of(filled(6, 1), DType.F64).reshape(2, 3);
        Tensor a = memory.t(); // [3, 2], strided
        Tensor b = Tensor.of(filled(6, 2), DType.F64).reshape(3, 2);
        Tensor c = Tensor.of(new double[] {3}, DType.F64).expand(3, 2);
        double[] newA = a.mul(b).add(1.0).toDoubles();
        double[] newB = a.sub(b.mul(0.5)).add(c).toDoubles();
        Engine.update(SWAP, new double[] {1}, a, b, c);
        assertThat(a.toDoubles()).isEqualTo(newA);
        assertThat(b.toDoubles()).isEqualTo(newB);
        // An operand that is only read may lie in the memory that is written to.
        Tensor square = Tensor.of(filled(9, 1), DType.F64).reshape(3, 3);
        Tensor other = Tensor.of(filled(9, 2), DType.F64).reshape(3, 3);
        double[] expected = square.sub(other.mul(0.5)).add(square.t()).toDoubles();
        Engine.update(SWAP, new double[] {1}, square, other, square.t());
        assertThat(other.toDoubles()).isEqualTo(expected);
    }

    /** Inside transforms, and where it is recorded, it is differentiated like the operations it stands for. */
    @Test
    void isFollowedByTheGraph() {
        Tensor x = Tensor.of(new double[] {2, 3}, DType.F64);
        Tensor g = Autograd.grad(
                t -> {
                    Tensor a = t.mul(1.0);
                    Tensor b = t.add(1.0);
                    Engine.update(SWAP, new double[] {1}, a, b, t.mul(0.0));
                    return a.add(b).sum();
                },
                x);
        // a·b + 1 with b = a + 1, and a − b/2: 2x + 1 + 1/2
        assertThat(g.toDoubles()).containsExactly(5.5, 7.5);
        Tensor leaf = x.detach().requiresGrad(true);
        Tensor a = leaf.mul(1.0);
        Tensor b = leaf.add(1.0);
        Engine.update(SWAP, new double[] {1}, a, b, leaf.detach());
        a.add(b).sum().backward();
        assertThat(leaf.grad().toDoubles()).containsExactly(5.5, 7.5);
    }

    @Test
    void refusals() {
        Tensor a = Tensor.ones(DType.F64, 3);
        Tensor b = Tensor.ones(DType.F64, 3);
        double[] n = {1};
        assertThatThrownBy(() -> Engine.update(SWAP, n, a, b, Tensor.ones(DType.F64, 1)))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Engine.update(SWAP, n, a, b, Tensor.ones(3))).isInstanceOf(DTypeException.class);
        Tensor expanded = Tensor.ones(DType.F64, 1).expand(3);
        assertThatThrownBy(() -> Engine.update(SWAP, n, a, expanded, b)).isInstanceOf(ShapeException.class);
        Tensor leaf = Tensor.ones(DType.F64, 3).requiresGrad(true);
        assertThatThrownBy(() -> Engine.update(SWAP, n, a, leaf, b)).isInstanceOf(GraphException.class);
        assertThat(a.toDoubles()).containsExactly(1, 1, 1);
        assertThat(a.version()).isZero();
        assertThatThrownBy(() -> Update.of("none", 1, 0, (_, _) -> List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
