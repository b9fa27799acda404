"""Line painting, themes and charts."""
