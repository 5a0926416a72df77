package adjoint.bench;

import java.util.ArrayList;
import java.util.List;

/** Rows of texts as a table in Markdown, its columns aligned so that it reads well in a terminal too. */
final class Table {
    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> heads) {
        this.heads = heads;
    }

    void add(List<String> row) {
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    List<String> lines() {
        List<List<String>> all = new ArrayList<>();
        all.add(heads);
        all.add(heads.stream().map(_ -> "---").toList());
        all.addAll(rows);
        int[] widths = new int[heads.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    /** A line whose columns are at least so wide. */
    static String line(List<String> row, int... widths) {
        var line = new StringBuilder("|");
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(' ').append(cell).repeat(' ', Math.max(0, widths[i] - cell.length()));
            line.append(" |");
        }
        return line.toString();
    }
}
