"""Documents as JSON. The structs are the published schemas, docs/*.schema.json."""
