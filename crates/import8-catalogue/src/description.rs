//! Estimates from its words whether a description is sufficient: material, purpose, form and composition.

use import8_api::fold;

/// The fewest letters of a description that is examined.
const LEAST_LETTERS: usize = 3;

// Words and parts of words, English and Dutch. `_` marks the beginning or end of a word, so `_wol` matches `wollen`
// and not `gewolkt`; without it a part matches inside other words, as `hout` in `eikenhout`. They are the common
// words of trade and no complete vocabulary: a missed word costs a tick and nothing else.

const MATERIALS: &str = "steel staal stalen metal metaa iron_ ijzer alumin copper koper brass messing silver zilver gold \
    _goud carbon wood hout bambo rotan plastic kunststof poly _pvc _pu_ _eva_ acryl silicon rubber foam schuim leather \
    leer leren katoen cotton wool _wol wol_ viscose linen_ linnen denim silk zijde velvet fluweel fleece plush microf \
    felt vilt glas crystal porcel ceramic kerami aardew steen stone paper papier cardb karton _rvs_ gips _wax";

const PURPOSES: &str = "_for_ _voor_ men_ women kid kinder child heren dames boys girl baby _dog hond kitchen keuken office \
    garden tuin bath bad bed slaap sport fiets bike travel reis camping medic shirt broek dress_ jurk shoe schoen boot \
    laars scarf jacket jas_ glove _bag tas_ wallet watch horloge ring_ toy game spel knife mes_ pan_ mug mok bottle fles \
    chair stoel table tafel light lamp bulb tool drill boor hammer filter charg kabel cable phone camera printer pump \
    tape_ book cream shampoo wash clean dry_ drog freez vries meter_ zaag maai kast machine";

const FORMS: &str = "_cm_ _mm_ _m_ inch_ _ml_ _l_ lit _kg_ _g_ _gsm_ _x_ size maat _mt_ set_ kit_ pair paar pcs piece stuk \
    _st_ pack delig knit breid woven weven powder poeder liquid vloei spray sheet plaat rol pellet tablet box doos vouw";

const TEXTILES: &str = "shirt tee_ jumper trui vest_ sock sok dress_ jurk jeans broek blouse scarf sjaal towel doek cloth \
    curtain gordijn blanket dekb laken textil fabric yarn carpet kleed";

/// Prepared food, which has ingredients.
const FOODS: &str = "choco sauce_ saus snack cookie koek wafel candy snoep drop_ cheese kaas_ worst bread brood spaghetti soup \
    juice sap_ beer_ bier_ red_wine wijn_ koffieb green_tea thee_ beef vlees noten pinda olive_ olijfo food_ voer_";

/// Natural products.
const FRESH: &str = "fresh vers_ chilled frozen gekoeld seeds zaad bulbs plant_";

/// Powered goods, which are classified by their function and hardly ever by their material.
const POWERED: &str =
    "_w_ _v_ _gb_ usb led_ motor electr elektr digita wifi hdmi blueto cordless batter accu_ phone camera";

/// Shares, blends and ingredients.
const COMPOSITIONS: &str = "% blend mix mengsel ingred contain bevat _with_ _met_ _in_";

/// Words that fit any product, and words that join them.
const VAGUE: &str = "_part onderde _gift cadeau _sample _monster accesso _misc _divers _variou _assort _spare _losse _goods \
    goederen _product artikel _item _stuff spullen _new_ _set_ _of_ _for_ _and_ _voor_ _van_ _en_";

/// Names of materials, whole words. A description of these alone names no product.
const ONLY_MATERIAL: &str = " steel staal stalen stahl edelstahl acier inox stainless roestvrij roestvrijstaal roestvast rvs metal metaal \
    metall iron ijzer eisen aluminium aluminum copper koper brass messing bronze brons silver zilver gold goud wood wooden hout \
    houten holz bois bamboo bamboe plastic kunststof kunststoff plastique polyester polyamide nylon acrylic acryl elastane elastaan \
    viscose rubber leather leer leder cuir cotton katoen baumwolle coton wool wol wolle laine linen linnen silk zijde glass glas \
    verre porcelain porselein ceramic keramiek keramik stone steen paper papier cardboard karton pvc abs eva pu 18 10 304 316 ";

/// Words that join materials.
const JOINERS: &str = " of and en und et van from with met pure zuiver echt genuine real ";

/// Words that stand where a description is missing.
const PLACEHOLDERS: &str = " test tests testing dummy lorem ipsum dolor sit amet nvt tbd todo naam name nom bezeichnung description \
    omschrijving beschrijving unknown onbekend unbekannt none null geen keine leeg empty untitled naamloos asdf qwerty foo bar abc \
    demo default undefined na voorbeeld example beispiel nieuw ";

/// An aspect of a product that a description may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// The material.
    Material,
    /// The purpose.
    Purpose,
    /// The form: its size, knitted or woven, powder or sheet, a set.
    Form,
    /// Shares and ingredients, which decide about textiles and food.
    Composition,
}

