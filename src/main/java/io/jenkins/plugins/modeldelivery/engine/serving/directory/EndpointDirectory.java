package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The directory of a model in what a server reads: version directories, each renamed into place as a whole, and in some
 * layouts a file that points to one of them.
 *
 * @param files below the root and the staging directory
 * @param path {@code <root>/<name>}
 * @param staging outside of what the server reads
 */
record EndpointDirectory(ConfinedFiles files, Path path, RepositoryLayout layout, Path staging) {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    /** Servers pass over names that are no numbers. Used where the staging directory is on another file system. */
    private static final String ASIDE = ".model-delivery-";

    boolean exists() {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private Path version(String number) {
        return path.resolve(number);
    }

    private Optional<Path> pointer() {
        return layout.pointerFile().map(path::resolve);
    }

    /**
     * Whether everything here is as this program left it.
     *
     * @throws DeliveryException CONFLICT with what somebody else put here or changed
     */
    void check(StoredEndpoint stored, RevisionStore revisions) throws IOException {
        if (!files.exists(path)) {
            return;
        }
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw foreign(path + " is a link or a file, where this target needs a directory of its own");
        }
        for (Path child : children()) {
            String name = child.getFileName().toString();
            if (Files.isSymbolicLink(child)) {
                throw foreign(child + " is a link; links are not followed here");
            }
            if (DIGITS.matcher(name).matches()) {
                checkVersion(child, stored, revisions);
            }
        }
        if (pointer().filter(files::exists).isPresent() && !pointerIsOurs(stored)) {
            throw foreign(
                    stored.pointers().isEmpty()
                            ? "there is a " + pointer().get() + " that was not deployed from here"
                            : "somebody changed " + pointer().get() + " after it was deployed");
        }
    }

    private void checkVersion(Path child, StoredEndpoint stored, RevisionStore revisions) throws IOException {
        String digest = stored.shown().get(child.getFileName().toString());
        if (digest == null) {
            throw foreign("there is a version " + child + " that was not deployed from here");
        }
        if (condition(child, digest, revisions, false) == FileSnapshot.Condition.CHANGED) {
            throw foreign("somebody changed the files in " + child + " after they were deployed");
        }
    }

    private DeliveryException foreign(String what) {
        return ErrorKind.CONFLICT.error("Nothing was changed, because " + what
                + ". It is unchanged. Move it away, or deploy under another name.");
    }

    private List<Path> children() throws IOException {
        return files.list(path);
    }

    private boolean pointerIsOurs(StoredEndpoint stored) throws IOException {
        Path file = pointer().orElseThrow();
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && stored.pointers().contains(Sha256.hex(files.read(file)));
    }

    private FileSnapshot.Condition condition(Path directory, String digest, RevisionStore revisions, boolean thorough)
            throws IOException {
        Optional<FileSnapshot> listing = revisions.listing(digest);
        if (listing.isPresent()) {
            return listing.get().compare(files, directory, layout::shown, thorough);
        }
        if (!files.exists(directory)) {
            return FileSnapshot.Condition.MISSING;
        }
        return FileSnapshot.manifest(files, directory, layout::registered)
                        .digest()
                        .equals(digest)
                ? FileSnapshot.Condition.WHOLE
                : FileSnapshot.Condition.CHANGED;
    }

    /** Keeps a revision again that is shown here and no longer kept, if it has still its digest. */
    void recover(String number, String digest, RevisionStore revisions) throws IOException {
        Manifest manifest = FileSnapshot.manifest(files, version(number), layout::registered);
        if (manifest.digest().equals(digest)) {
            Path again = staging.resolve("recovered-" + number);
            files.delete(again);
            files.link(version(number), again, layout::registered);
            revisions.put(again, manifest);
        }
    }

    /**
     * Whether the server finds this revision here.
     *
     * @param thorough read every file
     * @return empty if so; else what is wrong
     */
    Optional<String> defect(
            StoredEndpoint stored, String number, String digest, RevisionStore revisions, boolean thorough)
            throws IOException {
        switch (condition(version(number), digest, revisions, thorough)) {
            case MISSING:
                return Optional.of("files are missing in " + version(number));
            case CHANGED:
                return Optional.of("the files in " + version(number) + " have changed since they were deployed");
            default:
                break;
        }
        if (pointer().isPresent() && (!files.exists(pointer().get()) || !pointerIsOurs(stored))) {
            return Optional.of(pointer().get() + " has changed since it was deployed");
        }
        return Optional.empty();
    }

    /** Whether a version directory, or what is left of it, is as it was deployed. */
    boolean unchanged(String number, String digest, RevisionStore revisions) throws IOException {
        return condition(version(number), digest, revisions, false) != FileSnapshot.Condition.CHANGED;
    }

    /** Makes a version directory appear, if it is not there already with all its files. */
    void show(String number, String digest, RevisionStore revisions) throws IOException {
        Path target = version(number);
        if (condition(target, digest, revisions, false) == FileSnapshot.Condition.WHOLE) {
            return;
        }
        hide(number);
        files.createDirectories(path);
        appear(revisions.files(digest), Map.of(), target, number);
    }

    /** Makes a whole model appear: one version directory, and files beside it. */
    void showWhole(String number, Path from, Map<String, byte[]> beside) throws IOException {
        files.delete(path);
        files.createDirectories(path.getParent());
        Path made = staging.resolve(path.getFileName());
        files.delete(made);
        files.link(from, made.resolve(number), layout::shown);
        for (Map.Entry<String, byte[]> file : beside.entrySet()) {
            files.write(made.resolve(file.getKey()), file.getValue());
        }
        try {
            files.rename(made, path);
        } catch (AtomicMoveNotSupportedException e) {
            files.delete(made);
            files.createDirectories(path);
            appear(from, beside, version(number), number);
        }
    }

    private void appear(Path from, Map<String, byte[]> beside, Path target, String number) throws IOException {
        Path made = staging.resolve(number);
        files.delete(made);
        files.link(from, made, layout::shown);
        try {
            files.rename(made, target);
        } catch (AtomicMoveNotSupportedException e) {
            files.delete(made);
            Path aside = path.resolve(ASIDE + number);
            files.delete(aside);
            files.link(from, aside, layout::shown);
            files.rename(aside, target);
        }
        for (Map.Entry<String, byte[]> file : new TreeMap<>(beside).entrySet()) {
            files.write(path.resolve(file.getKey()), file.getValue());
        }
    }

    /** Takes a version directory away in one step. */
    void hide(String number) throws IOException {
        Path target = version(number);
        if (!files.exists(target)) {
            return;
        }
        Path gone = staging.resolve("gone-" + number);
        files.delete(gone);
        files.createDirectories(staging);
        try {
            files.rename(target, gone);
        } catch (AtomicMoveNotSupportedException e) {
            gone = path.resolve(ASIDE + "gone-" + number);
            files.delete(gone);
            files.rename(target, gone);
        }
        files.delete(gone);
    }

    void point(Optional<byte[]> content) throws IOException {
        if (content.isPresent()) {
            Path file = pointer().orElseThrow();
            files.replace(file, file.resolveSibling(file.getFileName() + ".new"), content.get());
        }
    }

    void unpoint() throws IOException {
        if (pointer().isPresent()) {
            files.deleteFile(pointer().get());
        }
    }

    /** Takes the directory away if nothing is in it. */
    void removeIfEmpty() throws IOException {
        if (exists() && children().isEmpty()) {
            files.deleteEmpty(path);
        }
    }

    /** All of a candidate, which no one else has put there. */
    void remove() throws IOException {
        files.delete(path);
    }
}
