package io.jenkins.plugins.modeldelivery.engine.policy;

/** The files that a configuration names. They belong to the administrator: no workspace and no caller's directory has them. */
@FunctionalInterface
public interface ConfigurationFiles {
    /**
     * @param path as the configuration names it; a relative one starts at the configuration's own place
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT that names the path, if there is
     *     no such file or it is too large; LOCAL_IO if it cannot be read
     */
    byte[] read(String path);
}
