package io.jenkins.plugins.modeldelivery.engine.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The records of all models, append-only. Thread-safe. All methods throw {@link
 * io.jenkins.plugins.modeldelivery.engine.model.DeliveryException} with LOCAL_IO or CORRUPT.
 */
public interface RecordStore {
    /** Appends an event; it is durable when this returns. */
    Event append(EventDraft draft);

    /**
     * As {@link #append}, unless {@link #find} finds an event already; then returns that one. Nobody else can append to the
     * model's record between the two.
     */
    Event appendOnce(EventDraft draft, Predicate<EventDraft> same);

    /** The oldest event of the draft's type, operation and version that {@code same} accepts. */
    default Optional<Event> find(EventDraft draft, Predicate<EventDraft> same) {
        EventQuery type = EventQuery.all().types(Set.of(draft.type()));
        AtomicReference<Event> found = new AtomicReference<>();
        each(draft.registry(), draft.model(), draft.version().map(type::version).orElse(type), event -> {
            if (event.draft().operation().equals(draft.operation())
                    && event.draft().version().equals(draft.version())
                    && same.test(event.draft())) {
                found.compareAndSet(null, event);
            }
        });
        return Optional.ofNullable(found.get());
    }

    /**
     * As {@link #append}, if a condition holds. Nobody else can append to the model's record between the two, so that an event
     * can be bound to what its writer has read.
     *
     * @param condition may read this store
     * @return empty if the condition did not hold; then nothing was appended
     */
    Optional<Event> appendIf(EventDraft draft, BooleanSupplier condition);

    /** As {@link #append}, unless an event of the same type, operation and version is there already; then returns that one. */
    default Event appendOnce(EventDraft draft) {
        return appendOnce(draft, other -> true);
    }

    /** Hands on all events of a model, oldest first; none if the model has no record. */
    void each(String registry, String model, Consumer<Event> sink);

    /** As {@link #each(String, String, Consumer)}, for some of the events. */
    default void each(String registry, String model, EventQuery query, Consumer<Event> sink) {
        each(registry, model, event -> {
            if (query.matches(event)) {
                sink.accept(event);
            }
        });
    }

    default ModelState state(String registry, String model) {
        AtomicReference<ModelState> state = new AtomicReference<>(ModelState.EMPTY);
        each(registry, model, event -> state.set(state.get().apply(event)));
        return state.get();
    }

    /** All events of a model, oldest first, as long as they fit into memory; else see {@link #each}. */
    default List<Event> events(String registry, String model) {
        List<Event> events = new ArrayList<>();
        each(registry, model, events::add);
        return events;
    }

    /** Checks the whole chain of a model's record. A record that does not exist is intact and empty. */
    Verification verify(String registry, String model);
}
