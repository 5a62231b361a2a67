"""How right the readers are, field by field: ours and the public ones, on the same pages."""
