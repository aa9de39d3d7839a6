"""Search everywhere: records of all kinds by what is written in them and in their parts, the best first.

    found = finding.find(workspace, "humboldt cable")        # ranked, each with the sentence of the hit
    found = finding.first(workspace, "humb")                 # the newest of each kind, while one types

`candidates` asks the index for the newest, `ranking` puts them in order, `sentences` finds where the words stand,
`service.hits` marks them. Whatever reads as the workspace does will do for it: `Apart`, on a worker.
"""

from desktop.service.finding.candidates import first
from desktop.service.finding.hit import Hit, Sentence
from desktop.service.finding.ranking import find
from desktop.service.finding.recent import recent

__all__ = ["Hit", "Sentence", "find", "first", "recent"]
