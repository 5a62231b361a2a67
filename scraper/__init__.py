"""Archive Vietnamese district news portals: crawl, parse, keep, browse."""
