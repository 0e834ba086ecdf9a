"""`python -m port` is `matport`."""

import sys

from port.cli import main

sys.exit(main())
