"""Text that the screen and exports share: labels, cell widths, line wrap."""
