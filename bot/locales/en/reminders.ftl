# What the clock says to sellers: reminders, terms, digests of what is due.

## Titles of the cards that a reminder brings
card-title-untouched = ⏰ №{ $number } · { $step } of { $term } working time gone, and nobody has taken the order
card-title-untouched-over = 🚨 №{ $number } · all { $term } of working time gone, and nobody has taken the order
card-title-overnight = ⏰ №{ $number } · { $step } of working time left until a day after arrival, and nobody has taken the order
card-title-overnight-over = 🚨 №{ $number } · a day gone since arrival, and nobody has taken the order
card-title-opening = ☀️ №{ $number } · came while the shop was closed
card-title-days_off = ⚠️ №{ $number } · days off are ahead, and nobody has taken the order
card-title-contact = 📞 №{ $number } · { $step } of { $term } working time gone, and the buyer has not been contacted
card-title-contact-over = 🚨 №{ $number } · all { $term } of working time gone, and the buyer has not been contacted
card-title-first_contact = 📞 №{ $number } · { $step } in work, and the buyer has not been contacted
card-title-outcome = ⏰ №{ $number } · { $step } of { $term } working time gone, and the order is not confirmed
card-title-outcome-over = 🚨 №{ $number } · all { $term } of working time gone, and the order is not confirmed
card-title-call_again = 📞 №{ $number } · time to call back: there was no answer last time
card-title-dispatch = 📦 №{ $number } · { $step } of { $term } working time gone, and the order is not sent
card-title-dispatch-over = 🚨 №{ $number } · all { $term } of working time gone, and the order is not sent
card-title-cabinet = ⏰ №{ $number } · not changed in the cabinet yet, { $step } of { $term } gone: the marketplace goes by the cabinet
card-title-cabinet-over = 🚨 №{ $number } · not changed in the cabinet yet, all { $term } gone: the marketplace goes by the cabinet
card-title-payment = 💳 №{ $number } · not paid for { $days ->
    [one] { $days } day
   *[other] { $days } days
}: remind the buyer or cancel the order
card-title-at_point = 📭 №{ $number } · third day at the pickup point: contact the buyer
card-title-snoozed = ⏰ №{ $number } · you asked to be reminded

## The clock on a card
card-also-due = ❗️ Also: { $what }
card-shop-clock = { $shop } · as of { $now }
card-clock = ⏱ { $passed } of { $term } gone, { $hours } · came { $arrived }
card-clock-over = 🔴 { $passed } of { $term } gone, { $hours } · came { $arrived }
card-days-off = ⚠️ Days off are ahead: reminders are silent until { $opens }, but the marketplace’s timer may run all the same
hours-shop = in working hours
hours-daytime = in working hours without the night
hours-open_days = without days off
hours-calendar = around the clock

## Many reminders for one chat: one message with a line each
digest-reminder = ⏰ №{ $number } · { $total } · { $shop } · { $what }
digest-held = held by { $name }
digest-no-call = 🔕 do not call back
digest-title-reminders = ⏰ { $count ->
    [one] { $count } order is waiting for you
   *[other] { $count } orders are waiting for you
}
digest-title-morning = ☀️ { $count ->
    [one] { $count } order came while the shop was closed
   *[other] { $count } orders came while the shop was closed
}
digest-title-days-off = ⚠️ Days off are ahead, and the marketplace’s timer may run all the same. { $count ->
    [one] { $count } order has not been taken by anybody
   *[other] { $count } orders have not been taken by anybody
}
due-untouched = not taken by anybody yet
due-overnight = not taken by anybody yet
due-opening = new
due-days_off = not taken by anybody yet
due-contact = buyer not contacted yet
due-first_contact = buyer not contacted yet
due-outcome = not confirmed yet
due-call_again = call the buyer back
due-dispatch = not sent yet
due-cabinet = not changed in the cabinet yet
due-payment = not paid yet
due-at_point = third day at the pickup point
due-snoozed = you asked to be reminded
until-untouched = take by { $at }
until-overnight = take by { $at }
until-contact = contact by { $at }
until-first_contact = contact by { $at }
until-outcome = confirm by { $at }
until-dispatch = send by { $at }
until-cabinet = in the cabinet by { $at }
until-over = time was up { $at }

## Take all
button-take-all = ✋ Take them all ({ $count })
taken-title = ✋ Took { $count } of { $all }
taken-line = ✋ №{ $number } · { $total } · «{ $status }»
taken-not = №{ $number } · { $total } · not taken: «{ $status }»
taken-not-held = №{ $number } · { $total } · not taken: «{ $status }», held by { $holder }

## Remind me again
button-later = ⏰ Remind me later
snooze-15 = 15 min
snooze-30 = 30 min
snooze-60 = 1 h
snooze-0 = At opening
ask-later = №{ $number }: when should we remind you?
snoozed = We will remind you { $at }
snoozed-about = №{ $number } · { snoozed }
refused-never_opens = The shop has no working hours in the next two years.
refused-bad_steps = Reminders cannot be set like this: up to five rising numbers, in minutes, no more than the limit itself.
