//! The titles of columns: what a title means, by the table in `titles.csv`.
//!
//! A row of the table has a language or a shop export, a meaning, a rank, and the titles. The lower rank is the better
//! column for a role. A title after `=` must match as a whole; others may have more words around them. All are written
//! without accents and signs.

use std::collections::HashMap;
use std::sync::LazyLock;

use import8_api::search_words;

use super::currency;
use super::price::PriceBasis;
use super::role::Role;

/// The most letters and words of a title. Longer texts are descriptions.
const MOST_LETTERS: usize = 80;
const MOST_WORDS: usize = 10;

/// The meaning of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The column has this role.
    Role(Role),
    /// It adds to the description, and does not describe the product by itself: its material, its category.
    Detail,
    /// The number of packs.
    Packs,
    /// The number of units that the price is for.
    PriceUnit,
    /// The total of a line.
    LineTotal,
    /// A price with tax, which is not the customs value.
    WithTax,
    /// A stock or a limit of orders, which is not the quantity that is imported.
    Stock,
    /// Anything that has no role.
    Other,
}

impl Meaning {
    fn parse(name: &str) -> Self {
        match name {
            "reference" => Self::Role(Role::Reference),
            "description" => Self::Role(Role::Description),
            "detail" => Self::Detail,
            "origin" => Self::Role(Role::Origin),
            "destination" => Self::Role(Role::Destination),
            "unit value" => Self::Role(Role::UnitValue),
            "quantity" => Self::Role(Role::Quantity),
            "packs" => Self::Packs,
            "pack size" => Self::Role(Role::PackSize),
            "price unit" => Self::PriceUnit,
            "currency" => Self::Role(Role::Currency),
            "freight" => Self::Role(Role::Shipping),
            "insurance" => Self::Role(Role::Insurance),
            "picture" => Self::Role(Role::Picture),
            "code" => Self::Role(Role::CurrentCode),
            "line total" => Self::LineTotal,
            "with tax" => Self::WithTax,
            "stock" => Self::Stock,
            _ => Self::Other,
        }
    }

    /// The role of such a column, if it has one.
    pub(super) fn role(self) -> Option<Role> {
        match self {
            Self::Role(role) => Some(role),
            Self::Detail => Some(Role::Description),
            Self::Packs => Some(Role::Quantity),
            Self::PriceUnit => Some(Role::PackSize),
            Self::LineTotal | Self::WithTax | Self::Stock | Self::Other => None,
        }
    }
}

/// What a title says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) meaning: Meaning,
    /// How good a column it is for its role: 1 is best.
    pub(super) rank: u8,
    /// The length of the words that match, to compare titles of one rank.
    pub(super) length: usize,
    /// Whether most of its words say so, so that it is hardly anything but a title.
    pub(super) is_clear: bool,
    /// Whether it says that units are counted (`false`) or packs (`true`).
    pub(super) counts_packs: Option<bool>,
}

impl Title {
    fn new(entry: &Entry, length: usize, is_clear: bool) -> Self {
        let Entry { meaning, rank, .. } = *entry;
        Self { meaning, rank, length, is_clear, counts_packs: None }
    }
}

struct Entry {
    meaning: Meaning,
    rank: u8,
    is_whole: bool,
}

