package io.jenkins.plugins.modeldelivery.ui.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTableTest {
    private static GateTable table(String verdict, String... checks) throws Exception {
        JsonNode report = new ObjectMapper()
                .readTree("{\"verdict\":\"" + verdict
                        + "\",\"gate\":\"tabular\",\"gateDigest\":\"sha256:ab\",\"checks\":[" + String.join(",", checks)
                        + "]}");
        return GateTable.of(report).orElseThrow();
    }

    private static String check(String check, String numbers, String verdict) {
        return "{\"check\":\"" + check + "\",\"metric\":\"auc\"," + numbers + "\"verdict\":\"" + verdict
                + "\",\"reason\":\"Why.\"}";
    }

    private static GateRow row(String check, String numbers) throws Exception {
        return table("FAILED", check(check, numbers, "FAILED")).getRows().get(0);
    }

    @Test
    void numbersAreShortForPeople() throws Exception {
        GateRow row = row("auc >= 0.85", "\"value\":0.8123456789,\"bound\":0.85,\"margin\":-0.0376543211,");
        assertThat(List.of(row.getValueText(), row.getBoundText(), row.getMarginText()))
                .containsExactly("0.812346", "0.85", "-0.0376543");
        assertThat(row.getValue()).isEqualTo(0.8123456789);
    }

    @Test
    void aValueIsNeverShownAsTheBoundThatItMisses() throws Exception {
        GateRow row = row("auc >= 0.85", "\"value\":0.84999999,\"bound\":0.85,\"margin\":-0.00000001,");
        assertThat(row.getValueText()).isEqualTo("0.84999999");
    }

    @Test
    void whatIsAbsentIsEmptyForPeopleAndNullForPrograms() throws Exception {
        GateRow row = row("auc >= 0.85", "\"bound\":0.85,");
        assertThat(row.getValueText()).isEmpty();
        assertThat(row.getValue()).isNull();
        assertThat(row.getBar()).as("nothing to see beside the bound").isNull();
    }

    @Test
    void aBarTellsInWordsWhatItShows() throws Exception {
        CheckBar bar = row("auc >= 0.85", "\"value\":0.81,\"baseline\":0.84,\"bound\":0.85,")
                .getBar();
        assertThat(bar.getText()).isEqualTo("value 0.81, bound 0.85, baseline 0.84");
    }

    @Test
    void theGoodSideReachesFromTheBoundToWhereValuesAreBetter() throws Exception {
        CheckBar more = row("auc >= 0.85", "\"value\":0.81,\"bound\":0.85,").getBar();
        assertThat(more.getGoodFrom()).isEqualTo(more.getBound());
        assertThat(more.getGoodTo()).isEqualTo("160");
        CheckBar less = row("loss <= 0.85", "\"value\":0.81,\"bound\":0.85,").getBar();
        assertThat(less.getGoodFrom()).isEqualTo("0");
        assertThat(less.getGoodTo()).isEqualTo(less.getBound());
        assertThat(row("auc == 0.85", "\"value\":0.81,\"bound\":0.85,").getBar().getGoodFrom())
                .as("nothing is better than what is exact")
                .isNull();
    }

    @Test
    void aConfidenceLimitIsAsFarFromTheBoundAsTheMarginSays() throws Exception {
        assertThat(row("auc >= 0.85 with confidence 95%", "\"value\":0.86,\"bound\":0.85,\"margin\":-0.01,")
                        .getLimitText())
                .isEqualTo("0.84");
        assertThat(row("loss <= 0.5 with confidence 95%", "\"value\":0.4,\"bound\":0.5,\"margin\":0.05,")
                        .getLimitText())
                .isEqualTo("0.45");
        assertThat(row("auc >= 0.85", "\"value\":0.86,\"bound\":0.85,\"margin\":0.01,")
                        .getLimitText())
                .isEmpty();
    }

    @Test
    void aCheckOfAnotherVersionIsShownWithoutItsGoodSide() throws Exception {
        GateRow row = row("auc is fine", "\"value\":0.86,\"bound\":0.85,");
        assertThat(row.getBar().getGoodFrom()).isNull();
        assertThat(row.getValueText()).isEqualTo("0.86");
    }

    @Test
    void aTableCountsWhatDidNotPass() throws Exception {
        String passed = check("auc >= 0.5", "", "PASSED");
        String failed = check("auc >= 0.9", "", "FAILED");
        String open = check("auc >= 0.9 with confidence 95%", "", "INCONCLUSIVE");
        assertThat(table("FAILED", passed, failed, open).getCount()).isEqualTo("1 of 3 checks failed, 1 inconclusive");
        assertThat(table("INCONCLUSIVE", open, passed).getCount()).isEqualTo("1 of 2 checks inconclusive");
        assertThat(table("PASSED", passed).getCount()).isEqualTo("1 of 1 check passed");
    }

    @Test
    void thereIsAFilterOnlyWhereItLeavesSomethingAndHidesSomething() throws Exception {
        String passed = check("auc >= 0.5", "", "PASSED");
        String failed = check("auc >= 0.9", "", "FAILED");
        assertThat(table("FAILED", passed, failed).isMixed()).isTrue();
        assertThat(table("PASSED", passed).isMixed()).isFalse();
        assertThat(table("FAILED", failed).isMixed()).isFalse();
    }

    @Test
    void whatIsNoReportIsNoTable() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        assertThat(GateTable.of(mapper.readTree("{}"))).isEmpty();
        assertThat(GateTable.of(mapper.readTree("{\"verdict\":\"GREAT\",\"checks\":[]}")))
                .isEmpty();
    }
}
