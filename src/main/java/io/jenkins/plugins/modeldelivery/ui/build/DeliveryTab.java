package io.jenkins.plugins.modeldelivery.ui.build;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.ui.BuildActionFactory;
import java.util.List;
import jenkins.model.Tab;

/** The same on the new page of a build: a tab that leads to our page, and a card. Nothing where the old one is shown. */
public final class DeliveryTab extends Tab {
    private final transient BuildPage page;

    DeliveryTab(Run<?, ?> run) {
        super(run);
        this.page = new BuildPage(run);
    }

    public List<OperationSection> getOperations() {
        return page.getOperations();
    }

    @Override
    public String getIconFileName() {
        return page.getIconFileName();
    }

    @Override
    public String getDisplayName() {
        return page.getDisplayName();
    }

    /** That of the page, which is asked first. */
    @Override
    public String getUrlName() {
        return page.getUrlName();
    }

    /** After the page's own, since both have one address. */
    @Extension(ordinal = -1)
    public static final class Factory extends BuildActionFactory {
        public Factory() {
            super(DeliveryTab.class, DeliveryTab::new);
        }
    }
}