static TABLE: LazyLock<HashMap<String, Vec<Entry>>> = LazyLock::new(|| {
    let mut table: HashMap<String, Vec<Entry>> = HashMap::new();
    for line in include_str!("titles.csv").lines().skip(1) {
        let mut cells = line.splitn(4, ',').skip(1);
        let (Some(meaning), Some(rank), Some(titles)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let (meaning, rank) = (Meaning::parse(meaning), rank.parse().unwrap_or(1));
        for title in titles.split('|') {
            let (title, is_whole) = title.strip_prefix('=').map_or((title, false), |title| (title, true));
            table.entry(key(title)).or_default().push(Entry { meaning, rank, is_whole });
        }
    }
    table
});

/// Words that do not change what a title means: terms of delivery and of tax. Currencies are others.
const NOISE: &str = "excl exclusive exclusief ex exkl zzgl ohne hors ht btw vat tax taxes mwst ust tva fob cif exw ddp dap cfr cpt \
    fca in of the van de der die das des le la les du";

const TAXES: &str = "btw vat tax taxes mwst ust tva gst";
const INCLUDING: &str = "incl including inclusive inclusief inkl inklusive ttc comprises";
const TOTALS: &str =
    "total totaal totale totals gesamt summe totale ext extended line regel subtotal subtotaal";
const STOCKS: &str = "stock inventory voorraad bestand lager lagerbestand available beschikbaar hand min minimum minimaal minimale max maximum \
    maximaal moq reserved reorder backorder disponible mini";
const SENDERS: &str = "supplier vendor leverancier leveranciers lieferant lieferanten fournisseur seller shipper shipping ship shipped \
    exporter export dispatch departure verzending verzender versand expedition manufacturer fabrikant hersteller fabricant customer klant \
    kunde client buyer";
const HEADINGS: &str = "hs hts hscode taric tariff tarif tariefcode cn gn kn heading goederencode seo meta alt zolltarif warennummer \
    nomenclature image search zoek";
const PACKS: &str = "box boxes ctn ctns carton cartons case cases pack packs pk package packet doos dozen omdoos pak pakken verpakking karton \
    kartonnen kartons krat tray set sets bag zak colli collo kolli bundle bdl pallet packung vpe ve kiste boite paquet colis lot etui";
const UNITS: &str = "stuk stuks st stk piece pieces pc pcs pce each unit units eenheid eenheden stuck einheit einheiten unite unites";
const PER: &str = "per pro par je for voor a";

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

/// Understands a title; `None` if the table does not have it.
pub(super) fn understand(title: &str) -> Option<Title> {
    if title.chars().count() > MOST_LETTERS {
        return None;
    }
    let words = words(title);
    if words.is_empty() || words.len() > MOST_WORDS {
        return None;
    }
    let is_of_others = words.iter().any(|word| is_in(SENDERS, word) || is_in(STOCKS, word));
    let other = || Title::new(&Entry { meaning: Meaning::Other, rank: 1, is_whole: false }, 0, false);
    // What is unknown of a supplier or of a stock is at least no property of the product.
    let mut found = best(&words, title).or_else(|| is_of_others.then(other))?;
    found.meaning = ruled(found.meaning, &words);
    match found.meaning {
        Meaning::Packs => found.counts_packs = Some(true),
        Meaning::Role(Role::Quantity) => found.counts_packs = counted(&words),
        _ => {}
    }
    Some(found)
}

/// The number of units that a title of prices says that they are for: per hundred, per dozen, per box.
pub(super) fn price_basis(title: &str) -> Option<PriceBasis> {
    basis(&words(title), title)
}

/// The folded words of a title, also of `countryOfOrigin` and `unit_price`.
pub(super) fn words(title: &str) -> Vec<String> {
    let mut apart = String::with_capacity(title.len() + 8);
    let mut last = ' ';
    for c in title.chars() {
        if last.is_lowercase() && c.is_uppercase() {
            apart.push(' ');
        }
        apart.push(c);
        last = c;
    }
    search_words(&apart)
}

/// The best entry of the table for a title.
fn best(words: &[String], title: &str) -> Option<Title> {
    let is_noise = |word: &String| is_in(NOISE, word) || currency::is_named(word);
    let core: Vec<_> = words.iter().filter(|word| !is_noise(word)).cloned().collect();
    // `HSCode` has no words apart, and `SKU code` may be written as one.
    let whole = [key(&search_words(title).concat()), key(&words.concat()), key(&core.concat())];
    for (at, key) in whole.iter().enumerate() {
        if let Some(entry) = entry(key, |_| true) {
            let length = 1_000 - at + key.len();
            return Some(Title::new(entry, length, true));
        }
    }
    let mut found: Option<Title> = None;
    for from in 0..words.len() {
        for to in from + 1..=words.len() {
            let key = key(&words[from..to].concat());
            let Some(entry) = entry(&key, |entry| !entry.is_whole) else { continue };
            let is_clear = (to - from) * 5 >= core.len().max(1) * 3;
            if found.is_none_or(|other| key.len() > other.length) {
                found = Some(Title::new(entry, key.len(), is_clear));
            }
        }
    }
    found
}

/// The best entry of a key, in the singular too.
fn entry(key: &str, fits: impl Fn(&Entry) -> bool) -> Option<&'static Entry> {
    let of = |key: &str| {
        let entries = TABLE.get(key)?;
        entries.iter().filter(|entry| fits(entry)).min_by_key(|entry| entry.rank)
    };
    of(key).or_else(|| of(key.strip_suffix('s').filter(|key| key.len() > 3)?))
}

