"""The Library: the list of references and the inspector of the chosen one."""
