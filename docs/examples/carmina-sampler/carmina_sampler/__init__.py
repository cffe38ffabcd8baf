"""A plugin for Carmina: language, style, form, tokenizer, network, constraint, decoder, writer, reader, renderer,
evaluator, command."""
