"""Full texts, reports joined into studies, and what each study is like."""
