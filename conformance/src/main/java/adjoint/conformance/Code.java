package adjoint.conformance;

import java.util.List;

/**
 * The part of Python's syntax that the reference cases are written in, as a tree. {@link PythonParser} makes it,
 * {@link PythonRun} carries it out.
 */
sealed interface Code {
    /** A number, a string, true, false, none or an ellipsis. */
    record Constant(Object value) implements Code {}

    record Name(String name) implements Code {}

    record Attribute(Code of, String name) implements Code {}

    record Call(Code function, List<Argument> arguments) implements Code {}

    /** An argument of a call; the name is null for a positional one, {@code *} for a list to be spread out. */
    record Argument(String name, Code value) {}

    record Item(Code of, Code index) implements Code {}

    /** {@code start:end:step}; what is left out is null. */
    record Range(Code start, Code end, Code step) implements Code {}

    record Sequence(List<Code> items, boolean tuple) implements Code {}

    record Dictionary(List<Code> keys, List<Code> values) implements Code {}

    /** An operator on two values; {@code and} and {@code or} look at the right one only if they have to. */
    record Operation(String operator, Code left, Code right) implements Code {}

    /** {@code -x}, {@code ~x} or {@code not x}. */
    record Prefix(String operator, Code value) implements Code {}

    record Choice(Code condition, Code yes, Code no) implements Code {}

    record Lambda(List<String> parameters, Code body) implements Code {}

    /** {@code [each for target in values if condition]}; the condition is null where there is none. */
    record Comprehension(Code each, Code target, Code values, Code condition) implements Code {}

    record Assign(Code target, Code value) implements Code {}

    /** {@code target += value} and its kin. */
    record Update(Code target, String operator, Code value) implements Code {}

    record Block(List<Code> statements) implements Code {}

    record If(Code condition, Code yes, Code no) implements Code {}

    record While(Code condition, Code body) implements Code {}

    record For(Code target, Code values, Code body) implements Code {}

    record With(Code manager, Code body) implements Code {}

    record Define(String name, List<String> parameters, Code body) implements Code {}

    record Return(Code value) implements Code {}

    record Break() implements Code {}
}
