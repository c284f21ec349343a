/** Which model is looked at before which. */
package dev.flightdelay.operator.lanes;
