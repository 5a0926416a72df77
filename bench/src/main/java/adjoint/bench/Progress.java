package adjoint.bench;

/** What is being measured, on a terminal's last line; nothing where the output goes into a file or another program. */
final class Progress {
    private final boolean terminal =
            System.console() != null && System.console().isTerminal();
    private int shown;

    /** Shows this in place of what was shown before. */
    void show(String text) {
        if (terminal) {
            clear();
            System.err.print(text + " ...");
            System.err.flush();
            shown = text.length() + 4;
        }
    }

    void clear() {
        if (shown > 0) {
            System.err.print("\r" + " ".repeat(shown) + "\r");
            System.err.flush();
            shown = 0;
        }
    }
}
