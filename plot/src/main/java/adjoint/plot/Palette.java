package adjoint.plot;

import adjoint.types.DataException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Colours as 0xRRGGBB numbers, so that naming one does not load AWT. */
final class Palette {
    /** The ten colours that series take in turn: Tableau's, matplotlib's default cycle. */
    private static final int[] CYCLE = {
        0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd, 0x8c564b, 0xe377c2, 0x7f7f7f, 0xbcbd22, 0x17becf
    };

    /** From low to high: matplotlib's viridis at every eighth, without the yellow that is too pale for lines. */
    private static final int[] SCALE = {0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30};

    private static final Map<String, Integer> NAMES = new TreeMap<>(Map.ofEntries(
            Map.entry("black", 0x000000),
            Map.entry("white", 0xffffff),
            Map.entry("red", 0xd62728),
            Map.entry("green", 0x2ca02c),
            Map.entry("blue", 0x1f77b4),
            Map.entry("orange", 0xff7f0e),
            Map.entry("purple", 0x9467bd),
            Map.entry("brown", 0x8c564b),
            Map.entry("pink", 0xe377c2),
            Map.entry("gray", 0x7f7f7f),
            Map.entry("grey", 0x7f7f7f),
            Map.entry("olive", 0xbcbd22),
            Map.entry("cyan", 0x17becf)));

    private Palette() {}

    /** The colour of the {@code index}-th series. */
    static int cycle(int index) {
        return CYCLE[index % CYCLE.length];
    }

    /** A colour for a height from 0 to 1: dark violet, blue, green, light green. */
    static int height(double t) {
        double place = Math.clamp(t, 0, 1) * (SCALE.length - 1);
        int i = Math.min((int) place, SCALE.length - 2);
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = SCALE[i] >> shift & 0xff;
            int b = SCALE[i + 1] >> shift & 0xff;
            color |= (int) Math.round(a + (place - i) * (b - a)) << shift;
        }
        return color;
    }

    /** A colour by name ("red"), place in the cycle ("C0") or hexadecimal digits ("#1f77b4"). */
    static int parse(String text) {
        String name = text == null ? "null" : text.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith("tab:")) {
            name = name.substring(4);
        }
        Integer named = NAMES.get(name);
        if (named != null) {
            return named;
        }
        if (name.matches("c\\d{1,6}")) {
            return cycle(Integer.parseInt(name.substring(1)));
        }
        if (name.matches("#[0-9a-f]{6}")) {
            return Integer.parseInt(name.substring(1), 16);
        }
        throw new DataException("color(\"" + text + "\"): no such colour. Use #rrggbb, C0 to C9, or one of "
                + String.join(", ", NAMES.keySet()) + ".");
    }
}
