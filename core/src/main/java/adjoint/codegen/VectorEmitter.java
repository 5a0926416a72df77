package adjoint.codegen;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import adjoint.codegen.Program.BitsLiteral;
import adjoint.codegen.Program.Compute;
import adjoint.codegen.Program.Literal;
import adjoint.codegen.Program.Load;
import adjoint.codegen.Program.LoadParam;
import adjoint.codegen.Program.Step;
import adjoint.codegen.Program.Store;
import adjoint.kernel.VectorSupport;
import adjoint.types.DType;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Locale;

/**
 * Writes a segment as a class with one vector loop, for operands that are contiguous or the same number throughout.
 * It names the classes of jdk.incubator.vector but does not link to them, so it can be loaded where they are missing.
 */
final class VectorEmitter {
    private static final String PACKAGE = "jdk.incubator.vector";
    private static final ClassDesc VECTOR = ClassDesc.of(PACKAGE, "Vector");
    private static final ClassDesc MASK = ClassDesc.of(PACKAGE, "VectorMask");
    private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE, "VectorSpecies");
    private static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE, "VectorOperators");

    private static final int ARRAYS = 1;
    private static final int OFFSETS = 2;
    private static final int PARAMS = 4;
    private static final int N = 5;

    private final Segment segment;
    private final List<Step> steps;
    private final boolean[] once;
    private final Slots slots;
    private final ClassDesc number;
    private final ClassDesc bits;
    private final ClassDesc numbers;
    private final ClassDesc bitVectors;
    private final int lanes;

    /** @param pattern a bit for each of the {@code inputs} array slots from 1 on that hold one number throughout */
    VectorEmitter(Segment segment, long pattern, int inputs) {
        this.segment = segment;
        this.steps = segment.steps();
        boolean single = segment.dtype() == DType.F32;
        number = LoopCompiler.desc(LoopCompiler.type(segment.dtype(), Kind.NUMBER));
        bits = LoopCompiler.desc(LoopCompiler.type(segment.dtype(), Kind.BITS));
        numbers = ClassDesc.of(PACKAGE, single ? "FloatVector" : "DoubleVector");
        bitVectors = ClassDesc.of(PACKAGE, single ? "IntVector" : "LongVector");
        lanes = VectorSupport.lanes(segment.dtype());
        once = segment.constants();
        for (int k = 0; k < once.length; k++) {
            // Scratch arrays come after the operands.
            if (steps.get(k) instanceof Load(int operand, Kind _) && operand < inputs) {
                once[k] = (pattern >>> (operand + 1) & 1) == 1;
            }
        }
        slots = new Slots(steps, once, segment.stored());
    }

    /** How much work a step is for C2, in instructions that it has to inline. */
    static int weight(Step step) {
        return step instanceof Compute(Lane lane, int _, int _, int _) ? lane == Lane.TO_BITS ? 3 : 1 : 1;
    }

    /** The method {@code run}. */
    void methods(ClassBuilder type) {
        type.withMethodBody("run", LoopCompiler.RUN, ClassFile.ACC_PUBLIC, code -> new Body(code).loop());
    }

    private final class Body {
        private final CodeBuilder code;
        private final int[] array = new int[segment.arrays()];
        private final int[] offset = new int[segment.arrays()];
        private final int[][] locals = new int[Kind.values().length][];
        private int index;
        private int next = N + 1;

        Body(CodeBuilder code) {
            this.code = code;
            for (Kind kind : Kind.values()) {
                locals[kind.ordinal()] = new int[slots.count(kind)];
            }
        }

        void loop() {
            index = next++;
            boolean[] used = segment.used();
            for (int s = 0; s < used.length; s++) {
                if (used[s]) {
                    prepare(s);
                }
            }
            for (int k = 0; k < steps.size(); k++) {
                if (once[k]) {
                    constant(k);
                }
            }
            Label head = code.newLabel();
            Label end = code.newLabel();
            code.iconst_0().istore(index);
            code.labelBinding(head).iload(index).iload(N).if_icmpge(end);
            for (int k = 0; k < steps.size(); k++) {
                if (!once[k]) {
                    step(k);
                }
            }
            for (Store store : segment.stores()) {
                code.aload(local(store.value()));
                element(store.slot());
                Kind kind = steps.get(store.value()).kind();
                code.invokevirtual(
                        vector(kind),
                        "intoArray",
                        MethodTypeDesc.of(CD_void, element(kind).arrayType(), CD_int));
            }
            code.iinc(index, lanes).goto_(head);
            code.labelBinding(end).return_();
        }

        private ClassDesc vector(Kind kind) {
            return switch (kind) {
                case NUMBER -> numbers;
                case BITS -> bitVectors;
                case MASK -> MASK;
            };
        }

        private ClassDesc element(Kind kind) {
            return switch (kind) {
                case NUMBER -> number;
                case BITS -> bits;
                case MASK -> CD_boolean;
            };
        }

        private void species(Kind kind) {
            code.getstatic(kind == Kind.BITS ? bitVectors : numbers, "SPECIES_PREFERRED", SPECIES);
        }

        /** Puts an array and where it begins into local variables. */
        private void prepare(int slot) {
            array[slot] = next++;
            offset[slot] = next++;
            code.aload(ARRAYS).loadConstant(slot).aaload();
            code.checkcast(element(segment.kind(slot)).arrayType()).astore(array[slot]);
            code.aload(OFFSETS).loadConstant(slot).iaload().istore(offset[slot]);
        }

        /** Pushes an array and the index of the current elements. */
        private void element(int slot) {
            code.aload(array[slot]).iload(offset[slot]).iload(index).iadd();
        }

        /** A vector of equal elements, made before the loop. */
        private void constant(int k) {
            Kind kind = steps.get(k).kind();
            species(kind);
            switch (steps.get(k)) {
                case Load(int operand, Kind _) -> {
                    code.aload(array[operand + 1]).iload(offset[operand + 1]);
                    code.arrayLoad(kind == Kind.MASK ? TypeKind.BOOLEAN : TypeKind.from(element(kind)));
                }
                case LoadParam(int param) -> {
                    code.aload(PARAMS).loadConstant(param).daload();
                    code.conversion(TypeKind.DOUBLE, TypeKind.from(number));
                }
                case Literal literal -> {
                    if (segment.dtype() == DType.F32) {
                        code.loadConstant((float) literal.value());
                    } else {
                        code.loadConstant(literal.value());
                    }
                }
                case BitsLiteral(long value) -> {
                    if (segment.dtype() == DType.F32) {
                        code.loadConstant((int) value);
                    } else {
                        code.loadConstant(value);
                    }
                }
                case Compute c -> throw new AssertionError(c);
            }
            if (kind == Kind.MASK) {
                code.invokeinterface(SPECIES, "maskAll", MethodTypeDesc.of(MASK, CD_boolean));
            } else {
                code.invokestatic(vector(kind), "broadcast", MethodTypeDesc.of(vector(kind), SPECIES, element(kind)));
            }
            code.astore(local(k));
        }

        private int local(int k) {
            int[] mine = locals[steps.get(k).kind().ordinal()];
            if (mine[slots.of(k)] == 0) {
                mine[slots.of(k)] = next++;
            }
            return mine[slots.of(k)];
        }

        private void step(int k) {
            switch (steps.get(k)) {
                case Load(int operand, Kind kind) -> {
                    species(kind);
                    element(operand + 1);
                    ClassDesc from = element(kind).arrayType();
                    code.invokestatic(
                            vector(kind), "fromArray", MethodTypeDesc.of(vector(kind), SPECIES, from, CD_int));
                }
                case Compute step -> compute(step);
                default -> throw new AssertionError(steps.get(k));
            }
            code.astore(local(k));
        }

        private void compute(Compute step) {
            Lane lane = step.lane();
            switch (lane) {
                case SELECT -> {
                    code.aload(local(step.c())).aload(local(step.b())).aload(local(step.a()));
                    code.invokevirtual(numbers, "blend", MethodTypeDesc.of(numbers, VECTOR, MASK));
                }
                case TO_BITS -> {
                    code.aload(local(step.a()));
                    canonicalNaN(step.a());
                    code.invokevirtual(numbers, "reinterpretAs" + plural(bits), MethodTypeDesc.of(bitVectors));
                }
                case RAW_BITS -> {
                    code.aload(local(step.a()));
                    code.invokevirtual(numbers, "reinterpretAs" + plural(bits), MethodTypeDesc.of(bitVectors));
                }
                case FROM_BITS -> {
                    code.aload(local(step.a()));
                    code.invokevirtual(bitVectors, "reinterpretAs" + plural(number), MethodTypeDesc.of(numbers));
                }
                case MIN, MAX -> {
                    if (literal(step.b()) != null) {
                        bound(lane == Lane.MAX, step.a(), step.b());
                    } else if (literal(step.a()) != null) {
                        bound(lane == Lane.MAX, step.b(), step.a());
                    } else {
                        lanewise(step);
                    }
                }
                case NOT -> {
                    code.aload(local(step.a()));
                    code.invokevirtual(MASK, "not", MethodTypeDesc.of(MASK));
                }
                case AND, OR, XOR -> {
                    code.aload(local(step.a())).aload(local(step.b()));
                    code.invokevirtual(MASK, lane.name().toLowerCase(Locale.ROOT), MethodTypeDesc.of(MASK, MASK));
                }
                default -> lanewise(step);
            }
        }

        /** The literal that value {@code k} is, in the loop's format, unless it is a NaN; null if it is none. */
        private Double literal(int k) {
            if (steps.get(k) instanceof Literal literal && !Double.isNaN(literal.value())) {
                return segment.dtype() == DType.F32 ? (double) (float) literal.value() : literal.value();
            }
            return null;
        }

        /**
         * The larger or the smaller of {@code x} and a literal: with one comparison, where the general instruction has to
         * look for NaNs and signs of zeros on both sides (five instructions with AVX2).
         */
        private void bound(boolean max, int x, int literal) {
            // A zero of the other sign gives way to the literal, one of the literal's own sign stays.
            double keepsEqual = max ? -0.0 : 0.0;
            boolean strict = Double.compare(literal(literal), keepsEqual) == 0;
            code.aload(local(x)).aload(local(literal)).aload(local(x));
            operator(max ? strict ? "LT" : "LE" : strict ? "GT" : "GE", "Comparison");
            code.aload(local(literal));
            code.invokevirtual(numbers, "compare", MethodTypeDesc.of(MASK, type("Comparison"), VECTOR));
            code.invokevirtual(numbers, "blend", MethodTypeDesc.of(numbers, VECTOR, MASK));
        }

        /** Replaces a NaN on the stack, as {@link Float#floatToIntBits} does. */
        private void canonicalNaN(int k) {
            if (segment.dtype() == DType.F32) {
                code.loadConstant(Float.NaN);
            } else {
                code.loadConstant(Double.NaN);
            }
            code.aload(local(k));
            operator("NE", "Comparison");
            code.aload(local(k));
            code.invokevirtual(numbers, "compare", MethodTypeDesc.of(MASK, type("Comparison"), VECTOR));
            code.invokevirtual(numbers, "blend", MethodTypeDesc.of(numbers, number, MASK));
        }

        private void lanewise(Compute step) {
            Lane lane = step.lane();
            ClassDesc on = step.kind() == Kind.BITS ? bitVectors : numbers;
            code.aload(local(step.a()));
            switch (lane) {
                case NEG, ABS, SQRT -> {
                    operator(lane.name(), "Unary");
                    code.invokevirtual(on, "lanewise", MethodTypeDesc.of(on, type("Unary")));
                }
                case LT, LE, EQ -> {
                    operator(lane.name(), "Comparison");
                    code.aload(local(step.b()));
                    code.invokevirtual(on, "compare", MethodTypeDesc.of(MASK, type("Comparison"), VECTOR));
                }
                case FMA -> {
                    operator(lane.name(), "Ternary");
                    code.aload(local(step.b())).aload(local(step.c()));
                    code.invokevirtual(on, "lanewise", MethodTypeDesc.of(on, type("Ternary"), VECTOR, VECTOR));
                }
                case BITS_SHL -> shift(step, "LSHL");
                case BITS_SHR -> shift(step, "ASHR");
                case BITS_USHR -> shift(step, "LSHR");
                case SUB, DIV, BITS_SUB -> binary(step, on, "Binary");
                default -> binary(step, on, "Associative");
            }
        }

        private void binary(Compute step, ClassDesc on, String kind) {
            String name = step.lane().name();
            operator(name.startsWith("BITS_") ? name.substring("BITS_".length()) : name, kind);
            code.aload(local(step.b()));
            code.invokevirtual(on, "lanewise", MethodTypeDesc.of(on, type("Binary"), VECTOR));
        }

        /** By a literal, all lanes shift by one count, which is far faster than a count for each. */
        private void shift(Compute step, String name) {
            operator(name, "Binary");
            Long count = segment.bits(step.b());
            if (count == null) {
                code.aload(local(step.b()));
                code.invokevirtual(bitVectors, "lanewise", MethodTypeDesc.of(bitVectors, type("Binary"), VECTOR));
                return;
            }
            if (segment.dtype() == DType.F32) {
                code.loadConstant(count.intValue());
            } else {
                code.loadConstant(count.longValue());
            }
            code.invokevirtual(bitVectors, "lanewise", MethodTypeDesc.of(bitVectors, type("Binary"), bits));
        }

        private void operator(String name, String kind) {
            code.getstatic(OPERATORS, name, type(kind));
        }

        private ClassDesc type(String operators) {
            return OPERATORS.nested(operators);
        }

        private String plural(ClassDesc element) {
            String name = element.displayName();
            return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "s";
        }
    }
}
