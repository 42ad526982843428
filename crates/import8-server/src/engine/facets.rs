//! Facets: cues of material, audience, fabric and part. They tell rows apart that share most of their words.

use std::collections::HashMap;
use std::ops::BitOr;
use std::sync::LazyLock;

use super::stop_words;

/// A set of cues, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facets(u32);

impl BitOr for Facets {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

const LEATHER: Facets = Facets(1);
const PLASTIC: Facets = Facets(1 << 1);
const RUBBER: Facets = Facets(1 << 2);
const TEXTILE: Facets = Facets(1 << 3);
const COTTON: Facets = Facets(1 << 4);
const SYNTHETIC: Facets = Facets(1 << 5);
const WOOL: Facets = Facets(1 << 6);
const SILK: Facets = Facets(1 << 7);
const LINEN: Facets = Facets(1 << 8);
const WOOD: Facets = Facets(1 << 9);
const PAPER: Facets = Facets(1 << 10);
const GLASS: Facets = Facets(1 << 11);
const CERAMIC: Facets = Facets(1 << 12);
const STONE: Facets = Facets(1 << 13);
const METAL: Facets = Facets(1 << 14);
const STEEL: Facets = Facets(1 << 15);
const COPPER: Facets = Facets(1 << 16);
const ALUMINIUM: Facets = Facets(1 << 17);
const PRECIOUS: Facets = Facets(1 << 18);
const PLAITED: Facets = Facets(1 << 19);
const PORCELAIN: Facets = Facets(1 << 20);
const MEN: Facets = Facets(1 << 24);
const WOMEN: Facets = Facets(1 << 25);
const BABIES: Facets = Facets(1 << 26);
const KNITTED: Facets = Facets(1 << 28);
const WOVEN: Facets = Facets(1 << 29);
const WHOLE: Facets = Facets(1 << 30);
const PART: Facets = Facets(1 << 31);

/// Groups of cues that exclude each other.
const QUESTIONS: [Facets; 4] =
    [Facets(0x00ff_ffff), Facets(0x0f00_0000), Facets(0x3000_0000), Facets(0xc000_0000)];

/// The facet of each cue word. Words are folded and separated by spaces.
const CUES: &[(Facets, &str)] = &[
    (LEATHER, "leather suede cowhide leer leder leren lederen"),
    (
        PLASTIC,
        "\
        plastic plastics kunststof kunststoffen pvc kunstleer kunstleren imitatieleer \
        leatherette abs pp pe acrylic acryl resin silicone siliconen tpu eva polycarbonate \
        polypropylene vinyl pu epoxy",
    ),
    (RUBBER, "rubber latex rubberen"),
    (COTTON, "cotton katoen katoenen denim"),
    (
        SYNTHETIC,
        "\
        synthetic synthetisch synthetische polyester nylon spandex elastane microfiber polyamide \
        fleece chiffon",
    ),
    (WOOL, "wool wol wollen cashmere kasjmier merino"),
    (SILK, "silk zijde zijden"),
    (LINEN, "linen linnen flax vlas"),
    (
        TEXTILE,
        "\
        textile textiles textiel fabric cloth canvas stof stoffen velvet fluweel plush yarn \
        garen lace",
    ),
    (WOOD, "wood wooden hout houten bamboo bamboe walnut oak eiken beech beuken acacia teak"),
    (PAPER, "paper paperboard cardboard papier papieren karton kartonnen"),
    (GLASS, "glass glas glazen crystal kristal"),
    (PORCELAIN, "porcelain porselein porseleinen"),
    (
        CERAMIC,
        "\
        ceramic ceramics keramiek keramisch keramische stoneware aardewerk pottery earthenware \
        china",
    ),
    (STONE, "stone stones steen stenen marble marmer granite graniet slate leisteen"),
    (STEEL, "steel iron stainless staal stalen ijzer ijzeren rvs gietijzer"),
    (COPPER, "copper brass bronze koper koperen messing brons"),
    (ALUMINIUM, "aluminium aluminum"),
    (METAL, "metal metals metaal metalen alloy zinc zink tin titanium nickel"),
    (
        PRECIOUS,
        "\
        gold silver platinum sterling 925 goud gouden zilver zilveren platina edel edele \
        edelmetaal precious",
    ),
    (PLAITED, "rattan wicker straw rotan riet rieten stro plaiting seagrass jute"),
    (MEN, "men man mens boy boys male heren mannen jongen jongens heer gentleman boyfriend"),
    (
        WOMEN,
        "\
        women woman womens lady ladies girl girls female dames vrouwen vrouw meisje meisjes dame",
    ),
    (BABIES, "baby babies infant newborn toddler zuigeling"),
    (
        KNITTED,
        "\
        knit knitted crocheted crochet knitting gebreid gebreide gehaakt haakwerk breiwerk brei \
        jersey",
    ),
    (PART, "part parts spare replacement onderdeel onderdelen deel delen"),
    (WOVEN, "woven geweven denim"),
];

/// Words before "leather" that mean plastic.
const FAKES: [&str; 6] = ["faux", "fake", "imitation", "artificial", "vegan", "pu"];
/// Words after a material that mean a finish only.
const FINISHES: [&str; 10] =
    ["plated", "color", "colour", "colored", "coloured", "tone", "look", "kleur", "kleurig", "kleurige"];

impl Facets {
    /// The facets of a description, by its folded words.
    ///
    /// "Gold plated" is not gold and "faux leather" is not leather. The goods are a whole unless a word says "part".
    pub(super) fn from_description<'a>(folded: impl Iterator<Item = &'a str>) -> Self {
        let mut folded = folded.peekable();
        let mut facets = Self::default();
        let mut is_fake = false;
        while let Some(word) = folded.next() {
            let is_look = folded.peek().is_some_and(|next| FINISHES.contains(next));
            if is_fake && cue(word) == LEATHER {
                facets = facets | PLASTIC;
            } else if !is_look {
                facets = facets | cue(word);
            }
            is_fake = FAKES.contains(&word);
        }
        let whole = if facets.meets(PART) { Self::default() } else { WHOLE };
        facets.with_kinds() | whole
    }

