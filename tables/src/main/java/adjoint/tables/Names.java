package adjoint.tables;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** For messages about a name that does not exist: the one that was probably meant. */
public final class Names {
    private Names() {}

    /**
     * The candidate that differs from a name in the fewest letters (inserted, left out, changed or swapped with a
     * neighbour; upper and lower case count as equal), or none if even that one differs in more than a third of them.
     */
    public static Optional<String> nearest(String name, Collection<String> candidates) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            int allowed = Math.max(1, Math.max(name.length(), candidate.length()) / 3);
            if (distance < least && distance <= allowed && distance < candidate.length()) {
                best = candidate;
                least = distance;
            }
        }
        if (best == null && name.length() >= 3) {
            for (String candidate : candidates) {
                if (candidate.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Optimal string alignment: Levenshtein's distance that counts two swapped neighbours as one. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    /** " Did you mean x?", or the candidates where none is near. */
    static String hint(String name, Collection<String> candidates) {
        return nearest(name, candidates)
                .map(near -> "Did you mean " + near + "?")
                .orElseGet(() -> "There are "
                        + String.join(", ", candidates.stream().limit(20).toList())
                        + (candidates.size() > 20 ? ", … (" + candidates.size() + " in all)." : "."));
    }

    /** A text from a file, in quotes, on one line and not too long. */
    static String quoted(String text) {
        var shown = new StringBuilder("\"");
        text.codePoints()
                .limit(40)
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c));
        return shown.append(text.codePointCount(0, text.length()) > 40 ? "…\"" : "\"")
                .toString();
    }
}
