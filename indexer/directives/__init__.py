"""Document numbers of the Vietnamese administration ("số, ký hiệu") and their citations in texts. Pure."""
