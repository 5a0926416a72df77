package adjoint.programs;

import adjoint.tensor.Index;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.GraphException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * A program over tensors {@code r0, r1, …}: first its inputs, then a tensor for each step, whose operands may be used
 * again by later ones. Its result is a sum over its last tensors.
 *
 * @param inputs the values at which it is looked at, F64
 */
record RandomProgram(List<Tensor> inputs, List<Step> steps) {
    private static final int LONGEST = 30;
    private static final int OUTPUTS = 3;
    private static final int LARGEST = 24;

    /** What a step does, and how that is written in Java; {@code %s} stand for the operands. */
    record Move(String code, int operands, Function<Tensor[], Tensor> action) {
        @Override
        public String toString() {
            return code;
        }
    }

    /**
     * A move with its operands.
     *
     * @param uses the numbers of the tensors it works on
     */
    record Step(Move move, int[] uses) {
        private Tensor run(List<Tensor> tensors) {
            return move.action.apply(Arrays.stream(uses).mapToObj(tensors::get).toArray(Tensor[]::new));
        }

        private String java(int number) {
            Object[] names = Arrays.stream(uses).mapToObj(u -> "r" + u).toArray();
            return "Tensor r" + number + " = " + String.format(move.code, names) + ";\n";
        }
    }

    private static Move one(String code, Function<Tensor, Tensor> action) {
        return new Move(code, 1, x -> action.apply(x[0]));
    }

    private static Move two(String code, java.util.function.BinaryOperator<Tensor> action) {
        return new Move(code, 2, x -> action.apply(x[0], x[1]));
    }

    /** Smooth everywhere, and bounded, so that differences tell something after thirty of them. */
    private static final List<Move> ARITHMETIC = List.of(
            one("%s.sin()", Tensor::sin),
            one("%s.cos()", Tensor::cos),
            one("%s.tanh()", Tensor::tanh),
            one("%s.sigmoid()", Tensor::sigmoid),
            one("%s.atan()", Tensor::atan),
            one("%s.erf()", Tensor::erf),
            one("%s.neg()", Tensor::neg),
            one("%s.mul(0.75)", x -> x.mul(0.75)),
            one("%s.rsub(0.5)", x -> x.rsub(0.5)),
            one("%s.square().add(1.0).log()", x -> x.square().add(1.0).log()),
            one("%s.square().add(0.5).sqrt()", x -> x.square().add(0.5).sqrt()),
            one("%s.softmax(-1)", x -> x.softmax(-1)),
            one("%s.logsumexp(0)", x -> x.logsumexp(0)),
            one("%s.sum(0).tanh()", x -> x.sum(0).tanh()),
            one("%s.mean(-1)", x -> x.mean(-1)),
            one("%s.cumsum(0).tanh()", x -> x.cumsum(0).tanh()),
            one("%s.sin().prod(0)", x -> x.sin().prod(0)),
            one("%s.flip(0)", x -> x.flip(0)),
            one("%s.at(Index.list(0, 0, -1))", x -> x.at(Index.list(0, 0, -1))),
            two("%s.mul(%s).tanh()", (a, b) -> a.mul(b).tanh()),
            two("%s.add(%s).mul(0.5)", (a, b) -> a.add(b).mul(0.5)),
            two("%s.sub(%s).mul(0.5)", (a, b) -> a.sub(b).mul(0.5)),
            two("%s.div(%s.square().add(1.0))", (a, b) -> a.div(b.square().add(1.0))),
            two("%s.atan2(%s.square().add(0.5))", (a, b) -> a.atan2(b.square().add(0.5))),
            two("%s.matmul(%s).tanh()", (a, b) -> a.matmul(b).tanh()),
            two("Tensor.cat(0, %s, %s)", (a, b) -> Tensor.cat(0, a, b)),
            two("Tensor.stack(0, %s, %s)", (a, b) -> Tensor.stack(0, a, b)));

