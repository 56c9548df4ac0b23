# Viber: money and the menu.
notice-viber-cap = 💰 { $shop }: { $cap ->
        [one] { $cap } paid message
       *[other] { $cap } paid messages
    } on Viber this month, which is your limit. Until the month ends Viber only brings the rings of new orders and answers to people who wrote within a day. Change the limit: /settings
why-viber_off = the shop has switched paid Viber messages off
why-viber_cap = the month's limit of Viber is used up
why-waited_too_long = it waited for the person to write on Viber, and is out of date
