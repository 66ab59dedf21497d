package io.jenkins.plugins.modeldelivery.ui.build;

import io.jenkins.plugins.modeldelivery.build.operation.OperationType;

/** States of journals in plain words, as something that goes on. A state of another version is shown as it is named. */
final class StateLabels {
    private StateLabels() {}

    static String of(OperationType type, String state) {
        return switch (type) {
            case REGISTER -> register(state);
            case GATE -> state.equals("recording") ? "Writing the verdict into the record" : common(state);
            case PROMOTE -> promote(state);
            case DEPLOY -> deploy(state);
            case DELIVER -> common(state);
        };
    }

    private static String register(String state) {
        return switch (state) {
            case "staging" -> "Making room in the registry";
            case "uploading" -> "Uploading the files";
            case "creating" -> "Creating the version";
            case "waiting" -> "Waiting until the registry is done with the version";
            case "recording" -> "Writing the registration into the record";
            case "alias" -> "Reading where the alias points";
            default -> common(state);
        };
    }

    private static String promote(String state) {
        return switch (state) {
            case "deciding" -> "Asking the policy";
            case "recording-request" -> "Asking for approval";
            case "awaiting-approval" -> "Waiting for approval";
            case "cancelled" -> "Stopped while it waited for approval";
            default -> state.startsWith("recording-") ? "Writing the end into the record" : common(state);
        };
    }

    private static String deploy(String state) {
        return switch (state) {
            case "recording-start" -> "Planned";
            case "applying" -> "Bringing the files to the server";
            case "loading" -> "Asking the server to load it";
            case "awaiting-candidate" -> "Waiting until the server has loaded it";
            case "smoke-testing" -> "Smoke test, before it gets traffic";
            case "switching" -> "Switching traffic over";
            case "verifying" -> "Checking what the server answers";
            case "smoke-testing-live" -> "Smoke test of what is live";
            case "recording-live" -> "Writing the rollout into the record";
            case "finishing" -> "Tidying up";
            case "live" -> "Live";
            case "unchanged" -> "Was live already";
            case "restoring" -> "Putting back what was served before";
            case "awaiting-restored" -> "Checking what was put back";
            case "recording-rolled-back", "recording-failed" -> "Writing the failure into the record";
            case "rolled-back" -> "Rolled back";
            default -> common(state);
        };
    }

    private static String common(String state) {
        return switch (state) {
            case "", "new" -> "Beginning";
            case "announcing-move" -> "Announcing in the record that the alias moves";
            case "moving" -> "Moving the alias";
            case "done" -> "Done";
            case "failed" -> "Failed";
            case "refused" -> "Refused";
            default -> state;
        };
    }
}
