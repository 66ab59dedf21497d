package io.jenkins.plugins.modeldelivery.configuration.form;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.engine.gate.Check;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.util.List;
import jenkins.model.Jenkins;

/** Says where in a field of checks an error is. */
public final class CheckLines {
    private CheckLines() {}

    public static FormValidation validate(String text) {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER) ? judge(text) : FormValidation.ok();
    }

    /** For callers that have checked the permission. */
    public static FormValidation judge(String text) {
        List<String> lines = text.lines().toList();
        int found = 0;
        for (int i = 0; i < lines.size(); i++) {
            for (String check : FormChecks.lines(lines.get(i))) {
                try {
                    Check.parse(check);
                    found++;
                } catch (DeliveryException e) {
                    int indent = lines.get(i).indexOf(check);
                    return marked(Messages.CheckLines_line(i + 1, column(e.getMessage(), indent), e.getMessage()));
                }
            }
        }
        if (found == 0) {
            return FormValidation.error(Messages.CheckLines_aGateNeedsAtLeast());
        }
        return FormValidation.ok(found == 1 ? "1 check" : Messages.CheckLines_checks(found));
    }

    /** The parser marks the place with ^ under the text, both two blanks in. */
    private static String column(String message, int indent) {
        return message.lines()
                .filter(line -> line.strip().equals("^"))
                .findFirst()
                .map(line -> Messages.CheckLines_column(indent + line.indexOf('^') - 1))
                .orElse("");
    }

    /** In a fixed-width font, so that the mark stands under its place. */
    private static FormValidation marked(String message) {
        return FormValidation.errorWithMarkup("<pre>" + Util.xmlEscape(message) + "</pre>");
    }
}
