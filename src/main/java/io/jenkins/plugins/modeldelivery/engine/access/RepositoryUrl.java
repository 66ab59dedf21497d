package io.jenkins.plugins.modeldelivery.engine.access;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL of a Git repository in a normal form, so that two ways to write one repository are equal: without user, default port,
 * {@code .git} and slashes at the end; the host in lower case. HTTPS and SSH, also in its form {@code git@host:path}, are one,
 * since both prove the server. Other transports (http, git, file) are not taken for them: they prove nothing, and keep their
 * scheme.
 *
 * @param place host with its port if that is not the transport's own; with the scheme in front if it is none of the two
 * @param path without slashes at its ends; upper and lower case differ
 */
public record RepositoryUrl(String place, String path) {
    private static final int LONGEST = 2000;
    private static final Map<String, String> PORTS = Map.of("https", "443", "ssh", "22", "http", "80", "git", "9418");
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(/.*)?");
    /** As scp writes it; a drive of Windows is no host. */
    private static final Pattern SCP = Pattern.compile("(?:[^@/:]+@)?([^@/:]{2,}):(?!/?/)(.+)");

    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[^@]*@)?(\\[[0-9A-Fa-f:.]+]|[^:@\\[\\]]*)(?::([0-9]*))?");

    /** @return empty for what is no URL, and for one whose path is not plain, as with {@code ..} or escapes in it */
    public static Optional<RepositoryUrl> parse(String text) {
        String url = text.trim();
        // What some programs take for a slash, others do not.
        if (url.length() > LONGEST || url.chars().anyMatch(c -> c <= ' ' || c == '\\')) {
            return Optional.empty();
        }
        Matcher full = URL.matcher(url);
        if (full.matches()) {
            return authority(
                    full.group(1).toLowerCase(Locale.ROOT), full.group(2), full.group(3) == null ? "" : full.group(3));
        }
        Matcher scp = SCP.matcher(url);
        return scp.matches() ? of("ssh", scp.group(1), "", scp.group(2)) : Optional.empty();
    }

    private static Optional<RepositoryUrl> authority(String scheme, String authority, String path) {
        Matcher parts = AUTHORITY.matcher(authority);
        return parts.matches()
                ? of(scheme, parts.group(1), parts.group(2) == null ? "" : parts.group(2), path)
                : Optional.empty();
    }

    private static Optional<RepositoryUrl> of(String scheme, String host, String port, String path) {
        Optional<String> plain = plain(path);
        if (plain.isEmpty() || host.isEmpty() && !scheme.equals("file")) {
            return Optional.empty();
        }
        String own = PORTS.getOrDefault(scheme, "");
        String place = host.toLowerCase(Locale.ROOT) + (port.isEmpty() || port.equals(own) ? "" : ":" + port);
        boolean proven = scheme.equals("https") || scheme.equals("ssh");
        return Optional.of(new RepositoryUrl(proven ? place : scheme + "://" + place, plain.get()));
    }

    private static Optional<String> plain(String path) {
        String rest = path;
        while (rest.startsWith("/")) {
            rest = rest.substring(1);
        }
        while (rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        if (rest.endsWith(".git")) {
            rest = rest.substring(0, rest.length() - 4);
        }
        boolean odd = rest.isEmpty() || rest.chars().anyMatch(c -> "%?#".indexOf(c) >= 0);
        for (String part : rest.split("/", -1)) {
            odd |= part.isEmpty() || part.equals(".") || part.equals("..");
        }
        return odd ? Optional.empty() : Optional.of(rest);
    }

    @Override
    public String toString() {
        return place + "/" + path;
    }
}
