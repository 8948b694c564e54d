"""What is searched, without who: noted while serving, read by those who look after the site."""
