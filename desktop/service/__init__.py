"""What one can do: the operations on a workspace, and the verbs of each subject."""
