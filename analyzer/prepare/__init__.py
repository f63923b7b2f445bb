"""An Activity made ready for judging; each repair is a warning."""
