"""The studio: a page on loopback where songs and poems are made, heard, kept and taken further."""
