package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import java.util.Optional;
import java.util.function.Function;

/** What an operation is asked to do. */
final class Task {
    enum Kind {
        REGISTER,
        GATE,
        PROMOTE,
        DEPLOY,
        ROLLBACK,
        DELIVER
    }

    final Kind kind;
    final String model;
    final String text;
    /** Driven by the command line, else by Jenkins. */
    final boolean commandLine;
    /** Whether the request names something that does not exist, so that it may change nothing. */
    final boolean invalid;
    /** What is registered, if anything. */
    final Optional<Payload> payload;
    /** Which version is meant, if the request names one. */
    final Optional<ModelRef> reference;

    private final Function<OperationContext, Operation> factory;

    Task(
            Kind kind,
            String model,
            String text,
            boolean commandLine,
            boolean invalid,
            Optional<Payload> payload,
            Optional<ModelRef> reference,
            Function<OperationContext, Operation> factory) {
        this.kind = kind;
        this.model = model;
        this.text = text;
        this.commandLine = commandLine;
        this.invalid = invalid;
        this.payload = payload;
        this.reference = reference;
        this.factory = factory;
    }

    Operation make(OperationContext context) {
        return factory.apply(context);
    }

    @Override
    public String toString() {
        return text + (commandLine ? " (command line)" : " (Jenkins)");
    }
}
