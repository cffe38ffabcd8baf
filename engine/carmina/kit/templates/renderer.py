"""The notes of the voice as a table for spreadsheets: when, how long, which pitch, which syllable."""

import csv
import io

import carmina


class Table(carmina.Renderer):
    name, summary = "sample", "the voice as a table (CSV), a note a row"
    suffixes, takes = (".sample.csv",), "Score"
    options = (carmina.Option("separator", "What parts the cells of a table.", str, choices=(",", ";")),)

    def render(self, work):
        return self.render_with(work, None, {})

    def render_with(self, work, workshop, settings):
        text = io.StringIO()
        rows = csv.writer(text, delimiter=settings.get("separator") or ",", lineterminator="\n")
        rows.writerow(("onset_quarters", "length_quarters", "midi_pitch", "syllable"))
        for note in work.voice.notes if work.voice else ():
            times = (ticks / carmina.TICKS_PER_QUARTER for ticks in (note.onset_ticks, note.length_ticks))
            rows.writerow((*(f"{time:g}" for time in times), note.pitch, note.syllable.text if note.syllable else ""))
        return text.getvalue().encode()


ENTRIES = [Table]
