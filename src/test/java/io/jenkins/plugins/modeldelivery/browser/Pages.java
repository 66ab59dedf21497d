package io.jenkins.plugins.modeldelivery.browser;

import java.util.stream.Stream;

/** The pages that all tests of this package look at. A new page of the plugin is one line here. */
enum Pages {
    BUILD("job/churn/1/"),
    BUILD_DELIVERED("job/churn/1/model-delivery/"),
    BUILD_FAILED("job/churn/2/model-delivery/"),
    BUILD_INCONCLUSIVE("job/churn/3/model-delivery/"),
    BUILD_WAITING("job/churn/5/model-delivery/"),
    BUILD_HOSTILE("job/hostile/1/"),
    BUILD_HOSTILE_DELIVERY("job/hostile/1/model-delivery/"),
    BUILD_RIGHT_TO_LEFT("job/right-to-left/1/model-delivery/"),
    APPROVALS("model-approvals/"),
    MODELS("models/"),
    CONFIGURATION("manage/model-delivery/");

    private final String path;

    Pages(String path) {
        this.path = path;
    }

    /** Relative to Jenkins. */
    String path() {
        return path;
    }

    static Stream<Pages> all() {
        return Stream.of(values());
    }
}
