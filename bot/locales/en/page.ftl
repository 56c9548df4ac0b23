# The page behind a buyer's link.

page-title = Your order
page-order = Order №{ $number }
page-shop = Shop “{ $shop }”, { $platform }
page-line = { $title } × { $quantity } — { $price }
page-telegram = Open in Telegram
page-viber = Open in Viber
page-why =
    { $where ->
        [telegram] Press “Start” in the chat:
        [viber] Press “Get messages here” in the chat:
       *[both] In the chat press “Start” (Telegram) or “Get messages here” (Viber):
    } there you can confirm the order, get the tracking number (TTN) and ask the shop. No calls, no registration.
page-type = Open the shop’s bot in Telegram and send it this message:
page-nothing = This link does not work
page-nothing-do = Perhaps the shop has sent a new one. Ask the shop for it.
page-too-many = Too many requests
page-too-many-do = Wait a minute and open the link again.
