"""The help: Markdown of `resources/help/<language>`, shown in a window of its own, without a network.

`topics` says which pages there are and which one belongs to what is on the screen, `pages` reads and fills them,
`finding` searches them, `window` shows them. To add a page: a file of the same name in each language, its name in
`topics.TOPICS`, and, where a part of the window has it, a line in `topics.PARTS`.
"""
