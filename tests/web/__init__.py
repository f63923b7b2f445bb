"""The review page and its API, asked as a browser and as a program would."""
