package io.jenkins.plugins.modeldelivery.cli.configuration;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds {@code model-delivery.yaml}: beside the delivery file, in the current directory, or in a parent of these. A file
 * that is there and cannot be used is an error, since without it there would be no policies.
 */
final class ConfigurationFile {
    static final String NAME = "model-delivery.yaml";
    /** What people write instead, and other tools take. */
    private static final List<String> NEAR_MISSES = List.of(
            "model-delivery.yml",
            "model-delivery.json",
            "model_delivery.yaml",
            "model_delivery.yml",
            "modeldelivery.yaml",
            "modeldelivery.yml",
            "Model-Delivery.yaml",
            "Model-Delivery.yml",
            "MODEL-DELIVERY.YAML",
            ".model-delivery.yaml",
            ".model-delivery.yml",
            "model-delivery.yaml.txt");

    /** Who owns a file, as the file system names it. */
    interface Owners {
        String of(Path file) throws IOException;
    }

    private final Owners owners;

    ConfigurationFile() {
        this(file -> Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName());
    }

    ConfigurationFile(Owners owners) {
        this.owners = owners;
    }

    /**
     * @param from the directory of the delivery file, if there is one, then the current directory
     * @throws DeliveryException INVALID_INPUT if a file was meant and has another name, or belongs to a stranger; LOCAL_IO
     */
    Optional<Path> find(List<Path> from) {
        List<Path> near =
                from.stream().map(path -> path.toAbsolutePath().normalize()).toList();
        Set<Path> directories = new LinkedHashSet<>(near);
        for (Path start : near) {
            for (Path above = start.getParent(); above != null; above = above.getParent()) {
                directories.add(above);
            }
        }
        for (Path directory : directories) {
            Path file = directory.resolve(NAME);
            if (exists(file)) {
                if (!near.contains(directory)) {
                    checkOwner(file, near);
                }
                return Optional.of(file);
            }
            for (String name : NEAR_MISSES) {
                if (exists(directory.resolve(name))) {
                    throw ErrorKind.INVALID_INPUT.error(
                            "There is " + directory.resolve(name) + ", but the configuration file must have the name "
                                    + NAME + ". Rename the file, or give its path with --config.");
                }
            }
        }
        return Optional.empty();
    }

    /** Also a link that leads nowhere is there. */
    private static boolean exists(Path file) {
        try {
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** In a directory that many may write to, as /tmp, anybody could put one: it says where secrets are sent. */
    private void checkOwner(Path file, List<Path> near) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            String owner = owners.of(file);
            boolean known = owner.equals("root") || owner.equals(System.getProperty("user.name"));
            for (Path start : near) {
                known |= owner.equals(owners.of(start));
            }
            if (!known) {
                throw ErrorKind.INVALID_INPUT.error(
                        "The configuration " + file + " in a parent directory belongs to another user, " + owner
                                + ". If you trust this file, give its path with --config.");
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static DeliveryException unreadable(Path file, IOException e) {
        return ErrorKind.LOCAL_IO.error("Cannot read the configuration " + file + ": " + e, e);
    }
}
