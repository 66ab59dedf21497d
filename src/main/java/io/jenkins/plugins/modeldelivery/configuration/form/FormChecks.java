package io.jenkins.plugins.modeldelivery.configuration.form;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.engine.access.ItemPatterns;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** What the fields of the page may hold. The checks throw a {@link DeliveryException} with INVALID_INPUT. */
public final class FormChecks {
    /** As the command line's schema has it: the name becomes a directory of the record. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private FormChecks() {}

    /** A warning whose text can be read: Jenkins' own orange is for the symbol before it, and too bright for text on white. */
    public static FormValidation warning(String sentence) {
        return FormValidation.warningWithMarkup(
                "<span class=\"jenkins-!-text-color\">" + Util.escape(sentence) + "</span>");
    }

    /** Runs a check for who may see the page; nobody else learns anything. */
    public static FormValidation validate(Runnable check) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return FormValidation.ok();
        }
        return told(() -> {
            check.run();
            return FormValidation.ok();
        });
    }

    /** As {@link #validate}, with something to say where nothing is wrong. */
    public static FormValidation advise(Supplier<FormValidation> check) {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER) ? told(check) : FormValidation.ok();
    }

    private static FormValidation told(Supplier<FormValidation> check) {
        try {
            return check.get();
        } catch (DeliveryException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    public static void checkName(String name) {
        if (name.isEmpty()) {
            throw invalid(Messages.FormChecks_enterANameJobsRefer());
        }
        if (name.length() > 100 || !NAME.matcher(name).matches()) {
            throw invalid(Messages.FormChecks_cannotBeANameUse(TextSanitizer.brief(name, 60)));
        }
    }

    public static void checkUrl(String url) {
        if (url.isEmpty()) {
            throw invalid(Messages.FormChecks_enterTheURLOfThe());
        }
        WebUrl.parse(url, "The URL");
    }

    public static void checkDirectory(String path) {
        if (path.isEmpty()) {
            throw invalid(Messages.FormChecks_enterTheDirectory());
        }
        try {
            if (!Path.of(path).isAbsolute()) {
                throw invalid(Messages.FormChecks_enterAnAbsolutePathA());
            }
        } catch (InvalidPathException e) {
            throw ErrorKind.INVALID_INPUT.error("Not a path: " + TextSanitizer.brief(e.getReason(), 100) + ".", e);
        }
    }

    /** The lines that say something: blank ones and those that begin with # are left out. */
    public static List<String> lines(String text) {
        return Objects.requireNonNullElse(text, "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /**
     * Patterns, one a line.
     *
     * @throws DeliveryException INVALID_INPUT for one that fits no item
     */
    public static ItemPatterns items(String text) {
        return new ItemPatterns(lines(text));
    }

    /** "" for null; without blanks at its ends. */
    public static String trim(String text) {
        return Objects.requireNonNullElse(text, "").strip();
    }

    /** As {@link #trim}, with the line ends that a browser sends made plain. */
    public static String text(String text) {
        return trim(text).replace("\r\n", "\n").replace('\r', '\n');
    }

    public static DeliveryException invalid(String message) {
        return ErrorKind.INVALID_INPUT.error(message);
    }
}
