"""Published files to a warehouse: read, correct, check, derive, judge, publish."""

import os

# The matrices here are small: threads of the linear algebra library cost more than they save, most of all on a busy machine.
# It must be said before numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
