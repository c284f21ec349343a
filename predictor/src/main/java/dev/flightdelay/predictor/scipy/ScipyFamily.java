package dev.flightdelay.predictor.scipy;

import dev.flightdelay.predictor.estimator.Family;

/** SciPy's sparse matrices. */
public final class ScipyFamily {

  public static final Family FAMILY =
      Family.builder()
          .part("sparse rows", "csr_matrix", "scipy.sparse._csr", "scipy.sparse.csr")
          .part("sparse rows", "csr_array", "scipy.sparse._csr")
          .part("a diagonal", "dia_matrix", "scipy.sparse._dia", "scipy.sparse.dia")
          .part("a diagonal", "dia_array", "scipy.sparse._dia")
          .build();

  private ScipyFamily() {}
}
