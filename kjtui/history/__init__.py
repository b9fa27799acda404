"""History: fold the events of the record into states and meetings on any day."""
