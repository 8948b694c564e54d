"""Document numbers of the Vietnamese administration ("số, ký hiệu") and where texts cite them. Pure."""
