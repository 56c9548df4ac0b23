"""What nobody should ever ask of a messenger's server."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """What the API's description does not allow: the method, the parameter with its path, the problem."""

    method: str
    parameter: str
    problem: str

    def __str__(self) -> str:
        return f"{self.method}: {self.parameter}: {self.problem}"
