# The buyer's link: the text to pass on, its picture, another link.

link-title = №{ $number }: forward this text to the buyer
link-text = Hello! This is the shop “{ $shop }”. To follow order №{ $number } without phone calls, open { $link } and press “Start”.
link-text-page = Hello! This is the shop “{ $shop }”. To follow order №{ $number } without phone calls, open { $link }
link-tied = There is a chat with the buyer already. The link works only for them.
link-unknown = №{ $number }: the bot’s address is not known yet. The buyer can write to the bot: /start { $start }
link-qr = №{ $number }: show the buyer this code on your screen. Do not print it or put it into the parcel: the marketplace does not allow it.
link-renewed = The link is new. The previous one no longer works.
link-untie = №{ $number }: there is a chat with the buyer already. Untie the buyer? They will no longer see the order or get messages. The chat goes to whoever opens the new link first.
button-copy = 📋 Copy the text
button-chat = 💬 Chat by number
button-qr = 🔳 QR code
button-relink = 🔁 New link
button-untie = Yes, untie
button-keep-tied = No, leave it

card-buyer-relinked = The buyer’s link is new, there is no chat yet: send it to the buyer
event-relink = new link for the buyer
why-untied = the buyer was untied
refused-buyer_tied = There is a chat with the buyer already. First confirm that it should be untied.
