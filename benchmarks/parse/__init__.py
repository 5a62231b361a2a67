"""``parse_page`` over ``fixtures/`` against lxml alone and against trafilatura."""
