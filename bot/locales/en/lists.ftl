# Lists of orders, search, what can be typed, menus and help.

## The lists
lists-title = 📋 Orders
lists-open = Open: { $count } · as of { $now }
lists-none = There are no open orders. As soon as a new one comes, it will ring here.
lane-burning = 🔥 Urgent
lane-new = 🔔 New
lane-mine = 🙋 Mine
lane-in_work = 🛠 In work
lane-to_send = 📦 To send
lane-unpaid = 💳 Not paid yet
lane-on_way = 🚚 On the way
lane-at_point = 📬 At pickup points
lane-held = 🙋 Held by { $name }
lane-nobody = 🤷 Held by nobody
lane-count = { $lane } · { $count }
list-page = page { $page } of { $pages }
list-now = as of { $now }
list-row = { $at }. <b>№{ $number }</b> · { $total }
list-opener = { $at } · №{ $number }
list-pickup-high = 📈 pickup rate high
list-pickup-medium = 📈 pickup rate medium
list-pickup-low = 📉 pickup rate low
list-status = «{ $status }»
list-cabinet = ☝️ change it in the cabinet
list-shop = “{ $shop }”
list-buyer = 👤 { $name }
empty-burning = 👌 Nothing is urgent: we are on time with everything.
empty-new = 👌 Nothing new: everything is taken.
empty-mine = You hold nothing now. Take a new one: “Take it”.
empty-in_work = Nothing is in work.
empty-to_send = 👌 Everything is sent.
empty-unpaid = 👌 Nobody is late with payment.
empty-on_way = Nothing is on the way.
empty-at_point = 👌 Nothing is lying at pickup points.
empty-held = It is empty here already.
button-refresh = 🔄 Refresh
button-lists = 📋 To the lists
button-holders = 👥 Who holds what
button-shop-all = 🏬 Shop: all
button-shop-one = 🏬 Shop: { $shop }
button-all-shops = 🏬 All shops
button-page-back = ◀️
button-page-on = ▶️
holders-title = 👥 Who holds what
holders-none = There are no open orders.
holder-of = { $name } ({ $shop })
lists-which-shop = Which shop’s orders should we show?

## Search
found-title = 🔎 “{ $text }” · found { $count }
found-title-most = 🔎 “{ $text }” · showing the { $count } newest, add something to narrow it down
found-nothing = We did not understand the message and found nothing for “{ $text }”. To find an order, send its number or the end of it (from 4 digits), the buyer’s phone or name. To do something, write the number and a word: №123 take. Lists: /orders, help: /help.
found-nothing-number = 🔎 “{ $text }”: there is no such order. Check the number: all of it, or at least the last 4 digits.
found-stale = This search is out of date. Send what you are looking for again.

## What can be typed where buttons do not come through
typed-which = There are several orders with the number “{ $number }”. Which one?
typed-which-button = №{ $number } · { $shop }
typed-words = №{ $number } · «{ $status }». We did not understand “{ $said }”. Write the number and a word: { $words }.
typed-words-none = №{ $number } · «{ $status }». There is nothing to do with this order now.
typed-word = “{ $word }”
typed-stale = This choice does not count any more. Write the number and the word again.
ttn-offer = This looks like a TTN ({ $carrier }). Put { $ttn } into order №{ $number }?
ttn-offer-button = 🚚 Yes, put it into №{ $number }
ttn-several = This looks like a TTN. Several orders are waiting to be sent, so add the number: ttn { $number } { $ttn }

## Not understood
not-understood = We did not understand the message. To find an order, send its number, or the buyer’s phone or name. To do something, write the number and a word: №123 take. Lists: /orders, help: /help.

## Menus
command-orders = Lists of orders
command-new = Add an order
command-settings = Settings
command-help = What the bot can do
command-cancel = Leave the dialogue
command-start = My orders
command-stop = No more messages
command-forget = Erase my data

## Help
help-packer = 📦 You pack: the orders to send are waiting in /orders. Press “Enter TTN” and send the number.
help-observer = 👀 You observe: you see orders and how they stand, but change nothing and do not see buyers’ data.
help-lists = 📋 /orders — lists: new, urgent, yours, to send, on the way. The nearest limit is on top.
help-search = 🔎 Search: send an order’s number or the end of it, the buyer’s phone or name.
help-search-number = 🔎 Search: send an order’s number or the end of it.
help-typed = ⌨️ Buttons do not come through? Write the number and a word: “№123 take”, “№123 confirmed”, “ttn 123 20450000000001”, “№123 remind 30”, “№123 cancel передумав” (the reason as the marketplace names it). The beginning of a word is enough.
help-typed-packer = ⌨️ Buttons do not come through? Write the number and a word: “ttn 123 20450000000001”, “№123 ready”, “№123 remind 30”. The beginning of a word is enough.
help-new = ➕ /new — add an order by hand.
help-cancel = /cancel — leave the dialogue.
help-buyer = 🛍 Your purchases: the buttons under a message confirm the order, ask the shop a question or cancel. The tracking number (TTN) will come here. /start — your orders, /stop — no more messages, /forget — erase your data.
