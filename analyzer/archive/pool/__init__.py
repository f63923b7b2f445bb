"""Work in several processes, of which none takes more with it than the task that it holds."""
