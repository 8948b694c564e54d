"""A portal for tests to crawl: the demo portal's articles in the mark-up of three systems, written by us, with traps around
them.
"""