    private static final List<Move> VIEWS = List.of(
            one("%s.transpose(0, -1)", x -> x.transpose(0, -1)),
            one("%s.select(0, -1)", x -> x.select(0, -1)),
            one("%s.slice(0, 0, 2)", x -> x.slice(0, 0, 2)),
            one("%s.slice(0, 1, 3, 2)", x -> x.slice(0, 1, 3, 2)),
            one("%s.unsqueeze(0)", x -> x.unsqueeze(0)),
            one("%s.squeeze()", Tensor::squeeze),
            one(
                    "%s.unsqueeze(0).expandAs(Tensor.stack(0, %<s, %<s))",
                    x -> x.unsqueeze(0).expandAs(Tensor.stack(0, x, x))),
            one("%s.reshape(-1)", x -> x.reshape(-1)),
            one("%s.detach().mul(%<s)", x -> x.detach().mul(x)));

    private static final List<Move> WRITES = List.of(
            two("%s.mulInPlace(%s)", Tensor::mulInPlace),
            two("%s.addInPlace(%s)", Tensor::addInPlace),
            two("%s.copyInPlace(%s)", Tensor::copyInPlace),
            one("%s.mulInPlace(0.5)", x -> x.mulInPlace(0.5)),
            one("%s.tanhInPlace()", Tensor::tanhInPlace),
            one("%s.sigmoidInPlace()", Tensor::sigmoidInPlace));

    private static final Move COPY = one("%s.clone()", Tensor::clone);

    /** The condition is kept from deciding differently nearby by those who compare with differences. */
    private static final Move BRANCH = two(
            "%s.sum().item() > 0.1 ? %<s.sin() : %<s.mul(%s.mean())",
            (a, b) -> a.sum().item() > 0.1 ? a.sin() : a.mul(b.mean()));

    private static final Move LOOP = two("repeated(%s, %s)", RandomProgram::repeated);

    private static Tensor repeated(Tensor a, Tensor b) {
        Tensor x = a;
        int times = 2 + (b.sum().item() > 0 ? 1 : 0);
        for (int i = 0; i < times; i++) {
            x = x.mul(b).add(a).tanh();
        }
        return x;
    }

    private static final String REPEATED = """
            static Tensor repeated(Tensor a, Tensor b) {
                Tensor x = a;
                int times = 2 + (b.sum().item() > 0 ? 1 : 0);
                for (int i = 0; i < times; i++) {
                    x = x.mul(b).add(a).tanh();
                }
                return x;
            }
            """;

    /** The same seed gives the same program. */
    static RandomProgram of(long seed, Move... further) {
        Random random = new Random(seed);
        List<Tensor> inputs = List.of(sample(random, 2, 3), sample(random, 3), sample(random));
        List<Tensor> tensors =
                new ArrayList<>(inputs.stream().map(Tensor::clone).toList());
        List<Step> steps = new ArrayList<>();
        List<Integer> writable = new ArrayList<>();
        int length = 3 + random.nextInt(LONGEST - 2);
        for (int tries = 0; steps.size() < length && tries < 20 * LONGEST; tries++) {
            Move move = move(random, List.of(further), !writable.isEmpty());
            int[] uses = new int[move.operands];
            for (int i = 0; i < uses.length; i++) {
                // Rather the last ones: programs are to be deep, not wide.
                int back = (int) (random.nextDouble() * random.nextDouble() * tensors.size());
                uses[i] = tensors.size() - 1 - back;
            }
            boolean writes = WRITES.contains(move);
            if (writes) {
                uses[0] = writable.get(random.nextInt(writable.size()));
            }
            Step step = new Step(move, uses);
            Tensor result;
            try {
                result = step.run(tensors);
            } catch (ShapeException | IndexException | GraphException e) {
                continue; // it does not fit these shapes, or would write to an expanded tensor
            }
            if (result.numel() == 0
                    || result.numel() > LARGEST
                    || result.shape().rank() > 3) {
                continue;
            }
            steps.add(step);
            tensors.add(result);
            if (move == COPY || writes || (VIEWS.contains(move) && writable.contains(uses[0]))) {
                writable.add(tensors.size() - 1);
            }
        }
        return new RandomProgram(inputs, steps);
    }

    private static Move move(Random random, List<Move> further, boolean canWrite) {
        int kind = random.nextInt(100);
        List<Move> from = kind < 55
                ? ARITHMETIC
                : kind < 72
                        ? VIEWS
                        : kind < 80
                                ? canWrite ? WRITES : List.of(COPY)
                                : kind < 88 ? List.of(COPY) : List.of(BRANCH, LOOP);
        List<Move> all = new ArrayList<>(from);
        all.addAll(further);
        return all.get(random.nextInt(all.size()));
    }

