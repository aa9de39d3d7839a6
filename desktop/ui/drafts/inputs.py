"""Whatever one types or chooses in, read as plain data as it stands, right or wrong, and filled again from that.

Each input of a part of the window has a key: the class, the field, and which one of its like it is. It says nothing of
the language, so that a text comes back in another one too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from desktop.text import fold
from desktop.ui.dialogs.rows import Rows
from desktop.ui.editors import ChoiceEditor, EditorWidget, FlagEditor, ShownEditor
from desktop.ui.fields import text_of
from desktop.ui.pickeditors import PickEditor
from desktop.ui.seteditors import ManyEditor
from desktop.ui.widgets.chipsedit import ChipsEdit
from desktop.ui.widgets.markdown import MarkdownEdit
from desktop.ui.widgets.passphraseedit import SECRET
from desktop.ui.widgets.pickline import PickLine

State = dict[str, Any]
PLAIN = (str, int, float, bool, type(None))
ATTEMPTS = 8
"""How often inputs are filled that depend on each other: a row more each time, in a draft that lost their order."""
INPUTS = (
    EditorWidget,
    MarkdownEdit,
    ChipsEdit,
    QLineEdit,
    QPlainTextEdit,
    QComboBox,
    QCheckBox,
    QRadioButton,
)


def inputs(root: QWidget) -> dict[str, Any]:
    """The inputs of a part of the window by their keys, in the order in which they were made."""
    seen: Counter[str] = Counter()
    found = {}
    for each in _walk(root):
        kind = each.kind.name if isinstance(each, EditorWidget) else ""
        name = f"{type(each).__name__}:{kind}"
        found[f"{name}:{seen[name]}"] = each
        seen[name] += 1
    return found


def _walk(root: QWidget) -> Iterator[QWidget]:
    for child in root.children():
        if not isinstance(child, QWidget) or child.isWindow() or isinstance(child, ShownEditor):
            continue
        if not isinstance(child, INPUTS):
            yield from _walk(child)
        elif not is_secret(child):
            yield child


def is_secret(made: QWidget) -> bool:
    """Whether it is a passphrase, which nothing keeps, be it shown or not."""
    hidden = isinstance(made, QLineEdit) and made.echoMode() != QLineEdit.EchoMode.Normal
    return hidden or bool(made.property(SECRET))


def states(root: QWidget) -> dict[str, State]:
    """How all inputs of a part of the window stand."""
    return {key: state(each) for key, each in inputs(root).items()}


def state(made: Any) -> State:
    """How an input stands; its words are under `text`."""
    if isinstance(made, EditorWidget):
        return _of_editor(made)
    if isinstance(made, MarkdownEdit):
        return {"text": made.value()}
    if isinstance(made, ChipsEdit):
        return _of_chips(made)
    if isinstance(made, PickLine):
        return _of_line(made)
    if isinstance(made, QLineEdit):
        return {"text": made.text()}
    if isinstance(made, QPlainTextEdit):
        return {"text": made.toPlainText()}
    if isinstance(made, QComboBox):
        data = made.currentData()
        return {"data": data} if isinstance(data, PLAIN) and data is not None else {"at": made.currentIndex()}
    return {"on": made.isChecked()}


def _of_editor(made: EditorWidget) -> State:
    if isinstance(made, ChoiceEditor):
        return {"data": made.input.currentData()}
    if isinstance(made, FlagEditor):
        return {"on": made.input.isChecked()}
    if isinstance(made, ManyEditor):
        return _of_chips(made.input)
    if isinstance(made, PickEditor):
        return _of_line(made.input)
    return {"text": text_of(made)}


def _of_chips(chips: ChipsEdit) -> State:
    items = chips.items()
    words = "; ".join([*(label for _key, label in items), *filter(None, [chips.line().text().strip()])])
    return {"text": words, "chosen": [list(item) for item in items], "line": chips.line().text()}


def _of_line(line: PickLine) -> State:
    chosen = line.chosen()
    return {"text": line.text(), "chosen": chosen if isinstance(chosen, PLAIN) else None}


def words(of: Mapping[str, State]) -> str:
    """What stands in inputs, to be read: a line each; days and choices, which nobody typed, are left out."""
    left_out = ("DateEditor", "ZoneEditor", "ChoiceEditor")
    texts = [each.get("text", "") for key, each in of.items() if key.split(":")[0] not in left_out]
    return "\n".join(text.strip() for text in texts if text.strip())


def fill(root: QWidget, of: Mapping[str, State]) -> list[str]:
    """Let all inputs stand as they did, one after the other: what depends on one is there before the next.

    Returns the words for which there is no room any more, or in place of which others stand.
    """
    became: dict[str, str] = {}
    """How words read once they were put, where they are shown in another way than they were typed."""
    # Again, for an input that another one brought, as a row more, or emptied.
    for _attempt in range(ATTEMPTS):
        filled = False
        for key, stood in of.items():
            made = inputs(root).get(key)
            if made is not None and state(made) != stood:
                put(made, stood)
                _told(made)
                became[key] = _text(inputs(root).get(key))
                filled = True
        if not filled:
            break
    there = inputs(root)
    words_of = {key: stood.get("text", "") for key, stood in of.items()}
    return [
        text
        for key, text in words_of.items()
        if text.strip() and not _stands(text, _text(there.get(key)), became.get(key, ""))
    ]


def _text(made: Any) -> str:
    return "" if made is None else str(state(made).get("text", ""))


def _stands(text: str, there: str, became: str) -> bool:
    """Whether a text is what stands somewhere: as it was typed, or as it reads since."""
    return bool(there.strip()) and (there == became or fold(there) == fold(text))


def put(made: Any, stood: State) -> None:
    """Let an input stand as it did. Nothing is committed."""
    if isinstance(made, EditorWidget):
        _put_in_editor(made, stood)
    elif isinstance(made, MarkdownEdit):
        made.input.setPlainText(stood["text"])
    elif isinstance(made, ChipsEdit):
        _put_in_chips(made, stood)
    elif isinstance(made, PickLine):
        _put_in_line(made, stood, known=stood["chosen"] is not None)
    elif isinstance(made, QLineEdit):
        made.setText(stood["text"])
    elif isinstance(made, QPlainTextEdit):
        made.setPlainText(stood["text"])
    elif isinstance(made, QComboBox):
        at = made.findData(stood["data"]) if "data" in stood else stood["at"]
        made.setCurrentIndex(at)
    else:
        made.setChecked(stood["on"])


def _put_in_editor(made: EditorWidget, stood: State) -> None:
    if isinstance(made, ChoiceEditor):
        made.input.setCurrentIndex(made.input.findData(stood["data"]))
    elif isinstance(made, FlagEditor):
        made.input.setChecked(stood["on"])
    elif isinstance(made, ManyEditor):
        _put_in_chips(made.input, stood)
    elif isinstance(made, PickEditor):
        # An id means what it meant only where it still bears the same words.
        chosen = stood["chosen"]
        _put_in_line(made.input, stood, known=chosen is not None and made.label(chosen) == stood["text"])
    elif isinstance(made.input, QPlainTextEdit):
        made.input.setPlainText(stood["text"])
    else:
        made.input.setText(stood["text"])
    made.edited.emit()


def _put_in_chips(chips: ChipsEdit, stood: State) -> None:
    chips.set_items((key, label) for key, label in stood["chosen"])
    chips.line().setText(stood["line"])


def _put_in_line(line: PickLine, stood: State, *, known: bool) -> None:
    if known:
        line.set_chosen(stood["chosen"], stood["text"])
    else:
        line.setText(stood["text"])


def _told(made: Any) -> None:
    """What follows from an input, as if it had been left: a row more, fields that depend on it."""
    if isinstance(made, EditorWidget | MarkdownEdit):
        made.commit()
    elif isinstance(made, QLineEdit):
        made.editingFinished.emit()
    around = made.parentWidget()
    while around is not None and not isinstance(around, Rows):
        around = around.parentWidget()
    if around is not None:
        around.grow()
