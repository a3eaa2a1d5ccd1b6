"""What a review is: plain values and pure rules, standard library only."""
