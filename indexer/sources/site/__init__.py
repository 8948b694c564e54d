"""A live site as a source of articles: crawled by Scrapy in a process of its own, with a memory of what it was."""
