package adjoint.app;

import adjoint.tables.Missing;
import adjoint.tables.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, in words that need no knowledge of Java. */
final class Usage {
    private Usage() {}

    /** One line: what is wrong, what may have been meant, where to read more. */
    static String line(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        return name + ": " + sentence(what(e)) + " See " + name + " --help.";
    }

    private static String what(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(e.getCommandLine(), unmatched.getUnmatched().getFirst());
        }
        // Only where a value could not be read: a value that is missing or given twice has no such cause or text.
        if (e.getArgSpec() != null && e.getValue() != null && !(e instanceof OverwrittenOptionException)) {
            String expected = expected(e.getArgSpec().typeInfo().getType());
            if (expected != null) {
                return option(e.getArgSpec()) + ": \"" + e.getValue() + "\" is no " + expected;
            }
        }
        return e.getMessage();
    }

    private static String unmatched(CommandLine command, String text) {
        boolean root = command.getParent() == null;
        var options = command.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
        if (text.startsWith("-") && text.length() > 1) {
            return "there is no option " + text + "." + near(text, options);
        }
        if (root) {
            var commands = new ArrayList<>(command.getSubcommands().keySet());
            return "there is no command " + text + "." + near(text, commands) + " The commands are "
                    + String.join(", ", commands) + ".";
        }
        return switch (command.getCommandName()) {
            case "lesson" -> text + " is one name too many: one lesson at a time";
            case "fit" -> text + " is one name too many: one table at a time";
            default -> text + " is one name too many";
        };
    }

    private static String near(String text, List<String> candidates) {
        return Names.nearest(text, candidates)
                .map(found -> " Did you mean " + found + "?")
                .orElse("");
    }

    private static String option(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** What a value of this type has to be, or null where the parser's own words will do. */
    private static String expected(Class<?> type) {
        if (type == long.class || type == Long.class) {
            return "whole number (of 64 bits)";
        }
        if (type == int.class || type == Integer.class) {
            return "whole number up to " + Integer.MAX_VALUE;
        }
        if (type == double.class || type == Double.class) {
            return "number";
        }
        if (type == Path.class) {
            return "file name that this system knows. In another locale, such as LC_ALL=C.UTF-8, it may be";
        }
        return type == Missing.class ? "way here. Give drop or mean" : null;
    }

    private static String sentence(String message) {
        String text = oneLine(message);
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }

    static String oneLine(String message) {
        return message == null ? "" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
