/** The nouns that every room shares: models, versions, aliases, metrics, manifests, and the one exception. No I/O but reading the files of a model. */
package io.jenkins.plugins.modeldelivery.engine.model;
