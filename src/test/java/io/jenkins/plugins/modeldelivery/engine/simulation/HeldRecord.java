package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The records of a world, as everybody's store appends to them. */
final class HeldRecord {
    private final World world;
    private final Map<String, List<Event>> events = new TreeMap<>();

    HeldRecord(World world) {
        this.world = world;
    }

    List<Event> of(String model) {
        return events.computeIfAbsent(model, m -> new ArrayList<>());
    }

    /** What was there at that time. */
    List<Event> until(String model, Instant time) {
        return of(model).stream().filter(e -> !e.time().isAfter(time)).toList();
    }

    Iterable<String> models() {
        return events.keySet();
    }

    Event append(Worker worker, EventDraft draft) {
        List<Event> record = of(draft.model());
        String previous = record.isEmpty() ? "" : record.get(record.size() - 1).hash();
        Event event =
                new Event(record.size() + 1, world.now(), draft, previous, draft.model() + "-" + (record.size() + 1));
        record.add(event);
        world.trace(
                worker,
                () -> "record: " + draft.type() + " " + draft.model()
                        + draft.version().map(v -> "/" + v).orElse("") + " " + draft.details());
        world.invariants.recorded(worker, event);
        return event;
    }
}