impl Aspect {
    /// All aspects, in the order in which a person is asked for them.
    pub const ALL: [Self; 4] = [Self::Material, Self::Purpose, Self::Form, Self::Composition];
}

/// The aspects that a description covers and lacks, as far as its words show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lacks {
    /// Whether it is too short to be examined.
    pub is_too_short: bool,
    /// Whether it would fit any product.
    pub is_vague: bool,
    /// Whether it is prepared food, whose composition is its ingredients.
    pub is_food: bool,
    /// For each of [`Aspect::ALL`], whether the description covers it; `None` if it does not matter.
    said: [Option<bool>; 4],
}

impl Lacks {
    /// Whether the description covers an aspect; `None` if it does not matter for this product.
    #[must_use]
    pub fn says(&self, aspect: Aspect) -> Option<bool> {
        self.said[aspect as usize]
    }

    /// The most important missing aspect.
    #[must_use]
    pub fn most(&self) -> Option<Aspect> {
        // For textiles, the shares of fibres matter more than the purpose.
        let order = [Aspect::Material, Aspect::Composition, Aspect::Purpose, Aspect::Form];
        order.into_iter().find(|aspect| self.says(*aspect) == Some(false))
    }
}

/// Examines a description.
#[must_use]
pub fn lacks(description: &str) -> Lacks {
    if description.chars().filter(|c| c.is_alphabetic()).count() < LEAST_LETTERS {
        return Lacks { is_too_short: true, is_vague: false, is_food: false, said: [Some(false); 4] };
    }
    let words = words(description);
    let has = |list| has_any(&words, list);
    let is_vague = is_unspecific(&words);
    let (is_fresh, is_textile) = (has(FRESH), has(TEXTILES));
    // The V of a V-neck is no voltage.
    let is_powered = has(POWERED) && !is_textile;
    let is_food = has(FOODS) && !is_fresh;
    // Food and plants are their own material, and their purpose is known.
    let is_natural = is_food || is_fresh;
    let material = is_natural || has(MATERIALS);
    let composition = if is_food { has(COMPOSITIONS) } else { words.contains('%') };
    Lacks {
        is_too_short: false,
        is_vague,
        is_food,
        said: [
            (material || !is_powered).then_some(material),
            Some(is_natural || has(PURPOSES)),
            Some(has(FORMS) && !is_vague),
            (is_food || is_textile && !is_fresh).then_some(composition),
        ],
    }
}

/// Whether a description is so short or general that it fits any product: a placeholder, a material, an address or a
/// number alone.
#[must_use]
pub fn is_vague(description: &str) -> bool {
    description.chars().filter(|c| c.is_alphabetic()).count() < LEAST_LETTERS
        || is_unspecific(&words(description))
        || is_material(description)
        || is_placeholder(description)
        || is_number_or_address(description.trim())
}

/// Whether a description names materials alone: `cotton`, `100% katoen`, `stainless steel`.
fn is_material(description: &str) -> bool {
    consists_of(description, |word| has_word(ONLY_MATERIAL, word), |word| has_word(JOINERS, word))
}

fn is_placeholder(description: &str) -> bool {
    // `xxx`, `x x x`.
    let is_one_letter = |word: &str| word.chars().all(|c| word.starts_with(c));
    let is_vague = |word: &str| has_any(&format!("_{word}_"), VAGUE);
    consists_of(description, |word| has_word(PLACEHOLDERS, word) || is_one_letter(word), is_vague)
}

/// Whether all words are of one kind, or numbers or such that may stand beside it; at least one is of the kind.
fn consists_of(text: &str, is_of: impl Fn(&str) -> bool, may_be: impl Fn(&str) -> bool) -> bool {
    let words = words(text);
    let words = || words.split('_').filter(|word| !word.is_empty());
    let is_number = |word: &str| word.chars().all(|c| c.is_numeric() || c == '%');
    // Most descriptions end this at their first word.
    words().all(|word| is_of(word) || may_be(word) || is_number(word))
        && words().any(|word| !is_number(word) && is_of(word))
}

fn has_word(list: &str, word: &str) -> bool {
    list.contains(&format!(" {word} "))
}

/// Whether a text is the address of a page, or one word with as many digits as letters, such as an article number.
fn is_number_or_address(text: &str) -> bool {
    if text.contains(char::is_whitespace) {
        return false;
    }
    let is_address = ["http://", "https://", "www."].iter().any(|start| text.starts_with(start));
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    is_address || text.chars().filter(|c| c.is_numeric()).count() >= letters
}

/// Whether all words would fit any product.
fn is_unspecific(words: &str) -> bool {
    let mut words = words.split('_').filter(|word| !word.is_empty());
    words.all(|word| word.chars().all(char::is_numeric) || has_any(&format!("_{word}_"), VAGUE))
}

/// Whether the words contain any part of a list.
fn has_any(words: &str, list: &str) -> bool {
    list.split(' ').any(|part| words.contains(part))
}

