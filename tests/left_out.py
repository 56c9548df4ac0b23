"""The closing lines of `make test`: what was left out on this machine, and how to have it."""

import os
import subprocess
import sys

if __name__ == "__main__":
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "long", "tests"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    long = sum("::" in line for line in listed.splitlines())
    print(f"left out: {long} long tests (make test-long)")
    if not os.environ.get("TEST_POSTGRES_URL"):  # noqa: TID251 - the tests' own switch
        print("left out: every test on PostgreSQL (set TEST_POSTGRES_URL)")
    else:
        print(
            "left out: seven eighths of the conversations on PostgreSQL, and those on Viber there (make test-long)"
        )
