package adjoint.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.DataException;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only LBFGS does. Its numbers are compared with PyTorch's in the reference cases. */
class LBFGSTest {
    private static Tensor leaf(double... values) {
        return Tensor.of(values, DType.F64).requiresGrad(true);
    }

    /** Rosenbrock's valley, of two parameters. */
    private static Supplier<Tensor> valley(LBFGS lbfgs, Tensor x, Tensor y) {
        return () -> {
            lbfgs.zeroGrad();
            Tensor loss = y.sub(x.pow(2)).pow(2).mul(100).add(x.rsub(1).pow(2)).sum();
            loss.backward();
            return loss;
        };
    }

    @Test
    void findsTheBottomOfTheValley() {
        Tensor x = leaf(-1.2);
        Tensor y = leaf(1);
        var lbfgs = new LBFGS(List.of(x, y)).strongWolfe().maxIter(100).toleranceChange(1e-14);
        Tensor first = lbfgs.step(valley(lbfgs, x, y));
        assertThat(first.item()).isCloseTo(24.2, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(x.item()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(y.item()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(x.isLeaf() && x.gradFn() == null).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnWhereItWasSaved(boolean search) {
        Tensor x = leaf(-1.2);
        Tensor y = leaf(1);
        var first = new LBFGS(List.of(x, y), 0.5).maxIter(3).historySize(2);
        first = search ? first.strongWolfe() : first;
        assertThat(first.stateDict().keySet()).noneMatch(name -> name.startsWith("state."));
        for (int i = 0; i < 3; i++) {
            first.step(valley(first, x, y));
        }
        Tensor x2 = x.detach().clone().requiresGrad(true);
        Tensor y2 = y.detach().clone().requiresGrad(true);
        var second = new LBFGS(List.of(x2, y2));
        second.loadStateDict(first.stateDict());
        for (int i = 0; i < 3; i++) {
            first.step(valley(first, x, y));
            second.step(valley(second, x2, y2));
        }
        assertThat(x2.item()).isEqualTo(x.item());
        assertThat(y2.item()).isEqualTo(y.item());
        assertThat(second.stateDict().get("state.0.func_evals").itemLong())
                .isEqualTo(first.stateDict().get("state.0.func_evals").itemLong());
    }

    @Test
    void whatTheClosureThrowsLeavesTheParameters() {
        Tensor x = leaf(-1.2);
        Tensor y = leaf(1);
        var lbfgs = new LBFGS(List.of(x, y)).strongWolfe();
        Supplier<Tensor> valley = valley(lbfgs, x, y);
        int[] calls = {0};
        assertThatThrownBy(() -> lbfgs.step(() -> {
                    if (calls[0]++ == 2) {
                        throw new IllegalStateException("enough");
                    }
                    return valley.get();
                }))
                .hasMessage("enough");
        assertThat(x.item()).isEqualTo(-1.2);
        assertThat(y.item()).isEqualTo(1);
    }

    @Test
    void refusals() {
        Tensor x = leaf(1);
        var lbfgs = new LBFGS(List.of(x));
        assertThatThrownBy(lbfgs::step).isInstanceOf(GraphException.class).hasMessageContaining("closure");
        assertThatThrownBy(() -> lbfgs.add(new ParameterGroup(leaf(2)))).isInstanceOf(GraphException.class);
        assertThatThrownBy(() -> new LBFGS(List.of(x, Tensor.zeros(1).requiresGrad(true))))
                .isInstanceOf(DTypeException.class);
        lbfgs.step(valley(lbfgs, x, leaf(3)));
        lbfgs.step(valley(lbfgs, x, leaf(3)));
        Map<String, Tensor> state = lbfgs.stateDict();
        assertThatThrownBy(() -> new LBFGS(List.of(leaf(1, 2))).loadStateDict(state))
                .isInstanceOf(ShapeException.class);
        Map<String, Tensor> less = new HashMap<>(state);
        less.remove("state.0.t");
        assertThatThrownBy(() -> lbfgs.loadStateDict(less))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("missing 0.t");
        Map<String, Tensor> more = new HashMap<>(state);
        more.put("state.0.u", Tensor.scalar(1));
        assertThatThrownBy(() -> lbfgs.loadStateDict(more))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("unexpected [0.u]");
    }

    /** What has no gradient counts as flat. */
    @Test
    void whatIsNotUsedStays() {
        Tensor x = leaf(2, 3);
        Tensor unused = leaf(7);
        var lbfgs = new LBFGS(List.of(x, unused));
        lbfgs.step(() -> {
            lbfgs.zeroGrad();
            Tensor loss = x.mul(x).sum();
            loss.backward();
            return loss;
        });
        assertThat(unused.item()).isEqualTo(7);
        assertThat(x.toDoubles()[0]).isCloseTo(0, org.assertj.core.data.Offset.offset(1e-8));
    }
}
