# What sellers see and press.

## Buttons under an order's card
action-take = ✋ Take it
action-take_confirm = ✋✅ Take and confirm
action-confirm = ✅ Details confirmed
action-await_payment = 💳 Awaiting payment
action-reopen = ↩️ Back to processing
action-ship = 🚚 Enter TTN
action-courier = 🚗 Given to courier
action-ready = 📦 Ready for pickup
action-received = 🎉 Received
action-not_collected = 📭 Parcel not collected
action-refused = 🙅 Goods refused
action-cancel = ✖️ Cancel the order
action-no_answer = 📵 No answer
action-talked = 📞 Talked
action-no_contact = ☎️ Could not reach
action-arrive = 📬 Arrived at the branch
action-fix_ttn = ✏️ Correct the TTN
action-undo = ⏪ Undo
action-tick = ☑️ Changed
action-agree = 🗓 When we will send it
button-history = 🕘 History
button-write = 💬 Write to the buyer
button-link = 🔗 Link for the buyer
button-back = ⬅️ Back
button-no-ttn = ➖ No TTN
button-no-moment = ↩️ As confirmed
button-card = 📄 To the order
button-open = 📄 №{ $number }
button-admit = ✅ Yes, one of us
button-reject = ✖️ No

## What was done: the line under the press
done-take = Taken
done-take_confirm = Taken and confirmed
done-confirm = Details confirmed
done-await_payment = Awaiting payment
done-reopen = Back in processing
done-ship = TTN saved
done-ship-bare = Sent without a TTN
done-courier = Given to courier
done-ready = Ready for pickup
done-received = Received
done-not_collected = Parcel not collected
done-refused = Goods refused
done-cancel = Order cancelled
done-no_answer = Noted: no answer
done-talked = Noted: talked
done-no_contact = Could not reach
done-arrive = Arrived at the branch
done-fix_ttn = TTN corrected
done-undo = Undone
done-tick = Noted: changed in the cabinet
done-agree = Date of dispatch noted
done-agree-bare = Dispatch counts from confirmation again

## The card
card-title = 🔔 №{ $number } · «{ $status }»
card-title-quiet = №{ $number } · «{ $status }»
card-title-buyer-cancelled = ❗️ №{ $number } · the buyer cancelled the order
card-title-paid = 💳 №{ $number } · payment: { $status }
card-title-differs = ⚠️ №{ $number } · other data came in
card-shop = { $shop } · came { $arrived } · as of { $now }
card-repeat = 🔁 repeated: this message may have come before
card-do-not-call = 🔕 Do not call back
card-line = • { $title } × { $quantity } — { $price }
card-more = …and { $count ->
    [one] { $count } more item
   *[other] { $count } more items
}
card-total = Total: { $total }
card-buyer = 👤 { $name }, { $phone }
card-phone-doubtful = ⚠️ There is no such number: check the digits
card-recipient = Recipient: { $recipient }
card-delivery = 🚚 { $carrier }: { $address }
card-delivery-bare = 🚚 { $carrier }
card-payment = 💳 { $method }
card-payment-status = 💳 { $method } · { $status }
card-comment = 💬 The buyer’s comment: { $comment }
card-pickup-high = 📈 Pickup rate: high
card-pickup-medium = 📈 Pickup rate: medium
card-pickup-low = 📉 Pickup rate: low
card-holder = 🙋 Held by: { $name }
card-ttn = 📮 TTN { $ttn }
card-agreed = 🗓 Dispatch agreed for { $at }
card-agreed-closed = 🗓 Dispatch agreed for { $at } (the shop is closed on { $day }, so it is the next opening)
card-reason-comment = Reason in words: { $comment }
card-differs = ⚠️ The site sent this order again with other data: compare with the cabinet
card-cabinet = ☝️ Change it in the cabinet, too: { $statuses }
card-cabinet-ttn = ☝️ Change it in the cabinet, too: { $statuses }, TTN { $ttn }
card-blocked = ⛔️ Not to be sent yet: { $why }
card-no-account = 📞 Ordered by phone, without an account: tell the TTN and the details by phone
card-buyer-none = No chat with the buyer: send them the link
card-buyer-linked = There is a chat with the buyer
card-buyer-away = 📵 The buyer stopped the bot: tell the TTN and the details by phone
card-buyer-confirmed = ✅ The buyer confirmed: “All correct”
card-buyer-question = ❓ The buyer has a question
card-buyer-cancelled = ✖️ The buyer asks to cancel

