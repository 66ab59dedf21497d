package io.jenkins.plugins.modeldelivery.build.agent;

import hudson.FilePath;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;

/** Calls to agents, with what goes wrong told apart as the engine tells it: an agent that is away may come back. */
final class AgentCalls {
    private AgentCalls() {}

    /**
     * @throws DeliveryException what the call threw; UNREACHABLE if the agent was lost; CANCELLED if the thread was
     *     interrupted; LOCAL_IO for what the agent's disk did
     */
    static <T> T call(FilePath workspace, MasterToSlaveFileCallable<T> callable) {
        try {
            return workspace.act(callable);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorKind.CANCELLED.error("Interrupted while the agent worked", e);
        } catch (DeliveryException e) {
            // Without the remote frames that Remoting attaches: the message says it all.
            throw e.kind().error(e.getMessage(), e);
        } catch (RequestAbortedException e) {
            throw away(e);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** What went wrong on an agent, or on the way to it. */
    static DeliveryException failure(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof DeliveryException problem) {
                return problem.kind().error(problem.getMessage(), e);
            }
            if (cause instanceof ChannelClosedException || cause instanceof RequestAbortedException) {
                return away(e);
            }
        }
        return ErrorKind.LOCAL_IO.error(
                "The agent could not do it: " + TextSanitizer.brief(String.valueOf(e.getMessage()), 300), e);
    }

    private static DeliveryException away(Exception e) {
        return ErrorKind.UNREACHABLE.error(
                "The agent of the workspace was lost. It goes on when the agent is back.", e);
    }
}
