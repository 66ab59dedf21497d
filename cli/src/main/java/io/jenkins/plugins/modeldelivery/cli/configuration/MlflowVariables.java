package io.jenkins.plugins.modeldelivery.cli.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.Redactor;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The environment variables of MLflow's own client. What one of them asks for is done or refused: a registration that goes
 * to another registry than the one that was meant is worse than none.
 */
final class MlflowVariables {
    static final String URI = "MLFLOW_TRACKING_URI";
    static final String REGISTRY = "MLFLOW_REGISTRY_URI";
    private static final String USERNAME = "MLFLOW_TRACKING_USERNAME";
    private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
    private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
    private static final String EXPERIMENT = "MLFLOW_EXPERIMENT_NAME";
    private static final String AUTHORITY = "MLFLOW_TRACKING_SERVER_CERT_PATH";
    private static final String CERTIFICATE = "MLFLOW_TRACKING_CLIENT_CERT_PATH";
    private static final String INSECURE = "MLFLOW_TRACKING_INSECURE_TLS";
    private static final String WORKSPACE = "MLFLOW_WORKSPACE";

    /** A host and a port, or a name with dots, without a scheme. */
    private static final Pattern HOST = Pattern.compile("[\\w-]{2,}(\\.[\\w-]+)*:[0-9]+(/.*)?");

    private final Map<String, String> environment;
    private final Path directory;

    /** @param directory where relative paths start, as MLflow's own client has it */
    MlflowVariables(Map<String, String> environment, Path directory) {
        this.environment = environment;
        this.directory = directory;
    }

    /** The value of a variable; blank is as good as not set, for all but the address. */
    private Optional<String> find(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    /**
     * The registry as a configuration would describe it; empty if no variable names a server.
     *
     * @throws DeliveryException INVALID_INPUT if what the variables say cannot be done
     */
    Optional<ObjectNode> registry() {
        if (environment.get(URI) == null) {
            find(REGISTRY).ifPresent(registry -> {
                throw refused(REGISTRY + " is set to \"" + shown(registry) + "\" and " + URI
                        + " is not. Both must be set to the same server: set " + URI
                        + ", or configure the registry in a model-delivery.yaml.");
            });
            List.of(TOKEN, USERNAME)
                    .forEach(login -> find(login).ifPresent(set -> {
                        throw refused(login + " is set and " + URI
                                + " is not. Perhaps a variable of the CI server is missing. Set " + URI + ", or unset "
                                + login + ".");
                    }));
            return Optional.empty();
        }
        String url = address();
        // A registration goes to the workspace "default" in any case.
        find(WORKSPACE)
                .map(String::strip)
                .filter(name -> !name.equals("default"))
                .ifPresent(name -> {
                    throw refused(
                            WORKSPACE + " is set to \"" + shown(name) + "\", and workspaces are not supported: the"
                                    + " registration would go to the server's default workspace. Unset " + WORKSPACE
                                    + " to use the default workspace.");
                });
        find(REGISTRY).filter(registry -> !same(registry, url)).ifPresent(registry -> {
            throw refused(REGISTRY + " is \"" + shown(registry) + "\", another server than " + URI + " (" + shown(url)
                    + "). Model Delivery uses one server for runs, files and versions: unset " + REGISTRY
                    + ", or configure the registry in a model-delivery.yaml.");
        });
        ObjectNode node = Json.object().put("type", "mlflow").put("url", url);
        find(EXPERIMENT).ifPresent(name -> node.put("experiment", name));
        login(node);
        certificates(node);
        return Optional.of(node);
    }

    private String address() {
        String value = environment.get(URI).strip();
        if (value.isEmpty()) {
            throw refused(URI + " is set, but empty: perhaps a secret or variable of the CI server is missing. Give it"
                    + " the address of the MLflow server, or unset it.");
        }
        Optional<String> fault = WebUrl.fault(value);
        if (fault.isPresent()) {
            throw refused(URI + " is \"" + shown(value) + "\", which is not the address of an MLflow server: "
                    + fault.get() + ". " + remedy(value));
        }
        return value;
    }

    private static String remedy(String value) {
        String bare = value.replaceAll("^[\"'\\s]+|[\"'\\s]+$", "");
        if (!bare.equals(value)) {
            return "The quotation marks are part of the value, as an env file or a setting of a CI server passes them on."
                    + " Write " + URI + "=" + shown(bare) + " there.";
        }
        if (value.matches("(?i)(databricks|uc)(-uc)?(:.*)?")) {
            return "Databricks and Unity Catalog are not supported. Set the http:// or https:// address of an MLflow"
                    + " server, or configure another registry in a model-delivery.yaml.";
        }
        if (HOST.matcher(value).matches()) {
            return "Write http://" + shown(value) + " or https://" + shown(value) + ".";
        }
        if (value.contains("@") && value.matches("(?i)https?:.*")) {
            return "Put them into " + USERNAME + " and " + PASSWORD + ".";
        }
        if (value.matches("(?i)(https?|ftp):.*")) {
            return "Write http:// or https://, the host, the port and, if there is one, the path, as"
                    + " http://127.0.0.1:5000.";
        }
        return "Only the Python client of MLflow can open this store. Start a server on it (mlflow server"
                + " --backend-store-uri " + shown(value) + ") and write its address, as http://127.0.0.1:5000.";
    }

    private void login(ObjectNode node) {
        Optional<String> user = find(USERNAME);
        Optional<String> password = find(PASSWORD);
        if (user.isPresent() != password.isPresent()) {
            throw refused((user.isPresent() ? USERNAME : PASSWORD) + " is set and "
                    + (user.isPresent() ? PASSWORD : USERNAME) + " is not. Set both, or neither.");
        }
        if (user.isPresent()) {
            node.put("username", reference(USERNAME)).put("password", reference(PASSWORD));
        } else if (find(TOKEN).isPresent()) {
            node.put("token", reference(TOKEN));
        }
    }

    private void certificates(ObjectNode node) {
        find(INSECURE).filter(value -> value.strip().matches("(?i)true|1")).ifPresent(value -> {
            throw refused(INSECURE
                    + " is set, but connections without certificate verification are not supported. Set the PEM"
                    + " file of the certificate authority in " + AUTHORITY + " and unset " + INSECURE + ".");
        });
        find(AUTHORITY).ifPresent(path -> node.put("certificateAuthority", path(path)));
        // One file with the certificate and its key.
        find(CERTIFICATE)
                .ifPresent(path -> node.put("clientCertificate", path(path)).put("clientKey", path(path)));
    }

    private String path(String path) {
        return directory.resolve(path).toString();
    }

    private static String reference(String variable) {
        return "${env:" + variable + "}";
    }

    /** What is said where registries are configured and the variables name another one; empty if they do not. */
    Optional<String> unused(JsonNode registries) {
        for (String variable : new String[] {URI, REGISTRY}) {
            Optional<String> other = find(variable)
                    .map(String::strip)
                    .filter(uri -> registries.properties().stream()
                            .noneMatch(e -> same(e.getValue().path("url").asText(), uri)));
            if (other.isPresent()) {
                return Optional.of(
                        variable + " (" + shown(other.get()) + ") is not used: the registries are configured in");
            }
        }
        return Optional.empty();
    }

    private static boolean same(String one, String other) {
        return one.strip().replaceAll("/+$", "").equals(other.strip().replaceAll("/+$", ""));
    }

    private static String shown(String value) {
        return Redactor.NONE.brief(value);
    }

    private static DeliveryException refused(String message) {
        return ErrorKind.INVALID_INPUT.error(message);
    }
}
