/**
 * Deterministic simulation: operations of all kinds in a world whose registry, targets, record, journals and clock are in
 * memory, interleaved with each other and with an outsider, with crashes and faults of the servers, in an order that one
 * seed chooses. After each schedule the invariants are judged by what registry and targets really hold, never by what the
 * engine says of it.
 *
 * <p>The idea is that of FoundationDB (Zhou et al., "FoundationDB: A Distributed Unbundled Transactional Key Value Store",
 * SIGMOD 2021, section 4, "Simulation") and of TigerBeetle's VOPR (its "docs/internals/vopr.md"): one thread, one source of
 * randomness, time that passes only where the schedule says so, so that a failing seed repeats the whole history. From
 * FoundationDB comes also the quiet period at the end, in which nothing fails any more and everything must end; and from
 * "swarm testing" (Groce et al., ISSTA 2012) that each schedule has some kinds of trouble only.
 *
 * <p>{@link io.jenkins.plugins.modeldelivery.engine.simulation.Simulation} plays a schedule;
 * {@link io.jenkins.plugins.modeldelivery.engine.simulation.World} is where every call of an operation to the outside passes,
 * and where others may act in between; the classes {@code Held…} are the ground truth, and {@code Simulated…} and
 * {@code Memory…} how one operation sees it. Targets are the real ones over directories in memory, with a simulated server.
 */
package io.jenkins.plugins.modeldelivery.engine.simulation;
