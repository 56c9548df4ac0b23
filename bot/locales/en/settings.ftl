# A shop's settings, for its owner.

settings-title = ⚙️ { $shop } · { $platform }
settings-menu = What should be set?
settings-which = ⚙️ Which shop should be set?
settings-not-owner = Only its owner changes a shop’s settings. Please ask the owner.
settings-stale = This button does not work any more. Open /settings again.
help-owner = ⚙️ /settings — working hours, days off and holidays, reminders, team, texts for buyers, API keys, your sound and shift.
help-owner-viber = ⚙️ /settings — working hours, days off and holidays, reminders, team, texts for buyers, API keys, your shift.

button-hours = 🕘 Working hours
button-days = 🏖 Days off and holidays
button-reminders = ⏰ Reminders
button-change = ✏️ Change
button-save = ✅ Save
button-again = ✏️ Type it anew
button-usual = ↩️ As usual
button-add-days = ➕ Add days
button-holidays = 🇺🇦 Add state holidays
button-save-holidays = ✅ Save: { $count ->
    [one] { $count } day off
   *[other] { $count } days off
}
button-drop = 🗑 { $day }
button-earlier = ◀️ Earlier
button-later-days = Later ▶️

## Hours in words; what is written here, the owner may type back
weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun
week-run = { $first }–{ $last }
week-day = { $days } { $hours }
week-daily = daily { $hours }
week-closed = daily closed
hours-from-to = { $opens }–{ $closes }
hours-and = { " and " }
hours-always = around the clock
hours-closed = closed
date = { $weekday } { $day }
day-line = { $day }: { $hours }
days-more = …and { $count ->
    [one] { $count } more day
   *[other] { $count } more days
}

## Hours
settings-hours = Working hours: <b>{ $hours }</b>
settings-zone = Time zone: { $zone }, now { $now }
settings-as-in-cabinet = { $marketplace ->
    [rozetka] 💡 Hours as in ROZETKA’s cabinet: by them its robot counts two hours and calls. If the hours there are others, set the same here.
   *[other] 💡 Hours as in the cabinet of { $platform }: the marketplace counts time by them. If the hours there are others, set the same here.
}
settings-night = 🌙 The shop is open at night, too: limits will run out at night as well. If nobody takes orders at night, set the hours when somebody does.
settings-typed = Understood as: <b>{ $what }</b>. Save it?
settings-saved-hours = ✅ Saved. Reminders already count by the new hours.
ask-hours = Send the working hours in one message, for example: Mon-Fri 9-18, Sat 10-15. Or: daily 8:00-22:00, around the clock. Days off and holidays that are noted already stay.
hours-bad-empty = There are no hours here. Send days and hours, for example: Mon-Fri 9-18, Sat 10-15.
hours-bad-unreadable = We did not understand “{ $fragment }”. Write days and hours, for example: Mon-Fri 9-18, Sat 10-15.
hours-bad-reversed = “{ $fragment }”: the end is before the beginning. A night shift lasts until 6:00, or 12 hours at most. Write, for example: 9:00-18:00 or 20:00-8:00.
hours-bad-overlapping = { $day }: { $first } and { $second } overlap. Write one span or two separate ones, for example: 9-13 14-18.
hours-bad-never_open = By these hours the shop is never open. Write at least one day with hours, for example: Mon-Fri 9-18.
hours-bad-unknown_zone = We do not know the time zone “{ $zone }”. Write days and hours only, for example: Mon-Fri 9-18.
refused-only_days = Single dates only, please. Write weekly hours like this: Mon-Fri 9-18, Sat 10-15. Add single days in “Days off and holidays”.

## Days off and holidays
settings-days = { $count ->
    [one] { $count } special day is ahead
   *[other] { $count } special days are ahead
}. A button with a date takes the day off the list:
settings-no-days = No special days are ahead: the shop works by its weekly hours.
settings-saved-days = ✅ Saved. Reminders already count by these days.
ask-days = Send the days in one message, for example: 25.12, or 24 December, or 30.12-02.01. A short day with its hours: 31.12 9-14.
days-typed = Understood as:
days-bad-empty = There are no dates here. Send, for example: 25.12 or 30.12-02.01.
days-bad-unreadable = We did not understand “{ $fragment }”. Write a date, for example: 25.12, 24 December or 31.12 9-14.
days-bad-no_such_day = “{ $fragment }”: there is no such day in the calendar. Write a date, for example: 25.12.
days-bad-past = “{ $fragment }”: this day has passed. Write a date ahead, for example: 25.12.
days-bad-too_far = “{ $fragment }”: that is more than two years ahead. Write an earlier date, for example: 25.12.
days-bad-too_long = “{ $fragment }”: a span must run from an earlier day to a later one and last { $most } days at most. Write, for example: 30.12-02.01.
settings-holidays = Under martial law state holidays are working days by law, so they become days off only if you mark them. Press a holiday to mark or unmark it, then save.
holiday-on = ✅ { $day } · { $name }
holiday-off = ▫️ { $day } · { $name }
refused-too_many_hours = Too many spans in one day: six at most. Write, for example: 9-13 14-18.
refused-too_many_days = Too many special days. Take some away.

## Reminders
settings-reminders = When to remind, in working hours from the beginning of the limit:
settings-limit = • { $name }: { $steps } (limit { $term }, as usual)
settings-limit-own = • { $name }: { $steps } (limit { $term }, your choice)
settings-saved-steps = ✅ Saved. Reminders will come at these times.
limit-untouched = Not taken by anybody
limit-contact = Buyer not contacted
limit-first_contact = First call after taking
limit-outcome = Not confirmed
limit-dispatch = Not sent
limit-cabinet = Not changed in the cabinet
ask-steps = { $name }: when to remind? The limit is { $term }. Send up to five numbers: 1:00, 1:30, 2:00 or in minutes 60 90 120.
steps-typed = { $name }: we will remind you after <b>{ $steps }</b>. Save it?
steps-bad-empty = There is no time here. Send, for example: 1:00, 1:30, 2:00 or 60 90 120.
steps-bad-unreadable = We did not understand “{ $fragment }”. Send hours with minutes, or minutes, for example: 1:00, 1:30, 2:00 or 60 90 120.
steps-term = The limit is { $term }. Send it again, for example: 1:00, 1:30 or 60 90.
