"""The scales: what a choice can be. Keys are kept, message ids are shown.

Source of the values: the status scales of the workbook's specification (docs/workbook.md).
"""

from desktop.i18n import N_

VISIBILITY = {"internal": N_("Internal"), "partner": N_("Shareable with partner"), "public": N_("Public")}

LEVEL = {"heading": N_("Heading"), "recommendation": N_("Recommendation"), "ask": N_("Ask")}
ACCEPTANCE = {
    "not_assessed": N_("Not assessed"),
    "supported": N_("Supported"),
    "supported_in_part": N_("Supported in part"),
    "under_consideration": N_("Under consideration"),
    "not_supported": N_("Not supported"),
}
PROGRESS = {
    "not_started": N_("Not started"),
    "in_progress": N_("In progress"),
    "substantially_done": N_("Substantially done"),
    "implemented": N_("Implemented"),
    "stalled": N_("Stalled"),
    "overtaken": N_("Overtaken by events"),
    "closed_not_implemented": N_("Closed, not implemented"),
}
STAGE = {
    "idea": N_("Idea"),
    "proof_of_concept": N_("Proof of concept"),
    "bankable": N_("Bankable"),
    "financing": N_("Financing"),
    "under_way": N_("Under way"),
    "completed": N_("Completed"),
    "on_hold": N_("On hold"),
    "dropped": N_("Dropped"),
}
FOLLOW_UP = {
    "open": N_("Open"),
    "in_progress": N_("In progress"),
    "waiting": N_("Waiting on the other side"),
    "done": N_("Done"),
    "cancelled": N_("Cancelled"),
}
PRIORITY = {"high": N_("High"), "medium": N_("Medium"), "low": N_("Low")}
RAG = {"red": N_("Red"), "amber": N_("Amber"), "green": N_("Green"), "grey": N_("Grey")}
ASPECT = {"reported": N_("Reported status"), "desk": N_("Desk's assessment")}

DIRECTION = {
    "us": N_("Owed by us"),
    "partner": N_("Owed by the partner"),
    "host": N_("Owed by the host"),
    "capital": N_("Owed by capital"),
    "other": N_("Owed by others"),
}
SIDE = {
    "post": N_("Our post"),
    "capital": N_("Capital"),
    "partner": N_("Partner"),
    "host": N_("Host"),
    "third": N_("Third country"),
    "international": N_("International"),
    "private": N_("Private"),
}
PRESENCE = {"present": N_("Present"), "excused": N_("Excused")}

INITIATIVE_TYPE = {
    "dialogue": N_("Dialogue"),
    "framework": N_("Framework"),
    "programme": N_("Programme"),
    "project": N_("Project"),
    "fund": N_("Fund"),
    "agreement": N_("Agreement"),
    "event": N_("Event"),
}
MEETING_KIND = {
    "bilateral": N_("Bilateral"),
    "multilateral": N_("Multilateral"),
    "working_level": N_("Working level"),
    "ministerial": N_("Ministerial"),
    "summit": N_("Summit"),
    "visit": N_("Visit"),
    "conference": N_("Conference"),
    "call": N_("Call"),
    "courtesy": N_("Courtesy call"),
    "other": N_("Other"),
}
MEETING_STATE = {
    "planned": N_("Planned"),
    "held": N_("Held"),
    "draft": N_("Minutes in draft"),
    "final": N_("Minutes final"),
}
FOLD = {
    "first": N_("The first, before the clocks are put back"),
    "second": N_("The second, after the clocks were put back"),
}
AGENDA_STATE = {
    "open": N_("To discuss"),
    "discussed": N_("Was discussed"),
    "moved": N_("To the next meeting"),
    "dropped": N_("Off the agenda"),
}
POINT = {"note": N_("Note"), "decision": N_("Decision"), "follow_up": N_("Follow-up")}
RHYTHM = {
    "weekly": N_("Every week"),
    "fortnightly": N_("Every two weeks"),
    "monthly": N_("Every month, on the same day"),
    "monthly_weekday": N_("Every month, on the same weekday"),
    "quarterly": N_("Every three months"),
    "half_yearly": N_("Every six months"),
    "yearly": N_("Every year"),
}
ATTACHED_AS = {"file": N_("File"), "evidence": N_("Evidence")}
QUOTE_STATE = {"found": N_("Found"), "lost": N_("Lost")}
ACTIVITY = {
    "none": N_("No activity yet"),
    "stale": N_("Stale"),
    "overtaken": N_("Overtaken by events"),
    "active": N_("Active"),
}
ORGANISATION_KIND = {
    "ministry": N_("Ministry"),
    "agency": N_("Government agency"),
    "embassy": N_("Embassy"),
    "parliament": N_("Parliament"),
    "subnational": N_("Subnational government"),
    "development_bank": N_("Development bank"),
    "company": N_("Company"),
    "university": N_("University or research institute"),
    "think_tank": N_("Think tank"),
    "association": N_("Business or professional association"),
    "ngo": N_("Non-governmental organisation"),
    "international": N_("International organisation"),
    "forum": N_("Forum or grouping"),
    "other": N_("Other"),
}
RELATION = {
    "advances": N_("Advances"),
    "serves": N_("Serves"),
    "discussed": N_("Discussed"),
    "builds_on": N_("Builds on"),
    "part_of": N_("Part of"),
    "follows": N_("Follows"),
    "related": N_("Related to"),
}
RELATION_BACK = {
    "advances": N_("Advanced by"),
    "serves": N_("Served by"),
    "discussed": N_("Discussed at"),
    "builds_on": N_("Built on by"),
    "part_of": N_("Consists of"),
    "follows": N_("Followed by"),
    "related": N_("Related to"),
}
"""The relation as seen from the other end."""
