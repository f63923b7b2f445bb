"""Text or workout steps to a Plan; loads no numpy."""
