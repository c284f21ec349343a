package dev.flightdelay.predictor.numpy;

import dev.flightdelay.predictor.pickle.AllowedGlobal;
import dev.flightdelay.predictor.pickle.AllowedGlobal.ArrayWrapper;
import dev.flightdelay.predictor.pickle.AllowedGlobal.Call;
import dev.flightdelay.predictor.pickle.AllowedGlobal.Function;
import dev.flightdelay.predictor.pickle.AllowedGlobal.Opaque;
import dev.flightdelay.predictor.pickle.AllowedGlobal.Value;
import dev.flightdelay.predictor.pickle.GlobalName;
import java.util.List;

/** What of NumPy a model file needs, under its names in NumPy 1 (core) and NumPy 2 (_core). */
public final class NumpyGlobals {

  private NumpyGlobals() {}

  public static final List<AllowedGlobal> ALL =
      List.of(
          new Value(new GlobalName("numpy", "ndarray"), "the class that _reconstruct makes"),
          value("numpy", "float64", "a dtype that is a parameter"),
          value("numpy", "float32", "a dtype that is a parameter"),
          value("numpy", "int64", "a dtype that is a parameter"),
          value("numpy", "int32", "a dtype that is a parameter"),
          value("numpy", "uint8", "a dtype that is a parameter"),
          value("numpy", "bool_", "a dtype that is a parameter"),
          value("numpy", "object_", "a dtype that is a parameter"),
          function("numpy", "dtype", Dtype::of, "the type of an array's items"),
          function("numpy.core.multiarray", "_reconstruct", NdArray::reconstruct, "an array"),
          function("numpy._core.multiarray", "_reconstruct", NdArray::reconstruct, "an array"),
          function("numpy.core.multiarray", "scalar", NumpyScalar::of, "a number"),
          function("numpy._core.multiarray", "scalar", NumpyScalar::of, "a number"),
          function("dill._dill", "_create_array", NdArray::ofDill, "an array that dill wrote"),
          function("dill.dill", "_create_array", NdArray::ofDill, "an array that dill wrote"),
          dillType("dill._dill"),
          dillType("dill.dill"),
          fromBuffer("numpy.core.numeric"),
          fromBuffer("numpy._core.numeric"),
          joblib("joblib.numpy_pickle"),
          joblib("sklearn.externals.joblib.numpy_pickle"),
          opaque("numpy.random._pickle", "__randomstate_ctor", "random_state of an estimator"),
          opaque("numpy.random._pickle", "__generator_ctor", "random_state of an estimator"),
          opaque("numpy.random._pickle", "__bit_generator_ctor", "a part of random_state"),
          opaque("numpy.random._mt19937", "MT19937", "a part of random_state"),
          opaque("numpy.random._pcg64", "PCG64", "a part of random_state"),
          opaque("numpy.random.mtrand", "__randomstate_ctor", "random_state before NumPy 1.17"),
          opaque("numpy.random", "__RandomState_ctor", "random_state before NumPy 1.17"),
          opaque("numpy.random.bit_generator", "SeedSequence", "a part of random_state"),
          opaque(
              "numpy.random.bit_generator",
              "__pyx_unpickle_SeedSequence",
              "a part of random_state"));

  private static AllowedGlobal function(String module, String name, Call call, String why) {
    return new Function(new GlobalName(module, name), call, why);
  }

  private static AllowedGlobal fromBuffer(String module) {
    return new Function(
        new GlobalName(module, "_frombuffer"), NdArray::fromBuffer, false, "protocol 5's array");
  }

  private static AllowedGlobal dillType(String module) {
    return new AllowedGlobal.Naming(
        new GlobalName(module, "_load_type"), "builtins", "a built-in type, by dill");
  }

  private static AllowedGlobal value(String module, String name, String why) {
    return new Value(new GlobalName(module, name), why);
  }

  private static AllowedGlobal joblib(String module) {
    return new ArrayWrapper(
        new GlobalName(module, "NumpyArrayWrapper"), NdArray::fromWrapper, "joblib's array");
  }

  private static AllowedGlobal opaque(String module, String name, String why) {
    return new Opaque(new GlobalName(module, name), why);
  }
}
