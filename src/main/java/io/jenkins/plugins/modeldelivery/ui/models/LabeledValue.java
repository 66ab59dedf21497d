package io.jenkins.plugins.modeldelivery.ui.models;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A name and what is known under it. */
@ExportedBean(defaultVisibility = 2)
public final class LabeledValue {
    private final String name;
    private final String value;
    private final boolean code;

    public LabeledValue(String name, String value, boolean code) {
        this.name = name;
        this.value = value;
        this.code = code;
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public String getValue() {
        return value;
    }

    /** Whether it is nothing to read, as a digest. */
    public boolean isCode() {
        return code;
    }
}
