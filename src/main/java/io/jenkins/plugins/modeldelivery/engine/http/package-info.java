/** The one transport to registries and serving endpoints. The only room that knows OkHttp. */
package io.jenkins.plugins.modeldelivery.engine.http;
