package adjoint.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adjoint.tensor.Tensor;
import adjoint.types.DataException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Schedules are saved, chained and refused. Their rates are compared with PyTorch's in the reference cases. */
class SchedulesTest {
    private record Kind(String name, Function<Optimizer, LRScheduler> make) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Kind> KINDS = List.of(
            new Kind("StepLR", o -> new StepLR(o, 3)),
            new Kind("MultiStepLR", o -> new MultiStepLR(o, List.of(2, 5, 5))),
            new Kind("ConstantLR", ConstantLR::new),
            new Kind("LinearLR", LinearLR::new),
            new Kind("ExponentialLR", o -> new ExponentialLR(o, 0.9)),
            new Kind("PolynomialLR", o -> new PolynomialLR(o, 8, 2)),
            new Kind("CosineAnnealingLR", o -> new CosineAnnealingLR(o, 4)),
            new Kind("CosineAnnealingWarmRestarts", o -> new CosineAnnealingWarmRestarts(o, 2, 2, 0.01)),
            new Kind("LambdaLR", o -> new LambdaLR(o, e -> 1.0 / (e + 1))),
            new Kind("MultiplicativeLR", o -> new MultiplicativeLR(o, e -> 1 - 1.0 / (e + 2))),
            new Kind(
                    "CyclicLR",
                    o -> new CyclicLR(
                            o, new CyclicLR.Options(0.01, 0.1).stepSize(3).mode(CyclicLR.Mode.TRIANGULAR2))),
            new Kind("OneCycleLR", o -> new OneCycleLR(o, 1, 20)),
            new Kind(
                    "SequentialLR",
                    o -> new SequentialLR(
                            o, List.of(new LinearLR(o, 0.1, 1, 4), new CosineAnnealingLR(o, 8)), List.of(4))),
            new Kind("ChainedScheduler", o -> new ChainedScheduler(new StepLR(o, 2), new ExponentialLR(o, 0.9))));

    private static SGD sgd() {
        return new SGD(
                        0.1,
                        new ParameterGroup(Tensor.zeros(1).requiresGrad(true)),
                        new ParameterGroup(Tensor.zeros(1).requiresGrad(true)).lr(0.4))
                .momentum(0.9);
    }

