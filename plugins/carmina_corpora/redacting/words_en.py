"""English words that decide what a capital means."""

from __future__ import annotations

TITLES = frozenset(
    "mr mrs ms miss mister missus dr doctor prof professor sir madam lady lord captain sergeant father sister brother "
    "aunt auntie uncle granny grandma grandpa king queen prince princess saint st rev reverend president".split()
)
STRONG_TITLES = frozenset("mr mrs ms miss mister dr prof captain sergeant rev uncle aunt auntie".split())
SHORT_TITLES = frozenset("mr mrs ms dr prof".split())  # before them no word means anything else
CALLED = frozenset("called named dear hello hi goodbye".split())
KIN = frozenset(
    "mother father brother sister daughter son cousin wife husband neighbour neighbor friend friends uncle "
    "aunt nephew "
    "niece poet singer nurse teacher doctor farmer fisherman sailor baby little old young poor granddaughter grandson "
    "grandmother grandfather lover partner roommate classmate colleague boss".split()
)
IN_PLACE = frozenset("in at from to near toward towards of outside leaving reach reached visit visited through".split())
PLACE_AFTER = frozenset(
    "city town village county river lake mountain university college hospital school station".split()
)
INSTITUTIONS = frozenset("university college county city bay isle gulf cape mount port school church bank".split())
NO_NAMES = frozenset(
    "i i'm i'll i've i'd o oh ah god lord christ jesus heaven lord's god's monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september october november december english "
    "french german spanish italian latin greek american british irish scottish welsh chinese russian japanese indian "
    "european african christian jewish muslim bible easter christmas halloween internet ok tv mr mrs ms dr st "
    "north south east west spring summer autumn winter mum mom dad mama papa ma pa".split()
)
# of these, the ones that are family names behind a given name: Zoe May, Josh North
AFTER_GIVEN = frozenset(
    "may march august june april christian french german english spanish irish welsh north south east west "
    "spring summer winter lord easter".split()
)
COMPASS = frozenset("north south east west".split())
LEADING = COMPASS | frozenset("new saint lake mount port fort upper lower great old".split())
NO_PLACE = frozenset("year years testament world wave".split())  # behind New
# small words, which God's are written with a capital of
SMALL_WORDS = frozenset(
    "he him his himself she her they them their thee thou thy thine it its we us our you your who whom whose "
    "this that "
    "these those what when where why how then and but or nor the a an not if for with from into upon as so "
    "such all one "
    "none there here now ever never yea nay yes no ye lo hark behold thus".split()
)
# census names that are mostly something else at the beginning of a line
SMALL = frozenset("in an so my see many long will may so than my you his hers their but for when where while".split())
JOINERS = frozenset(
    "de da di van von der den la le du bin al o' mc mac y e of the del dei della des dos das do ter ten zu zum zur "
    "auf am an upon sur sous les lès ben ibn el".split()
)
LOOSE = frozenset(
    "of the e y an am upon do des les ten".split()
)  # words of sentences too: a name goes on only if listed
# names that are words too, but seldom where they are written with a capital
MOSTLY = frozenset(
    "barney basil beau bernard bill billy bob bobby brad carol chad cliff clint cooper dale dick dolly don drake ed "
    "eddy flora frank gene glen guy hank harry hector homer jack jenny jerry jim jimmy joe john johnny josh ken kit "
    "maria martin matt max meg mickey mike newton nick noel pat patsy peter phoebe ray reginald rob roger ron ronnie "
    "sally sandy stew sue ted terry tom tommy tony troy victor victoria viola wade waldo walker warren".split()
)
# what people do, behind a name that begins a line
FINITE = frozenset(
    "was is had has did does never always would could can will won't isn't wasn't hasn't didn't doesn't said says "
    "came comes went goes knows knew told tells asked asks sang sings smiled smiles laughed laughs wept weeps wrote "
    "writes sat sits stood stands ran runs gave gives took takes died lives lived lies lay loved loves wants wanted "
    "sleeps slept spoke speaks spake kept keeps left leaves made makes held holds found finds saw sees heard "
    "hears fell "
    "walks walked works worked waits waited stole brought sent felt grew grows cried cries called calls who "
    "whose and".split()
)
SPOKEN = frozenset(
    "said says told tells asked asks sang sings smiled smiles laughed laughs wept wrote writes knows knew spoke "
    "speaks spake died lived wants wanted loved loves".split()
)
AFTER_THESE = frozenset(  # a noun follows, so a capital word behind them is one
    "the a an my thy your our their this that these those no each every some any his her its all".split()
)
PLACE_ENDINGS = tuple(
    "ville bury mouth chester borough burgh town haven shire furt fort berg stad land side view burn wick minster "
    "stead hampton worth ington grad polis".split()
)
# nouns that verse writes with a capital and names nobody by: chosen of those that Gutenberg's poems write so most
PERSONIFIED = frozenset(
    "abbess abbot age alas almighty alpine amen angel angels arctic art atlas august aunt autumn babel bard bay "
    "beautiful beauty black blessed blue book border borough branch bride bridegroom bridge brotherhood brothers "
    "capitol captain care castle cause centaurs chaos charity chief china church city cock come commerce concord "
    "conscience contemplation council count courts creator cross cupid dad daddy dame day dead dean dear death deity "
    "despair destiny devil divine doctor dragon druid dryad duchess duke dusk eagle earl earth east eastern echo "
    "emerald emperor empire empress envy eternal eternity eve exile fair fairy fairyland faith fall fame fancy "
    "farewell farmer fate fates father faun fire fisher flag folly fortune forum fox freedom friend frost furies "
    "future gate genius glory god goddess gods golden good gospel governor grace graces grand gray great grove guard "
    "hail hall harlequin haven hay heaven heavens hell hermit hero history holidays holy hope horn horror hours house "
    "hunter hymen idea imperial industry inn innocence isle isles joy judge judgment justice king kings knight lady "
    "lake lamb land law let liberty life light lion lord lords love loves maid majesty maker malice mall man march "
    "marquis mars master may memory mercury mere meteor midland miles milky miss mistress monarch moon moor moors "
    "morn mother mount murder muse muses mystery naiad naiads nanny nation nature new night nine north northern "
    "number nun nymph ocean ogre old one orient pagan pair paradise park pasha past peace pestilence pharaoh pharaohs "
    "philosophy pier plant pleasure poet poets point pope poverty power powers preacher presence priest prince "
    "princess prophet providence psyche puritan queen reason red religion republic rest ring river roman rose rule "
    "runic sage sailor saint saints savior saviour science scotch scripture sea second senate sensitive servants "
    "shepherd silence sin sir sire sister sleep sol son song sorrow soul sound south southern spartan sphinx spirit "
    "spring springs squire state states stranger strangers strong sultan summer summers sun swallow swamp swan tartar "
    "teacher terror thou thought time titan titans town translation tree truth uncle union universe vale vanity "
    "vengeance vicar vice victory virgin virtue war west western white widow winter wisdom woman world worms youth "
    "yule zephyr".split()
)
