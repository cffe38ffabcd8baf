"""What a draft of a stretch is worth: every weight of all poets, by name, in one place.

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
    belonging: float  # share of the nats a draft gains from being on this page, where no second reader reads it
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
    heard: float = 0.0  # share of a particle's drafts, the best, that a second reader reads
    sense: float = 0.0  # share of the second reader's nats a word
    plain: float = 0.0  # nats a word above which more of them adds nothing: people's lines are not easily foretold
    answer: float = 0.0  # for a character that answers the one opposite as well as can be, while it is drawn
    ending: float = 0.0  # for an ending as usual as can be, while it is drawn
    forced: float = 0.0  # from a rhyme word with which hardly any of people's lines ends so
    unrhymed: float = 0.0  # share of it where the line does not rhyme
    fit: float = 0.0  # share of the nats of a rhyme word, beyond what is natural where it stands, that is taken away
    clash: float = 0.0  # from each word of another season or hour than the poem's
    twin: float = 0.0  # from each further name of a thing, or of a deed, that is named already
    manner: float = 0.0  # share of the nats by which the poet asked for has a word more readily, drawn and on the mean
    said: float = 0.0  # for each word of what the plan says that a stretch says
    turn: float = 0.0  # from each 虽 without an answer, and each 却 or 还似 in a first line


SCORING = {
    "en": Scoring(
        temperature=0.65,
        drafts=32,
        particles=3,
        heat=0.06,
        low=1.6,
        high=2.1,
        band=1.2,
        fluency=1.0,
        belonging=0.8,
        keyword=0.7,
        image=0.1,
        nearness=0.25,
        relevance=0.3,
        coherence=0.3,
        bland=0.15,
        commonplace=0.3,
        beginning=0.2,
        phrase=0.2,
        repeated=0.7,
        twice=1.5,
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
        heard=0.5,
        sense=1.8,
        plain=-3.0,
        manner=0.5,
        said=0.4,
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
        forced=1.0,
        unrhymed=0.35,
        fit=0.22,
        clash=0.8,
        twin=0.6,
        turn=0.8,
        manner=0.6,
        said=0.4,
    ),
}


@dataclass(frozen=True, slots=True)
class ModernScoring:
    """The weights of the poet of modern Chinese, for lines of verse or sentences of prose."""

    temperature: float  # of the draws
    drafts: int  # of each line by all particles together
    particles: int  # texts that are written side by side
    heat: float  # of the resampling: nats a line by which a worse draft still lives
    belonging: float  # share of the nats a line gains from being on this page
    wished: float = 2.0  # for the first character of an image of this stanza, while it is drawn
    owed: float = 3.0  # for that of a word that must be here
    image: float = 0.45  # for a line that brings an image
    keyword: float = 0.9  # for a line that brings an owed word
    words: float = 1.8  # for a line all of whose characters stand in words of the list
    stale: float = 1.0  # from each pair of characters that the text holds already
    run: float = 1.5  # from each run of four that it holds already
    pronoun: float = 0.35  # from each pronoun beyond the first of a line
    shunned: float = 4.0  # from what would end a word of another time, while it is drawn
    again: float = 0.8  # from a character for each time that the last lines had it, while it is drawn
    vague: float = 0.3  # from each word that says nothing one could see
    thing: float = 0.5  # for a line whose telling words are things that one could see
    nearness: float = 0.9  # for telling words as near to what the stanza is about, and to the lines before, as can be
    empty: float = 0.8  # from a line without a telling word
    negation: float = 0.3  # from each word that denies
    cry: float = 0.5  # from a mark of exclamation
    question: float = 1.0  # from a mark of question where nothing asks, and from what asks without one
    grammar: float = 0.6  # share of the mean log-probability of the kinds of words that counts
    verbless: float = 0.8  # from a sentence that closes without a verb or an adjective that says something
    adverb: float = 0.8  # from each adverb that stands before a noun (也不消息)
    bare: float = 0.8  # from a line of verse without one, for itself and for each of the two before that have none
    vivid: float = 0.3  # for a verb that shows something
    stranger: float = 1.0  # from a name of a person that nobody asked for
    figure: float = 0.3  # from each figure beyond the first of a line
    head: float = 0.8  # for each of the last lines that begins with the same two characters, taken away
    copied: float = 20.0  # from a line that copies the corpus
    manner: float = 0.6  # share of the nats by which the poet asked for has a character more readily, while it is drawn
    missing: float = 0.3  # a line, from a text for each word that it owes at its end


MODERN = {
    "verse": ModernScoring(temperature=0.6, drafts=28, particles=2, heat=0.06, belonging=0.6),
    "prose": ModernScoring(temperature=0.65, drafts=16, particles=2, heat=0.06, belonging=0.6, thing=0.2, bare=0.0),
}
