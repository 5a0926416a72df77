package adjoint.tables;

import adjoint.types.DataException;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One text to one table. The splitting into records is fastcsv's; what the cells mean is decided here. */
final class CsvParser {
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d+,\\d+");
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    private static final String CANDIDATES = ",;\t";
    private static final int LONGEST_FIELD = 16 << 20;

    private final Csv format;
    private final String source;

    CsvParser(Csv format, String source) {
        this.format = format;
        this.source = source;
    }

    Table parse(String text) {
        char delimiter = format.delimiter != 0 ? format.delimiter : detect(text);
        List<CsvRecord> records = records(text, delimiter);
        if (records.isEmpty()) {
            throw refused("it holds only empty lines. A table has a header line and rows.");
        }
        CsvRecord first = records.getFirst();
        if (first.getFields().stream().allMatch(String::isBlank)) {
            throw refused("line " + first.getStartingLineNumber() + " is blank. A table begins with its header.");
        }
        boolean headed = format.header == Csv.Header.FIRST_LINE;
        List<String> names = headed ? header(first) : numbered(first.getFieldCount());
        List<CsvRecord> rows = headed ? records.subList(1, records.size()) : records;
        for (CsvRecord row : rows) {
            if (row.getFieldCount() != names.size()) {
                throw refused("line " + row.getStartingLineNumber() + " has " + fields(row.getFieldCount())
                        + ", the first line " + names.size()
                        + ". Is it CSV with one delimiter throughout? Put quotes around texts that contain it.");
            }
        }
        if (rows.isEmpty()) {
            throw refused("there is a header (" + names.size() + " columns), but no row. Add data.");
        }
        format.checkNames(source, names);
        int[] lines =
                rows.stream().mapToInt(r -> (int) r.getStartingLineNumber()).toArray();
        var columns = new ArrayList<Column>();
        for (int i = 0; i < names.size(); i++) {
            if (format.wanted(names.get(i))) {
                columns.add(column(names.get(i), cells(rows, i), lines));
            }
        }
        if (columns.isEmpty()) {
            throw refused("every column is ignored. Leave one.");
        }
        return new Table(columns, lines, source);
    }

    private List<CsvRecord> records(String text, char delimiter) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(text)) {
            return reader.stream().toList();
        } catch (CsvParseException e) {
            throw new DataException(
                    "read " + source + ": it is not CSV (" + reason(e) + "). Close every quote, and write"
                            + " a quote inside a quoted field twice.",
                    e);
        } catch (IOException e) {
            throw new DataException("read " + source + ": " + e + ". Check that it may be read.", e);
        }
    }

    private static String reason(CsvParseException e) {
        Throwable inner = e.getCause() == null ? e : e.getCause();
        Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
        String where = line.find() ? "in the record from line " + line.group(1) + " on: " : "";
        return where + String.valueOf(inner.getMessage()).lines().findFirst().orElse("");
    }

    /** The candidate that the first line has most of, outside quotes; a comma if it has none. */
    private static char detect(String text) {
        int[] counts = new int[3];
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!quoted && (c == '\n' || c == '\r')) {
                if (begun) {
                    break;
                }
                continue;
            }
            begun = true;
            quoted ^= c == '"';
            if (!quoted && CANDIDATES.indexOf(c) >= 0) {
                counts[CANDIDATES.indexOf(c)]++;
            }
        }
        int best = counts[1] > counts[0] ? 1 : 0;
        return CANDIDATES.charAt(counts[2] > counts[best] ? 2 : best);
    }

    /** A blank name, as some programs write for the column of row numbers, is replaced by its place. */
    private List<String> header(CsvRecord record) {
        List<String> numbered = numbered(record.getFieldCount());
        var names = new ArrayList<String>();
        for (int i = 0; i < record.getFieldCount(); i++) {
            String name = record.getField(i).strip();
            names.add(name.isEmpty() ? numbered.get(i) : name);
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw refused("two columns are called " + Names.quoted(name) + ". Rename one, or read a file without a"
                        + " header: Csv.format().withoutHeader().");
            }
        }
        return names;
    }

    private static List<String> numbered(int count) {
        var names = new ArrayList<String>();
        for (int i = 1; i <= count; i++) {
            names.add("column " + i);
        }
        return names;
    }

    private static String[] cells(List<CsvRecord> rows, int column) {
        String[] cells = new String[rows.size()];
        for (int row = 0; row < cells.length; row++) {
            String text = rows.get(row).getField(column).strip();
            cells[row] = Cells.isMissing(text) ? null : text;
        }
        return cells;
    }

    private Column column(String name, String[] cells, int[] lines) {
        if (format.categories.contains(name)) {
            return new CategoryColumn(name, cells);
        }
        double[] values = new double[cells.length];
        int good = 0;
        int bad = 0;
        int firstBad = -1;
        for (int row = 0; row < cells.length; row++) {
            OptionalDouble number = cells[row] == null ? OptionalDouble.empty() : Cells.number(cells[row]);
            values[row] = number.orElse(Double.NaN);
            if (number.isPresent()) {
                good++;
            } else if (cells[row] != null) {
                firstBad = bad == 0 ? row : firstBad;
                bad++;
            }
        }
        if (bad == 0) {
            return new NumberColumn(name, values);
        }
        if (good <= bad && !format.numbers.contains(name)) {
            return new CategoryColumn(name, cells);
        }
        String others = bad == 1 ? "" : " (" + bad + " such values in this column)";
        throw refused("line " + lines[firstBad] + ", column " + name + ": expected a number, found "
                + Names.quoted(cells[firstBad]) + others + ". " + remedy(name, cells[firstBad]));
    }

    private String remedy(String name, String cell) {
        if (DECIMAL_COMMA.matcher(cell).matches()) {
            return "Write decimals with a point, not a comma.";
        }
        if (format.numbers.contains(name)) {
            return "Correct it, or leave it empty to mark it as missing.";
        }
        return "Correct it, leave it empty to mark it as missing, or take the column as categories (--category " + name
                + ", or in Java Csv.format().categories(\"" + name + "\")).";
    }

    private static String fields(int count) {
        return count == 1 ? "1 field" : count + " fields";
    }

    private DataException refused(String why) {
        return new DataException("read " + source + ": " + why);
    }
}
