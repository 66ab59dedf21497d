package io.jenkins.plugins.modeldelivery.browser;

import io.jenkins.plugins.modeldelivery.ui.models.Links;
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
    JOB("job/churn/"),
    TREND("job/churn/model-trend/"),
    TREND_HOSTILE("job/hostile/model-trend/"),
    TREND_RIGHT_TO_LEFT("job/right-to-left/model-trend/"),
    APPROVALS("model-approvals/"),
    MODELS("models/"),
    MODELS_FOUND("models/?q=CHURN&sort=name"),
    MODELS_NOT_FOUND("models/?q=%3Cb%3Enothing"),
    MODEL(Links.model("main", Showroom.CHURN)),
    MODEL_FILTERED(Links.model("main", Showroom.CHURN) + "?events=gates&version=2&from=2020-01-01"),
    MODEL_HOSTILE(Links.model("main", Showroom.HOSTILE)),
    MODEL_RIGHT_TO_LEFT(Links.model("main", Showroom.RIGHT_TO_LEFT)),
    VERSION(Links.version("main", Showroom.CHURN, "4")),
    VERSION_FAILED(Links.version("main", Showroom.CHURN, "2")),
    VERSION_HOSTILE(Links.version("main", Showroom.HOSTILE, "1")),
    VERSION_RIGHT_TO_LEFT(Links.version("main", Showroom.RIGHT_TO_LEFT, "1")),
    COMPARED(Links.model("main", Showroom.CHURN) + "compare/?a=2&b=4"),
    COMPARED_NOT_FOUND(Links.model("main", Showroom.HOSTILE) + "compare/?a=1&b=%3Cb%3E"),
    PRODUCTION(Links.model("main", Showroom.CHURN) + "at/"),
    PRODUCTION_BEFORE(Links.model("main", Showroom.CHURN) + "at/?date=2020-01-01"),
    VERIFICATION(Links.model("main", Showroom.CHURN) + "verification/"),
    ROLLBACK(Links.model("main", Showroom.CHURN) + "rollback/?alias=champion"),
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

    /** Relative to Jenkins. */
    String path() {
        return path;
    }

    /** Selects what of the page is the plugin's. */
    String part() {
        return kind == Kind.PART ? ".model-delivery-form" : "#main-panel";
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
    }

    private enum Kind {
        OURS,
        /** What its fields do is Jenkins' own. */
        FORM,
        /** A page of Jenkins with fields of ours in it. */
        PART
    }
}
