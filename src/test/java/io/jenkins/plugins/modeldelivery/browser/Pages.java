package io.jenkins.plugins.modeldelivery.browser;

import io.jenkins.plugins.modeldelivery.ui.models.ModelLinks;
import java.util.stream.Stream;

/** The pages that all tests of this package look at. A new page of the plugin is one line here. */
enum Pages {
    BUILD("job/churn/1/"),
    BUILD_DELIVERED("job/churn/1/model-delivery/"),
    BUILD_FAILED("job/churn/2/model-delivery/"),
    BUILD_INCONCLUSIVE("job/churn/3/model-delivery/"),
    BUILD_WAITING("job/churn/5/model-delivery/"),
    BUILD_REFUSED("job/refused/1/model-delivery/"),
    BUILD_ROLLED_BACK("job/rollout/2/model-delivery/"),
    BUILD_HOSTILE("job/hostile/1/"),
    BUILD_HOSTILE_DELIVERED("job/hostile/1/model-delivery/"),
    BUILD_HOSTILE_WAITING("job/hostile/2/model-delivery/"),
    BUILD_RIGHT_TO_LEFT("job/right-to-left/1/model-delivery/"),
    APPROVALS("model-approvals/"),
    JOB("job/churn/", Kind.PART),
    TREND("job/churn/model-trend/"),
    TREND_HOSTILE("job/hostile/model-trend/"),
    TREND_RIGHT_TO_LEFT("job/right-to-left/model-trend/"),
    MODELS("models/"),
    MODELS_FOUND("models/?q=CHURN&sort=name"),
    MODELS_NOT_FOUND("models/?q=%3Cb%3Enothing"),
    MODELS_OF_FOLDER("job/team/models/"),
    NO_MODELS("job/idle/models/"),
    MODEL(model(Showroom.CHURN)),
    MODEL_FILTERED(model(Showroom.CHURN) + "?events=gates&version=2&from=2020-01-01"),
    MODEL_ROLLED_BACK(model(Showroom.ROLLOUT)),
    MODEL_HOSTILE(model(Showroom.HOSTILE)),
    MODEL_RIGHT_TO_LEFT(model(Showroom.RIGHT_TO_LEFT)),
    VERSION(version(Showroom.CHURN, "4")),
    VERSION_FAILED(version(Showroom.CHURN, "2")),
    VERSION_HOSTILE(version(Showroom.HOSTILE, "1")),
    VERSION_RIGHT_TO_LEFT(version(Showroom.RIGHT_TO_LEFT, "1")),
    COMPARE(model(Showroom.CHURN) + "compare/?a=1&b=4"),
    COMPARE_HOSTILE(model(Showroom.HOSTILE) + "compare/?a=1&b=2"),
    COMPARE_NOT_FOUND(model(Showroom.HOSTILE) + "compare/?a=1&b=%3Cb%3E"),
    PRODUCTION(model(Showroom.CHURN) + "at/?date=2100-01-01"),
    PRODUCTION_BEFORE(model(Showroom.CHURN) + "at/?date=2020-01-01"),
    PRODUCTION_HOSTILE(model(Showroom.HOSTILE) + "at/?date=2100-01-01"),
    VERIFICATION(model(Showroom.CHURN) + "verification/"),
    ROLLBACK(model(Showroom.CHURN) + "rollback/?alias=champion"),
    ROLLBACK_HOSTILE(model(Showroom.HOSTILE) + "rollback/?alias=champion"),
    CONFIGURATION("manage/model-delivery/", Kind.FORM),
    FREESTYLE("job/freestyle/configure", Kind.PART),
    SNIPPET_DELIVER("job/churn/pipeline-syntax/", Kind.PART, "deliverModel"),
    SNIPPET_DEPLOY("job/churn/pipeline-syntax/", Kind.PART, "deployModel"),
    SNIPPET_GATE("job/churn/pipeline-syntax/", Kind.PART, "gateOnMetrics"),
    SNIPPET_PROMOTE("job/churn/pipeline-syntax/", Kind.PART, "promoteModel"),
    SNIPPET_REGISTER("job/churn/pipeline-syntax/", Kind.PART, "registerModel");

    private static final String CHOOSE = """
            const select = document.querySelector("select.dropdownList");
            select.value = [...select.options].find(o => o.text.trim().startsWith(arguments[0] + ":")).value;
            select.dispatchEvent(new Event("change", {bubbles: true}));
            """;

    private static final String CHOSEN = """
            return [...document.querySelectorAll(".jenkins-form-label")]
                .some(e => e.checkVisibility() && e.textContent.trim().startsWith(arguments[0]));
            """;

    private final String path;
    private final Kind kind;
    private final String step;

    Pages(String path) {
        this(path, Kind.OURS, "");
    }

    Pages(String path, Kind kind) {
        this(path, kind, "");
    }

    /** @param step to choose on the page; empty for none */
    Pages(String path, Kind kind, String step) {
        this.path = path;
        this.kind = kind;
        this.step = step;
    }

    private static String model(String model) {
        return ModelLinks.model(Showroom.REGISTRY, model);
    }

    private static String version(String model, String version) {
        return ModelLinks.version(Showroom.REGISTRY, model, version);
    }

    /** Relative to Jenkins. */
    String path() {
        return path;
    }

    /** Selects what of the page is the plugin's. */
    String part() {
        return kind == Kind.PART ? ":is(.model-delivery-form, .model-trend)" : "#main-panel";
    }

    static Stream<Pages> ours() {
        return Stream.of(values()).filter(page -> page.kind == Kind.OURS);
    }

    /** Opens it, until its scripts have run. */
    void open(Browser browser) {
        browser.go(path);
        browser.settle();
        if (!step.isEmpty()) {
            browser.script(CHOOSE, step);
            browser.until("the fields of " + step, () -> Boolean.TRUE.equals(browser.script(CHOSEN, step)));
            browser.settle();
        }
        browser.until("the charts are drawn", () -> !browser.text().contains("Reading the record"));
    }

    private enum Kind {
        OURS,
        /** What its fields do is Jenkins' own. */
        FORM,
        /** A page of Jenkins with fields or charts of ours in it. */
        PART
    }
}
