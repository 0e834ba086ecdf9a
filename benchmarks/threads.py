"""How many threads a benchmark has: MATPORT_BENCH_THREADS (1), told to BLAS before NumPy is imported.

With one thread the process is pinned to one core, which holds those that ask for no setting.
"""

import os

THREADS = int(os.environ.get("MATPORT_BENCH_THREADS", "1"))
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(THREADS)
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that wait must not hold the next peer up
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-THREADS:])
