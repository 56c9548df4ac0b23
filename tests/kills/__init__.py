"""The kill loop: the real product dies by -9 again and again, at random and at every named point (P1 to P5, P8)."""
