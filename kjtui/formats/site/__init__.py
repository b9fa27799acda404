"""The record as a site of static pages."""
