"""How long and how much memory the hardest pages take, and whether memory stays flat."""
