package io.jenkins.plugins.modeldelivery.ui.approvals;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.Verification;
import io.jenkins.plugins.modeldelivery.run.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.run.ModelDeliveryPermissions;
import java.util.List;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;

/** The events of one model, and whether their chain is whole. */
public final class RecordPage implements StaplerProxy {
    @Override
    public Object getTarget() {
        ModelDeliveryPermissions.checkSystemRead();
        return this;
    }

    /** The configured name that was asked for. */
    public String getRegistry() {
        return parameter("registry");
    }

    public String getModel() {
        return parameter("model");
    }

    private static String parameter(String name) {
        String value = Stapler.getCurrentRequest2().getParameter(name);
        return value == null ? "" : value.strip();
    }

    /** Read once for the page; says itself what went wrong. */
    public Reading read() {
        if (getRegistry().isEmpty() || getModel().isEmpty()) {
            return new Reading(List.of(), "");
        }
        try {
            Verification verification = DeliveryRuntime.records().verify(getRegistry(), getModel());
            return new Reading(DeliveryRuntime.records().events(getRegistry(), getModel()), verification.message());
        } catch (DeliveryException e) {
            return new Reading(List.of(), e.getMessage());
        }
    }

    /** What a look into the record gave. */
    public static final class Reading {
        private final List<Event> events;
        private final String chain;

        Reading(List<Event> events, String chain) {
            this.events = List.copyOf(events);
            this.chain = chain;
        }

        /** Oldest first. */
        public List<Line> getEvents() {
            return events.stream().map(Line::new).toList();
        }

        /** What the check of the chain says; empty if nothing was asked for. */
        public String getChain() {
            return chain;
        }
    }

    /** One event. */
    public static final class Line {
        private final Event event;

        Line(Event event) {
            this.event = event;
        }

        public long getSequence() {
            return event.sequence();
        }

        public String getTime() {
            return event.time().toString();
        }

        public String getType() {
            return event.draft().type();
        }

        public String getVersion() {
            return event.draft().version().orElse("");
        }

        public String getActor() {
            return event.draft().actor();
        }

        public String getBuild() {
            return event.draft().build().orElse("");
        }

        public String getDetails() {
            return Json.text(event.draft().details());
        }

        public String getHash() {
            return event.hash();
        }
    }
}
