/**
 * Documents that people write (YAML or JSON): reading with a size limit, the check against a schema, and nodes that know their
 * line for error messages. The readers of policies and requests use it. It does not know what a document means.
 */
package io.jenkins.plugins.modeldelivery.engine.document;