told-confirm_request = Question “Is everything correct?”
told-shipped = TTN to the buyer
told-ttn_changed = New TTN to the buyer
told-courier_left = Courier news to the buyer
told-ready_for_pickup = Pickup news to the buyer
told-arrived = Arrival news to the buyer
told-still_waiting = Reminder to the buyer
told-order_cancelled = Cancellation news to the buyer
told-seller_wrote = Your message
told-line = { $what }: { $state }
told-state-queued = ⏳ queued
told-state-sending = ⏳ being sent
told-state-sent = ✔️ sent { $at }
told-state-delivered = ✔️ delivered { $at }
told-state-seen = 👁 seen { $at }
told-state-failed = ❌ not sent: { $why }
told-state-held = ❌ not sent: { $why }
told-state-skipped = dropped: { $why }

why-no_chat = no chat with the buyer
why-no_recipient = nobody to send it to
why-blocked = the person stopped the bot
why-undone = you undid it
why-outdated = out of date
why-handled = dealt with already
why-ttn_changed = TTN corrected
why-member_joined = sent to a new colleague
why-not_a_member = no longer works in the shop
why-kicked = the bot was removed from the chat
why-deactivated = the account was deleted
why-unsettled = cannot be noted as sent
why-chat_not_found = there is no chat
why-unreachable = the messenger does not deliver
why-too_long_unsent = the messenger has not answered for more than a day
why-refused = the messenger refused
why-unauthorised = the bot has no access to the messenger
why-quota = the messenger's money or free messages ran out
why-no_device = no device with the messenger that could show it

payment-cash_on_delivery = cash on delivery
payment-card = card
payment-invoice = invoice
payment-credit = credit
payment-status-not_required = no prepayment needed
payment-status-pending = pending
payment-status-paid = paid
payment-status-held = amount held
payment-status-expired = expired
payment-status-cancelled = cancelled
payment-status-refunded = refunded

carrier-nova_poshta = Nova Poshta
carrier-meest = Meest
carrier-ukrposhta = Ukrposhta
carrier-rozetka = ROZETKA delivery
carrier-justin = Justin
carrier-own = Shop’s courier
carrier-pickup = Pickup

## Why something cannot be done
refused-final = The order is closed, its status cannot be changed.
refused-not_now = Not possible now. The buttons under the order show what is.
refused-changed = Changed already: №{ $number } — «{ $status }».
refused-role = Your role in the shop does not allow this. Ask the owner or a manager.
refused-attempts = First try to reach the buyer twice: press “No answer” after each call.
refused-payment_pending = Payment is pending: sending is possible only after payment.
refused-payment_held = The amount is only held, there is no money yet: sending is possible after payment.
refused-payment_expired = The time to pay is over: sending is possible only after payment.
refused-payment_cancelled = The payment was cancelled: sending is possible only after payment.
refused-payment_refunded = The money was returned to the buyer: sending is possible only after a new payment.
refused-no_such_reason = This reason is not available for the order now.
refused-no_such_status = There is no such status on this marketplace.
refused-not_back = An order cannot become new again.
refused-too_late = Too late to undo: more than 10 seconds have passed, or the buyer or the marketplace has been told.
refused-nothing_to_tick = Everything is marked in the cabinet already.
refused-bad_ttn = This does not look like a TTN ({ $carrier }). It should be like { $example }. Send the number again.
refused-ttn_taken = This TTN already stands in order №{ $number }. Check it and send another.
refused-ttn_same = This TTN already stands in this order. Send another.
refused-bad_moment = We did not understand when. Write day and time, for example: “tomorrow 16:00”, “10.03 14:00”, “on Monday at 9” or “in 2 hours”.
refused-moment_past = That time has passed. Write when you will send it, for example: “tomorrow 16:00” or “in 2 hours”.
refused-moment_far = That is more than 60 days ahead. Write an earlier date, for example: “tomorrow 16:00” or “on Monday at 9”.
blocked-payment_pending = awaiting payment, the rating counts
blocked-payment_held = the amount is only held
blocked-payment_expired = the time to pay is over
blocked-payment_cancelled = the payment was cancelled
blocked-payment_refunded = the money was returned to the buyer
no-access = No access, or there is no such order.

