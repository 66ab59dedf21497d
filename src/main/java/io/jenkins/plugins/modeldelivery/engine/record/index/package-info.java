/**
 * The index of a record and the directory of all records, so that a question reads only the events that it needs. {@code
 * engine.record} and its readers use it. It holds nothing that cannot be made again from the record.
 */
package io.jenkins.plugins.modeldelivery.engine.record.index;
