/** KernelRidge and its kernels. */
package dev.flightdelay.predictor.sklearn.kernelridge;
