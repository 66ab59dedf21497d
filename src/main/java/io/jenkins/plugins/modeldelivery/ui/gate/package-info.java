/**
 * A gate's report as a table, for any page that has one. {@code GateTable.of} takes the report in JSON; a page shows it by
 * {@code <st:include it="${table}" page="table.jelly"/>}. Whoever makes a table has checked that it may be seen.
 */
package io.jenkins.plugins.modeldelivery.ui.gate;
