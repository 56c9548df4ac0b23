"""A marketplace's terms as a table that can be typed by hand: kind, clock, term, steps, start, window."""

from datetime import timedelta

from models.workflow import Workflow


def terms(workflow: Workflow) -> list[str]:
    return [
        " ".join(
            [
                limit.kind,
                limit.hours,
                _clock(limit.term),
                *map(_clock, limit.steps),
                limit.start,
                limit.window,
                *(["night"] if limit.night else []),
            ]
        )
        for limit in workflow.limits
    ]


def typed_terms(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.strip().splitlines()]


def _clock(amount: timedelta | None) -> str:
    if amount is None:
        return "-"
    minutes = abs(int(amount.total_seconds())) // 60
    return f"{'-' if amount < timedelta() else ''}{minutes // 60}:{minutes % 60:02}"
