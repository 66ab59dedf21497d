package io.jenkins.plugins.modeldelivery.engine.registry.local;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same on a file system as Windows has it: drives, backslashes, names without case, directories that cannot be opened. */
class RegistryOnWindowsTest extends LocalDirectoryRegistryTest {
    private FileSystem windows;

    @BeforeEach
    void start() throws IOException {
        windows = Jimfs.newFileSystem(Configuration.windows().toBuilder()
                .setAttributeViews("basic", "owner", "dos", "acl", "user")
                .build());
        directory = Files.createDirectories(windows.getPath("C:\\work"));
        root = Files.createDirectories(windows.getPath("C:\\registry"));
    }

    @AfterEach
    void stop() throws IOException {
        windows.close();
    }
}