/// The meaning that other words of the title rule in: the country of a supplier is no origin.
fn ruled(meaning: Meaning, words: &[String]) -> Meaning {
    let has = |list: &str| words.iter().any(|word| is_in(list, word));
    match meaning {
        Meaning::Role(Role::UnitValue) if has(TOTALS) => Meaning::LineTotal,
        Meaning::Role(Role::UnitValue) | Meaning::LineTotal if has(INCLUDING) && has(TAXES) || has("ttc") => {
            Meaning::WithTax
        }
        Meaning::Role(Role::Quantity) | Meaning::Packs if has(STOCKS) => Meaning::Stock,
        Meaning::Role(Role::Quantity) if packs_in(words) => Meaning::Role(Role::PackSize),
        Meaning::Role(Role::Description) if has(HEADINGS) => Meaning::Other,
        meaning => meaning,
    }
}

/// Whether a quantity is of a pack: `qty per carton`, `aantal in doos`.
fn packs_in(words: &[String]) -> bool {
    let mut pairs = words.iter().zip(words.iter().skip(1));
    pairs.any(|(word, next)| (is_in(PER, word) || word == "in") && is_in(PACKS, next))
}

/// Whether a quantity counts packs or units, if its title says so.
fn counted(words: &[String]) -> Option<bool> {
    let has = |list: &str| words.iter().any(|word| is_in(list, word) && !is_in("set sets", word));
    match (has(PACKS), has(UNITS)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// The number of units that a price is for: per hundred, per dozen, per box.
fn basis(words: &[String], title: &str) -> Option<PriceBasis> {
    let word_at = |at: usize| words.get(at).map_or("", String::as_str);
    for (at, word) in words.iter().enumerate() {
        let follows = at > 0 && is_in(PER, word_at(at - 1));
        let number = number(word).filter(|_| follows || follows_stroke(title, word));
        match word.as_str() {
            "1" if follows && word_at(at + 1) == "000" => return Some(PriceBasis::Units(1_000)),
            _ if number.is_some() => return number.map(PriceBasis::Units),
            // In Dutch, `dozen` are boxes, but a price is of a `doos`.
            "dozen" | "dozijn" | "dutzend" | "douzaine" | "doz" | "dzn" => {
                return Some(PriceBasis::Units(12));
            }
            "gross" | "gros" if follows => return Some(PriceBasis::Units(144)),
            "hundred" | "honderd" | "hundert" | "cent" if follows => return Some(PriceBasis::Units(100)),
            "thousand" | "duizend" | "tausend" | "mille" if follows => return Some(PriceBasis::Units(1_000)),
            word if is_in(PACKS, word) || is_price_of_pack(word) => {
                // A pack of six.
                let size = [at + 1, at + 2].into_iter().find_map(|next| self::number(word_at(next)));
                return Some(size.map_or(PriceBasis::Pack, PriceBasis::Units));
            }
            _ => {}
        }
    }
    words.iter().any(|word| is_in(UNITS, word)).then_some(PriceBasis::Unit)
}

/// A number of units in words of a title.
fn number(word: &str) -> Option<u32> {
    word.parse().ok().filter(|number| (2..=100_000).contains(number))
}

/// Whether a number follows a stroke, `/100`, and is not of a year, `2026/27`.
fn follows_stroke(title: &str, number: &str) -> bool {
    title.match_indices(number).any(|(at, _)| {
        let before = title[..at].trim_end().strip_suffix('/').map(str::trim_end);
        before.is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_digit()))
    })
}

/// Whether a word is composed of a pack and a price: `doosprijs`, `Kartonpreis`.
fn is_price_of_pack(word: &str) -> bool {
    let pack = ["prijs", "preis", "price"].iter().find_map(|price| word.strip_suffix(price));
    pack.is_some_and(|pack| !pack.is_empty() && is_in(PACKS, pack))
}

/// The text by which a title is found: `Stückpreis`, `Stueckpreis` and `stuck preis` are one.
fn key(text: &str) -> String {
    let joined: String = text.chars().filter(|c| *c != ' ').collect();
    joined.replace("ue", "u").replace("oe", "o").replace("ae", "a")
}
