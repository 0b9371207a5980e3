"""The ``rpc`` process: ``python -m hp3.rpc_process SERVICE``. Made green before all else."""

import chassis.nameko_support.green  # noqa: F401, I001  (first, so that all that follows is green)

import sys

from hp3.cluster import rpc_main

if __name__ == "__main__":
    sys.exit(rpc_main(sys.argv[1]))
