"""Offers the melody tokenizer, its constraints and the melody writer."""

from carmina import hookimpl


@hookimpl
def carmina_tokenizers():
    from .tokenizer import MelodyTokenizer

    return [MelodyTokenizer]


@hookimpl
def carmina_constraints():
    from .editing.join_rule import PitchJoin
    from .rules import echoes as echo_rules
    from .rules import lines as line_rules
    from .rules import motifs as motif_rules
    from .rules import pitches as pitch_rules
    from .rules import plan as plan_rules
    from .rules import rhythm as rhythm_rules

    return [
        line_rules.LineRoom,
        line_rules.LineAnswers,
        rhythm_rules.RhythmFill,
        rhythm_rules.RhythmTaste,
        rhythm_rules.RhythmLanding,
        pitch_rules.PitchRange,
        pitch_rules.PitchCadence,
        pitch_rules.PitchLeaps,
        pitch_rules.PitchAnswers,
        pitch_rules.PitchMode,
        pitch_rules.PitchHarmony,
        pitch_rules.PitchSpeech,
        pitch_rules.PitchArch,
        motif_rules.PitchContour,
        motif_rules.PitchMotif,
        echo_rules.PitchEchoes,
        pitch_rules.PitchScale,
        pitch_rules.PitchTones,
        plan_rules.LinePace,
        plan_rules.LineStarts,
        plan_rules.RhythmCells,
        plan_rules.RhythmBounds,
        motif_rules.RhythmMotif,
        motif_rules.RhythmAnswers,
        echo_rules.RhythmEchoes,
        plan_rules.PitchRegister,
        PitchJoin,
    ]


@hookimpl
def carmina_writers():
    from .editing.going_on import ContinueWriter
    from .editing.transpose import TransposeWriter
    from .editing.underlay_writer import UnderlayWriter
    from .editing.vary import VaryWriter
    from .writer import MelodyWriter, PlanWriter

    return [ContinueWriter, MelodyWriter, PlanWriter, TransposeWriter, UnderlayWriter, VaryWriter]
