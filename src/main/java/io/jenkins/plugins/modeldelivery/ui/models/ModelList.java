package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.build.record.ModelRecords;
import io.jenkins.plugins.modeldelivery.build.record.VisibleModel;
import io.jenkins.plugins.modeldelivery.build.record.VisibleModelsPage;
import io.jenkins.plugins.modeldelivery.ui.model.WaitingView;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.stapler.StaplerRequest2;

/** One page of the models that the present user may know of. Only models on the page are read. */
public final class ModelList {
    static final int PAGE = 50;

    private final ModelRecords records;
    private final ModelOrder order;
    private final String search;
    private final VisibleModelsPage page;

    /** @param request with {@code q}, {@code sort} and {@code page}; what cannot be understood is left aside */
    ModelList(ModelRecords records, StaplerRequest2 request) {
        this.records = records;
        this.search = QueryParameters.text(request, "q");
        this.order = ModelOrder.of(QueryParameters.text(request, "sort"));
        this.page = records.page(search, order.rows(), QueryParameters.number(request, "page"), PAGE);
    }

    public String getSearch() {
        return search;
    }

    public ModelOrder getOrder() {
        return order;
    }

    /** How many models were found. */
    public int getTotal() {
        return page.total();
    }

    /** From 1. */
    public int getPage() {
        return page.number();
    }

    /** At least 1. */
    public int getPages() {
        return page.pages();
    }

    public List<ModelRow> getLines() {
        List<WaitingView> waiting = WaitingView.all();
        return page.models().stream().flatMap(known -> line(known, waiting)).toList();
    }

    /** None if it vanished meanwhile. */
    private Stream<ModelRow> line(VisibleModel known, List<WaitingView> waiting) {
        return records.find(known.registry(), known.model()).stream()
                .map(record -> new ModelRow(known, record.summary(), waiting));
    }

    /** The query of the first page in another order; begins with a question mark. */
    public String query(ModelOrder other) {
        return query(other, 1);
    }

    public String getPreviousQuery() {
        return query(order, page.number() - 1);
    }

    public String getNextQuery() {
        return query(order, page.number() + 1);
    }

    private String query(ModelOrder by, int number) {
        return QueryString.of("q", search, "sort", by.word(), "page", number == 1 ? "" : String.valueOf(number));
    }
}
