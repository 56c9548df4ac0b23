# What an owner chooses beside hours: texts for buyers, the buyer's confirmation, API keys, one bell instead of two.

button-texts = 💬 Texts for buyers
button-confirming = ✅ Confirmation by the buyer
button-keys = 🔑 API keys
button-one-bell = 🔕 So it does not ring twice

## Texts for buyers
settings-texts = What the bot writes to buyers. Press one to look at it or to put it in your own words. ✏️ marks your text.
settings-text-seen = 👀 The buyer will see:
settings-text-will-see = 👀 The buyer will see:
settings-text-none = Nothing is added now.
settings-text-sure = Save it?
settings-text-saved = ✅ Saved. It counts from the next message on.
button-text-usual = ↩️ As it was
button-copy-text = 📋 Copy the present one
text-greeting = Greeting
text-shipped = Sent
text-courier = Courier has left
text-ready = Ready for pickup
text-arrived = Arrived
text-waiting = Waiting on day three
text-cancelled = Cancelled by the shop
text-closing = Last line
text-when-greeting = the first line of the question “Is everything correct?”. Goods, total, delivery and buttons follow.
text-when-shipped = when you have entered the TTN. Without a TTN we use our usual words.
text-when-courier = when you have pressed “Given to courier”.
text-when-ready = when you have pressed “Ready for pickup”.
text-when-arrived = when the parcel has arrived at the branch.
text-when-waiting = when the order has been waiting for three days, at a branch or at your pickup point.
text-when-cancelled = when you have cancelled the order. Your comment is added on the next line.
text-when-closing = at the end of messages about dispatch and arrival.
ask-text = { $name }: send the new text in one message, up to { $most } characters.
ask-text-facts = In braces is what the bot fills in by itself:
ask-text-fact = • { $fact } — { $what }
ask-text-first = ❗️ { $fact } must stay in the first line.
ask-text-must = ❗️ { $fact } must stay, too.
ask-text-no-adverts = ❗️ No links, phone numbers or advertising for others: the marketplace forbids it.
ask-text-now = Now: { $text }
fact-number = the order’s number
fact-shop = the shop’s name
fact-platform = the marketplace
fact-ttn = the TTN
fact-carrier = the carrier
fact-day = the day of dispatch
fact-total = the total
fact-point = where it is waiting
fact-reason = the reason for cancelling
sample-number = 812345678
sample-point = Kyiv, Branch No. 4
text-bad-empty = There is no text here. Send what the buyer should read.
text-bad-too_long = Too long: { $units } characters, up to { $most } are possible. Send a shorter text.
text-bad-braces = A brace without its pair near “{ $fragment }”. Put the name in braces on both sides, for example { "{" }номер{ "}" }. Send the text again.
text-bad-unknown = We do not know what to put in for “{ $fragment }”. Possible: { $may }. Send the text again.
text-bad-not_here = There is nothing to put in for { $fact } in this text. Possible: { $may }. Send the text again.
text-bad-private = “{ $fragment }” must not be put in: a stranger who got hold of the link may read the message. Possible: { $may }. Send the text again.
text-bad-missing = { $fact } is missing, and without it the buyer will not know what this is about. Add it and send the text again.
text-bad-number_first = { "{" }номер{ "}" } must stand in the first line: buyers recognise the order by it. Send the text again.
text-bad-too_many = Too many facts to fill in: up to { $most } are possible. Take some out and send the text again.
text-bad-contact = “{ $fragment }” looks like a link or a contact. The marketplace forbids leading buyers elsewhere. Take it out and send the text again.

## The buyer's confirmation
settings-confirming = When a buyer asked not to be called back and pressed “All correct”, the bot can set «{ $status }» by itself. You will get a notice, and the history will say that the buyer did it.
settings-confirming-cabinet = In the marketplace’s cabinet you change the status yourself: the bot reminds you until you press “Changed”.
settings-confirming-is-on = Now: <b>on</b>
settings-confirming-is-off = Now: <b>off</b>, you change the status yourself.
button-confirming-on = ✅ Switch on
button-confirming-off = ✖️ Switch off
settings-sellers-confirm = { $platform }: the seller confirms after calling the buyer, so you change the status yourself. The bot shows the buyer’s “All correct” on the card.
refused-sellers_confirm = On this marketplace the seller confirms.
notice-buyer-confirmed-moved = ✅ №{ $number }: the buyer has confirmed, the status is now «{ $status }». No need to call.
notice-also-in-cabinet = ☝️ Change it in the cabinet, too: the order’s card says what exactly.

