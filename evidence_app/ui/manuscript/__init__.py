"""The manuscript: written as prose with citation anchors in its sentences, and seen as it leaves."""
