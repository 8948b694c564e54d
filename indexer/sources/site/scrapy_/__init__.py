"""The fetching process: everything that depends on Scrapy and Twisted, whose reactor cannot be started twice in a process."""
