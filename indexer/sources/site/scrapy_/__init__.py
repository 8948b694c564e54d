"""The process that fetches: all that knows Scrapy and Twisted, whose reactor can't be started twice in a process."""
