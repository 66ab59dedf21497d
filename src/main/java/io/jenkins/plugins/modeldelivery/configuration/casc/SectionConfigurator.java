package io.jenkins.plugins.modeldelivery.configuration.casc;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.casc.BaseConfigurator;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.util.List;

/**
 * A section of the policy file: things by name. Configuration as Code knows objects with fixed keys only, so it is read and
 * written here as a whole; to its schema the section is an object of which it knows nothing more.
 *
 * <p>What is configured goes in as the section's own type, and comes out as the list that the getter gives, so its type is Object.
 *
 * @param <E> a gate or a policy
 */
abstract class SectionConfigurator<E> extends BaseConfigurator<Object> {
    private final Class<?> section;

    SectionConfigurator(Class<?> section) {
        this.section = section;
    }

    /** @throws DeliveryException INVALID_INPUT with the place */
    abstract Object read(JsonNode json);

    abstract JsonNode write(List<E> elements);

    @Override
    @SuppressWarnings("unchecked") // The interface wants the class of its own parameter.
    public Class<Object> getTarget() {
        return (Class<Object>) section;
    }

    @Override
    protected Object instance(Mapping mapping, ConfigurationContext context) throws ConfiguratorException {
        return configure(mapping, context);
    }

    @NonNull
    @Override
    public Object configure(CNode node, ConfigurationContext context) throws ConfiguratorException {
        try {
            return read(CascNodes.json(node, context));
        } catch (DeliveryException e) {
            throw ConfiguratorException.from(node, e.getMessage(), e);
        }
    }

    @Override
    public Object check(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return configure(node, context);
    }

    @CheckForNull
    @Override
    @SuppressWarnings("unchecked") // The getter's list.
    public CNode describe(Object configured, ConfigurationContext context) {
        List<E> elements = (List<E>) configured;
        return elements.isEmpty() ? null : CascNodes.of(write(elements), context);
    }

    // Equal to another of the same target, as the superclass has it.
    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
