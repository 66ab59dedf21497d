package io.jenkins.plugins.modeldelivery.ui.models;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecords;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** The models that a folder's jobs had to do with. */
public final class FolderModelsPage extends ModelListPage {
    private final ItemGroup<?> folder;

    FolderModelsPage(ItemGroup<?> folder) {
        this.folder = folder;
    }

    @Override
    ModelRecords records() {
        return ModelRecords.in(folder);
    }

    @Override
    public String getFolder() {
        return folder.getFullDisplayName();
    }

    /** Most folders have nothing to do with models; their menus stay short. */
    @Override
    public String getIconFileName() {
        return records().any() ? super.getIconFileName() : null;
    }

    /** Whatever its kind, whether the folders plugin made it or another. */
    @Extension
    public static final class Factory extends TransientActionFactory<Item> {
        @Override
        public Class<Item> type() {
            return Item.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return FolderModelsPage.class;
        }

        @Override
        public Collection<? extends Action> createFor(Item item) {
            boolean folder = item instanceof ItemGroup && !(item instanceof Job);
            return folder ? List.of(new FolderModelsPage((ItemGroup<?>) item)) : List.of();
        }
    }
}
