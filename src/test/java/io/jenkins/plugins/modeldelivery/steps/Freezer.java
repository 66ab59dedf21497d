package io.jenkins.plugins.modeldelivery.steps;

import com.sun.jdi.ArrayReference;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.ByteValue;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Freezes operations of a controller in the very moment before or after it writes something down, as a debugger does, so that
 * it can be killed there. The controller's own code knows nothing of it.
 */
final class Freezer implements AutoCloseable {
    private static final String JOURNAL = "io.jenkins.plugins.modeldelivery.engine.journal.FileJournal";
    private static final String SLOT = "io.jenkins.plugins.modeldelivery.build.operation.OperationSlot";

    private final ListeningConnector connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(c -> c.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    private final Map<String, Connector.Argument> arguments = connector.defaultArguments();
    private final String address;
    private final Set<Moment> wanted = ConcurrentHashMap.newKeySet();
    private final Set<Moment> frozen = ConcurrentHashMap.newKeySet();

    /**
     * When to freeze.
     *
     * @param job whose operation
     * @param type in lower case
     * @param when such as "before creating", "after creating", "after begin" or "after end"
     */
    record Moment(String job, String type, String when) {}

    Freezer() throws Exception {
        arguments.get("localAddress").setValue("127.0.0.1");
        arguments.get("port").setValue("0");
        address = connector.startListening(arguments);
    }

    /** With it, a controller starts only together with {@link #attach}. */
    String javaOption() {
        return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address;
    }

    /** Takes hold of the controller that starts next; what was frozen before is forgotten. */
    void attach(Set<Moment> moments) {
        wanted.clear();
        wanted.addAll(moments);
        frozen.clear();
        Thread thread = new Thread(this::watch, "freezer");
        thread.setDaemon(true);
        thread.start();
    }

    Set<Moment> frozen() {
        return Set.copyOf(frozen);
    }

    private void watch() {
        try {
            VirtualMachine machine = connector.accept(arguments);
            for (String type : List.of(JOURNAL, SLOT)) {
                ClassPrepareRequest request = machine.eventRequestManager().createClassPrepareRequest();
                request.addClassFilter(type);
                request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
                request.enable();
            }
            machine.resume();
            while (true) {
                EventSet events = machine.eventQueue().remove();
                boolean hold = false;
                for (Event event : events) {
                    hold |= handle(machine, event);
                }
                if (!hold) {
                    events.resume();
                }
            }
        } catch (VMDisconnectedException e) {
            // It was killed, as it should be.
            return;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean handle(VirtualMachine machine, Event event) throws Exception {
        if (event instanceof ClassPrepareEvent prepared) {
            ReferenceType type = prepared.referenceType();
            if (type.name().equals(JOURNAL)) {
                Method write = type.methodsByName("write").get(0);
                stop(machine, write.location(), "before");
                stop(machine, last(write), "after");
            } else {
                stop(machine, last(type.methodsByName("begin").get(0)), "after begin");
                stop(machine, last(type.methodsByName("end").get(0)), "after end");
            }
            return false;
        }
        return event instanceof BreakpointEvent point && frozen(point);
    }

    private static Location last(Method method) throws Exception {
        List<Location> lines = method.allLineLocations();
        return lines.stream()
                .max((a, b) -> Integer.compare(a.lineNumber(), b.lineNumber()))
                .orElseThrow();
    }

    private static void stop(VirtualMachine machine, Location location, String what) {
        BreakpointRequest request = machine.eventRequestManager().createBreakpointRequest(location);
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.putProperty("what", what);
        request.enable();
    }

    /** Reads fields only: a method that is invoked in a thread which others wait for may never return. */
    private boolean frozen(BreakpointEvent point) throws Exception {
        StackFrame frame = point.thread().frame(0);
        ObjectReference self = frame.thisObject();
        boolean journal = self.referenceType().name().equals(JOURNAL);
        String what = (String) point.request().getProperty("what");
        if (journal) {
            what += " " + state((ObjectReference) frame.getArgumentValues().get(0));
        }
        Moment moment = journal ? ofJournal(self, what) : ofSlot(self, what);
        return wanted.contains(moment) && frozen.add(moment);
    }

    private static Moment ofJournal(ObjectReference journal, String what) {
        String[] names = path((ObjectReference) field(journal, "file")).split("/");
        int builds = List.of(names).lastIndexOf("builds");
        return new Moment(names[builds - 1], type(names[builds + 3]), what);
    }

    private static Moment ofSlot(ObjectReference slot, String what) {
        ObjectReference job = (ObjectReference) field((ObjectReference) field(slot, "run"), "project");
        return new Moment(
                ((StringReference) field(job, "name")).value(),
                type(((StringReference) field(slot, "name")).value()),
                what);
    }

    /** As the name of a slot has it. */
    private static String type(String slot) {
        return slot.split("-")[1];
    }

    private static Value field(ObjectReference object, String name) {
        return object.getValue(object.referenceType().fieldByName(name));
    }

    private static String path(ObjectReference path) {
        List<Value> bytes = ((ArrayReference) field(path, "path")).getValues();
        byte[] text = new byte[bytes.size()];
        for (int i = 0; i < text.length; i++) {
            text[i] = ((ByteValue) bytes.get(i)).value();
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Of the operation, and of the operation in it that a delivery is at. */
    private static String state(ObjectReference json) {
        String own = text(child(json, "state"));
        ObjectReference inner = child(json, own);
        ObjectReference state = inner == null ? null : child(inner, "state");
        return state == null ? own : own + "/" + text(state);
    }

    private static String text(ObjectReference node) {
        return ((StringReference) field(node, "_value")).value();
    }

    /** Null if a JSON object has no such member. */
    private static ObjectReference child(ObjectReference json, String name) {
        if (!json.referenceType().name().endsWith(".ObjectNode")) {
            return null;
        }
        ObjectReference entry = (ObjectReference) field((ObjectReference) field(json, "_children"), "head");
        while (entry != null) {
            if (((StringReference) field(entry, "key")).value().equals(name)) {
                return (ObjectReference) field(entry, "value");
            }
            entry = (ObjectReference) field(entry, "after");
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        try {
            connector.stopListening(arguments);
        } catch (com.sun.jdi.connect.IllegalConnectorArgumentsException e) {
            throw new IOException(e);
        }
    }
}
