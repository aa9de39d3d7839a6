"""What one sees: the window and its parts. The only package, beside `desktop.app`, that imports Qt."""
