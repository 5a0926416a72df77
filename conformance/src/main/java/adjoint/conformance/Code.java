package adjoint.conformance;

import java.util.List;

/**
 * Python's syntax as a tree. {@link PythonParser} makes it; {@link PythonRun} gives expressions their values and
 * {@link PythonStatements} carries statements out.
 */
sealed interface Code {
    /** A number, a string, true, false or none. */
    record Constant(Object value) implements Code {}

    record Name(String name) implements Code {}

    record Attribute(Code of, String name) implements Code {}

    record Call(Code function, List<Argument> arguments) implements Code {}

    /** An argument; the name is null for a positional one, {@code *} or {@code **} for some to be spread out. */
    record Argument(String name, Code value) {}

    record Item(Code of, Code index) implements Code {}

    /** {@code start:end:step}; what is left out is null. */
    record Range(Code start, Code end, Code step) implements Code {}

    /** What brackets or commas make. */
    enum Collection {
        TUPLE,
        LIST,
        SET
    }

    record Sequence(List<Code> items, Collection kind) implements Code {}

    /** {@code *values} among other items or targets. */
    record Star(Code values) implements Code {}

    /** Keys and their values; a null key stands before a dictionary to be spread out. */
    record Dictionary(List<Code> keys, List<Code> values) implements Code {}

    /** An operator on two values; {@code and} and {@code or} look at the right one only if they have to. */
    record Operation(String operator, Code left, Code right) implements Code {}

    /** {@code a < b <= c}: each value is looked at once. */
    record Comparison(Code first, List<String> operators, List<Code> others) implements Code {}

    /** {@code -x}, {@code +x}, {@code ~x} or {@code not x}. */
    record Prefix(String operator, Code value) implements Code {}

    record Choice(Code condition, Code yes, Code no) implements Code {}

    record Lambda(Signature signature, Code body) implements Code {}

    /** {@code (name := value)}. */
    record Named(String name, Code value) implements Code {}

    /**
     * {@code [each for target in values if condition …]}.
     *
     * @param key of a dictionary's, else null
     * @param kind ignored where there is a key
     */
    record Comprehension(Code key, Code each, List<Clause> clauses, Collection kind) implements Code {}

    record Clause(Code target, Code values, List<Code> conditions) {}

    /** A string with values in it. */
    record Text(List<Code> pieces) implements Code {}

    /**
     * A value in a string.
     *
     * @param conversion {@code r} for {@code repr}, {@code s} or none for {@code str}
     * @param format null for none
     */
    record Piece(Code value, char conversion, Code format) implements Code {}

    /** @param each whether the value is one of several to be handed out: {@code yield from} */
    record Yield(Code value, boolean each) implements Code {}

    /** A function's parameters. */
    record Signature(List<Parameter> parameters) {}

    enum Takes {
        ONE,
        ONE_BY_NAME,
        REST,
        REST_BY_NAME
    }

    /** @param otherwise the value if none is given, or null */
    record Parameter(String name, Takes takes, Code otherwise) {}

    record Assign(List<Code> targets, Code value) implements Code {}

    /** {@code target += value} and its kin. */
    record Update(Code target, String operator, Code value) implements Code {}

    record Block(List<Code> statements) implements Code {}

    record If(Code condition, Code yes, Code no) implements Code {}

    record While(Code condition, Code body, Code otherwise) implements Code {}

    record For(Code target, Code values, Code body, Code otherwise) implements Code {}

    /** @param target what the manager gives is called so; null if it has no name */
    record With(Code manager, Code target, Code body) implements Code {}

    /** @param generates whether it hands out values one by one */
    record Define(String name, Signature signature, Code body, List<Code> decorators, boolean generates)
            implements Code {}

    record ClassDefinition(String name, List<Argument> bases, Code body, List<Code> decorators) implements Code {}

    record Return(Code value) implements Code {}

    /** @param error null for the one that is being handled */
    record Raise(Code error) implements Code {}

    record Try(Code body, List<Handler> handlers, Code otherwise, Code last) implements Code {}

    /** @param type null for every error */
    record Handler(Code type, String name, Code body) {}

    record Delete(Code target) implements Code {}

    record Assert(Code condition, Code message) implements Code {}

    /** Names that are assigned to outside of this function. */
    record Outside(List<String> names, boolean global) implements Code {}

    /** {@code import module as name}; parts of it become names of their own. */
    record Import(String module, String name) implements Code {}

    record Break() implements Code {}

    record Continue() implements Code {}
}
