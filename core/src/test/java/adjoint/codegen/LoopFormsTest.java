package adjoint.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.codegen.LoopPrograms.Call;
import adjoint.types.DType;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All forms of a loop yield the same bits: whatever the program, the length, the steps, cold or hot. */
class LoopFormsTest {
    private static final int[] SIZES = {0, 1, 3, 4, 7, 15, 16, 17, 31, 33, 63, 65, 207, 1000, 4097};
    private static final Program.Load X = new Program.Load(0, Kind.NUMBER);
    private static final Program.Load Y = new Program.Load(1, Kind.NUMBER);

    private static Program program(DType dtype, int inputs, Program.Step... steps) {
        return new Program(dtype, List.of(steps), inputs, 0);
    }

    private static Program.Compute compute(Lane lane, int... operands) {
        return new Program.Compute(
                lane, operands[0], operands.length > 1 ? operands[1] : -1, operands.length > 2 ? operands[2] : -1);
    }

    private static Program.Literal literal(double value) {
        return new Program.Literal(Double.doubleToRawLongBits(value));
    }

    private static void assertSame(Program program, Call call) {
        var loop = new TieredLoop(program);
        long[] interpreted = call.run(loop.force(Tier.INTERPRETED));
        assertThat(call.run(loop.force(Tier.SCALAR))).as("scalar\n%s", program).isEqualTo(interpreted);
        assertThat(call.run(loop.force(Tier.VECTOR))).as("vector\n%s", program).isEqualTo(interpreted);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64", "I64"})
    void formsAgreeOnRandomPrograms(DType dtype) {
        for (int seed = 0; seed < 40; seed++) {
            Program program = LoopPrograms.random(dtype, 3, 1, 1, 4 + 2 * (seed % 20), seed);
            var random = new SplittableRandom(seed);
            var loop = new TieredLoop(program);
            Loop interpreted = loop.force(Tier.INTERPRETED);
            Loop scalar = loop.force(Tier.SCALAR);
            Loop vector = loop.force(Tier.VECTOR);
            int[][] choices = {{1}, {0, 1}, {0, 1, 2, -1, -2}};
            for (int n : SIZES) {
                for (int[] choice : choices) {
                    if (n > 207 && seed % 4 != 0) {
                        continue;
                    }
                    Call call = Call.random(program, n, choice, random);
                    long[] expected = call.run(interpreted);
                    assertThat(call.run(scalar))
                            .as("scalar, n = %d\n%s", n, program)
                            .isEqualTo(expected);
                    assertThat(call.run(vector))
                            .as("vector, n = %d\n%s", n, program)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void everyInstructionAgreesOnDifficultNumbers(DType dtype) {
        for (Lane lane : Lane.values()) {
            var steps = new ArrayList<Program.Step>(List.of(X, Y, new Program.Load(2, Kind.MASK)));
            steps.add(new Program.Load(3, Kind.MASK));
            steps.add(compute(Lane.TO_BITS, 0));
            steps.add(compute(Lane.TO_BITS, 1));
            int[] operands = new int[lane.arity()];
            for (int i = 0; i < operands.length; i++) {
                operands[i] = switch (lane.operand(i)) {
                    case NUMBER -> i % 2;
                    case MASK -> 2 + i % 2;
                    case BITS -> 4 + i % 2;
                };
            }
            steps.add(compute(lane, operands));
            if (lane.result() == Kind.BITS) {
                steps.add(compute(Lane.FROM_BITS, steps.size() - 1));
            }
            Program program = new Program(dtype, List.copyOf(steps), 4, 0);
            assertSame(program, Call.random(program, 1021, new int[] {1}, new SplittableRandom(lane.ordinal())));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64", "I64"})
    void hotAndColdAgree(DType dtype) {
        Program program = LoopPrograms.random(dtype, 2, 1, 1, 25, 77);
        Call call = Call.random(program, 207, new int[] {1}, new SplittableRandom(5));
        var loop = new TieredLoop(program);
        for (Tier tier : Tier.values()) {
            Loop form = loop.force(tier);
            long[] cold = call.run(form);
            for (int i = 0; i < 3000; i++) {
                call.run(form);
            }
            assertThat(call.run(form)).as("%s", tier).isEqualTo(cold);
        }
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void valuesAreThoseOfJava(Tier tier) {
        // x < y ? fma(x, y, 0.1) : -sqrt(|x|)
        Program program = program(
                DType.F32,
                2,
                X,
                Y,
                compute(Lane.LT, 0, 1),
                literal(0.1),
                compute(Lane.FMA, 0, 1, 3),
                compute(Lane.ABS, 0),
                compute(Lane.SQRT, 5),
                compute(Lane.NEG, 6),
                compute(Lane.SELECT, 2, 4, 7));
        assertThat(program).hasToString("""
                v0 = x0
                v1 = x1
                v2 = v0 < v1
                v3 = 0.1
                v4 = fma(v0, v1, v3)
                v5 = abs(v0)
                v6 = sqrt(v5)
                v7 = -v6
                v8 = select(v2, v4, v7)
                """);
        Call call = Call.random(program, 207, new int[] {1}, new SplittableRandom(1));
        float[] x = (float[]) call.arrays()[1];
        float[] y = (float[]) call.arrays()[2];
        float[] out = ((float[]) call.arrays()[0]).clone();
        for (int i = 0; i < 207; i++) {
            float a = x[call.offsets()[1] + i];
            float b = y[call.offsets()[2] + i];
            out[call.offsets()[0] + i] = a < b ? Math.fma(a, b, 0.1f) : -(float) Math.sqrt(Math.abs(a));
        }
        assertThat(call.run(new TieredLoop(program).force(tier))).isEqualTo(LoopPrograms.bits(out));
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void signsOfZeroAndNaNAreExact(Tier tier) {
        float[] x = {0f, -0f, Float.NaN, Float.intBitsToFloat(0xffc12345), 1f, -0f, 0f, -0f};
        assertThat(one(tier, x, compute(Lane.NEG, 0)))
                .containsExactly(raw(
                        -0f, 0f, Float.intBitsToFloat(0xffc00000), Float.intBitsToFloat(0x7fc12345), -1f, 0f, -0f, 0f));
        assertThat(one(tier, x, compute(Lane.ABS, 0), compute(Lane.TO_BITS, 1), compute(Lane.FROM_BITS, 2)))
                .containsExactly(raw(0f, 0f, Float.NaN, Float.NaN, 1f, 0f, 0f, 0f));
        assertThat(one(tier, x, compute(Lane.TO_BITS, 0), compute(Lane.FROM_BITS, 1)))
                .as("one NaN for all, so that none leaks into a number")
                .containsExactly(raw(0f, -0f, Float.NaN, Float.NaN, 1f, -0f, 0f, -0f));
        assertThat(one(tier, x, literal(-0.0), compute(Lane.MAX, 0, 1)))
                .startsWith(raw(0f, -0f))
                .endsWith(raw(1f, -0f, 0f, -0f));
        assertThat(one(tier, x, literal(0.0), compute(Lane.MIN, 0, 1)))
                .startsWith(raw(0f, -0f))
                .endsWith(raw(0f, -0f, 0f, -0f));
    }

    private static int[] one(Tier tier, float[] x, Program.Step... more) {
        var steps = new ArrayList<Program.Step>(List.of(X));
        steps.addAll(List.of(more));
        Program program = new Program(DType.F32, List.copyOf(steps), 1, 0);
        float[] out = new float[x.length];
        new TieredLoop(program)
                .force(tier)
                .run(new Object[] {out, x}, new int[2], new int[] {1, 1}, new double[0], x.length);
        return raw(out);
    }

    private static int[] raw(float... x) {
        int[] bits = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            bits[i] = Float.floatToRawIntBits(x[i]);
        }
        return bits;
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500, 1000, 5000})
    void longFormulasAreCut(int pairs) {
        Program program = LoopPrograms.pairs(DType.F32, pairs);
        List<Segment> segments = Segment.cut(program, LoopCompiler.SCALAR_LIMIT, ScalarEmitter::bytes)
                .segments();
        for (Segment segment : segments) {
            for (MethodModel method : ClassFile.of()
                    .parse(LoopCompiler.bytes(new ScalarEmitter(segment)::methods))
                    .methods()) {
                var code = (CodeAttribute) method.code().orElseThrow();
                assertThat(code.codeLength()).as("HotSpot compiles it").isLessThan(6_000);
            }
        }
        assertThat(segments.size()).isBetween(pairs / 200, pairs / 50);
        Call call = Call.random(program, 600, new int[] {1}, new SplittableRandom(1));
        float[] x = (float[]) call.arrays()[1];
        float[] y = (float[]) call.arrays()[2];
        float[] out = ((float[]) call.arrays()[0]).clone();
        for (int i = 0; i < 600; i++) {
            float a = x[call.offsets()[1] + i];
            float v = y[call.offsets()[2] + i];
            for (int k = 0; k < pairs; k++) {
                v = v * a + y[call.offsets()[2] + i];
            }
            out[call.offsets()[0] + i] = v;
        }
        assertThat(call.run(LoopCompiler.scalar(program))).isEqualTo(LoopPrograms.bits(out));
        assertThat(call.run(new Interpreter(program))).isEqualTo(LoopPrograms.bits(out));
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void longRandomProgramsAgreeAcrossTheirCuts(DType dtype) {
        // Numbers, bit patterns and truth values pass from one part to the next.
        int parts = 0;
        var handedOn = EnumSet.noneOf(Kind.class);
        for (int seed = 0; seed < 5; seed++) {
            Program program = LoopPrograms.random(dtype, 3, 2, 2, 700, seed);
            Segment.Cut cut = Segment.cut(program, LoopCompiler.VECTOR_LIMIT, VectorEmitter::weight);
            parts += cut.segments().size();
            handedOn.addAll(cut.scratch());
            assertSame(program, Call.random(program, 1100, new int[] {1}, new SplittableRandom(seed)));
            assertSame(program, Call.random(program, 5, new int[] {0, 1, 2, -1}, new SplittableRandom(seed)));
        }
        assertThat(parts).isGreaterThan(10);
        assertThat(handedOn).containsExactlyInAnyOrder(Kind.values());
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void integersDivideAsInJava(Tier tier) {
        Loop loop = new TieredLoop(program(DType.I64, 2, X, Y, compute(Lane.DIV, 0, 1))).force(tier);
        long[] out = new long[3];
        Object[] arrays = {out, new long[] {7, -7, Long.MIN_VALUE}, new long[] {2, 2, -1}};
        loop.run(arrays, new int[3], new int[] {1, 1, 1}, new double[0], 3);
        assertThat(out).containsExactly(3, -3, Long.MIN_VALUE);
        arrays[2] = new long[3];
        assertThatThrownBy(() -> loop.run(arrays, new int[3], new int[] {1, 1, 1}, new double[0], 3))
                .isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void theResultMayBeAnOperand(Tier tier) {
        Program program = LoopPrograms.product(DType.F32);
        float[] x = new float[1000];
        float[] expected = new float[1000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
            expected[i] = (float) i * i;
        }
        new TieredLoop(program)
                .force(tier)
                .run(new Object[] {x, x, x}, new int[3], new int[] {1, 1, 1}, new double[0], x.length);
        assertThat(x).isEqualTo(expected);
    }

    @Test
    void aLoweredFormulaMergesEqualParts() {
        Expr x = new Expr.Input(0, Kind.NUMBER);
        Program program = Program.lower(x.mul(x).add(1).sub(x.mul(x)), DType.F64, 1, 0);
        assertThat(program).hasToString("""
                v0 = x0
                v1 = v0 * v0
                v2 = 1.0
                v3 = v1 + v2
                v4 = v3 - v1
                """);
    }

    @Test
    void noFormulaIsTooDeep() {
        Expr e = new Expr.Input(0, Kind.NUMBER);
        for (int i = 0; i < 100_000; i++) {
            e = e.add(1);
        }
        assertThat(Program.lower(e, DType.F32, 1, 0).steps()).hasSize(100_002);
    }
}
