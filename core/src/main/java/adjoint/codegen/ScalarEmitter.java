package adjoint.codegen;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;

import adjoint.codegen.Program.BitsLiteral;
import adjoint.codegen.Program.Compute;
import adjoint.codegen.Program.Literal;
import adjoint.codegen.Program.Load;
import adjoint.codegen.Program.LoadParam;
import adjoint.codegen.Program.Step;
import adjoint.codegen.Program.Store;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.List;

/** Writes a segment as a class of two scalar loops: for contiguous arrays that begin at one index, and for others. */
final class ScalarEmitter {
    private static final ClassDesc MATH = LoopCompiler.desc(Math.class);
    private static final ClassDesc COMPILER = LoopCompiler.desc(LoopCompiler.class);

    private static final int OFFSETS = 1;
    private static final int STEPS = 2;
    private static final int PARAMS = 3;
    private static final int N = 4;

    private final Segment segment;
    private final List<Step> steps;
    private final TypeKind number;
    private final TypeKind bits;
    private final ClassDesc numberType;
    private final ClassDesc bitsType;
    private final Slots slots;
    private final boolean[] waiting;

    ScalarEmitter(Segment segment) {
        this.segment = segment;
        this.steps = segment.steps();
        numberType = LoopCompiler.desc(LoopCompiler.type(segment.dtype(), Kind.NUMBER));
        bitsType = LoopCompiler.desc(LoopCompiler.type(segment.dtype(), Kind.BITS));
        number = TypeKind.from(numberType);
        bits = TypeKind.from(bitsType);
        boolean[] stored = segment.stored();
        slots = new Slots(steps, segment.constants(), stored);
        waiting = waiting(stored);
    }

    /** About how many bytes of code a step takes, at most. */
    static int bytes(Step step) {
        return switch (step) {
            case Compute(Lane lane, int _, int _, int _) ->
                switch (lane) {
                    // Up to three wide loads, a wide store, and the instruction itself.
                    case LT, LE, EQ -> 22;
                    case SELECT -> 22;
                    case FMA -> 19;
                    case SQRT, MIN, MAX, ABS, TO_BITS, RAW_BITS, FROM_BITS -> 16;
                    default -> 13;
                };
            case Load _, LoadParam _ -> 24;
            case Literal _, BitsLiteral _ -> 0;
        };
    }

    /** Which results stay on the stack: used once, at once, and as the next instruction's first operand. */
    private boolean[] waiting(boolean[] stored) {
        int[] uses = new int[steps.size()];
        for (Step step : steps) {
            if (step instanceof Compute(Lane _, int a, int b, int c)) {
                uses[a]++;
                uses[Math.max(b, 0)] += b < 0 ? 0 : 1;
                uses[Math.max(c, 0)] += c < 0 ? 0 : 1;
            }
        }
        boolean[] waiting = new boolean[steps.size()];
        int before = -1;
        for (int k = 0; k < waiting.length; k++) {
            if (steps.get(k) instanceof Compute(Lane _, int a, int _, int _)) {
                if (before >= 0 && a == before) {
                    waiting[before] = uses[before] == 1 && !stored[before];
                }
                before = k;
            } else if (steps.get(k) instanceof Load) {
                before = -1; // its value passes over the stack
            }
        }
        return waiting;
    }

    private static final int SHORT = 16;

    /** {@code run} and the two loops that it chooses from. */
    void methods(ClassBuilder type) {
        type.withMethodBody("run", LoopCompiler.RUN, ClassFile.ACC_PUBLIC, this::choose);
        int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC;
        type.withMethodBody("aligned", LoopCompiler.RUN, flags, code -> new Body(code, true).loop());
        type.withMethodBody("any", LoopCompiler.RUN, flags, code -> new Body(code, false).loop());
    }

    private void choose(CodeBuilder code) {
        Label any = code.newLabel();
        ClassDesc ints = CD_int.arrayType();
        code.iload(5).bipush(SHORT).if_icmplt(any); // not worth the question
        code.aload(OFFSETS + 1)
                .aload(STEPS + 1)
                .invokestatic(COMPILER, "aligned", MethodTypeDesc.of(CD_boolean, ints, ints))
                .ifeq(any);
        call(code, "aligned");
        code.labelBinding(any);
        call(code, "any");
    }

