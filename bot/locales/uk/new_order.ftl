# An order by hand.

event-create = створено вручну
