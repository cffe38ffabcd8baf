"""The studio's own server: one user, on loopback."""
