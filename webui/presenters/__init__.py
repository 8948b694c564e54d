"""Presenters: values in, printable output out; pure."""
