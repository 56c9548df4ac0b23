# A shop's group chat: what its owner sets up, and what is seen and pressed in it.

## Settings
button-group = 👥 The shop’s group
button-group-link = 🔗 Add the bot to a group
button-group-another = 🔗 Another group
button-group-choose = 👥 Choose a group
button-group-drop = ✖️ Disconnect
button-group-drop-yes = ✖️ Yes, disconnect
group-title = 👥 { $shop } · the shop’s group
group-none = Orders now ring in everybody’s private chat. Add the bot to your team’s group: a new order will ring there once, and all will see who took it. The buyer’s phone, surname and address are not shown in the group.
group-bound = Orders ring in the group <b>“{ $title }”</b> since { $since }. Whoever holds an order is reminded in private.
group-link = Press the button and choose a group. The link works once, for 24 hours, and only in your hands. If you are an anonymous admin of the group, switch anonymity off for that time.
group-link-unknown = Add the bot to a group and send there: { $start } (works once, for 24 hours, and only in your hands).
group-drop-sure = Disconnect the group “{ $title }”? Orders will ring in everybody’s private chat again.
group-dropped = The group is disconnected. Orders ring in everybody’s private chat again.

## In the group
group-welcome = 👥 This is the group of the shop “{ $shop }”. New orders and reminders will ring here. The buttons under them work only for the shop’s people.
button-contact = 👁 Show the number
button-read = 💬 Read and answer
card-buyer-masked = 👤 Phone ends in { $phone }
notice-buyer-asked-masked = ❓ №{ $number }: the buyer writes. Only whoever answers sees the words.
notice-buyer-unreachable-masked = ⚠️ №{ $number }: the buyer has stopped the bot. Tell the TTN and the details by phone, it ends in { $phone }.
group-taken-title = ✋ { $name }: took { $count } of { $all }
group-contact-hint = We do not read contacts here. Send the contact to the bot in a private chat.
notice-group-ended = 👥 This group no longer gets the orders of the shop “{ $shop }”. The buttons under old orders do not work any more.

## What a press in the group answers
group-in-private = Sent to your private chat with the bot
group-asks-in-private = We are waiting for your answer in the private chat with the bot
group-start-private = We cannot write to you in private. Open a private chat with the bot, press “Start” (unblock the bot if it is blocked) and try again.
refused-not_our_group = This group no longer belongs to the order’s shop. Open your private chat with the bot.
refused-not_yours = Only whoever did it can undo it.

## In private
contact-title = 👁 №{ $number } · buyer
event-show_phone = the buyer’s contacts shown
notice-group-lost = ⚠️ “{ $shop }”: the group “{ $title }” no longer gets orders ({ $why }). They ring in everybody’s private chat again. To connect a group: /settings.
