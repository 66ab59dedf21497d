package io.jenkins.plugins.modeldelivery.build.agent;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.IncomingFiles;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jenkins.MasterToSlaveFileCallable;

/**
 * Uploads from the workspace of an agent that does not get the registry's secrets: the files come to a directory of the
 * controller, and go from there. What comes is bounded by what the agent listed, and by the disk.
 *
 * @param directory for the files of uploads, each of which gets one in it
 */
record ControllerUpload(FilePath workspace, Path directory) {
    private static final IncomingFiles.Source AGENT = new IncomingFiles.Source("The agent", ErrorKind.INVALID_INPUT);

    Manifest run(
            ModelRegistry registry,
            VersionDraft staging,
            String path,
            TransferProgress progress,
            Cancellation cancellation) {
        ConfinedFiles disk = ConfinedFiles.in(directory);
        Path place = disk.root().resolve(UUID.randomUUID().toString());
        try {
            bring(path, place, cancellation);
            return registry.upload(staging, ModelFiles.list(place), progress, cancellation);
        } finally {
            disk.deleteQuietly(place);
        }
    }

    private void bring(String path, Path place, Cancellation cancellation) {
        ArrayList<String[]> rows = AgentCalls.call(workspace, new ListFiles(path));
        String root = ManifestCodec.root(rows);
        List<IncomingFiles.Listed> listed = ManifestCodec.listed(rows);
        try (IncomingFiles incoming = IncomingFiles.open(place, listed, AGENT, IncomingFiles.Limits.DEFAULT)) {
            for (IncomingFiles.Listed file : listed) {
                cancellation.throwIfRequested();
                IncomingFiles.Part part = incoming.part(file);
                try (InputStream in =
                        workspace.child(AgentPaths.join(root, file.path())).read()) {
                    part.write(in, file.size(), cancellation);
                }
                part.finish();
            }
            incoming.keep();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorKind.CANCELLED.error("Interrupted while the agent sent files", e);
        } catch (IOException e) {
            throw AgentCalls.failure(e);
        }
    }

    /** The root in the workspace, then path and size of each file. */
    private static final class ListFiles extends MasterToSlaveFileCallable<ArrayList<String[]>> {
        private static final long serialVersionUID = 1L;

        private final String path;

        ListFiles(String path) {
            this.path = path;
        }

        @Override
        public ArrayList<String[]> invoke(File workspace, VirtualChannel channel) throws IOException {
            ModelFiles files = ModelFiles.list(WorkspacePaths.in(workspace, path));
            Path root = workspace.toPath().toRealPath().relativize(files.root());
            return ManifestCodec.of(AgentPaths.text(root), files);
        }
    }
}
