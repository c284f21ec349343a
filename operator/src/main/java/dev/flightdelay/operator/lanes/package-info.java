/** Which model is looked at before which: what has just changed goes before what a start finds. */
package dev.flightdelay.operator.lanes;