## API keys
settings-keys = 🔑 Keys with which a site or a program hands in orders. We do not keep the keys themselves, only their fingerprints.
settings-no-keys = 🔑 There are no keys: the site cannot hand in orders. Make a key and put it into the site’s settings.
key-line = • №{ $number }: made { $made }, last used { $used }
key-line-unused = • №{ $number }: made { $made }, not used yet
key-made = 🔑 New key №{ $number }. Copy it now: we cannot show it a second time.
key-how = Put the key into the site’s settings and press “Hide”. Do not forward it to anybody: whoever has it can read and add orders.
key-sure = Revoke key №{ $number }? The site that uses it will stop handing in orders at once.
key-sure-last = ❗️ This is the last key: no more orders will come from the site.
key-revoked = ✅ Key №{ $number } is revoked and no longer works.
button-new-key = ➕ New key
button-copy-key = 📋 Copy the key
button-hide-key = 🙈 Hide
button-revoke-key = 🗑 Revoke №{ $number }
button-revoke-yes = Yes, revoke
refused-too_many_keys = There are ten keys already. Revoke those that are not used.

## One bell instead of two
one-bell-title = So it does not ring twice
one-bell = { $marketplace ->
    [rozetka] ROZETKA itself also tells you of every order: in the cabinet, by e-mail, by SMS or Viber. Switch off SMS and Viber in your cabinet; your ROZETKA manager will say where exactly.
   *[other] { $platform } itself also tells you of every order by e-mail: the owner and whoever is in charge of the order. Set your mail so that these letters come without a sound.
}
one-bell-spare = Do not switch off the e-mails: they are the spare bell if the messenger does not work.
one-bell-done = ✅ Done { $day }
button-one-bell-done = ✅ Done

## What may be changed in an order
card-editable = ✏️ Goods or delivery can be changed in the cabinet only now, in «{ $status }»
card-not-editable = ✏️ Goods or delivery can be changed in the cabinet only in «{ $status }»

button-sms = ✉️ SMS
settings-sms = Whoever no messenger reaches gets an SMS with a link to the order. Each costs what TurboSMS charges, so a day has its limit.
settings-sms-today = Sent today: <b>{ $count }</b>
settings-sms-cap = Now: <b>{ $cap }</b> a day at most. Beyond it, e-mail or a call.
settings-sms-is-off = Now: <b>no SMS</b>. Whoever no messenger reaches gets an e-mail or a call from you.
button-sms-cap = Up to { $cap }
button-sms-off = ✖️ No SMS

button-mailbox = 📧 The shop's mailbox
settings-mailbox = The bot writes here only when nobody of the shop is left in the chat to read it: all have stopped the bot or left the team. No mail names a buyer's data.
settings-mailbox-saved = ✅ Saved.
settings-mailbox-none = Now: <b>none</b>
settings-mailbox-is = Now: <b>{ $mail }</b>
button-mailbox-type = ✏️ Set the address
button-mailbox-drop = 🗑 Remove it
ask-mailbox = Send the shop's e-mail address, such as shop@example.com
refused-bad_mail = That does not look like an e-mail address. Send one such as shop@example.com (up to 64 characters).
mailbox-order = { $shop }: { $kind ->
        [new_order] new order №{ $number }
        [untouched] nobody has taken order №{ $number }
        [morning] order №{ $number } waits for the day to begin
        [buyer_asked] the buyer of order №{ $number } asks
        [buyer_cancelled] the buyer cancelled order №{ $number }
        [cancel_requested] the buyer wants order №{ $number } cancelled
        [call_buyer] call the buyer of order №{ $number }
       *[other] news of order №{ $number }
    }
mailbox-shop = { $shop }: news for the shop's owner
mailbox-why = Nobody of the shop is left in the bot's chat to read this, so it comes by e-mail. Open the chat with the bot and press Start: from then on messages come there again.
