//! The titles of columns: what a title means, by the table in `titles.csv`.
//!
//! A row of the table has a language or a shop export, a meaning, a rank, and the titles. Of several columns for a
//! role, the one with the lowest rank has it. A title after `=` must match as a whole; others may have more words around them. All are written
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
    /// How good a column it is for its role: 0 is best.
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
const NOISE: &str = "us excl exclusive exclusief ex exkl zzgl ohne hors ht btw vat tax taxes mwst ust tva fob cif exw ddp dap cfr cpt \
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
const UNITS: &str = "stuk stuks st stk piece pieces pc pcs pce each unit units eenheid eenheden stuck einheit einheiten unite unites unitaire unit unitario";
const UNIT_STEMS: &str = "stuk stuks stuck stueck eenheids einheits einzel unit";
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
    let mut found = best(&words).or_else(|| is_of_others.then(other))?;
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

/// The folded words of a title, also of `countryOfOrigin`, `unit_price`, `Item #` and `pcs/ctn`.
pub(super) fn words(title: &str) -> Vec<String> {
    let mut apart = String::with_capacity(title.len() + 8);
    let mut last = ' ';
    for (at, c) in title.char_indices() {
        let is_per = || {
            let next = search_words(&title[at + 1..]);
            next.first().is_some_and(|next| is_in(PACKS, next))
        };
        match c {
            '#' => apart.push_str(" no "),
            '°' if matches!(last, 'n' | 'N') => apart.push('o'),
            '/' if is_per() => apart.push_str(" per "),
            _ if last.is_lowercase() && c.is_uppercase() => apart.extend([' ', c]),
            _ => apart.push(c),
        }
        last = c;
    }
    search_words(&apart)
}

/// The best entry of the table for a title.
fn best(words: &[String]) -> Option<Title> {
    let is_noise = |word: &String| is_in(NOISE, word) || currency::is_named(word);
    let core: Vec<_> = words.iter().filter(|word| !is_noise(word)).cloned().collect();
    // `HSCode` has no words apart, and `SKU code` may be written as one.
    let uncurrent: Vec<_> = words.iter().filter(|word| !currency::is_named(word)).cloned().collect();
    let whole = [words.concat(), uncurrent.concat(), core.concat()].map(|words| key(&words));
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
            word if is_in(PACKS, word) || is_price_of(PACKS, word) => {
                // A pack of six.
                let size = [at + 1, at + 2].into_iter().find_map(|next| self::number(word_at(next)));
                return Some(size.map_or(PriceBasis::Pack, PriceBasis::Units));
            }
            _ => {}
        }
    }
    words.iter().any(|word| is_in(UNITS, word) || is_price_of(UNIT_STEMS, word)).then_some(PriceBasis::Unit)
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

/// Whether a word is composed of one of a list and a price: `doosprijs`, `Stückpreis`.
fn is_price_of(list: &str, word: &str) -> bool {
    let stem =
        ["prijs", "preis", "price", "waarde", "wert"].iter().find_map(|price| word.strip_suffix(price));
    stem.is_some_and(|stem| is_in(list, stem))
}

