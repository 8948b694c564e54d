"""A portal that tests crawl: the demo portal's articles in three systems' mark-up, our own writing, and traps around them."""
