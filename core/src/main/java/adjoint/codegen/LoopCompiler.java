package adjoint.codegen;

import adjoint.kernel.VectorSupport;
import adjoint.types.DType;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/*
 * How formulas become loops
 *
 * A Program is a list of exactly specified scalar instructions. It exists in three forms that give the same bits, so
 * that the choice between them is a matter of speed alone, may be made at any moment by any thread, and needs no
 * synchronisation (TieredLoop makes it):
 *
 *   interpreted  no class at all; one instruction at a time over blocks of elements (Interpreter);
 *   scalar       a hidden class with the whole formula in the body of one loop (ScalarEmitter);
 *   vector       the same with jdk.incubator.vector, for one pattern of operand steps (VectorEmitter); what is left
 *                over at the end of an array (n modulo the vector's length) goes to the scalar form (VectorLoop).
 *
 * Why classes and not closures: C2 compiles a loop well only if everything in its body is known when it does. A tree
 * of closures is a megamorphic call at every node; a class is what javac would have produced from the formula written
 * out by hand, and runs at the same speed. Hidden classes have no name to clash and are unloaded with their loop.
 *
 * Why the code has the shape that it has:
 *
 *   - Steps are arguments. The scalar class has two loops: one for contiguous arrays that begin at one offset, with
 *     one index for all, which C2 vectorises by itself (with an index for each array it does not: it cannot know that
 *     what it writes is not what it reads next); and one for everything else.
 *   - In the vector class the pattern is fixed: an operand with step 0 is broadcast once, before the loop.
 *   - Numbers given at the call are read before the loop; literals too in the vector class (they are vectors there),
 *     while in the scalar class they stand where they are used, which is shorter and just as fast.
 *   - HotSpot does not compile a method of more than 8,000 bytecodes, and its time for one grows faster than its
 *     length, above all with vectors (each operation is a dozen calls that it has to inline). Long programs are cut
 *     into Segments: separate loops that run over one block after the other (BlockLoop) and hand values on through
 *     scratch arrays. So the time an instruction takes does not depend on how many there are.
 *   - Every value has a local variable; a vector is never merged at a control flow join or carried from one iteration
 *     to the next, where C2 would have to put it into an object.
 *
 * What is and is not the same bits. Every instruction is specified exactly and none is reassociated, so results are
 * equal in all forms. One thing Java leaves open: which NaN comes out where two different ones meet (x86 takes its
 * first operand, and C2 may exchange the operands of a sum from one compilation to the next). A NaN is thus only
 * promised to be a NaN. So that this cannot leak into numbers, TO_BITS yields the one canonical NaN.
 */
/** Makes loop classes from programs. */
final class LoopCompiler {
    /** The most bytes of code in a scalar loop, about. HotSpot's limit is 8,000, but takes seconds for as many. */
    static final int SCALAR_LIMIT = 2_000;

    /** The most instructions in a vector loop, each counted by what C2 has to inline for it. */
    static final int VECTOR_LIMIT = 120;

    static final ClassDesc LOOP = desc(Loop.class);
    static final MethodTypeDesc RUN = MethodTypeDesc.of(
            ConstantDescs.CD_void,
            ConstantDescs.CD_Object.arrayType(),
            ConstantDescs.CD_int.arrayType(),
            ConstantDescs.CD_int.arrayType(),
            ConstantDescs.CD_double.arrayType(),
            ConstantDescs.CD_int);

    /** The class being made, as its own code names it. */
    static final ClassDesc SELF = ClassDesc.of("adjoint.codegen", "Compiled");

    private LoopCompiler() {}

    static ClassDesc desc(Class<?> c) {
        return c.describeConstable().orElseThrow();
    }

    /** The scalar form. */
    static Loop scalar(Program program) {
        return assemble(
                program,
                Segment.cut(program, SCALAR_LIMIT, ScalarEmitter::bytes),
                s -> define(new ScalarEmitter(s)::methods));
    }

    /**
     * The vector form, for arrays of any length, with result's step 1.
     *
     * @param pattern a bit for each operand (bit 1 for slot 1, …) that has step 0; the others have step 1
     * @param scalar runs what is left over at the end of the arrays
     */
    static Loop vector(Program program, long pattern, Loop scalar) {
        Loop whole = assemble(
                program,
                Segment.cut(program, VECTOR_LIMIT, VectorEmitter::weight),
                s -> define(new VectorEmitter(s, pattern, program.inputs())::methods));
        return new VectorLoop(whole, scalar, VectorSupport.lanes(program.dtype()));
    }

    private interface Compile {
        Loop compile(Segment segment);
    }

    private static Loop assemble(Program program, Segment.Cut cut, Compile compile) {
        List<Loop> parts = new ArrayList<>();
        for (Segment segment : cut.segments()) {
            parts.add(compile.compile(segment));
        }
        return parts.size() == 1
                ? parts.getFirst()
                : new BlockLoop(program.dtype(), program.inputs(), parts, cut.scratch());
    }

    /** A class file with the constructor and {@code methods}. */
    static byte[] bytes(Consumer<ClassBuilder> methods) {
        return ClassFile.of().build(SELF, type -> {
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC);
            type.withSuperclass(LOOP);
            type.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, LoopCompiler::constructor);
            methods.accept(type);
        });
    }

    private static Loop define(Consumer<ClassBuilder> methods) {
        byte[] bytes = bytes(methods);
        try {
            return (Loop) MethodHandles.lookup()
                    .defineHiddenClass(bytes, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("formula: its loop class could not be made", e);
        }
    }

    private static void constructor(CodeBuilder code) {
        code.aload(0)
                .invokespecial(LOOP, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .return_();
    }

    /** Whether every array is read or written from the same index on, element after element. Generated code asks. */
    static boolean aligned(int[] offsets, int[] steps) {
        int first = offsets[0];
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] != 1 || offsets[i] != first) {
                return false;
            }
        }
        return true;
    }

    /** The type of a kind's values in arrays and local variables. */
    static Class<?> type(DType dtype, Kind kind) {
        return switch (kind) {
            case MASK -> boolean.class;
            case BITS -> dtype == DType.F32 ? int.class : long.class;
            case NUMBER ->
                switch (dtype) {
                    case F32 -> float.class;
                    case F64 -> double.class;
                    default -> long.class;
                };
        };
    }
}
