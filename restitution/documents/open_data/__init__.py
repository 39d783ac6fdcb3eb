"""Open data: columns and their meaning, CSV, JSON, the data package, the mail merge of invitations."""
