"""Where recordings lie: every file of folders, archives and exports, and what its place tells."""
