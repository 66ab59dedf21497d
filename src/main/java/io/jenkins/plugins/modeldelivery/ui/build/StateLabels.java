package io.jenkins.plugins.modeldelivery.ui.build;

import io.jenkins.plugins.modeldelivery.build.operation.OperationType;

/** States of journals in plain words, as something that goes on. A state of another version is shown as it is named. */
final class StateLabels {
    private StateLabels() {}

    static String of(OperationType type, String state) {
        return switch (type) {
            case REGISTER -> register(state);
            case GATE -> state.equals("recording") ? Messages.StateLabels_writingTheVerdictIntoThe() : common(state);
            case PROMOTE -> promote(state);
            case DEPLOY -> deploy(state);
            case DELIVER -> common(state);
        };
    }

    private static String register(String state) {
        return switch (state) {
            case "staging" -> Messages.StateLabels_preparingTheRegistry();
            case "uploading" -> Messages.StateLabels_uploadingTheFiles();
            case "creating" -> Messages.StateLabels_creatingTheVersion();
            case "waiting" -> Messages.StateLabels_waitingUntilTheRegistryHas();
            case "recording" -> Messages.StateLabels_writingTheRegistrationIntoThe();
            case "alias" -> Messages.StateLabels_readingWhereTheAliasPoints();
            default -> common(state);
        };
    }

    private static String promote(String state) {
        return switch (state) {
            case "deciding" -> Messages.StateLabels_evaluatingThePolicy();
            case "recording-request" -> Messages.StateLabels_askingForApproval();
            case "awaiting-approval" -> Messages.StateLabels_waitingForApproval();
            case "cancelled" -> Messages.StateLabels_stoppedWhileWaitingForApproval();
            default -> state.startsWith("recording-") ? Messages.StateLabels_writingTheResultIntoThe() : common(state);
        };
    }

    private static String deploy(String state) {
        return switch (state) {
            case "recording-start" -> Messages.StateLabels_planned();
            case "applying" -> Messages.StateLabels_copyingTheFilesToThe();
            case "loading" -> Messages.StateLabels_requestingTheServerToLoad();
            case "awaiting-candidate" -> Messages.StateLabels_waitingUntilTheServerHas();
            case "smoke-testing" -> Messages.StateLabels_smokeTestBeforeTraffic();
            case "switching" -> Messages.StateLabels_switchingTraffic();
            case "verifying" -> Messages.StateLabels_verifyingTheServedVersion();
            case "smoke-testing-live" -> Messages.StateLabels_smokeTestOfTheLive();
            case "recording-live" -> Messages.StateLabels_writingTheRolloutIntoThe();
            case "finishing" -> Messages.StateLabels_removingTemporaryFiles();
            case "live" -> Messages.StateLabels_live();
            case "unchanged" -> Messages.StateLabels_alreadyLive();
            case "restoring" -> Messages.StateLabels_restoringThePreviousVersion();
            case "awaiting-restored" -> Messages.StateLabels_verifyingTheRestoredVersion();
            case "recording-rolled-back", "recording-failed" -> Messages.StateLabels_writingTheFailureIntoThe();
            case "rolled-back" -> Messages.StateLabels_rolledBack();
            default -> common(state);
        };
    }

    private static String common(String state) {
        return switch (state) {
            case "", "new" -> Messages.StateLabels_beginning();
            case "announcing-move" -> Messages.StateLabels_writingThePlannedAliasMove();
            case "moving" -> Messages.StateLabels_movingTheAlias();
            case "done" -> Messages.StateLabels_done();
            case "failed" -> Messages.StateLabels_failed();
            case "refused" -> Messages.StateLabels_refused();
            default -> state;
        };
    }
}
