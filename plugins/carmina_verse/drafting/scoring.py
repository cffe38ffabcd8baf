"""What a draft of a stretch is worth: every weight of both poets, by name, in one table.

Nats unless said otherwise. Likelihood enters only as distance from the band of people's surprise; what is likely
everywhere, what
counting alone foretells and what stands already are taken away (Li et al. 2016 and 2022: mutual information,
contrastive decoding).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scoring:
    """The weights of one poet."""

    temperature: float  # of the draws
    drafts: int  # of each stretch by all particles together
    particles: int  # poems that are written side by side
    heat: float  # of the resampling: nats a stretch by which a worse draft still lives
    low: float  # bits a letter under the writing model: more predictable than people's lines
    high: float  # stranger than people's lines
    band: float  # for each bit a letter outside of low..high
    fluency: float  # share of the mean log-probability of an id that counts inside the band too
    belonging: float  # share of the nats a draft gains from being on this page
    keyword: float  # for a stretch that brings a keyword which is owed
    image: float  # for a stretch that brings a planned image
    nearness: float  # for a word as near to what the stanza is about as can be, while it is drawn
    relevance: float  # for a stretch whose content words are all as near as can be
    coherence: float  # for content words as near to the lines before as can be
    bland: float  # share of the words' own log-frequency that is taken away
    commonplace: float  # share of what counting alone expects that is taken away
    beginning: float  # share of the nats of beginning well
    phrase: float  # from each pair and three of words that an earlier line has
    repeated: float  # from each content word that stands in an earlier line
    twice: float  # from each word or character that stands twice in the stretch
    drawn_again: float  # from such a word while it is drawn
    same_beginning: float  # from a line that begins as one of the four before
    exclamation: float  # from an oh
    worn_end: float  # share of the log-frequency of a worn end word, while it is drawn
    owner: float  # from a line that ends on somebody's something (her breast, my feet), while it is drawn and after
    scene: float  # for each word's worth of contradiction with the scene
    drawn_astray: float  # for the same while a word is drawn
    mood: float  # for a stretch whose content words are all of the mood, and from one that is of its opposite
    copied: float  # from a stretch that copies the corpus
    parallel: float  # for a couplet whose halves answer one another
    rank: float  # share of the learned reader's nats that counts at a stanza's end
    answer: float = 0.0  # for a character that answers the one opposite as well as can be, while it is drawn
    ending: float = 0.0  # for an ending as usual as can be, while it is drawn
    forced: float = 0.0  # from a rhyme word with which hardly any of people's lines ends so
    unrhymed: float = 0.0  # share of it where the line does not rhyme
    fit: float = 0.0  # share of the nats of a rhyme word, beyond what is natural where it stands, that is taken away
    clash: float = 0.0  # from each word of another season or hour than the poem's
    twin: float = 0.0  # from each further name of a thing that is named already


SCORING = {
    "en": Scoring(
        temperature=0.65,
        drafts=36,
        particles=3,
        heat=0.06,
        low=1.6,
        high=2.1,
        band=1.2,
        fluency=1.1,
        belonging=0.8,
        keyword=0.5,
        image=0.1,
        nearness=0.25,
        relevance=0.3,
        coherence=0.3,
        bland=0.15,
        commonplace=0.3,
        beginning=0.2,
        phrase=0.2,
        repeated=0.5,
        twice=0.5,
        drawn_again=1.2,
        same_beginning=0.25,
        exclamation=0.5,
        worn_end=0.35,
        owner=0.4,
        scene=0.35,
        drawn_astray=1.2,
        mood=0.3,
        copied=20.0,
        parallel=0.0,
        rank=0.3,
    ),
    "zh": Scoring(
        temperature=0.7,
        drafts=30,
        particles=3,
        heat=0.06,
        low=3.3,
        high=7.0,
        band=0.6,
        fluency=0.9,
        belonging=0.6,
        keyword=0.4,
        image=0.06,
        nearness=0.8,
        relevance=0.3,
        coherence=0.5,
        bland=0.2,
        commonplace=0.2,
        beginning=0.0,
        phrase=0.6,
        repeated=0.2,
        twice=0.25,
        drawn_again=2.5,
        same_beginning=0.0,
        exclamation=0.0,
        worn_end=0.0,
        owner=0.0,
        scene=0.0,
        drawn_astray=0.0,
        mood=0.0,
        copied=20.0,
        parallel=1.2,
        rank=0.2,
        answer=1.6,
        ending=1.2,
        forced=0.7,
        unrhymed=0.35,
        fit=0.12,
        clash=0.8,
        twin=0.6,
    ),
}
