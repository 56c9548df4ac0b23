# A buyer with several orders, and with later ones.

buyer-which = Which order is your message about?
buyer-orders = Your orders
buyer-orders-line = №{ $number } · “{ $shop }” · { $status }
buyer-page-back = ⬅️ Back
buyer-page-on = Next ➡️
buyer-all-orders = 📋 All orders

phone-give = 🔔 Tell me about later orders
phone-take_back = 🔕 No longer tell me about later orders
phone-text = Share your number, and later orders with it will appear in this chat by themselves. The number is needed only for this. You can change your mind at any time.
phone-share = 📱 Share my number
phone-decline = ✖️ Do not share
phone-declined = All right, no number is needed.
phone-not-own = This is not your number. Press “Share my number” below the message field: Telegram will send yours.
phone-given = Thank you! From now on orders with the number that ends in { $end } appear here by themselves. If you change your mind, press “No longer tell me” under an order.
phone-known = We already tell you about later orders.
phone-taken-back = We will not tell you about later orders any more.
