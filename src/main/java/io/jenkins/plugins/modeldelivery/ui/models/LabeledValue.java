package io.jenkins.plugins.modeldelivery.ui.models;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A name and what is known under it.
 *
 * @param code whether it is nothing to read, as a digest
 */
@ExportedBean(defaultVisibility = 2)
public record LabeledValue(@Exported String name, @Exported String value, boolean code) {}
