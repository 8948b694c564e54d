"""Tests of alerts: the subscribers, what is new, and what is sent."""
