"""Tests of alerts: who gets them, what is new, and what is sent."""
