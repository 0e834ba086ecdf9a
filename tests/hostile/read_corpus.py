"""Read files one after another and say of each, as a line of JSON, what became of it. Run by the tests.

`seconds` are of processor time: reading waits for nothing, and the machine may be busy.

python tests/hostile/read_corpus.py < list-of-paths
"""

import json
import resource
import sys
import time
import traceback
from pathlib import Path

from port.errors import MatportError
from port.reference.matfile import read_mat


def main() -> None:
    """Read every file that standard input names."""
    for line in sys.stdin:
        path = line.rstrip("\n")
        print(json.dumps({"path": path}), flush=True)
        begin = time.process_time()
        what, says = read(path)
        seconds = time.process_time() - begin
        print(
            json.dumps({"what": what, "says": says, "seconds": seconds, "peak_mib": peak_mib()}), flush=True
        )


def peak_mib() -> int:
    """The most memory this program has held, in MiB.

    Linux's `ru_maxrss` begins with what the parent held when it started us, /proc's own count does not.
    """
    status = Path("/proc/self/status")
    if status.exists():
        kib = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(kib) >> 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == "darwin" else 10)


def read(path: str) -> tuple[str, str]:
    """`read`, `refused` with our own error, or the name of an error that is not ours."""
    try:
        read_mat(path, apart=False)
    except MatportError as error:
        return "refused", str(error)
    except BaseException as error:
        return type(error).__name__, "".join(traceback.format_exception(error)[-3:])
    return "read", ""


if __name__ == "__main__":
    main()
