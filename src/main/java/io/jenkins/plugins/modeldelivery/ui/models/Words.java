package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.engine.history.Details;
import io.jenkins.plugins.modeldelivery.engine.record.Event;

/** Events in words. */
final class Words {
    private Words() {}

    static String of(Event event) {
        String alias = Details.text(event, "alias").orElse("an alias");
        String place = Details.text(event, "target").orElse("") + "/"
                + Details.text(event, "endpoint").orElse("");
        return switch (event.draft().type()) {
            case "promoted" -> "Promoted to " + alias;
            case "alias-moved" -> "Given the alias " + alias + " when it was registered";
            case "rolled-back" -> "Given " + alias + " back in a rollback";
            case "promotion-refused" -> "The policy refused " + alias;
            case "promotion-conflict" -> "Not promoted: somebody else moved " + alias + " meanwhile";
            case "approval-requested" -> "Waits for approval to become " + alias;
            case "approved" -> "Approved to become " + alias;
            case "approval-refused" -> "Somebody refused that it becomes " + alias;
            case "approval-expired" -> "Not enough people approved in time that it becomes " + alias;
            case "approval-cancelled" -> "Stopped while it waited for approval to become " + alias;
            case "deployment-started" -> "Rollout to " + place + " began";
            case "deployed" -> "Served at " + place + " and proven there";
            case "deployment-rolled-back" -> "Rollout to " + place + " failed and was taken back";
            case "deployment-failed" -> "Rollout to " + place + " failed";
            default -> event.draft().type();
        };
    }
}
