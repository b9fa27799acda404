"""What each document says, before a format lays it out."""
