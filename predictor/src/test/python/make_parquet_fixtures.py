"""Makes src/test/resources/score/*.parquet, which ScoreIT reads: pip install pyarrow==26.0.1, in predictor/.

As pandas writes them (Snappy), as Polars does (Zstandard), and without compression.
"""

import datetime

import pyarrow as pa
import pyarrow.parquet as pq

table = pa.table(
    {
        "id": pa.array([1, 2, None], pa.int64()),
        "OPERA": pa.array(["Grupo LATAM", "Sky Airline", "Grupo LATAM"]),
        "TIPOVUELO": pa.array(["I", "N", "N"]).dictionary_encode(),
        "MES": pa.array([12, 7, 1], pa.int32()),
        "paid": pa.array([1.5, None, 2.0], pa.float32()),
        "day": pa.array([datetime.date(2026, 11, 30)] * 3),
        "new": pa.array([True, False, None]),
    }
)
for codec in ("snappy", "zstd", "none"):
    pq.write_table(table, f"src/test/resources/score/{codec}.parquet", compression=codec)
