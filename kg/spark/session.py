"""The Spark session: the one that is there, or one on this machine that talks to nobody else."""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kg.store_folder import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

MISSING: Final = "kg spark needs pyspark: pip install 'rolegraph[spark]'"
FAILURES: Final = 4
"""Times that a task is tried. On one machine Spark would give up after the first."""
LOCAL: Final = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "8",
}
"""On one machine nothing listens to the network, and a shuffle makes no two hundred parts."""
OURS: Final = {
    "spark.ui.showConsoleProgress": "false",
    # A batch of Arrow holds texts: ten thousand postings at once would be 50 MB a worker.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    "spark.sql.session.timeZone": "UTC",
}


@contextmanager
def session(master: str | None = None, memory: str = "1g") -> Iterator[SparkSession]:
    """Give a session, and end it if it was begun here. Raises `StoreError` without pyspark.

    Under `spark-submit` its settings hold. Else `master` says where tasks run: "local[2]", or the
    address of a cluster; without one, on all processors of this machine.
    """
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise StoreError(MISSING) from error

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # What Spark says of pandas concerns a part of it that is not used here.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    builder = SparkSession.builder.appName("rolegraph")
    submitted = "SPARK_ENV_LOADED" in os.environ and "PYSPARK_GATEWAY_PORT" in os.environ
    settings = dict(OURS)
    if master is not None or not submitted:
        where = master or "local[*]"
        builder = builder.master(retrying(where))
        if where.startswith("local"):
            settings |= LOCAL | {"spark.driver.memory": memory}
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        begun = builder.getOrCreate()
    except PySparkRuntimeError as error:
        said = str(error).splitlines()[0]
        raise StoreError(f"Spark does not start ({said}); it needs Java 17 or later") from error
    begun.sparkContext.setLogLevel("ERROR")
    try:
        yield begun
    finally:
        begun.stop()


def retrying(master: str) -> str:
    """Return a master such that a task that fails is tried again on one machine as well."""
    if master == "local":
        return f"local[1,{FAILURES}]"
    if master.startswith("local[") and "," not in master:
        return f"{master[:-1]},{FAILURES}]"
    return master
