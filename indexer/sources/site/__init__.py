"""A live site as a source of articles: crawled by Scrapy in a separate process, remembering earlier crawls."""
