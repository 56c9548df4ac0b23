# A shop's team, and what each member decides alone.

button-team = 👥 Team
button-own = 👤 My settings

## The team
team-title = 👥 Team · { $shop }
team-count = { $count ->
    [one] { $count } person is
   *[other] { $count } people are
} in the team. 🟢 on shift, ⚪️ off shift.
team-on = 🟢 { $name } · { $role }
team-off = ⚪️ { $name } · { $role }
team-you = this is you
team-away = 📵 gets no messages
team-waiting = 👋 { $name } · { $role } · waiting for your decision
team-uncovered = ⚠️ Nobody on shift now could take an order, so it rings for everybody.
team-invites = These invites are still open. Press one to revoke it:
team-no-invites = There are no open invites.
member-nameless = No name
button-member = { $name } · { $role }
button-let-in = ✅ { $name }
button-invite = ➕ Invite somebody
button-invites = ✉️ Open invites: { $count }
button-team-before = ◀️ Previous
button-team-after = Next ▶️

## One member
member-title = 👤 { $name } · { $role }
member-shop = Shop “{ $shop }”, in the team since { $since }
member-on = 🟢 On shift
member-off = ⚪️ Off shift
member-signature = ✍️ Signature for buyers: { $name }
member-away = 📵 Gets no messages: { $why }. Ask this person to open the bot and press “Start”.
member-gone = This person is not in the team any more.
member-in = { $name }: added to the shop.
member-out = { $name }: not added.
button-role = 🔁 Change the role
button-remove = 🗑 Remove from the team
button-remove-yes = Yes, remove
button-owner-yes = Yes, make owner
ask-role = Which role should it be?
ask-owner = { $name }: make an owner of the shop “{ $shop }”? An owner changes the settings and the team and can remove anybody from it, you as well.
ask-remove = { $name }: remove from the team of the shop “{ $shop }”? Access ends at once, and the orders that this person holds will remind everybody again.
member-removed = { $name }: removed from the team.
role-set = { $name }: now { $role }.
role-line = • { $role }: { $about }
role-about-owner = everything, and the shop’s settings and team
role-about-manager = leads orders from beginning to end, writes to buyers
role-about-packer = packs and sends, enters the TTN, writes to buyers
role-about-observer = only looks, changes nothing
refused-last_owner = This is the shop’s only owner, without one nobody can run the team and the settings. First make somebody else an owner.

## Invites
ask-invite-role = Whom do you invite?
invite-title = ✉️ Forward the text below to this person ({ $role })
invite-text = You are invited to the shop “{ $shop }” ({ $role }). { $way } The link works for 24 hours, for one person.
invite-telegram = Open { $link } and press “Start”.
invite-viber = Open { $link } in Viber and press “Get messages here”.
invite-either = Open { $telegram } and press “Start”, or { $viber } in Viber and press “Get messages here”.
invite-after = When the person opens the link, we will ask you whether it is the right one.
invite-unknown = The bot’s address is not known yet. Within 24 hours the person ({ $role }) can write to the bot: /start { $start }
invite-revoked = The invite is revoked, nobody can come in by it.
button-revoke = 🗑 { $role }, until { $until }
refused-too_many_invites = Ten invites are open already. Revoke some, then invite again.

## What the team hears
notice-member-removed = You have been removed from the team of the shop “{ $shop }”. Its orders will not come here any more. If this is a mistake, turn to the owner.
notice-role-changed = 🔁 “{ $shop }”: your role is now { $role } ({ $about }).
notice-team-joined = 👥 “{ $shop }”: { $name } ({ $role }) is in the team now. Decided by the owner: { $by }.
notice-team-came = 👥 “{ $shop }”: { $name } ({ $role }) is in the team now, invited by the bot’s administrator.
notice-team-refused = 👥 “{ $shop }”: { $name } was not added to the team. Decided by the owner: { $by }.
notice-team-removed = 👥 “{ $shop }”: { $name } ({ $role }) is no longer in the team. Decided by the owner: { $by }.
notice-team-left = 👥 “{ $shop }”: { $name } ({ $role }) has left the team.
notice-team-role = 👥 “{ $shop }”: { $name } is now { $role }. Decided by the owner: { $by }.
event-release = nobody holds the order any more

## What a member decides alone
own-title = 👤 { $shop } · you are { $role }
own-saved = ✅ Saved.
own-on = 🟢 You are on shift: new orders and reminders ring for you.
own-off = ⚪️ You are off shift: new orders and reminders ring for those who are on.
own-off-uncovered = ⚪️ You are off shift.
own-off-owner = What is overdue and news of the team always come to you as the owner.
own-uncovered = ⚠️ Nobody on shift now could take an order, so it rings for everybody: no order must stay unnoticed.
own-aloud = 🔔 Sound is on.
own-mute = 🔕 Sound is off: everything comes in time, but silently.
own-quiet = 🌙 Quiet hours { $span }: everything comes in time, but silently.
own-viber-sounds = 📱 Sound: Viber has no silent messages, so mute this chat in Viber itself.
own-no-quiet = 🌙 No quiet hours.
own-signature = ✍️ Your signature for buyers: { $who }
own-left = You are no longer in the team of the shop “{ $shop }”. Its orders will not come here.
button-shift-on = 🟢 I am on shift
button-shift-off = ⚪️ I am off shift
button-sound-aloud = 🔔 Sound on
button-sound-mute = 🔕 Sound off
button-quiet = 🌙 Quiet hours
button-unquiet = No quiet hours
button-sign = ✍️ My signature
button-unsign = Without my name
button-leave = 🚪 Leave the team
button-leave-yes = Yes, leave
ask-sign = With which name should your messages to buyers be signed? Send it, for example: Olena. The buyer will see: Olena, shop “{ $shop }”.
ask-quiet = When should notices come without sound? Send beginning and end, for example: 22:00-08:00.
typed-sign = The buyer will see: <b>{ $value }, shop “{ $shop }”</b>. Save it?
typed-quiet = { $shop }: without sound <b>{ $value }</b>. Save it?
ask-leave = Leave the team of the shop “{ $shop }”? Access ends at once, and the orders that you hold will remind everybody again. You can come back only by a new invite.
refused-bad_signature = A signature is a name of up to 40 characters, for example: Olena. Send it again.
refused-bad_quiet = Quiet hours must begin and end at different times. Send, for example: 22:00-08:00. To hear nothing at all, switch the sound off.
quiet-bad-empty = There is no time here. Send beginning and end, for example: 22:00-08:00.
quiet-bad-unreadable = We did not understand “{ $fragment }”. Send beginning and end, for example: 22:00-08:00.
ask-message-signed = 💬 №{ $number }: write a message to the buyer. It is signed: { $who }.
buyer-signature-named = { $name }, shop “{ $shop }”
help-own = ⚙️ /settings — your shift, sound and quiet hours.
help-own-viber = ⚙️ /settings — your shift and leaving the team.
