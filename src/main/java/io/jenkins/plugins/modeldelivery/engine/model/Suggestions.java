package io.jenkins.plugins.modeldelivery.engine.model;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant who wrote a name that does not exist. */
public final class Suggestions {
    private static final int LONGEST = 60;
    /** Names that are looked at; a gate may miss as many metrics as there are, and shall not take the square of the time. */
    private static final int MOST = 1000;

    private Suggestions() {}

    /**
     * The nearest name, if it differs in at most a third of its letters; upper and lower case count as the same. None of
     * more than {@value #MOST} names.
     */
    public static Optional<String> find(String written, Collection<String> names) {
        if (written.length() > LONGEST || names.size() > MOST) {
            return Optional.empty();
        }
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String name : names) {
            if (Math.abs(name.length() - written.length()) * 3 > Math.max(3, name.length())) {
                continue;
            }
            int distance = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least && distance * 3 <= Math.max(3, name.length())) {
                least = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein's distance, with two neighbours changed about as one mistake (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
