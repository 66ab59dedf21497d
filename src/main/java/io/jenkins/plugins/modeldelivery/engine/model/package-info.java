/**
 * Values that every package shares: model references and versions, manifests and digests, fingerprints, cancellation, and the
 * engine's one exception with its kinds. Every package may use it. It knows no files, no network and no other package of the
 * engine.
 */
package io.jenkins.plugins.modeldelivery.engine.model;
