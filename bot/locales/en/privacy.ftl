# Personal data: the notice, /stop, /forget, the file to take along, erasing.

## The privacy notice. Whoever changes what it says raises NOTICE_VERSION in models/people.py.
privacy-line = 🔒 How we protect your data: /privacy. No more messages: /stop
privacy-text = 🔒 Your personal data (version { $version })

    Who answers for it. The controller is the shop where you ordered. The processor is whoever runs this bot on the shop’s behalf.

    Which data. The order’s number and contents, name, phone, e-mail, delivery address, recipient, comment, TTN, your messages to the shop, your identifier and name in the messenger.

    What for. To carry out your order: to confirm it, send it, tell you about the parcel, answer you. The ground is a contract to which you are a party (art. 11 of the Law of Ukraine “On Personal Data Protection”). The bot sends no advertising.

    Who sees it. The shop’s people. Separately, under rules of their own: the marketplace where you ordered, the carrier, the messenger.

    How long we keep it. Your data up to 90 days after the order is closed, what was written up to 30 days, working copies of messages up to 48 hours (those that could not be handled up to 30 days). After that the bot erases them by itself.

    Your rights (art. 8). To know what we keep, to get these data, to have them corrected or erased, to object to their use, to turn to the Ukrainian Parliament Commissioner for Human Rights or to a court.

    /stop — no more messages, /start — messages again, /forget — erase your data from the bot. The shop can correct data: write to it here.
privacy-shops = Your data are used here by: { $shops }.
listed-more = { $named } and { $count } more
button-my-data = 📥 My data
button-stop = 🔕 Stop messages
button-forget = 🗑 Erase my data

## No more messages
stopped = 🔕 Messages are off. The shop sees this and will call if needed. To switch them on again: /start
stopped-member = 🔕 Messages about your purchases are off. Notices about the orders of the shop where you work stay: their sound, your shift and leaving the team are in /settings. To switch them on again: /start
stopped-member-viber = 🔕 Messages about your purchases are off. Notices about the orders of the shop where you work stay: your shift and leaving the team are in /settings, and this chat is muted in Viber itself. To switch them on again: /start
stop-member = Notices about a shop’s orders are work, /stop does not switch them off. Sound, quiet hours, shift and leaving the team are in /settings.
stop-member-viber = Notices about a shop’s orders are work, /stop does not switch them off. Shift and leaving the team are in /settings, and this chat is muted in Viber itself.
resumed = 🔔 Messages are on again.
buyer-asked-stopped = Your message about №{ $number } has been passed on to the shop. You switched the bot’s messages off, so the answer will not come here. To get it here, send /start
card-buyer-stopped = 🔕 The buyer switched messages off: tell the TTN and the details by phone
notice-buyer-stopped = 🔕 №{ $number }: the buyer switched messages off. Tell the TTN and the details by phone: { $phone }
ask-message-stopped = 💬 №{ $number }: the buyer switched messages off. Write: it will arrive if they are switched on again. If it is urgent, call.
reply-stopped = 💬 №{ $number }: the buyer switched messages off. Yours is kept and will arrive if they are switched on again. If it is urgent, call.
why-stopped = the buyer switched messages off
why-no_consent = no consent to advertising

## Nothing left
forget-sure = 🗑 Erase your data from the bot?

    What goes: your name, phone, e-mail, address, recipient, comment, what you and the shop wrote, the tie to this chat. { $messenger ->
        [viber] The bot’s messages in Telegram will be replaced by “Data erased”; what was sent in Viber cannot be taken back, here or in the shop: delete this chat yourself.
       *[telegram] The bot’s messages about your orders, here and in the shop, will be replaced by “Data erased”.
    }

    What stays: in the shop, the order’s number, goods, total, TTN and course without your data; with the marketplace, the carrier and the messenger, what they keep under rules of their own. Delete your own messages in this chat yourself.

    This cannot be undone.
forget-open = ⚠️ Not finished yet: { $orders }. The shop will finish it with the marketplace’s data, but nothing more will come here. If you no longer want the order, cancel it first.
button-forget-yes = Yes, erase
forgotten = Done: your data are erased. { $messenger ->
        [viber] Viber lets nobody take back the bot’s earlier messages: delete this chat yourself, and the file with your data, if you got one.
       *[telegram] The bot’s earlier messages in this chat are now changing to “Data erased”; if you got a file with your data more than two days ago, delete it yourself.
    }
forget-kept = All right, nothing was erased.
forget-nothing = We keep nothing about you.
forget-member = There are no orders of yours as a buyer here, so there is nothing to erase. To leave the shop, open /settings.
blanked = Data erased
blanked-order = №{ $number }: the buyer’s data are erased
why-erased = the buyer’s data are erased
event-erase = the buyer’s data are erased

## A buyer erased, in the shop
card-erased = 👤 The buyer’s data are erased
notice-buyer-forgotten = 🗑 №{ $number }: the buyer erased their data from the bot, and the order is not closed yet. Name, phone and address are where the order came from ({ $platform }): finish or cancel it with those data.
button-erase = 🗑 Erase the buyer’s data
erase-sure = 🗑 №{ $number }: erase the buyer’s data? Name, phone, e-mail, address, recipient, comment and messages will go, here and in the chats. Number, goods, total, TTN and the order’s course stay. This cannot be undone.
button-erase-yes = Yes, erase the data
done-erase = The buyer’s data are erased
refused-erased = The buyer’s data are erased: there is nobody to write to.
refused-erase_open = The order is not closed yet and needs the buyer’s data. Close the order, then erase the data.

## The data to take along
export-all = All that the bot keeps about you. The file is JSON.
export-part = What the bot keeps about you. Name, full number, e-mail and home address are hidden: somebody else may have opened the link. The file is JSON.
export-unproven = Only the shop can tell you what is hidden: Viber does not confirm whose number it is. Write to the shop here.
export-more = To get what is hidden, too, confirm that the order’s number is yours: press the button below.
button-my-number = 📱 Send my number
button-no-number = Not needed
export-proved = Thank you, the number matches.
export-no-match = There are no orders here for this number. We cannot show what is hidden; please ask the shop.
export-not-yours = This is not your contact. Press “Send my number”.
export-declined = All right.
