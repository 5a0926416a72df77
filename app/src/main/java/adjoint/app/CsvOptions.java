package adjoint.app;

import adjoint.tables.Csv;
import adjoint.types.DataException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a CSV file is written, where the defaults do not fit. */
final class CsvOptions {
    @Option(names = "--encoding", paramLabel = "NAME", description = "The table's encoding, such as GBK (UTF-8).")
    private String encoding;

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            description = "What stands between fields: , or ; or tab (the first line's most frequent).")
    private String delimiter;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    Csv apply(Csv format) {
        try {
            Csv said = encoding == null ? format : format.encoding(encoding);
            return delimiter == null ? said : said.delimiter(separator());
        } catch (DataException e) {
            throw new ParameterException(commandLine(), e.getMessage(), e);
        }
    }

    private char separator() {
        if (delimiter.equalsIgnoreCase("tab") || delimiter.equals("\\t")) {
            return '\t';
        }
        if (delimiter.length() != 1) {
            throw new ParameterException(
                    commandLine(), "--delimiter is one character or tab, not \"" + delimiter + "\"");
        }
        return delimiter.charAt(0);
    }

    private CommandLine commandLine() {
        return spec.commandLine();
    }
}
