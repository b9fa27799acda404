# Completion of kjtui for fish, which loads this file at the first completion.
kjtui completion fish | source
