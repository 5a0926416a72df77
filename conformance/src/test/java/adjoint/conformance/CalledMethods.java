package adjoint.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The library's methods that a definition in the table leads to, read from the compiled classes. */
final class CalledMethods {
    /** @param owner the class, as in {@code adjoint.tensor.Tensor} */
    record Called(String owner, String name, String descriptor) {
        private boolean isOurs() {
            return owner.startsWith("adjoint.") && !isTable();
        }

        private boolean isTable() {
            return owner.startsWith(TABLE);
        }
    }

    private static final String TABLE = "adjoint.conformance.";

    /** What the table's own tools do is not what a function is. */
    private static final Set<String> TOOLS = Set.of("Arguments", "Torch", "Values");

    private final Map<String, Map<String, List<Instruction>>> classes = new HashMap<>();
    private final Map<String, List<Called>> operators;
    private final Map<String, List<Called>> updates;

    CalledMethods() {
        operators = forms("OPERATORS");
        updates = forms("IN_PLACE");
    }

    /** Those of a function, in the order in which they come. */
    Set<Called> of(TorchTable.Definition definition) {
        Set<Called> called = new LinkedHashSet<>();
        Set<String> symbols = new LinkedHashSet<>();
        for (var frame : definition.calls()) {
            List<Instruction> statement = statement(frame);
            for (Instruction each : statement) {
                if (each instanceof ConstantInstruction constant && constant.constantValue() instanceof String s) {
                    symbols.add(s);
                }
            }
        }
        for (var frame : definition.calls().reversed()) {
            for (Instruction each : statement(frame)) {
                if (each instanceof InvokeDynamicInstruction made) {
                    implementation(made).forEach(method -> follow(method, called, symbols, new LinkedHashSet<>()));
                }
            }
        }
        return called;
    }

    /** Methods that are named on the way to the definition: one may be what a variable in the statement stands for. */
    Set<Called> near(TorchTable.Definition definition) {
        Set<Called> near = new LinkedHashSet<>();
        for (var frame : definition.calls()) {
            for (Instruction each : instructions(frame.getClassName(), signature(frame))) {
                if (each instanceof InvokeDynamicInstruction made) {
                    implementation(made).forEach(m -> follow(m, near, new LinkedHashSet<>(), new LinkedHashSet<>()));
                }
            }
        }
        return near;
    }

    private static String signature(StackWalker.StackFrame frame) {
        return frame.getMethodName() + frame.getDescriptor();
    }

    /** The instructions of a call from the end of the statement before it. */
    private List<Instruction> statement(StackWalker.StackFrame frame) {
        List<Instruction> statement = new ArrayList<>();
        int at = 0;
        for (Instruction each : instructions(frame.getClassName(), signature(frame))) {
            statement.add(each);
            if (at >= frame.getByteCodeIndex()) {
                return statement;
            }
            boolean ends = each instanceof InvokeInstruction call
                    && call.typeSymbol().returnType().descriptorString().equals("V")
                    && !call.name().stringValue().equals("<init>");
            if (ends) {
                statement.clear();
            }
            at += each.sizeInBytes();
        }
        return statement;
    }

    private void follow(Called method, Set<Called> called, Set<String> symbols, Set<Called> seen) {
        if (method.isOurs()) {
            called.add(method);
            return;
        }
        String simple = method.owner.substring(method.owner.lastIndexOf('.') + 1);
        if (!method.isTable() || TOOLS.contains(simple) || simple.startsWith("Python") || !seen.add(method)) {
            return;
        }
        for (Instruction each : instructions(method.owner, method.name + method.descriptor)) {
            if (each instanceof InvokeDynamicInstruction made) {
                implementation(made).forEach(inner -> follow(inner, called, symbols, seen));
            } else if (each instanceof InvokeInstruction call) {
                Called next = called(call);
                boolean operation = next.owner.equals(TABLE + "Torch") && next.name.equals("operation");
                boolean update = next.owner.equals(TABLE + "Torch") && next.name.equals("update");
                if (operation || update) {
                    symbols.forEach(s -> called.addAll((operation ? operators : updates).getOrDefault(s, List.of())));
                }
                follow(next, called, symbols, seen);
            } else if (each instanceof ConstantInstruction constant && constant.constantValue() instanceof String s) {
                symbols.add(s);
            }
        }
    }

    private static Called called(InvokeInstruction call) {
        return new Called(
                call.owner().asInternalName().replace('/', '.'),
                call.name().stringValue(),
                call.typeSymbol().descriptorString());
    }

    /** The method that a lambda or a reference to a method stands for. */
    private static List<Called> implementation(InvokeDynamicInstruction made) {
        for (ConstantDesc argument : made.bootstrapArgs()) {
            if (argument instanceof DirectMethodHandleDesc handle) {
                String owner = handle.owner().descriptorString();
                return List.of(new Called(
                        owner.substring(1, owner.length() - 1).replace('/', '.'),
                        handle.methodName(),
                        handle.lookupDescriptor()));
            }
        }
        return List.of();
    }

    /** The methods behind the operators of one of the tables in {@link Torch}. */
    private Map<String, List<Called>> forms(String field) {
        Map<String, List<Called>> forms = new HashMap<>();
        String symbol = "";
        List<Called> methods = new ArrayList<>();
        boolean wanted = false;
        for (Instruction each : instructions(TABLE + "Torch", "<clinit>()V")) {
            switch (each) {
                case java.lang.classfile.instruction.FieldInstruction get -> {
                    wanted = get.name().stringValue().equals(field);
                    methods = new ArrayList<>();
                }
                case ConstantInstruction constant when constant.constantValue() instanceof String s -> symbol = s;
                case InvokeDynamicInstruction made -> methods.addAll(implementation(made));
                case InvokeInstruction call -> {
                    if (wanted
                            && !methods.isEmpty()
                            && call.name().stringValue().equals("put")) {
                        forms.put(symbol, methods);
                    }
                }
                default -> {}
            }
        }
        return forms;
    }

    private List<Instruction> instructions(String owner, String signature) {
        return classes.computeIfAbsent(owner, CalledMethods::read).getOrDefault(signature, List.of());
    }

    private static Map<String, List<Instruction>> read(String owner) {
        Map<String, List<Instruction>> methods = new HashMap<>();
        try (InputStream in = CalledMethods.class.getResourceAsStream("/" + owner.replace('.', '/') + ".class")) {
            for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
                List<Instruction> code = method.code().stream()
                        .flatMap(CodeModel::elementStream)
                        .filter(Instruction.class::isInstance)
                        .map(Instruction.class::cast)
                        .toList();
                methods.put(
                        method.methodName().stringValue() + method.methodType().stringValue(), code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return methods;
    }
}
