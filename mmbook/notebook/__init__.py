"""Figures in notebooks: a widget where anywidget is installed, a page in a frame elsewhere."""
