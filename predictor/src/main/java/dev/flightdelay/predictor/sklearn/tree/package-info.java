/** Decision trees and forests, in the layout that they are scored in. */
package dev.flightdelay.predictor.sklearn.tree;
