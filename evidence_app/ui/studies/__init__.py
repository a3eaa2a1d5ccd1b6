"""The Studies screen: full texts, studies, what each is like, and the tables made of it."""
