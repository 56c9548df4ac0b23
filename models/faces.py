"""Who somebody is to us: in their shops and as a buyer. Standard library only."""

from dataclasses import dataclass

from models.roles import CAN, MAY, Ability, Role
from models.workflow import Action


@dataclass(frozen=True, slots=True)
class Faces:
    """The roles in all shops together, and whether an order is theirs as its buyer."""

    roles: frozenset[Role] = frozenset()
    buyer: bool = False

    def can(self, ability: Ability) -> bool:
        return any(ability in CAN[role] for role in self.roles)

    def may(self, action: Action) -> bool:
        return any(action in MAY[role] for role in self.roles)