## Questions
ask-ttn = №{ $number }: send the TTN ({ $carrier }) in one message, for example { $example }.
ask-moment = №{ $number }: when will we send it, as agreed with the buyer? Choose a day (from the shop’s opening) or write: “tomorrow 16:00”, “10.03 14:00”, “on Monday at 9”, “in 2 hours”.
moment-0 = Today
moment-1 = Tomorrow
moment-2 = The day after tomorrow
ask-reason = №{ $number }: why do we cancel?
ask-reason-locked = The reason «{ $reason }» opens after two tries to reach the buyer.
ask-duplicate_of = №{ $number }: send the number of the order that it repeats.
ask-message = 💬 №{ $number }: write a message to the buyer. It is signed with the shop’s name.
ask-message-unlinked = 💬 №{ $number }: the buyer has no chat with the bot yet. The message is kept and arrives as soon as they open the link.
refused-duplicate_of = There is no other order with the number “{ $twin }” in the shop. Send the number again.
reply-sent = 💬 №{ $number }: passing it on to the buyer.
ask-message-away = 💬 №{ $number }: the buyer stopped the bot, a message will not arrive. Better call.
reply-kept = 💬 №{ $number }: there is no chat with the buyer yet. The message is kept and arrives as soon as they open the link. If it is urgent, call.
reply-lost = 💬 №{ $number }: the buyer stopped the bot, the message was not sent. Please call.
ask-comment = №{ $number }: write in one message why exactly. This reason is not accepted without a comment.
dialogue-left = All right, nothing was changed.
nothing-to-cancel = There is nothing to cancel now: you are not in a dialogue.

## History
history-title = 🕘 №{ $number } · history
history-line = { $at } · { $who } · { $what } → «{ $status }»
history-beside = { $at } · { $who } · { $what }
history-ttn = TTN { $ttn }
who-seller = shop
who-buyer = buyer
who-carrier = carrier
who-marketplace = marketplace
event-came = order came in
event-take = taken
event-take_confirm = taken and confirmed
event-confirm = details confirmed
event-await_payment = awaiting payment
event-reopen = back in processing
event-ship = sent
event-courier = given to courier
event-ready = ready for pickup
event-received = received
event-not_collected = not collected
event-refused = goods refused
event-cancel = cancelled
event-no_answer = no answer
event-talked = talked
event-no_contact = could not reach
event-fix_ttn = TTN corrected
event-first_ttn = TTN added
event-undo = undone
event-tick = changed in the cabinet
event-agree = dispatch agreed for
event-not_agreed = dispatch counts from confirmation
event-buyer_confirm = “All correct”
event-buyer_ask = question
event-buyer_cancel = cancellation
event-depart = parcel on its way
event-arrive = parcel arrived
event-follow = the marketplace’s data

## Notices to sellers
notice-buyer-confirmed = ✅ №{ $number }: the buyer answered “All correct”. No need to call.
notice-buyer-asked = ❓ №{ $number }: the buyer writes
notice-cancel-requested = ❗️ №{ $number }: the buyer asks to cancel, but the parcel is already on its way («{ $status }»). Contact them.
notice-buyer-unreachable = ⚠️ №{ $number }: the buyer stopped the bot. Tell the TTN and the details by phone: { $phone }
notice-member-asks = 👋 { $name } ({ $role }) asks to join the shop “{ $shop }”. Is it one of you?
notice-member-joined = 🎉 You have been added to the shop “{ $shop }”: { $role }. New orders will come here.
notice-member-refused = You have not been added to the shop “{ $shop }”.
notice-member-unreachable = ⚠️ “{ $shop }”: { $name } no longer gets messages ({ $why }).
notice-link-refused = ⚠️ №{ $number }: somebody else opened the buyer’s link ({ $name }). No access was given; the chat stays with the first. If this one is the buyer, give a new link: “Link for the buyer”.

## Many notices for one chat at once: one message with a line each
digest-title = 🔔 { $count ->
    [one] { $count } notice in one list
   *[other] { $count } notices in one list
}
digest-new_order = 🔔 №{ $number } · { $total } · { $shop }
digest-moved = №{ $number } · { $total } · { $shop } · «{ $status }»
digest-buyer_cancelled = ❗️ №{ $number } · { $total } · { $shop } · the buyer cancelled
digest-order_changed = ✏️ №{ $number } · { $total } · { $shop } · payment or data changed
digest-buyer_confirmed = ✅ №{ $number } · { $total } · { $shop } · the buyer answered “All correct”
digest-repeat = 🔁 repeated

role-owner = owner
role-manager = manager
role-packer = packer
role-observer = observer

## Getting in
welcome-owner = Welcome to the shop “{ $shop }”! You are its { $role }. A new order rings here within a second: press “Take it”. /help — what else the bot can do.
welcome-asked = Your request was sent to the owner of the shop “{ $shop }”. As soon as they confirm, orders will come here.
welcome-already = You are in the shop “{ $shop }” already: { $role }.
admitted = { $name }: added to the shop.
rejected = { $name }: not added.
help-seller = New orders come here as cards with buttons: “Take it”, “Details confirmed”, “Enter TTN”. Limits count only in the shop’s working hours.
