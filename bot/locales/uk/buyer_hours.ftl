# By night buyers are not written to unless they just asked.

told-state-waits = ⏳ надійде о { $at }
reply-later = 💬 №{ $number }: покупець отримає о { $at }, уночі його не турбуємо.
