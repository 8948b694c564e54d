"""Many saved searches against the few articles that are new: the search turned round."""
