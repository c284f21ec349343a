package dev.flightdelay.local.proxy;

import io.fabric8.kubernetes.api.model.IntOrString;

/**
 * A Service's port.
 *
 * @param port its number or its name
 */
record Backend(String namespace, String service, IntOrString port) {}
