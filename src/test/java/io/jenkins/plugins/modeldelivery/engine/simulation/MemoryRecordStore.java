package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.Verification;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The record as one operation sees it: it may crash before and after each append. */
final class MemoryRecordStore implements RecordStore {
    private final World world;
    private final Worker worker;

    MemoryRecordStore(World world, Worker worker) {
        this.world = world;
        this.worker = worker;
    }

    @Override
    public Event append(EventDraft draft) {
        world.begin(worker, "append " + draft.type().text());
        Event event = world.record.append(worker, draft);
        world.end(worker, "append " + draft.type().text());
        return event;
    }

    @Override
    public Event appendOnce(EventDraft draft, Predicate<EventDraft> same) {
        world.begin(worker, "append once " + draft.type().text());
        Event event = find(draft, same).orElseGet(() -> world.record.append(worker, draft));
        world.end(worker, "append once " + draft.type().text());
        return event;
    }

    @Override
    public Optional<Event> appendIf(EventDraft draft, BooleanSupplier condition) {
        world.begin(worker, "append if " + draft.type().text());
        Optional<Event> event =
                condition.getAsBoolean() ? Optional.of(world.record.append(worker, draft)) : Optional.empty();
        world.end(worker, "append if " + draft.type().text());
        return event;
    }

    @Override
    public void each(String registry, String model, Consumer<Event> sink) {
        List.copyOf(world.record.of(model)).forEach(sink);
    }

    @Override
    public Verification verify(String registry, String model) {
        return new Verification(true, world.record.of(model).size(), "");
    }
}
