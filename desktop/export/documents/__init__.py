"""Documents for readers, as Word and PDF: written once as data, set by a writer for each form."""
