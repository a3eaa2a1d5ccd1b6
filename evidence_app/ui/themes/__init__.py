"""The Themes: their outline, the review findings under each, and the inspector of the chosen one."""
