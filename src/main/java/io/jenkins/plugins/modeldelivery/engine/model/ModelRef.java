package io.jenkins.plugins.modeldelivery.engine.model;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a user names a model version: {@code churn/7}, {@code churn@champion}, {@code churn@champion~1} (the version that
 * had the alias before), each also with MLflow's prefix {@code models:/}.
 *
 * @param name registered model
 * @param version exact version, or empty if an alias is given
 * @param alias alias, or empty if a version is given
 * @param back how many versions of the alias to go back; 0 with a version
 */
public record ModelRef(String name, Optional<String> version, Optional<String> alias, int back) {
    private static final Pattern SYNTAX = Pattern.compile(
            "(?:models:/)?(?<name>[^/@~]+)(?:/(?<version>[^/@~]+)|@(?<alias>[^/@~]+)(?:~(?<back>[0-9]{1,2}))?)");

    public ModelRef {
        Objects.requireNonNull(name);
        if (version.isPresent() == alias.isPresent()) {
            throw new IllegalArgumentException("a version or an alias");
        }
        if (back < 0 || (back > 0 && version.isPresent())) {
            throw new IllegalArgumentException("back " + back);
        }
    }

    /** @throws DeliveryException {@link ErrorKind#INVALID_INPUT} with the three forms, if the text is none of them */
    public static ModelRef parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            throw ErrorKind.INVALID_INPUT.error("\"" + TextSanitizer.brief(text, 80)
                    + "\" does not name a model version. Write name/7, name@champion or"
                    + " name@champion~1 (the version that had the alias before).");
        }
        String back = matcher.group("back");
        return new ModelRef(
                matcher.group("name"),
                Optional.ofNullable(matcher.group("version")),
                Optional.ofNullable(matcher.group("alias")),
                back == null ? 0 : Integer.parseInt(back));
    }

    public static ModelRef ofVersion(String name, String version) {
        return new ModelRef(name, Optional.of(version), Optional.empty(), 0);
    }

    public static ModelRef ofAlias(String name, String alias) {
        return new ModelRef(name, Optional.empty(), Optional.of(alias), 0);
    }

    @Override
    public String toString() {
        return version.map(v -> name + "/" + v)
                .orElseGet(() -> name + "@" + alias.orElseThrow() + (back == 0 ? "" : "~" + back));
    }
}