    private static void call(CodeBuilder code, String method) {
        code.aload(1).aload(2).aload(3).aload(4).iload(5);
        code.invokestatic(LoopCompiler.SELF, method, LoopCompiler.RUN).return_();
    }

    /** One method's code. */
    private final class Body {
        private final CodeBuilder code;
        private final boolean aligned;
        private final int[] array = new int[segment.arrays()];
        private final int[] position = new int[segment.arrays()];
        private final int[] step = new int[segment.arrays()];
        private final int[][] locals = new int[Kind.values().length][];
        private int index;
        private int next = N + 1;

        Body(CodeBuilder code, boolean aligned) {
            this.code = code;
            this.aligned = aligned;
            for (Kind kind : Kind.values()) {
                locals[kind.ordinal()] = new int[slots.count(kind)];
            }
        }

        private int fresh(TypeKind kind) {
            int local = next;
            next += kind.slotSize();
            return local;
        }

        void loop() {
            boolean[] used = segment.used();
            index = fresh(TypeKind.INT);
            for (int s = 0; s < used.length; s++) {
                if (used[s]) {
                    prepare(s);
                }
            }
            for (int k = 0; k < steps.size(); k++) {
                if (steps.get(k) instanceof LoadParam(int param)) {
                    code.aload(PARAMS).loadConstant(param).daload();
                    code.conversion(TypeKind.DOUBLE, number);
                    store(k);
                }
            }
            Label head = code.newLabel();
            Label end = code.newLabel();
            if (aligned) {
                code.aload(OFFSETS).iconst_0().iaload().dup().istore(index);
                code.iload(N).iadd().istore(N);
            } else {
                code.iconst_0().istore(index);
            }
            code.labelBinding(head).iload(index).iload(N).if_icmpge(end);
            for (int k = 0; k < steps.size(); k++) {
                step(k);
            }
            for (Store store : segment.stores()) {
                element(store.slot());
                load(store.value());
                code.arrayStore(elementKind(steps.get(store.value()).kind()));
            }
            if (!aligned) {
                for (int s = 0; s < used.length; s++) {
                    if (used[s]) {
                        code.iload(position[s]).iload(step[s]).iadd().istore(position[s]);
                    }
                }
            }
            code.iinc(index, 1).goto_(head);
            code.labelBinding(end).return_();
        }

        /** Puts an array, where it begins, and its step into local variables. */
        private void prepare(int slot) {
            Class<?> type = LoopCompiler.type(segment.dtype(), segment.kind(slot));
            array[slot] = fresh(TypeKind.REFERENCE);
            code.aload(0).loadConstant(slot).aaload();
            code.checkcast(LoopCompiler.desc(type).arrayType()).astore(array[slot]);
            if (!aligned) {
                position[slot] = fresh(TypeKind.INT);
                code.aload(OFFSETS).loadConstant(slot).iaload().istore(position[slot]);
                step[slot] = fresh(TypeKind.INT);
                code.aload(STEPS).loadConstant(slot).iaload().istore(step[slot]);
            }
        }

        /** Pushes an array and the index of its current element. */
        private void element(int slot) {
            code.aload(array[slot]).iload(aligned ? index : position[slot]);
        }

        private TypeKind elementKind(Kind kind) {
            return kind == Kind.MASK ? TypeKind.BOOLEAN : kind == Kind.BITS ? bits : number;
        }

        private TypeKind localKind(Kind kind) {
            return elementKind(kind).asLoadable();
        }

        private int local(int k) {
            Kind kind = steps.get(k).kind();
            int[] mine = locals[kind.ordinal()];
            if (mine[slots.of(k)] == 0) {
                mine[slots.of(k)] = fresh(localKind(kind));
            }
            return mine[slots.of(k)];
        }

        private void store(int k) {
            code.storeLocal(localKind(steps.get(k).kind()), local(k));
        }

        /** Pushes value {@code k}, unless it lies on the stack already. */
        private void load(int k) {
            if (waiting[k]) {
                return;
            }
            switch (steps.get(k)) {
                case Literal literal -> {
                    switch (segment.dtype()) {
                        case F32 -> code.loadConstant((float) literal.value());
                        case F64 -> code.loadConstant(literal.value());
                        case I64, BOOL -> code.loadConstant((long) literal.value());
                    }
                }
                case BitsLiteral(long value) -> {
                    if (bits == TypeKind.INT) {
                        code.loadConstant((int) value);
                    } else {
                        code.loadConstant(value);
                    }
                }
                default -> code.loadLocal(localKind(steps.get(k).kind()), local(k));
            }
        }

