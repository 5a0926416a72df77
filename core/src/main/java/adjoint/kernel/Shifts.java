package adjoint.kernel;

/**
 * A convolution with steps of 1 seen as shifts: with zeros written around the image, what a place in the window shows at all
 * positions is the image itself from some element on. A position is counted along the padded lines, so some positions are
 * none: those where the window would go over a line's end. So patches never have to be written out.
 *
 * @param patches the window, with a stride of 1 and no negative padding
 * @param lines lines of the padded image: its second size
 * @param width elements of a padded line
 * @param pixels elements of a padded channel
 * @param count positions from the first to the last, those that are none included
 */
record Shifts(Patches patches, int lines, int width, int pixels, int count) {
    static Shifts of(Patches p) {
        int lines = p.positions()[1] + p.dilation()[1] * (p.window()[1] - 1);
        int width = p.positions()[2] + p.dilation()[2] * (p.window()[2] - 1);
        int pixels = (p.positions()[0] + p.dilation()[0] * (p.window()[0] - 1)) * lines * width;
        int count = ((p.positions()[0] - 1) * lines + p.positions()[1] - 1) * width + p.positions()[2];
        return new Shifts(p, lines, width, pixels, count);
    }

    /** Whether few positions are none, and all steps are 1. */
    static boolean fit(Patches p) {
        for (int d = 0; d < 3; d++) {
            if (p.stride()[d] != 1 && p.positions()[d] != 1 || p.padding()[d] < 0) {
                return false;
            }
        }
        return of(p).count() <= 2L * p.columns();
    }

    /** Where, in padded channels, the image of each row (channel, place in the window) begins. */
    int[] starts(int rows) {
        int[] starts = new int[rows];
        int places = patches.places();
        int[] window = patches.window();
        int[] dilation = patches.dilation();
        for (int r = 0; r < rows; r++) {
            int tap = r % places;
            int x = tap % window[2] * dilation[2];
            int y = tap / window[2] % window[1] * dilation[1];
            int z = tap / window[2] / window[1] * dilation[0];
            starts[r] = r / places * pixels + (z * lines + y) * width + x;
        }
        return starts;
    }

    /** Writes channels into the middle of padded ones, whose margins stay as they are. */
    void pad(Object image, int at, int channels, Object padded) {
        int[] sizes = patches.image();
        int[] padding = patches.padding();
        int n = Math.min(sizes[2], width - padding[2]);
        int high = Math.min(sizes[1], lines - padding[1]);
        int deep = Math.min(sizes[0], pixels / (lines * width) - padding[0]);
        for (int c = 0; c < channels && n > 0; c++) {
            for (int z = 0; z < deep; z++) {
                int from = at + (c * sizes[0] + z) * sizes[1] * sizes[2];
                int to = c * pixels + ((z + padding[0]) * lines + padding[1]) * width + padding[2];
                copy(image, from, sizes[2], padded, to, width, high, n);
            }
        }
    }

    /** Copies rows of results out of rows that have all positions. */
    void cut(Object spread, int pitch, int rows, Object dense, int at) {
        int[] positions = patches.positions();
        int plane = positions[1] * positions[2];
        for (int r = 0; r < rows; r++) {
            for (int z = 0; z < positions[0]; z++) {
                int to = at + (r * positions[0] + z) * plane;
                int from = r * pitch + z * lines * width;
                copy(spread, from, width, dense, to, positions[2], positions[1], positions[2]);
            }
        }
    }

    /** Copies rows of results into rows that have all positions; those that are none stay as they are. */
    void spread(Object dense, int at, int rows, Object spread, int pitch) {
        int[] positions = patches.positions();
        int plane = positions[1] * positions[2];
        for (int r = 0; r < rows; r++) {
            for (int z = 0; z < positions[0]; z++) {
                int from = at + (r * positions[0] + z) * plane;
                int to = r * pitch + z * lines * width;
                copy(dense, from, positions[2], spread, to, width, positions[1], positions[2]);
            }
        }
    }

    /** Copies lines of {@code n} elements that lie some pitch apart: each as an array whose type is known, which is quicker. */
    private static void copy(Object from, int at, int pitch, Object to, int at1, int pitch1, int count, int n) {
        if (from instanceof float[] a && to instanceof float[] b) {
            for (int l = 0; l < count; l++) {
                System.arraycopy(a, at + l * pitch, b, at1 + l * pitch1, n);
            }
        } else if (from instanceof double[] a && to instanceof double[] b) {
            for (int l = 0; l < count; l++) {
                System.arraycopy(a, at + l * pitch, b, at1 + l * pitch1, n);
            }
        }
    }
}
