"""Pictures of figures, drawn by ourselves. To add a kind: a subclass of `chart.Chart` that says where its marks are."""
