/**
 * HTTP/1.1 on a connection: reads requests as strictly as they can be read (request smuggling), one
 * after the other, with deadlines against slow clients, and writes their answers. {@code Http1} is
 * its door.
 */
package dev.flightdelay.predictor.dataplane.http1;
