"""One record, seen and edited: its form, its log, its links, its history.

`pane.RecordPane` shows whatever record it is handed; `view.RecordView` is the whole of it for one entity, with
a tab in each of `form`, `updates`, `links` and `history`.
"""
