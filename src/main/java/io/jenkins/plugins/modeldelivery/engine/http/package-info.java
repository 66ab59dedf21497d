/**
 * The one transport to registries and serving endpoints: retries by idempotency, time-outs, authentication, redaction, size
 * limits. Registries and serving targets use it. It is the only package that knows OkHttp.
 */
package io.jenkins.plugins.modeldelivery.engine.http;