/// The folded words with `_` around each; a number and its unit are separate words.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 2);
    words.push('_');
    let mut last = '_';
    for c in fold(text).chars() {
        let c = if c.is_alphanumeric() || c == '%' { c } else { '_' };
        if c == '_' && last == '_' {
            continue;
        }
        if c.is_numeric() && last.is_alphabetic() || c.is_alphabetic() && last.is_numeric() {
            words.push('_');
        }
        words.push(c);
        last = c;
    }
    if last != '_' {
        words.push('_');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The aspects as letters: `M`aterial, `U`se, `F`orm, `C`omposition; `-` for a missing one, a blank for one that
    /// does not matter.
    fn aspects_of(description: &str) -> String {
        let found = lacks(description);
        let letter = |(aspect, letter): (Aspect, char)| match found.says(aspect) {
            Some(true) => letter,
            Some(false) => '-',
            None => ' ',
        };
        Aspect::ALL.into_iter().zip("MUFC".chars()).map(letter).collect()
    }

    #[test]
    fn descriptions_of_trade_say_what_they_say() {
        let rows = include_str!("../../import8-server/tests/products.jsonl");
        let titles: Vec<String> = rows
            .lines()
            .map(|row| serde_json::from_str::<serde_json::Value>(row).expect("JSON"))
            .map(|row| row["title"].as_str().expect("a title").to_owned())
            .collect();
        let check = |beginning: &str, expected: &str| {
            let title = titles.iter().find(|title| title.starts_with(beginning)).expect(beginning);
            assert_eq!(aspects_of(title), expected, "{title}");
        };
        check("NORVELLE Men's Heavyweight Crew Neck Tee", "MUF-");
        check("Oversized Chunky Cable Knit Turtleneck Jumper", "-UF-");
        check("Merino hiking socks 3 pairs, 78% merino wool", "M-FC");
        check("Boys' 5-pocket straight leg jeans, dark indigo denim, 98% cotton", "MU-C");
        check("Boho Floral Wrap Maxi Dress V-Neck", "-U--");
        check("Full-Grain Cowhide Tote Handbag", "-U- ");
        check("Plush Teddy Bear 40 cm", "MUF ");
        check("Men's All-Mountain Alpine Skis", "-UF ");
        check("Brushed stainless steel saucepan", "MUF ");
        check("16 Piece Dinner Service for 4 White Porcelain", "MUF ");
        check("Ondra X5 5G Unlocked Android Phone", " UF ");
        check("KLAVO TKL mechanical keyboard", " -- ");
        check("1.8 ton mini crawler excavator", "--- ");
        check("Fresh Atlantic Salmon Fillets", "MUF ");
        check("Bronze-cut spaghetti", "MUFC");
        check("Rioja Crianza 2019 red wine", "MU-C");
        check("Dames vest lang merinowol", "MUF-");
        check("Elegante chiffon blouse", "-U--");
        check("Vloerkleed handgetuft 100% wol", "M-FC");
        check("Eettafel massief eiken", "MUF ");
        check("Braadpan gietijzer", "MUF ");
        check("Split airco 3,5 kW", " UF ");
        check("Markeerstiften pastel", "--- ");
        check("Jong belegen kaas", "MUF-");
        check("Pindakaas met stukjes pinda 100%", "MUFC");
        check("Verrekijker 10x42", "--F ");
    }

    #[test]
    fn a_few_letters_say_nothing_yet() {
        assert!(lacks("ja").is_too_short);
        assert_eq!(aspects_of("ja"), "----");
        assert!(!lacks("jas").is_too_short);
    }

    #[test]
    fn a_description_that_fits_any_product_is_vague() {
        for text in [
            "",
            "ab",
            "12345",
            "Cotton",
            "100% katoen",
            "stainless steel",
            "RVS 18/10",
            "Leather and wool",
            "test",
            "Test product 1",
            "xxx",
            "Lorem ipsum dolor",
            "n.v.t.",
            "nvt",
            "???",
            "naam",
            "product 1",
            "https://shop.example/p/1",
            "www.shop.example",
            "AB-12345",
            "4006381333931",
        ] {
            assert!(is_vague(text), "{text:?}");
        }
        for text in [
            "Goldfish",
            "Paperclips",
            "Cotton T-shirt",
            "Steel bottle 750 ml",
            "Test tubes, glass",
            "Glass vase",
            "Name plate brass",
            "T-shirt",
            "USB-C-kabel",
            "Demo kit soldering",
            "Example book for children",
            "Mok",
        ] {
            assert!(!is_vague(text), "{text:?}");
        }
    }

    #[test]
    fn the_words_weigh_little() {
        let lists = [MATERIALS, PURPOSES, FORMS, TEXTILES, FOODS, FRESH, POWERED, COMPOSITIONS, VAGUE];
        let weight: usize = lists.iter().map(|list| list.len()).sum();
        assert!(weight < 2_048, "{weight} bytes");
    }
}
