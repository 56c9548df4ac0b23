"""An order by hand on a screen: the shop, one question at a time, the whole shown back, the offer to begin."""

from collections.abc import Callable, Sequence

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import DraftButton
from keyboards.screen import Screen, compose, fitted, keyboard, one_line, quoted, rows, said, unlinked
from models.draft import INVENT, NO, NOT_ASKED, YES, Draft, DraftError, Part, choices, may_invent
from models.goods_text import GoodsError
from models.order import paid_before
from models.shop import Shop

Button = Callable[[str, str, str], InlineKeyboardButton]
"""From its words, what it does and with what."""


def _button(mark: str) -> Button:
    def made(text: str, do: str, what: str = "") -> InlineKeyboardButton:
        return InlineKeyboardButton(text=text, callback_data=DraftButton(mark=mark, do=do, what=what).pack())

    return made


def shops_screen(shops: Sequence[Shop], mark: str, words: Words) -> Screen:
    button = _button(mark)
    choosing = [[button(one_line(shop.name, 40), "shop", str(shop.id))] for shop in shops]
    return Screen(words("draft-ask-shop"), keyboard(*choosing, [button(words("button-back"), "leave", "")]))


def question_screen(draft: Draft, part: Part, shop: Shop, mark: str, words: Words) -> Screen:
    """One question, with what was said to it before; whoever has it said already may leave it so."""
    button = _button(mark)
    known = draft.has(part)
    if part is Part.GOODS and known:
        after = [_total(draft, words), words("draft-ask-goods-more")]
        text = fitted([], _goods(draft, words), lambda count: words("card-more", count=count), after)
    else:
        question = words(f"draft-ask-{part}")
        if draft.number and part is not Part.NUMBER:
            question = words("draft-question", number=said(draft.number, 64), question=question)
        now = words("draft-now", value=_value(draft, part, words)) if known else None
        text = compose([question, now])
    choosing = [button(_choice(part, value, words), str(part), value) for value in choices(part)]
    invent = part is Part.NUMBER and may_invent(shop.marketplace)
    keep = words("draft-button-next" if part is Part.GOODS else "draft-button-keep")
    drop = words("draft-button-drop" if part is Part.GOODS else "draft-button-clear")
    return Screen(
        text,
        keyboard(
            *rows(choosing),
            [button(words("draft-button-invent"), str(part), INVENT)] if invent else [],
            [button(keep, "next", "")] if known else [],
            [button(drop, "drop", str(part))] if known and part in (Part.GOODS, *NOT_ASKED) else [],
            [button(words("button-back"), "back", "")],
        ),
    )


def summary_screen(draft: Draft, shop: Shop, mark: str, words: Words) -> Screen:
    """The whole shown back before it counts; each part can be put right."""
    button = _button(mark)
    fixable = [
        part
        for part in Part
        if draft.concerns(part) or part is Part.COMMENT or (part in NOT_ASKED and draft.has(part))
    ]
    fixing = [button(words(f"draft-fix-{part}"), "fix", str(part)) for part in fixable]
    title = f"<b>{words('draft-title', shop=said(shop.name, 60))}</b>"
    return Screen(
        _described(draft, title, words("draft-sure"), words),
        keyboard(
            [button(words("draft-button-create"), "create", "")],
            *[fixing[at : at + 2] for at in range(0, len(fixing), 2)],
            [button(words("draft-button-leave"), "leave", "")],
        ),
    )


def offer_screen(draft: Draft, mark: str, words: Words) -> Screen:
    """Somebody has pasted what looks like an order."""
    button = _button(mark)
    title = f"<b>{words('draft-offer')}</b>"
    return Screen(
        _described(draft, title, None, words),
        keyboard(
            [button(words("draft-button-offer-yes"), "begin", "")],
            [button(words("draft-button-offer-no"), "decline", "")],
        ),
    )


def problem_text(problem: DraftError | GoodsError, words: Words) -> str:
    """What is wrong with an answer, and how it should look."""
    if isinstance(problem, GoodsError):
        return words(f"goods-bad-{problem.kind}", fragment=said(problem.fragment, 100))
    return words(f"draft-bad-{problem.kind}", most=problem.most)


def _described(draft: Draft, title: str, question: str | None, words: Words) -> str:
    """What is known, in the card's order."""
    number = words("draft-number", number=said(draft.number, 64)) if draft.number else None
    before = [title, words("draft-number-invented") if draft.invented else number]
    doubtful = draft.told_total is not None and draft.goods and draft.told_total != draft.total
    after = [
        _total(draft, words) if draft.goods else None,
        words("draft-total-differs", told=words.money(draft.told_total or 0), total=words.money(draft.total))
        if doubtful
        else None,
        words("draft-person", name=unlinked(draft.name, 100)) if draft.name else None,
        words("draft-phone", phone=said(draft.phone, 20)) if draft.phone else None,
        None if draft.phone_valid else words("card-phone-doubtful"),
        words("card-recipient", recipient=unlinked(draft.recipient, 100)) if draft.recipient else None,
        _delivery(draft, words),
        _payment(draft, words),
        words("draft-no_call-said" if draft.do_not_call else "draft-call-said")
        if draft.do_not_call is not None
        else None,
        words("card-comment", comment=quoted(draft.comment, 300)) if draft.comment else None,
        question,
    ]
    return fitted(
        [line for line in before if line],
        _goods(draft, words),
        lambda count: words("card-more", count=count),
        [line for line in after if line],
    )


def _goods(draft: Draft, words: Words) -> list[str]:
    return [
        words(
            "card-line",
            title=said(one.title, 160),
            quantity=one.quantity,
            price=words.money(one.price * one.quantity),
        )
        for one in draft.goods
    ]


def _total(draft: Draft, words: Words) -> str:
    return f"<b>{words('card-total', total=words.money(draft.total))}</b>"


def _delivery(draft: Draft, words: Words) -> str | None:
    if draft.carrier is None:
        return None
    carrier = words(f"carrier-{draft.carrier}")
    if not draft.address:
        return words("card-delivery-bare", carrier=carrier)
    return words("card-delivery", carrier=carrier, address=unlinked(draft.address, 200))


def _payment(draft: Draft, words: Words) -> str | None:
    if draft.method is None:
        return None
    method = words(f"payment-{draft.method}")
    if draft.paid is None or not paid_before(draft.method):
        return words("card-payment", method=method)
    status = words("payment-status-paid" if draft.paid else "payment-status-pending")
    return words("card-payment-status", method=method, status=status)


def _choice(part: Part, value: str, words: Words) -> str:
    match part:
        case Part.CARRIER:
            return words(f"carrier-{value}")
        case Part.METHOD:
            method = words(f"payment-{value}")
            return method[:1].upper() + method[1:]
        case Part.PAID:
            return words("draft-paid-yes" if value == YES else "draft-paid-no")
    return words("draft-no_call-yes" if value == YES else "draft-no_call-no")


def _value(draft: Draft, part: Part, words: Words) -> str:
    """What was said to a question, in words."""
    match part:
        case Part.NUMBER:
            return said(draft.number or "", 64) or words("draft-number-invented")
        case Part.CARRIER | Part.METHOD:
            return _choice(part, str(getattr(draft, part)), words)
        case Part.PAID | Part.NO_CALL:
            yes = draft.paid if part is Part.PAID else draft.do_not_call
            return _choice(part, YES if yes else NO, words)
    return unlinked(str(getattr(draft, part)), 300)