    private static List<List<Double>> rates(LRScheduler schedule, int steps) {
        List<List<Double>> rates = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            rates.add(schedule.lastLr());
            schedule.step();
        }
        return rates;
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void goesOnWhereItWasSaved(Kind kind) {
        SGD first = sgd();
        LRScheduler schedule = kind.make.apply(first);
        rates(schedule, 5);
        SGD second = sgd();
        LRScheduler resumed = kind.make.apply(second);
        second.loadStateDict(first.stateDict());
        resumed.loadStateDict(schedule.stateDict());
        assertThat(resumed.epoch()).isEqualTo(schedule.epoch()).isEqualTo(5);
        assertThat(rates(resumed, 10)).isEqualTo(rates(schedule, 10));
        assertThat(second.groups().getFirst().get(Setting.MOMENTUM))
                .isEqualTo(first.groups().getFirst().get(Setting.MOMENTUM));
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void refusesAnothersState(Kind kind) {
        LRScheduler schedule = kind.make.apply(sgd());
        Map<String, Tensor> odd = schedule.stateDict();
        odd.put("odd", Tensor.scalar(1));
        List<Double> before = schedule.lastLr();
        assertThatThrownBy(() -> schedule.loadStateDict(odd))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("unexpected [odd]");
        Map<String, Tensor> less = schedule.stateDict();
        less.remove("last_epoch");
        assertThatThrownBy(() -> schedule.loadStateDict(less)).isInstanceOf(DataException.class);
        LRScheduler fewer = kind.make.apply(new SGD(List.of(Tensor.zeros(1).requiresGrad(true)), 0.1));
        assertThatThrownBy(() -> schedule.loadStateDict(fewer.stateDict()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("of shape [1]");
        assertThat(schedule.lastLr()).isEqualTo(before);
    }

    /** The rates that optimizers read are those that schedules set. */
    @Test
    void setsTheRatesOfAnyOptimizer() {
        Tensor x = Tensor.ones(1).requiresGrad(true);
        Rprop rprop = new Rprop(List.of(x), 0.5);
        var schedule = new ExponentialLR(rprop, 0.5);
        schedule.step();
        assertThat(rprop.lr()).isEqualTo(0.25).isEqualTo(schedule.lastLr().getFirst());
        assertThat(schedule.optimizer()).isSameAs(rprop);
    }

    @Test
    void changesByHandAddUp() {
        SGD sgd = sgd();
        var schedule = new ExponentialLR(sgd, 0.5);
        sgd.groups().getFirst().lr(8);
        schedule.step();
        assertThat(schedule.lastLr()).containsExactly(4.0, 0.2);
    }

    @Test
    void aChainCanFollowAWarmUp() {
        SGD sgd = new SGD(List.of(Tensor.zeros(1).requiresGrad(true)), 1);
        var warm = new LinearLR(sgd, 0.5, 1, 2);
        var chain = new ChainedScheduler(new ExponentialLR(sgd, 0.5), new StepLR(sgd, 2));
        var all = new SequentialLR(sgd, List.of(warm, chain), List.of(3));
        List<Double> rates = rates(all, 7).stream().map(List::getFirst).toList();
        double[] wanted = {0.5, 0.75, 1, 1, 0.5, 0.025, 0.0125};
        for (int i = 0; i < wanted.length; i++) {
            assertThat(rates.get(i)).isCloseTo(wanted[i], within(1e-12));
        }
    }

    @Test
    void warmRestartsWithinAnEpoch() {
        SGD sgd = new SGD(List.of(Tensor.zeros(1).requiresGrad(true)), 1);
        var schedule = new CosineAnnealingWarmRestarts(sgd, 2, 2, 0);
        schedule.step(1.0);
        assertThat(sgd.lr()).isCloseTo(0.5, within(1e-15));
        schedule.step(4.0); // the second fall, from 2 to 6, is half over
        assertThat(sgd.lr()).isCloseTo(0.5, within(1e-15));
        schedule.step(0.5);
        assertThat(sgd.lr()).isCloseTo((1 + Math.sqrt(0.5)) / 2, within(1e-15));
        assertThat(schedule.epoch()).isZero();
        assertThatThrownBy(() -> schedule.step(-1.0)).isInstanceOf(ValueException.class);
        assertThat(schedule.epoch()).isZero();
    }

    @Test
    void momentumGoesAgainstTheRate() {
        Adam adam = new Adam(List.of(Tensor.zeros(1).requiresGrad(true)));
        new CyclicLR(adam, new CyclicLR.Options(0.1, 0.2).stepSize(1).momentum(0.5, 0.75)).step();
        assertThat(adam.lr()).isEqualTo(0.2);
        assertThat(adam.groups().getFirst().get(Setting.BETA1)).isEqualTo(0.5);
        SGD sgd = sgd();
        new OneCycleLR(sgd, new OneCycleLR.Options(10, 1, 2).fixedMomentum());
        assertThat(sgd.groups().getFirst().get(Setting.MOMENTUM)).isEqualTo(0.9);
        assertThat(sgd.groups().get(1).lr()).isCloseTo(2.0 / 25, within(1e-15));
    }

    @Test
    void refusedStepsChangeNothing() {
        SGD sgd = sgd();
        var cycle = new OneCycleLR(sgd, 1, 2);
        rates(cycle, 2);
        List<Double> before = cycle.lastLr();
        assertThatThrownBy(cycle::step).isInstanceOf(ValueException.class).hasMessageContaining("step 3 of 2");
        assertThat(cycle.epoch()).isEqualTo(2);
        assertThat(cycle.lastLr()).isEqualTo(before);
        SGD other = sgd();
        List<IntToDoubleFunction> factors = List.of(_ -> 0.5, e -> e == 0 ? 1 : Double.NaN);
        var lambda = new LambdaLR(other, factors);
        assertThatThrownBy(lambda::step).isInstanceOf(ValueException.class).hasMessageContaining("rate of NaN");
        assertThat(lambda.lastLr()).containsExactly(0.05, 0.4);
        assertThat(lambda.epoch()).isZero();
    }

    @Test
    void misuse() {
        SGD sgd = sgd();
        List<Double> before = sgd.groups().stream().map(ParameterGroup::lr).toList();
        List<Function<Optimizer, Object>> wrong = List.of(
                o -> new StepLR(o, 0),
                o -> new ConstantLR(o, 0, 5),
                o -> new ConstantLR(o, 1.5, 5),
                o -> new LinearLR(o, 0, 1, 5),
                o -> new LinearLR(o, 1, 1.5, 5),
                o -> new CosineAnnealingLR(o, 0),
                o -> new CosineAnnealingWarmRestarts(o, 0),
                o -> new CosineAnnealingWarmRestarts(o, 1, 0, 0),
                o -> new OneCycleLR(o, 1, 0),
                o -> new OneCycleLR(o, new OneCycleLR.Options(5, 1).pctStart(1.5)),
                o -> new OneCycleLR(o, new OneCycleLR.Options(5, 1, 2, 3)),
                o -> new CyclicLR(o, new CyclicLR.Options(0.1, 1).stepSizes(0, 1)),
                o -> new OneCycleLR(new Adagrad(List.of(Tensor.zeros(1).requiresGrad(true))), 1, 5),
                o -> new LambdaLR(o, List.of(e -> 1)),
                o -> new SequentialLR(o, List.of(), List.of()),
                o -> new SequentialLR(sgd(), List.of(new StepLR(sgd(), 1)), List.of()),
                o -> new ChainedScheduler(),
                o -> new ReduceLROnPlateau(o).factor(1),
                o -> new ReduceLROnPlateau(o).minLr(1, 2, 3),
                _ -> Rates.cosine(1, 0, 5, 5, 0));
        for (Function<Optimizer, Object> make : wrong) {
            assertThatThrownBy(() -> make.apply(sgd)).isInstanceOf(ValueException.class);
        }
        assertThat(sgd.groups().stream().map(ParameterGroup::lr).toList()).isEqualTo(before);
        var step = new StepLR(sgd, 1);
        assertThatThrownBy(() -> new SequentialLR(sgd, List.of(step, step), List.of()))
                .isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> new SequentialLR(sgd, List.of(step, step, step), List.of(5, 3)))
                .isInstanceOf(ValueException.class);
    }

    @Test
    void plateausGoOnWhereTheyWereSaved() {
        SGD first = sgd();
        SGD second = sgd();
        var plateau = new ReduceLROnPlateau(first).patience(1).factor(0.5).cooldown(1);
        var resumed = new ReduceLROnPlateau(second).patience(1).factor(0.5).cooldown(1);
        double[] losses = {1, 0.9, 0.9, 0.95, 0.9, 0.9, 0.9, 0.9};
        for (int i = 0; i < 4; i++) {
            plateau.step(losses[i]);
        }
        assertThat(plateau.best()).isEqualTo(0.9);
        assertThat(plateau.lastLr()).containsExactly(0.05, 0.2);
        second.loadStateDict(first.stateDict());
        resumed.loadStateDict(plateau.stateDict());
        for (int i = 4; i < 8; i++) {
            plateau.step(losses[i]);
            resumed.step(losses[i]);
            assertThat(resumed.lastLr()).isEqualTo(plateau.lastLr());
        }
        assertThat(resumed.epoch()).isEqualTo(8);
        assertThatThrownBy(() -> resumed.loadStateDict(Map.of())).isInstanceOf(DataException.class);
        // NaN is no better than anything.
        plateau.step(Double.NaN);
        assertThat(plateau.best()).isEqualTo(0.9);
    }
}