    private static Tensor sample(Random random, long... shape) {
        int n = 1;
        for (long size : shape) {
            n *= (int) size;
        }
        double[] values = random.doubles(n, -1, 1).toArray();
        return Tensor.of((Object) values, DType.F64).reshape(shape);
    }

    /** The result at the given inputs: a 0-d tensor. */
    Tensor run(List<Tensor> at) {
        List<Tensor> tensors = new ArrayList<>(at);
        for (Step step : steps) {
            tensors.add(step.run(tensors));
        }
        Tensor sum = null;
        for (int i = Math.max(inputs.size(), tensors.size() - OUTPUTS); i < tensors.size(); i++) {
            Tensor part = tensors.get(i).mul(0.5 + i % 3).sum();
            sum = sum == null ? part : sum.add(part);
        }
        return sum == null ? at.getFirst().sum() : sum;
    }

    /** Whether a branch would go the other way close by. */
    boolean isNearAnEdge() {
        List<Tensor> tensors =
                new ArrayList<>(inputs.stream().map(Tensor::clone).toList());
        for (Step step : steps) {
            double edge = Double.POSITIVE_INFINITY;
            if (step.move == BRANCH) {
                edge = tensors.get(step.uses[0]).sum().item() - 0.1;
            } else if (step.move == LOOP) {
                edge = tensors.get(step.uses[1]).sum().item();
            }
            if (Math.abs(edge) < 0.02) {
                return true;
            }
            tensors.add(step.run(tensors));
        }
        return false;
    }

    /** Whether gradients stop somewhere on purpose, where differences go on. */
    boolean detaches() {
        return steps.stream().anyMatch(s -> s.move.code.contains("detach"));
    }

    /** All programs that are this one without one of its steps: whoever used its result uses one of its operands. */
    List<RandomProgram> shorter() {
        List<RandomProgram> all = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            int removed = inputs.size() + i;
            for (int operand : Arrays.stream(steps.get(i).uses).distinct().toArray()) {
                List<Step> rest = new ArrayList<>();
                for (int k = 0; k < steps.size(); k++) {
                    if (k != i) {
                        int[] uses = steps.get(k).uses.clone();
                        for (int u = 0; u < uses.length; u++) {
                            uses[u] = uses[u] == removed ? operand : uses[u] > removed ? uses[u] - 1 : uses[u];
                        }
                        rest.add(new Step(steps.get(k).move, uses));
                    }
                }
                all.add(new RandomProgram(inputs, rest));
            }
        }
        return all;
    }

    /** The program as Java that can be run. */
    @Override
    public String toString() {
        StringBuilder java = new StringBuilder();
        for (int i = 0; i < inputs.size(); i++) {
            Tensor x = inputs.get(i);
            java.append("Tensor r" + i + " = Tensor.of((Object) new double[] {");
            java.append(String.join(
                    ", ",
                    Arrays.stream(x.toDoubles()).mapToObj(Double::toString).toList()));
            java.append("}, DType.F64).reshape(");
            java.append(String.join(
                    ", ",
                    Arrays.stream(x.shape().sizes()).mapToObj(Long::toString).toList()));
            java.append(").requiresGrad(true);\n");
        }
        for (int i = 0; i < steps.size(); i++) {
            java.append(steps.get(i).java(inputs.size() + i));
        }
        int count = inputs.size() + steps.size();
        List<String> parts = new ArrayList<>();
        for (int i = Math.max(inputs.size(), count - OUTPUTS); i < count; i++) {
            parts.add("r" + i + ".mul(" + (0.5 + i % 3) + ").sum()");
        }
        String sum = parts.isEmpty() ? "r0.sum()" : parts.getFirst();
        for (int i = 1; i < parts.size(); i++) {
            sum += ".add(" + parts.get(i) + ")";
        }
        java.append("Tensor loss = " + sum + ";\n");
        if (steps.stream().anyMatch(s -> s.move == LOOP)) {
            java.insert(0, REPEATED);
        }
        return java.toString();
    }
}
