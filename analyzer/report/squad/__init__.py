"""The squad sheet in every form: who needs the coach first, and why."""
