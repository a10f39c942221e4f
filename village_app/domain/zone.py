"""The one time zone of the program; days are China's days, moments are kept as UTC."""

from __future__ import annotations

from datetime import timedelta, timezone

CHINA = timezone(timedelta(hours=8), "UTC+8")
