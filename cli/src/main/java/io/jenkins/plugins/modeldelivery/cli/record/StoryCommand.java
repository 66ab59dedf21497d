package io.jenkins.plugins.modeldelivery.cli.record;

import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.engine.history.VersionStory;
import picocli.CommandLine.Command;

/** Tells who let a version in. */
@Command(
        name = "story",
        description = "The approval history of a version: its source, data, gates, promotions with their rules and"
                + " approvals, and rollouts.")
final class StoryCommand extends RecordCommand.Reading {
    @Override
    public Integer call() {
        VersionStory story = story(record(settings()), version());
        if (output().json()) {
            output().print(story.toJson(true), out());
        } else {
            new StoryText(out()).print(story);
        }
        return ExitStatus.DONE;
    }
}
