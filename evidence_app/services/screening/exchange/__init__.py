"""Decisions that come from other screening programs and go to them: Rayyan, Covidence, ASReview."""
