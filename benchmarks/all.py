"""Every benchmark, one after the other, each in a process of its own, and the page of their results.

    python benchmarks/all.py [--quick]

Results go to benchmarks/results/*.csv, tables to the screen, and docs/benchmarks.md is written anew from them.
`--quick` takes few rounds, to see that everything runs. On an otherwise idle machine the figures take some 25 minutes.
"""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
RUNS = {
    "step.py --threads 1": "--rounds 5 --most 1",
    "step.py --threads 2 --most 25": "--rounds 5 --most 1",
    "growth.py": "--rounds 3",
    "head.py": "--rounds 3",
    "compare.py": "--rounds 2 --sizes 1e4,1e6",
    "reading.py": "--rounds 2",
    "translate.py": "--rounds 1",
    "record.py": "--events 1000",
    "batch.py": "--submissions 20 --cases 4",
    "startup.py": "--rounds 2",
    "page.py": "",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    failed = []
    for run, shorter in RUNS.items():
        script, *arguments = (run + (f" {shorter}" if options.quick else "")).split()
        print(f"\n== {run}", flush=True)
        if subprocess.run([sys.executable, HERE / script, *arguments], check=False).returncode:
            failed.append(run)
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall done")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
