"""Numbers and amounts as the language writes them, and back."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, localcontext

from desktop.i18n.messages import _, quoted, table


def format_number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """1,234.5 or 1.234,5. Without `decimals`, as many as the value has."""
    exact = value if isinstance(value, int | Decimal) else Decimal(repr(value))
    with localcontext() as context:
        context.rounding = ROUND_HALF_UP
        plain = f"{Decimal(exact):,f}" if decimals is None else f"{Decimal(exact):,.{decimals}f}"
    signs = table()
    return plain.translate({ord(","): signs["group"], ord("."): signs["decimal"]})


def parse_decimal(text: str) -> Decimal:
    """The number that a text means, as the language spoken writes it, or the only one that it can mean.

    `1,5` is one and a half everywhere and `1.234.567,8` can be nothing else; but `1.234` in English, or
    `1,234` in Spanish, is refused: too often a thousand is meant. Raises ValueError with a sentence.
    """
    shown = quoted(text)
    if not shown:
        raise ValueError(_("A number is missing."))
    typed = " ".join(unicodedata.normalize("NFKC", re.sub("[−‐‑–]", "-", text)).split())
    match = re.fullmatch(r"([-+]?) ?([0-9][0-9.,'’ ]{0,99})", typed)
    plain = _plain_number(match[2]) if match else None
    if match is None or plain is None:
        raise ValueError(
            _("“{text}” is not a number. Write it as {example}.").format(
                text=shown, example=format_number(Decimal("1234.5"))
            )
        )
    decimal = table()["decimal"]
    doubtful = re.fullmatch(rf"([1-9][0-9]{{0,2}}){re.escape(decimal)}([0-9]{{3}})", match[2])
    if doubtful:
        whole, part = doubtful.groups()
        raise ValueError(
            _("“{text}” can mean {thousands} or {fraction}. Write {thousands} or {longer}.").format(
                text=shown,
                thousands=whole + part,
                fraction=f"{whole}{decimal}{part}",
                longer=f"{whole}{decimal}{part}0",
            )
        )
    return Decimal(match[1] + plain)


def parse_number(text: str) -> int:
    """The whole number that a text means; see `parse_decimal()`."""
    number = parse_decimal(text)
    if number != number.to_integral_value():
        raise ValueError(_("“{text}” is not a whole number.").format(text=quoted(text)))
    return int(number)


def _plain_number(typed: str) -> str | None:
    """The digits, ungrouped and with a decimal point, by the first convention that fits, else None."""
    signs = table()
    own = (signs["group"], signs["decimal"])
    for group, decimal in (own, own[::-1], (" ", "."), (" ", ","), ("'", "."), ("’", ".")):
        digits = rf"(?:[0-9]+|[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+)"
        if re.fullmatch(rf"{digits}(?:{re.escape(decimal)}[0-9]+)?", typed):
            return typed.replace(group, "").replace(decimal, ".")
    return None
