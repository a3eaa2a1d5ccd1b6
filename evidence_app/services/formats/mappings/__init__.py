"""What the tags of each exporter mean: one table per family, with what each vendor does differently."""
