package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static io.jenkins.plugins.modeldelivery.engine.registry.mlflow.FakeServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server answers, as a problem with a message. */
@Timeout(60)
class MlflowErrorsTest {
    private static final String GET = "GET /api/2.0/mlflow/model-versions/get";

    private FakeServer server;
    private MlflowRegistry registry;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
        registry = server.registry();
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private DeliveryException fails() {
        DeliveryException failure =
                catchThrowableOfType(DeliveryException.class, () -> registry.version("churn", "7", Cancellation.NONE));
        assertThat(failure).isNotNull().hasMessageContaining(server.url());
        return failure;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            404 | {"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "no churn"} | NOT_FOUND      | 404 RESOURCE_DOES_NOT_EXIST "no churn"
            400 | {"error_code": "RESOURCE_ALREADY_EXISTS", "message": "twice"}    | ALREADY_EXISTS | 400 RESOURCE_ALREADY_EXISTS "twice"
            400 | {"error_code": "INVALID_PARAMETER_VALUE", "message": "bad"}      | INVALID_INPUT  | 400 INVALID_PARAMETER_VALUE "bad"
            400 | {"error_code": "BAD_REQUEST", "message": "bad"}                  | INVALID_INPUT  | 400 BAD_REQUEST "bad"
            403 | {"error_code": "PERMISSION_DENIED", "message": "not you"}        | DENIED         | Check the credentials
            401 | {"error_code": "UNAUTHENTICATED", "message": "who"}              | DENIED         | Check the credentials
            501 | {"error_code": "NOT_IMPLEMENTED", "message": "no"}               | UNSUPPORTED    | a part of its API
            404 | {"error_code": "ENDPOINT_NOT_FOUND", "message": "no"}            | UNSUPPORTED    | a part of its API
            500 | {"error_code": "INTERNAL_ERROR", "message": "boom"}              | SERVER         | 500 INTERNAL_ERROR "boom"
            409 | {"error_code": "ABORTED", "message": "race"}                     | CONFLICT       | 409 ABORTED "race"
            400 | {"error_code": "INVALID_PARAMETER_VALUE"}                        | INVALID_INPUT  | 400 INVALID_PARAMETER_VALUE
            400 | {"error_code": 5, "message": ["odd"]}                            | INVALID_INPUT  | 400
            400 | {"message": "no code"}                                           | INVALID_INPUT  | no code
            404 | {"error": "404 Not Found"}                                       | UNSUPPORTED    | 404 Not Found
            401 | <html><body>Sign in</body></html>                                | DENIED         | Sign in
            403 | Forbidden                                                        | DENIED         | 403
            404 | <!doctype html><title>404 Not Found</title>                      | UNSUPPORTED    | 404 Not Found
            405 | <!doctype html><title>Method Not Allowed</title>                 | UNSUPPORTED    | a part of its API
            400 | ~~                                                               | INVALID_INPUT  | 400
            422 | ~~                                                               | INVALID_INPUT  | 422
            409 | ~~                                                               | CONFLICT       | 409
            429 | slow down                                                        | UNREACHABLE    | 429
            500 | ~~                                                               | SERVER         | 500
            502 | <html>Bad Gateway</html>                                         | UNREACHABLE    | Bad Gateway
            503 | ~~                                                               | UNREACHABLE    | 503
            200 | {}                                                               | SERVER         | no object at model_version
            200 | ~~                                                               | SERVER         | no object at model_version
            200 | {"model_version": {"name": "churn"}}                             | SERVER         | no text at model_version.version
            200 | <html>Welcome</html>                                             | SERVER         | read churn/7
            200 | {"model_version": {"name": "churn",                              | SERVER         | read churn/7
            """)
    void anAnswerIsAProblemOfItsKindWithTheWordsOfTheServer(
            int status, String body, ErrorKind problem, String message) {
        server.on(GET, json(status, body));

        DeliveryException failure = fails();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(problem);
        assertThat(failure).hasMessageContaining(message);
    }

    @Test
    void aLongErrorIsCutAndHasNoSecretOrControlCharacter() {
        server.on(GET, json(400, "\u001b[31mour-secret " + "x".repeat(2_000_000)));

        DeliveryException failure = fails();
        assertThat(failure.getMessage()).hasSizeLessThan(600).doesNotContain("our-secret", "\u001b");
    }

    @Test
    void anAnswerWithoutEndIsAnError() {
        server.on(GET, json(200, " ".repeat(33 * 1024 * 1024)));

        assertThat(fails().kind()).isEqualTo(ErrorKind.SERVER);
    }

    @Test
    void aVersionThatFailedIsQuoted() {
        server.on(
                GET,
                "{\"model_version\": {\"name\": \"churn\", \"version\": \"7\", \"status\": \"FAILED_REGISTRATION\","
                        + " \"status_message\": \"no room\\nleft\"}}");

        ModelVersion version = registry.version("churn", "7", Cancellation.NONE);
        assertThat(version.status()).isEqualTo(ModelVersion.Status.FAILED);
        assertThat(version.statusMessage()).isEqualTo("no room left");
    }
}
