"""The workbook in the window: looked at before it is saved, and the layouts and label packs that it is made by."""
