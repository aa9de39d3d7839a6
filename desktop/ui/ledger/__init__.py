"""The parts of the page “Who owes whom”: directions over it, and the tree of counterparts with what is open."""
