/**
 * An operation in a build: the request, the directory of the build that keeps its state, its outcome, and the listeners.
 * Steps, builders and pages use it. It does not know who drives the operation.
 */
package io.jenkins.plugins.modeldelivery.build.operation;
