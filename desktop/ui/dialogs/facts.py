"""The facts of the post: its name, time zone, governments and accreditations, and how its workbooks are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.i18n import N_, _
from desktop.model.kinds import LongText, Text
from desktop.service import setup
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.postform import PostForm

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def change_facts(window: MainWindow) -> None:
    """Open the dialog."""
    open_dialog(window, FactsDialog).changed = window.rebuild_requested.emit


class FactsDialog(Dialog):
    """As the first start asks them."""

    title, verb = N_("Post and governments"), N_("Save")
    usual = (560, 0)

    def build(self) -> None:
        facts = self.context.workspace.facts
        host, *others = (*facts.accreditations, "")
        values = {
            "post": facts.post,
            "own_government": facts.own_government,
            "country": host,
            "zone": facts.zone,
            "accreditations": frozenset(each for each in others if each),
            "partners": frozenset(facts.partners),
        }
        self.main = PostForm(self.keys, values)
        self.fields.append(self.main)
        self.column.addWidget(self.main)
        marking = Text(
            N_("Marking of workbooks"), help=N_("How a workbook is to be handled, unless another is chosen.")
        )
        marking.name = "marking"
        self.more = self.add_fields()
        self.more.add(marking, facts.marking)
        closed = LongText(
            N_("Closed days"),
            help=N_("Days on which the post is closed beside the public holidays of both sides, one a line."),
        )
        closed.name = "closed_days"
        self.more.add(closed, "\n".join(facts.closed_days))
        self.more.at("closed_days").input.setPlaceholderText(_("yyyy-mm-dd"))
        self.changed: Any = None

    def act(self) -> None:
        values = self.main.values()
        hosts = (values["country"], *sorted(values["accreditations"] - {values["country"]}))
        setup.change_facts(
            self.context.workspace,
            post=values["post"],
            zone=values["zone"],
            own_government=values["own_government"],
            partners=tuple(sorted(values["partners"])),
            accreditations=hosts,
            marking=self.more.at("marking").value(),
            closed_days=setup.days(self.more.at("closed_days").value()),
        )

    def done_with(self, result: None) -> None:
        if self.changed is not None:
            self.changed()
        self.context.said.emit(_("The post’s facts are changed."), [])
