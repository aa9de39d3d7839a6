"""What is kept of a workspace: seen, compared, put back, looked into."""