    /// The facets of a label, by its folded words up to the first negation.
    ///
    /// "Not knitted" is woven. Only a label that begins with "parts" is about parts.
    pub(super) fn from_label<'a>(folded: impl Iterator<Item = &'a str>) -> Self {
        let mut facets = Self::default();
        let mut negated = false;
        for (place, word) in folded.enumerate() {
            negated |= stop_words::negates(word);
            facets = match cue(word) {
                PART if place > 0 => facets,
                KNITTED if negated => facets | WOVEN,
                _ if negated => facets,
                told => facets | told,
            };
        }
        facets
    }

    /// Adds the broader material, which a label may use instead: a fibre is a textile, a kind of metal is metal.
    fn with_kinds(self) -> Self {
        let fibre = COTTON | SYNTHETIC | WOOL | SILK | LINEN;
        let metal = STEEL | COPPER | ALUMINIUM;
        let textile = if self.meets(fibre) { TEXTILE } else { Self::default() };
        let base_metal = if self.meets(metal) { METAL } else { Self::default() };
        self | textile | base_metal
    }

    const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The agreement of two sets of facets, from -4 to 4: for each question that both answer, 1 if they share an
    /// answer and -1 if not.
    pub(super) fn agreement(self, other: Self) -> i8 {
        QUESTIONS
            .into_iter()
            .filter(|question| self.meets(*question) && other.meets(*question))
            .map(|question| if Self(self.0 & question.0).meets(other) { 1 } else { -1 })
            .sum()
    }

    /// These facets, completed by those of the row above for questions that these leave open.
    pub(super) fn or_above(self, above: Self) -> Self {
        QUESTIONS
            .into_iter()
            .filter(|question| !self.meets(*question))
            .fold(self, |facets, question| facets | Self(above.0 & question.0))
    }
}

/// The facet of a folded word; empty if the word is no cue.
fn cue(folded: &str) -> Facets {
    BY_WORD.get(folded).copied().unwrap_or_default()
}

/// [`CUES`] by word, because each word of the nomenclature is looked up when the engine starts.
static BY_WORD: LazyLock<HashMap<&str, Facets>> = LazyLock::new(|| {
    let mut by_word = HashMap::new();
    for (told, words) in CUES {
        for word in words.split(' ') {
            let facets: &mut Facets = by_word.entry(word).or_default();
            *facets = *facets | *told;
        }
    }
    by_word
});

/// Whether a folded word names a material, an audience or a fabric, not a thing.
pub(super) fn is_cue(folded: &str) -> bool {
    cue(folded) != Facets::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Facets {
        Facets::from_label(text.split(' '))
    }

    fn description(text: &str) -> Facets {
        Facets::from_description(text.split(' '))
    }

    #[test]
    fn materials_agree_or_disagree() {
        assert_eq!(description("leren portemonnee").agreement(label("bags of leather")), 1);
        assert_eq!(description("leren portemonnee").agreement(label("bags of plastics")), -1);
        assert_eq!(description("cotton bag").agreement(label("bags of textile")), 1);
        assert_eq!(description("bag").agreement(label("bags of plastics")), 0);
    }

    #[test]
    fn each_question_counts() {
        assert_eq!(
            description("cotton knitted dress women").agreement(label("women dresses of cotton knitted")),
            3
        );
        assert_eq!(
            description("cotton knitted dress women").agreement(label("men shirts of cotton not knitted")),
            -1
        );
    }

    #[test]
    fn a_look_is_no_material() {
        assert_eq!(description("gold plated ring"), WHOLE);
        assert_eq!(description("gold ring"), PRECIOUS | WHOLE);
        assert_eq!(description("faux leather"), PLASTIC | WHOLE);
    }

    #[test]
    fn a_row_inherits_what_it_leaves_open() {
        let row = label("of cotton").or_above(label("plastics knitted"));
        assert_eq!(row, COTTON | KNITTED);
    }
}
