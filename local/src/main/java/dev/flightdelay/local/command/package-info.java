/** What a person sees of ./local-up: options, files, the table, the first prediction. */
package dev.flightdelay.local.command;
