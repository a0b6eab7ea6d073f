#!/usr/bin/env python3
"""Run a Django command from the checkout."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "src"))

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
