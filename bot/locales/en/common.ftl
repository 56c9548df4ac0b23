# What anybody may see.

stranger = Hello! This bot tells about orders. Open the link that the shop gave you.
link-bad = This link does not work. Ask the shop for a new one.
muted = Too many tries. Try again in an hour.
our-fault = Something went wrong, we are already looking into it. What you did is kept, please try again a little later.
too-long = The message is too long: { $units } characters, we pass on up to { $most }. Please split it into parts.
only-text = Only text is needed here. Please write it in words.
platform-rozetka = ROZETKA
platform-globus = Globus.Top
platform-own = the shop’s site
button-no = No
