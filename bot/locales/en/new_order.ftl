# An order by hand.

event-create = made by hand

## Questions
draft-ask-shop = 🆕 A new order. For which shop?
draft-ask-number = 🆕 Send the order’s number. Or forward or paste the whole notice: we will fill in the rest.
draft-ask-name = 👤 What is the buyer’s name? Surname and first name.
draft-ask-phone = 📞 The buyer’s phone? Write the number or send a contact.
draft-ask-goods = 📦 Which goods? Each on a line of its own: name, quantity, price. For example: Kettle 2 x 640
draft-ask-goods-more = 📦 Send more goods or press “Next”.
draft-ask-carrier = 🚚 How do we deliver?
draft-ask-address = 📍 Where to? City and branch, or address.
draft-ask-method = 💳 How does the buyer pay?
draft-ask-paid = 💳 Paid already?
draft-ask-no_call = 🔕 Did the buyer ask not to be called back?
draft-ask-recipient = 👥 Who receives the parcel, if not the buyer? Surname and first name.
draft-ask-comment = 💬 What did the buyer ask for? Write a comment on the order.
draft-question = №{ $number } · { $question }
draft-now = Now: { $value }

## Buttons
draft-button-invent = 🎲 Make up a number
draft-button-keep = ▶️ Leave as it is
draft-button-next = ▶️ Next
draft-button-drop = 🗑 Remove the last
draft-button-clear = 🗑 Remove
draft-button-create = ✅ Create
draft-button-leave = ✖️ Do not create
draft-button-offer-yes = ✅ Yes, create
draft-button-offer-no = ✖️ No
draft-paid-yes = ✅ Yes, paid
draft-paid-no = ⏳ No, waiting
draft-no_call-yes = 🔕 Yes, do not call
draft-no_call-no = 📞 No, calling is fine
draft-fix-number = ✏️ Correct the number
draft-fix-name = ✏️ Correct the name
draft-fix-phone = ✏️ Correct the phone
draft-fix-goods = ✏️ Correct the goods
draft-fix-carrier = ✏️ Correct the delivery
draft-fix-address = ✏️ Correct the address
draft-fix-method = ✏️ Correct the payment
draft-fix-paid = ✏️ Correct paid or not
draft-fix-no_call = ✏️ Correct the call
draft-fix-recipient = ✏️ Correct the recipient
draft-fix-comment = ✏️ Correct the comment

## The whole shown back
draft-title = 🆕 New order · { $shop }
draft-number = № { $number }
draft-number-invented = № will be made up
draft-person = 👤 { $name }
draft-phone = 📞 { $phone }
draft-total-differs = ⚠️ The text says { $told }, the goods come to { $total }. Check the prices.
draft-no_call-said = 🔕 Do not call back
draft-call-said = 📞 Calling is fine
draft-sure = Is this right? Press “Create”.
draft-press = Press “Create” or correct what you need.

## Answers
draft-bad-number = This does not look like an order’s number. Write it in Latin letters and digits, for example 812345678.
draft-bad-words = There are no words here. Please write text.
draft-bad-phone = This does not look like a phone number. Write it in full, for example 067 123 45 67.
draft-bad-choice = There is no such choice. Press one of the buttons.
draft-bad-too_long = Too long: up to { $most } characters fit. Please write it shorter.
draft-only-text = Please write text.
draft-going-on = Going on with the unfinished order. /cancel — leave it.
draft-another = This is another order, and №{ $number } is not made yet. Finish it, or press /cancel and send the text again.
draft-stale = This button does not work any more. New order: /new
draft-left = All right, no order was made.
draft-exists = №{ $number } is in the shop already, here it is. If this is another order, send another number. /cancel — leave.
draft-existed = №{ $number } is in the shop already: no new one was made, here it is.
draft-created = №{ $number } is made
draft-nowhere = In your shop the owner and the manager can make orders. Please ask them.
draft-offer = Make an order of this text?

## Goods
goods-bad-unreadable = We did not understand “{ $fragment }”. Write name, quantity and price, for example: Kettle 2 x 640
goods-bad-ambiguous = We could not tell the quantity from the price: “{ $fragment }”. Write, for example: Kettle 2 x 640
goods-bad-too_long = The name is too long: “{ $fragment }”. Up to 300 characters fit.
goods-bad-too_much = Check the numbers: “{ $fragment }”. Quantity from 1 to 100000, price up to 1000000000.
goods-bad-too_many = Too many goods: up to 100 lines in one order.
