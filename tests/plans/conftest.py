"""What is left out where it cannot happen."""

import os

# SQLite has one writer at a time: the second waits at BEGIN, so there is nothing to try
collect_ignore = [] if os.environ.get("GONGJIAN_TEST_DB") == "postgres" else ["test_together.py", "test_report_together.py"]