        private void step(int k) {
            switch (steps.get(k)) {
                case Load(int operand, Kind kind) -> {
                    element(operand + 1);
                    code.arrayLoad(elementKind(kind));
                    store(k);
                }
                case Compute compute -> {
                    compute(compute);
                    if (!waiting[k]) {
                        store(k);
                    }
                }
                default -> {}
            }
        }

        private void compute(Compute step) {
            Lane lane = step.lane();
            load(step.a());
            if (lane == Lane.SELECT) {
                Label otherwise = code.newLabel();
                Label end = code.newLabel();
                code.ifeq(otherwise);
                load(step.b());
                code.goto_(end).labelBinding(otherwise);
                load(step.c());
                code.labelBinding(end);
                return;
            }
            if (step.b() >= 0) {
                load(step.b());
            }
            if (step.c() >= 0) {
                load(step.c());
            }
            switch (lane) {
                case NEG, ADD, SUB, MUL, DIV -> operator(number, lane.name());
                case ABS -> math("abs", 1);
                case MIN -> math("min", 2);
                case MAX -> math("max", 2);
                case FMA -> math("fma", 3);
                case SQRT -> {
                    code.conversion(number, TypeKind.DOUBLE);
                    code.invokestatic(MATH, "sqrt", MethodTypeDesc.of(CD_double, CD_double));
                    code.conversion(TypeKind.DOUBLE, number);
                }
                case LT -> compare(true, Opcode.IFGE);
                case LE -> compare(true, Opcode.IFGT);
                case EQ -> compare(false, Opcode.IFNE);
                case NOT -> code.iconst_1().ixor();
                case AND, OR, XOR -> operator(TypeKind.INT, lane.name());
                case TO_BITS ->
                    code.invokestatic(
                            box(),
                            numberType.displayName() + "To" + bitsName() + "Bits",
                            MethodTypeDesc.of(bitsType, numberType));
                case RAW_BITS ->
                    code.invokestatic(
                            box(),
                            numberType.displayName() + "ToRaw" + bitsName() + "Bits",
                            MethodTypeDesc.of(bitsType, numberType));
                case FROM_BITS ->
                    code.invokestatic(
                            box(),
                            bitsType.displayName() + "BitsTo" + numberName(),
                            MethodTypeDesc.of(numberType, bitsType));
                case BITS_SHL, BITS_SHR, BITS_USHR -> {
                    code.conversion(bits, TypeKind.INT);
                    operator(bits, lane.name().substring("BITS_".length()));
                }
                default -> operator(bits, lane.name().substring("BITS_".length()));
            }
        }

        /** The JVM's instruction of that name for a type: {@code FADD}, {@code LUSHR}. */
        private void operator(TypeKind kind, String name) {
            char prefix = switch (kind) {
                case FLOAT -> 'F';
                case DOUBLE -> 'D';
                case LONG -> 'L';
                default -> 'I';
            };
            code.with(OperatorInstruction.of(Opcode.valueOf(prefix + name)));
        }

        private void math(String name, int operands) {
            ClassDesc[] types = new ClassDesc[operands];
            Arrays.fill(types, numberType);
            code.invokestatic(MATH, name, MethodTypeDesc.of(numberType, types));
        }

        /** Pushes 1 or 0; {@code unless} is the jump for 0. A NaN counts as the larger, or as the smaller operand. */
        private void compare(boolean nanIsGreater, Opcode unless) {
            switch (number) {
                case FLOAT -> operator(number, nanIsGreater ? "CMPG" : "CMPL");
                case DOUBLE -> operator(number, nanIsGreater ? "CMPG" : "CMPL");
                default -> code.lcmp();
            }
            Label no = code.newLabel();
            Label end = code.newLabel();
            code.branch(unless, no).iconst_1().goto_(end);
            code.labelBinding(no).iconst_0().labelBinding(end);
        }

        private ClassDesc box() {
            return number == TypeKind.FLOAT ? LoopCompiler.desc(Float.class) : LoopCompiler.desc(Double.class);
        }

        private String numberName() {
            return number == TypeKind.FLOAT ? "Float" : "Double";
        }

        private String bitsName() {
            return bits == TypeKind.INT ? "Int" : "Long";
        }
    }
}
