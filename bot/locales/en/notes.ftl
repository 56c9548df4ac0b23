# Internal notes about an order.

button-note = 📝 Note
ask-note = 📝 №{ $number }: write a note. Only your team sees it, the buyer does not.
noted = 📝 №{ $number }: the note is saved. Only your team sees it.
still-asked = The question before is still waiting for your answer.
note-line = 📝 { $at } · { $who }: { $text }
note-too-long = The note is too long: { $units } characters, up to { $most } fit. Please write it shorter.
note-only-text = A note can be text only. Please write it in words.
