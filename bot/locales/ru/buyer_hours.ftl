# By night buyers are not written to unless they just asked.

told-state-waits = ⏳ придёт в { $at }
reply-later = 💬 №{ $number }: покупатель получит в { $at }, ночью его не беспокоим.
