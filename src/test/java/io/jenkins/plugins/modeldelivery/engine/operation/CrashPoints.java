package io.jenkins.plugins.modeldelivery.engine.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;

/** Counts the moments at which a process can die, and dies at the one that is chosen. */
final class CrashPoints {
    /** What no code catches, as no code catches a power cut. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1;

        Crash(String where) {
            super(where);
        }
    }

    private final int fatal;
    private int passed;

    /** @param fatal number of the moment, from 0; -1 for none */
    CrashPoints(int fatal) {
        this.fatal = fatal;
    }

    int passed() {
        return passed;
    }

    void moment(String where) {
        if (passed++ == fatal) {
            throw new Crash(where);
        }
    }

    Journal journal(Journal journal) {
        return new Journal() {
            @Override
            public Optional<ObjectNode> read() {
                return journal.read();
            }

            @Override
            public void write(ObjectNode state) {
                String name = state.path("state").asText();
                moment("before the journal says " + name);
                journal.write(state);
                moment("after the journal says " + name);
            }
        };
    }

    /** Dies before and after each of the methods that change something outside. */
    <T> T around(Class<T> type, T real, Set<String> effects) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            boolean effect = effects.contains(method.getName());
            if (effect) {
                moment("before " + method.getName());
            }
            try {
                Object result = method.invoke(real, args);
                if (effect) {
                    moment("after " + method.getName());
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