/// The text by which a title is found: `Stückpreis`, `Stueckpreis` and `stuck preis` are one.
fn key(text: &str) -> String {
    let joined: String = text.chars().filter(|c| *c != ' ').collect();
    joined.replace("ue", "u").replace("oe", "o").replace("ae", "a")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_trade_are_understood() {
        let mut wrong = Vec::new();
        let mut check = |meaning: Meaning, titles: &'static str| {
            let found = titles.split('|').map(|title| (title, understand(title).map(|title| title.meaning)));
            wrong.extend(found.filter(|(_, found)| *found != Some(meaning)));
        };
        check(
            Meaning::Role(Role::Reference),
            "SKU|Item #|Item No.|Art. No|Part #|P/N|Style #|Model|Product Code|Artikel-Nr|Art.nr.|Artikelnr.|Bestelnr.|Réf.|\
             Référence|N° article|Variant SKU|Product code (SKU)|Our ref.|Stock code|Material No|EAN|GTIN|UPC|Barcode|\
             Reference #|#|No.|Item_Number|itemCode|货号",
        );
        check(
            Meaning::Role(Role::Description),
            "Description|DESCRIPTION OF GOODS|Goods|Commodity|Commodity description|Product Description (English)|\
             Product name EN|Item Desc.|Descr.|Omschrijving (NL)|Artikelomschrijving|Warenbezeichnung|Libellé|\
             Bezeichnung 1|Body (HTML)|Customs description|productName|品名|品名 Description",
        );
        check(
            Meaning::Detail,
            "Material|Materiaal|Samenstelling|Product type|Categorie|Warengruppe|Matière|材质",
        );
        check(
            Meaning::Role(Role::Origin),
            "Country of Origin|Country of Origin (ISO)|COO|C.O.O.|Origin|Country origin|Made In|Land v. herkomst|\
             Oorsprong (land)|Ursprungsland (ISO)|Pays d'origine|Origine|Country Of Manufacture|Product origin|\
             countryOfOrigin|country_of_origin|Country/Region of Origin|原产国",
        );
        check(
            Meaning::Role(Role::UnitValue),
            "Unit Price|Unit price (EUR)|U.Price|Price (USD)|FOB (USD)|FOB|FOB USD|FOB unit price USD|EXW price|Price/pc|Cost|\
             Prijs/st|Prijs p/st|Inkoop|Netto stuksprijs|Inkoopprijs (excl. btw)|prijs excl. btw|EK-Preis|EK|\
             Stückpreis (EUR)|Stueckpreis|Einzelpreis|Preis/Stück|P.U. HT|Prix unit.|Value (EUR)|Unit Value|\
             Price per carton|Inkoopprijs per doos|单价",
        );
        check(
            Meaning::Role(Role::Quantity),
            "Qty|QTY.|Q'ty|Quantity (pcs)|Order Qty|No. of pcs|Aantal|Aantal (st)|Menge|Stückzahl|Qté|Quantité|PCS|Total qty|\
             数量",
        );
        check(
            Meaning::Packs,
            "Cartons|CTNS|No. of cartons|Aantal dozen|Number of boxes|Qty (ctn)|Anzahl Kartons",
        );
        check(
            Meaning::Role(Role::PackSize),
            "Pcs/Ctn|PCS/CTN|Qty/Ctn|Q'ty/ctn|Units per case|Pack size|Aantal/doos|Aantal per doos|VPE|Stuks per verpakking|\
             Quantity per inner carton|Stück pro Karton",
        );
        check(Meaning::PriceUnit, "Price unit|Prijs per|Preiseinheit|PE");
        check(
            Meaning::Stock,
            "Stock|On hand|Inventory qty|Available qty|Voorraad|Bestand|MOQ|Min. order qty|Qty in stock|Qty on hand",
        );
        check(
            Meaning::Role(Role::CurrentCode),
            "HS|H.S. Code|HS-code|HSCode|HS Code (10 digits)|10-digit HS code|HTS#|Tariff|Commodity Code|CN8|Taric|\
             Goederencode|GN-code|Zolltarif-Nr.|Code SH|Customs tariff no.|Intrastat|海关编码",
        );
        check(
            Meaning::Role(Role::Currency),
            "Currency|Curr.|Cur|Valuta|Währung|Waehrung|Devise|Currency code|币种",
        );
        check(
            Meaning::Role(Role::Shipping),
            "Freight|Freight (USD)|Shipping cost|Vracht|Fracht|Transportkosten|Frais de port",
        );
        check(
            Meaning::Role(Role::Picture),
            "Image|Picture|Photo|Image URL|image_link|Afbeelding|Bild|Product image link|图片",
        );
        check(
            Meaning::LineTotal,
            "Amount|Amount (USD)|Total|Total (EUR)|Total amount|Line total|Bedrag|Totaal excl. btw|Gesamtpreis|Montant|\
             Ext. price|Total FOB value|Total unit price|总价",
        );
        check(
            Meaning::WithTax,
            "Price incl. VAT|Prijs incl. btw|Preis inkl. MwSt.|Prix TTC|price_tax_included",
        );
        check(
            Meaning::Other,
            "Supplier|Supplier country|Vendor country|Country of supplier|Ship from country|Land van verzending|Lieferland|\
             Country of export|Pays fournisseur|Shipping class|HS description|HS code description|Omschrijving goederencode|\
             Compare at price|Variant Compare At Price|RRP|UVP|Adviesprijs|Net weight|N.W.|G.W. (kg)|Gross weight|CBM|Unit|UOM|\
             Eenheid|Language|Brand|Colour|link|Product URL|Image alt text|SEO Title|SEO Description",
        );
        for unknown in [
            "",
            "x",
            "Attr 0",
            "2026",
            "A long sentence of which nobody would say that it is a title of a column",
        ] {
            assert_eq!(understand(unknown).map(|title| title.meaning), None, "{unknown}");
        }
    }

    #[test]
    fn the_table_says_one_thing_of_each_title() {
        let has_several = |entries: &[Entry]| entries.iter().any(|entry| entry.meaning != entries[0].meaning);
        let several = TABLE.iter().filter(|(_, entries)| has_several(entries)).map(|(title, _)| title);
        assert_eq!(several.collect::<Vec<_>>(), Vec::<&String>::new());
    }
}
