"""The flows: what wires the core to Prefect, and the command line.

Importing this package sets what Prefect must know before it is imported. A variable that the
user has set stays as it is.
"""

import os

ENVIRONMENT = {
    # no telemetry: the server's and the SDK's analytics, Ray's usage statistics
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "RAY_USAGE_STATS_ENABLED": "0",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # the embedded API: on whatever the profile, and patient with a first start (20 s by default)
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "newsledger",
    # one thread a process: the matrices are small, and the batches share the cores already
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # Arrow's other pools keep what was freed: 20 MB a worker
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}

for _name, _value in ENVIRONMENT.items():
    os.environ.setdefault(_name, _value)
