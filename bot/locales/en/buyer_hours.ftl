# By night buyers are not written to unless they just asked.

told-state-waits = ⏳ will arrive at { $at }
reply-later = 💬 №{ $number }: the buyer will get it at { $at }, we do not disturb buyers at night.
