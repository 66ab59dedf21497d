/**
 * A gate's report as a table, for any page. {@code GateTable.of} takes the report in JSON; a page shows it by {@code
 * <st:include it="${table}" page="table.jelly"/>}. Callers must check first that the user may see the report.
 */
package io.jenkins.plugins.modeldelivery.ui.gate;
