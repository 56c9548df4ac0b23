# Viber: money and the menu.
notice-viber-cap = 💰 { $shop }: { $cap ->
        [one] { $cap } paid message
       *[other] { $cap } paid messages
    } on Viber this month, which is your limit. Until the month ends Viber only brings the rings of new orders and answers to people who wrote within a day. Change the limit: /settings
why-viber_off = the shop has switched paid Viber messages off
why-viber_cap = the month's limit of Viber is used up
why-waited_too_long = it waited for the person to write on Viber, and is out of date

button-viber = 💜 Viber
settings-viber = Viber charges for each message to somebody who has not written to the bot for a day (about €0.02). Answers to people who have just written are free.
settings-viber-paid = Paid this month: <b>{ $paid }</b>
settings-viber-is-off = Now: <b>off</b>. Only rings of new orders and answers to people who wrote within a day come on Viber.
settings-viber-no-cap = Now: <b>on</b>, without a limit.
settings-viber-cap = Now: <b>on</b>, at most { $cap } a month. Rings of new orders come beyond it, too.
button-viber-on = ✅ Switch on
button-viber-off = ✖️ Switch off
button-viber-cap = Up to { $cap }
button-viber-free = No limit
why-not_shown = the phone could not show the message
viber-begin = ▶️ Get messages here
why-until_heard = waits for the person to write on Viber

key-how-viber = The key is in the next message. Put it into the site’s settings, then delete that message: hold a finger on it. On Viber the bot cannot take it away. Do not forward it to anybody: whoever has it can read and add orders.
