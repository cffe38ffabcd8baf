"""MusicXML, plain and compressed: reader and renderer."""
