"""How fast and how cheaply we crawl, beside Scrapy: ``python -m benchmarks.crawl``."""
