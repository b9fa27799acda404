"""Documents as JSON. The published schemas, docs/*.schema.json, are generated from the structs."""
