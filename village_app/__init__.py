"""共治通：村级共治的离线桌面程序。"""

import sys

# peewee imports psycopg wherever it is installed, which costs a tenth of a second at start-up, and
# a local file never needs it. An office with a PostgreSQL server removes this mark beforehand.
sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]

__version__ = "0.1.0"
