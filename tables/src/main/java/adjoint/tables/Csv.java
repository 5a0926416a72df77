package adjoint.tables;

import adjoint.types.DataException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How a CSV file is to be read, where the defaults do not fit. Each call returns a new format.
 *
 * <pre>{@code
 * Table table = Csv.format().encoding("GBK").delimiter(';').categories("postcode").read(Path.of("flats.csv"));
 * }</pre>
 *
 * <p>By default: UTF-8, with or without a byte order mark; a comma, semicolon or tab, whichever the first line has most
 * of; a header; fields quoted as in RFC 4180; white space around a value is no part of it. A column is numbers if most
 * of its values are, and then any other value is an error; else it is categories.
 */
public final class Csv {
    private static final Csv DEFAULT =
            new Csv(null, (char) 0, Header.FIRST_LINE, Set.of(), Set.of(), Set.of(), Set.of());

    final Charset charset;
    final char delimiter;
    final Header header;
    final Set<String> categories;
    final Set<String> numbers;
    final Set<String> ignored;
    final Set<String> only;

    enum Header {
        FIRST_LINE,
        NONE
    }

    private Csv(
            Charset charset,
            char delimiter,
            Header header,
            Set<String> categories,
            Set<String> numbers,
            Set<String> ignored,
            Set<String> only) {
        this.charset = charset;
        this.delimiter = delimiter;
        this.header = header;
        this.categories = categories;
        this.numbers = numbers;
        this.ignored = ignored;
        this.only = only;
    }

    /** The defaults. */
    public static Csv format() {
        return DEFAULT;
    }

    /**
     * Another encoding than UTF-8, such as {@code GBK}.
     *
     * @throws DataException if Java has none of this name
     */
    public Csv encoding(String name) {
        return new Csv(CsvText.charset(name), delimiter, header, categories, numbers, ignored, only);
    }

    /** What stands between fields, where it cannot be told from the first line. */
    public Csv delimiter(char separator) {
        if (separator == '"' || separator == '\n' || separator == '\r' || separator == 0) {
            throw new DataException("read a table with the delimiter " + Names.quoted(String.valueOf(separator))
                    + ": it has a meaning of its own in CSV. Use , or ; or tab.");
        }
        return new Csv(charset, separator, header, categories, numbers, ignored, only);
    }

    /** The first line is a row already; the columns are called {@code column 1}, {@code column 2}, … */
    public Csv withoutHeader() {
        return new Csv(charset, delimiter, Header.NONE, categories, numbers, ignored, only);
    }

    /** These columns are categories even where they look like numbers, as codes do. */
    public Csv categories(String... names) {
        return new Csv(charset, delimiter, header, union(categories, names), numbers, ignored, only);
    }

    /** These columns are numbers: any other value in them is an error. */
    public Csv numbers(String... names) {
        return new Csv(charset, delimiter, header, categories, union(numbers, names), ignored, only);
    }

    /** These columns are left out, whatever is in them. */
    public Csv ignore(String... names) {
        return new Csv(charset, delimiter, header, categories, numbers, union(ignored, names), only);
    }

    /** Only these columns are read, whatever is in the others. */
    public Csv only(String... names) {
        return new Csv(charset, delimiter, header, categories, numbers, ignored, union(only, names));
    }

    /**
     * Reads a file.
     *
     * @throws DataException if there is no such file, it is empty, no text in this encoding, or no table; if a named
     *     column does not exist; or if a number's place holds something else. The message says line and column.
     */
    public Table read(Path file) {
        return new CsvParser(this, file.toString()).parse(CsvText.read(file, charset));
    }

    /** Reads a text that is a table, as {@link #read} does. */
    public Table parse(String text) {
        return new CsvParser(this, "text").parse(text);
    }

    private static Set<String> union(Set<String> a, String... b) {
        var all = new LinkedHashSet<>(a);
        all.addAll(Arrays.asList(b));
        return all;
    }

    boolean wanted(String name) {
        return !ignored.contains(name) && (only.isEmpty() || only.contains(name));
    }

    /** Refuses names that the header does not have: a mistyped one would silently have no effect. */
    void checkNames(String source, List<String> header) {
        var there = new HashSet<>(header);
        for (Set<String> names : List.of(only, ignored, categories, numbers)) {
            for (String name : names) {
                if (!there.contains(name)) {
                    throw new DataException(
                            "read " + source + ": there is no column " + name + ". " + Names.hint(name, header));
                }
            }
        }
    }
}
