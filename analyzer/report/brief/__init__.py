"""Reports for assistants: the words of every report, line by line, the most telling first."""
