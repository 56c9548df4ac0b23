# What buyers see and press.

buyer-yes = ✅ All correct
buyer-ask = ❓ I have a question
buyer-cancel = ✖️ Cancel the order
buyer-cancel-yes = Yes, cancel
buyer-cancel-no = No
buyer-track = 📍 Track the parcel

buyer-intro = Your order №{ $number } was accepted by the shop “{ $shop }” ({ $platform }). You asked not to be called back, so please check:
buyer-line = • { $title } × { $quantity } — { $price }
buyer-more = …and { $count ->
    [one] { $count } more item
   *[other] { $count } more items
}
buyer-total = 💰 Total: { $total }
buyer-payment = 💳 Payment: { $payment }
buyer-delivery = 🚚 Delivery: { $delivery }
buyer-term = 🗓 Delivery time: { $term }
buyer-term-unknown = 🗓 Delivery time: we will tell you together with the tracking number (TTN)
buyer-phone = 📞 The phone number for the parcel ends in { $phone }
buyer-phone-doubtful = ⚠️ There is no such number. If it is wrong, press “I have a question” and send the right one.
buyer-question = Is everything correct?

buyer-thanks = №{ $number }: thank you, the order is confirmed. The tracking number (TTN) will come here.
buyer-ask-text = №{ $number }: write your question in one message, the shop will answer here.
buyer-asked = №{ $number }: your question has been passed on to the shop. The answer will come here.
buyer-cancel-sure = №{ $number }: cancel the order?
buyer-cancelled = №{ $number }: the order is cancelled. Thank you for letting us know.
buyer-cancel-requested = №{ $number }: the parcel is already on its way. We passed your request on to the shop, it will contact you.
buyer-kept = №{ $number }: all right, the order stays.
buyer-late-final = №{ $number }: the order is already closed («{ $status }»).
buyer-late-on_its_way = №{ $number }: the order has already been sent, there is nothing to confirm.
buyer-status = №{ $number } · “{ $shop }”
    Status: { $status }
buyer-status-ttn = TTN { $ttn }
buyer-no-orders = To get messages about an order, open the link from the shop.

buyer-shipped = 📮 №{ $number }: sent on { $day }. TTN { $ttn } ({ $carrier }).
buyer-shipped-bare = 📮 №{ $number }: sent on { $day } ({ $carrier }). There is no tracking number this time, we will write when the order is waiting for you.
buyer-ttn-changed = ✏️ №{ $number }: the correct TTN is { $ttn } ({ $carrier }). The previous number is not valid.
buyer-courier-left = 🚗 №{ $number }: the order was given to the shop’s courier on { $day }. The courier will call to agree on a time.
buyer-ready = 📦 №{ $number }: the order is waiting for you at the pickup point: { $address }
buyer-arrived = 📬 №{ $number }: the parcel has arrived and is waiting for you ({ $carrier }{ $address }). TTN { $ttn }
buyer-arrived-bare = 📬 №{ $number }: the order is waiting for you{ $address }
buyer-still-waiting-shop = ⏰ №{ $number }: the order has been waiting for you at the pickup point for three days. Please collect it.
buyer-still-waiting = ⏰ №{ $number }: the parcel has been waiting for you for three days. Please collect it while storage is free.
buyer-order-cancelled = ✖️ №{ $number }: the shop “{ $shop }” has cancelled the order. Reason: «{ $reason }».
buyer-order-cancelled-bare = ✖️ №{ $number }: the order in the shop “{ $shop }” is cancelled.
buyer-order-cancelled-comment = The shop’s comment: { $comment }
buyer-seller-wrote = 💬 №{ $number } · { $who }:
buyer-repeat = 🔁 repeated
buyer-signature = Your shop “{ $shop }”

stage-new = the shop has received the order
stage-in_work = the shop is processing the order
stage-no_contact = the shop tried to contact you
stage-confirmed = confirmed, being prepared for dispatch
stage-handed_over = handed over to the carrier
stage-delivering = on its way
stage-waiting = waiting for you
stage-received = received
stage-refused = goods refused
stage-not_collected = not collected
stage-cancelled = cancelled by the shop
stage-buyer_cancelled = cancelled by you
stage-expired = being processed
