package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.build.record.ModelRecords;
import io.jenkins.plugins.modeldelivery.build.record.VisibleModel;
import io.jenkins.plugins.modeldelivery.engine.record.index.RowOrder;
import io.jenkins.plugins.modeldelivery.ui.model.ModelStateView;
import io.jenkins.plugins.modeldelivery.ui.model.WaitingView;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.kohsuke.stapler.StaplerRequest2;

/** One page of the models that the present user may know of. Only models on the page are read. */
public final class ModelList {
    static final int PAGE = 50;

    private final ModelRecords records;
    private final RowOrder order;
    private final String search;
    private final VisibleModel.Page page;

    /** @param request with {@code q}, {@code sort} and {@code page}; what cannot be understood is left aside */
    ModelList(ModelRecords records, StaplerRequest2 request) {
        this.records = records;
        this.search = QueryParameters.text(request, "q");
        this.order = order(QueryParameters.text(request, "sort"));
        this.page = records.page(search, order, QueryParameters.number(request, "page"), PAGE);
    }

    public String getSearch() {
        return search;
    }

    private static RowOrder order(String word) {
        return Stream.of(RowOrder.values())
                .filter(order -> word(order).equals(word))
                .findFirst()
                .orElse(RowOrder.NAME);
    }

    private static String word(RowOrder order) {
        return order.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The order, as it is written in addresses. */
    public String getSort() {
        return word(order);
    }

    /** Value of {@code aria-sort} of the column of names. */
    public String getNameSort() {
        return sort(RowOrder.NAME, RowOrder.NAME_DOWN);
    }

    /** Value of {@code aria-sort} of the column of times. */
    public String getTimeSort() {
        return sort(RowOrder.OLDEST, RowOrder.NEWEST);
    }

    private String sort(RowOrder ascending, RowOrder descending) {
        if (order == ascending) {
            return "ascending";
        }
        return order == descending ? "descending" : "none";
    }

    /** The query of the first page in the order that the header of the names leads to. */
    public String getNameQuery() {
        return query(order == RowOrder.NAME ? RowOrder.NAME_DOWN : RowOrder.NAME, 1);
    }

    /** The query of the first page in the order that the header of the times leads to. */
    public String getTimeQuery() {
        return query(order == RowOrder.NEWEST ? RowOrder.OLDEST : RowOrder.NEWEST, 1);
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
                .map(record -> ModelRow.of(known, new ModelStateView(record.summary(), waiting)));
    }

    public String getPreviousQuery() {
        return query(order, page.number() - 1);
    }

    public String getNextQuery() {
        return query(order, page.number() + 1);
    }

    private String query(RowOrder by, int number) {
        return QueryParameters.query("q", search, "sort", word(by), "page", number == 1 ? "" : String.valueOf(number));
    }
}
