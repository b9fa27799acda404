"""History: the record folded into what held on any day."""
