"""What outlives a session: the database and the record of turns."""
