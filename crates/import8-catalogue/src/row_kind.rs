//! Finds the rows that are no product: totals, feet of pages, repeated titles, headings, notes and hidden rows.
//!
//! A row with a reference, a description and a price is a product, whatever its words.

use import8_api::{Currency, search_words};
use import8_sheets::reading::{Hidden, Source, SourceKind};

use crate::columns::{Mapping, Role};
use crate::report::Reason;

/// The fewest cells that most rows have in a list where a row with one cell is a heading.
const WIDE: usize = 3;

/// Words of totals and of costs of the whole list, folded.
const TOTAL: &str = " total totaal totals totalen totaux subtotal subtotaal subtotals soustotal gesamt gesamtsumme gesamtbetrag \
    zwischensumme endsumme summe somme sum eindtotaal totaalbedrag nettototaal forward ubertrag transporteren saldo balance due \
    vat btw mwst ust tva discount korting rabatt remise shipping freight verzendkosten vrachtkosten vracht versandkosten porto \
    handling insurance verzekering ";

/// Words that may stand beside them, folded.
const BESIDE: &str = " of excl incl exclusive inclusive excluding including ex in netto net nett gross bruto brutto amount amounts \
    bedrag betrag montant value waarde price prijs prix cost costs kosten charges products product producten items item artikelen \
    articles pieces pcs stuks stuk qty quantity aantal menge weight gewicht kg order invoice factuur facture rechnung page pagina \
    seite to be paid payable tax taxes the van de het der grand general generaal general ht ttc hors fob cif carried brought over \
    sub sous number lines regels rows rijen this deze and en und et all alle us dollar dollars euro euros say only fca exw dap ddp ";

/// Words of the foot of a page, folded.
const PAGE: &str = " page pagina seite blad p ";

/// Words between its numbers, folded.
const OF: &str = " of van von de sur from ";

/// Words of notes, terms and bank accounts, folded.
const NOTE: &str = " iban bic swift bank bankrekening rekening account rekeningnummer kvk payment betaling betalen zahlung \
    paiement terms voorwaarden conditions bedingungen incoterms delivery levering lieferung thank bedankt dank danke merci note notes \
    noot opmerking opmerkingen bemerkung remark remarks signature handtekening unterschrift stamp date datum printed afgedrukt \
    generated gegenereerd exported www tel telefoon phone email mail validity geldig prices prijzen signed declare declaration \
    verklaring undersigned hereby copyright ";

/// The shape of the list, by which a row is compared with the others.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// The folded titles.
    titles: Vec<String>,
    /// The number of cells of the row with the titles.
    width: Option<usize>,
    /// The number of cells that a row with a product usually fills; 1 if a list has too many shorter rows to tell.
    usual: usize,
    /// The last row with at least half of them.
    last: usize,
    has_reference: bool,
}

impl Shape {
    pub(crate) fn new(source: &Source, mapping: &Mapping) -> Self {
        let titles = mapping.titles.map(|row| cells(source, row).map(|cell| folded(&cell)).collect());
        let is_text = matches!(source.kind(), SourceKind::Delimited { .. });
        let counts: Vec<_> =
            (mapping.first_row()..source.rows()).map(|row| (row, filled(source, row))).collect();
        let mut sorted: Vec<_> = counts.iter().map(|(_, count)| *count).filter(|count| *count > 0).collect();
        sorted.sort_unstable();
        let singles = sorted.partition_point(|count| *count == 1);
        // Up to half of the rows may be headings and notes, so the middle one may be among them.
        let at = if singles * 2 > sorted.len() { 0 } else { sorted.len() * 3 / 4 };
        let usual = sorted.get(at).copied().unwrap_or_default();
        let last = counts.iter().rev().find(|(_, count)| *count > 0 && count * 2 >= usual);
        Self {
            titles: titles.unwrap_or_default(),
            width: mapping.titles.filter(|_| is_text).map(|row| source.width(row)),
            usual,
            last: last.map_or(0, |(row, _)| *row),
            has_reference: mapping.columns(Role::Reference).next().is_some(),
        }
    }

    /// The reason why a row seems to be no product.
    pub(crate) fn reason(&self, source: &Source, mapping: &Mapping, row: usize) -> Option<Reason> {
        match source.row_is_hidden(row) {
            Some(Hidden::ByHand) => return Some(Reason::Hidden),
            Some(Hidden::ByFilter) => return Some(Reason::Filtered),
            None => {}
        }
        let beyond = self.width.map(|width| width..source.width(row)).unwrap_or_default();
        if beyond.into_iter().any(|column| !source.cell(row, column).trim().is_empty()) {
            return Some(Reason::MoreCells);
        }
        if self.repeats_titles(source, row) {
            return Some(Reason::TitlesAgain);
        }
        let text = |role: Role| {
            mapping.columns(role).map(|column| source.cell(row, column)).find(|cell| !cell.trim().is_empty())
        };
        let reference = text(Role::Reference).filter(|text| !is_total(text));
        let filled = filled(source, row);
        let is_identified = filled > 1 && reference.is_some() && text(Role::Description).is_some();
        if is_identified && text(Role::UnitValue).is_some() {
            return None;
        }
        let first = cells(source, row).find(|cell| cell.chars().any(char::is_alphabetic))?;
        if !is_identified && is_total(&first) {
            return Some(Reason::Total);
        }
        let is_wide = self.usual >= WIDE;
        let has_none = |role| text(role).is_none();
        // `Subtotal kitchen`
        let is_sum = is_wide && self.has_reference && reference.is_none() && begins_as_total(&first);
        if is_sum && has_none(Role::UnitValue) && has_none(Role::Origin) {
            return Some(Reason::Total);
        }
        if filled == 1 && is_page_foot(&first) {
            return Some(Reason::PageFoot);
        }
        // An article without a description is a faulty row, and in a list without references a description may stand alone.
        let is_article = !first.trim().contains(' ') && first.chars().any(char::is_numeric);
        let is_merged = || cells(source, row).filter(|cell| !cell.trim().is_empty()).count() > 1;
        let may_be = !self.has_reference && text(Role::Description).is_some();
        let is_alone = filled == 1 && !is_article && (!may_be || is_merged());
        let is_note = has_any(&first, NOTE);
        match row > self.last {
            _ if !is_wide => None,
            true if is_alone || filled <= 2 && is_note => Some(Reason::Note),
            false if is_alone && is_note && has_none(Role::Description) => Some(Reason::Note),
            false if is_alone => Some(Reason::Section),
            _ => None,
        }
    }

    fn repeats_titles(&self, source: &Source, row: usize) -> bool {
        let same = cells(source, row).zip(&self.titles).map(|(cell, title)| (folded(&cell), title));
        let mut count = 0;
        for (cell, title) in same {
            if cell.is_empty() {
                continue;
            }
            if cell != *title {
                return false;
            }
            count += 1;
        }
        count >= 2 || count == 1 && self.titles.iter().filter(|title| !title.is_empty()).count() == 1
    }
}

fn cells(source: &Source, row: usize) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
    (0..source.columns()).map(move |column| source.cell(row, column))
}

/// The number of filled cells. A text in all cells of a merged area counts once.
fn filled(source: &Source, row: usize) -> usize {
    let mut filled = cells(source, row).filter(|cell| !cell.trim().is_empty());
    let Some(first) = filled.next() else { return 0 };
    let (mut count, mut is_one) = (1, true);
    for cell in filled {
        count += 1;
        is_one &= cell == first;
    }
    if is_one { 1 } else { count }
}

fn folded(text: &str) -> String {
    search_words(text).join(" ")
}

/// Whether a text is the label of a total: words of totals, and such words and numbers as stand beside them.
fn is_total(text: &str) -> bool {
    let words = search_words(text);
    let is_in = |list: &str, word: &str| list.contains(&format!(" {word} "));
    let is_currency = |word: &str| Currency::ALL.iter().any(|one| one.as_str().eq_ignore_ascii_case(word));
    let is_number = |word: &str| word.chars().all(char::is_numeric);
    words.iter().any(|word| is_in(TOTAL, word))
        && words
            .iter()
            .all(|word| is_in(TOTAL, word) || is_in(BESIDE, word) || is_number(word) || is_currency(word))
}

fn begins_as_total(text: &str) -> bool {
    let words = search_words(text);
    let first =
        words.iter().find(|word| !matches!(word.as_str(), "sub" | "sous" | "grand")).map(String::as_str);
    matches!(
        first,
        Some("total" | "totaal" | "subtotal" | "subtotaal" | "zwischensumme" | "gesamt" | "summe" | "somme")
    )
}

/// `Page 1 of 3`, `Pagina 2/5`.
fn is_page_foot(text: &str) -> bool {
    let words = search_words(text);
    let is_in = |list: &str, word: &str| list.contains(&format!(" {word} "));
    let Some((first, rest)) = words.split_first() else { return false };
    let has_number = rest.iter().any(|word| word.chars().all(char::is_numeric));
    let is_rest = |word: &String| word.chars().all(char::is_numeric) || is_in(OF, word);
    is_in(PAGE, first) && has_number && rest.iter().all(is_rest)
}

fn has_any(text: &str, list: &str) -> bool {
    search_words(text).iter().any(|word| list.contains(&format!(" {word} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, expected: &[Option<Reason>]) {
        let source = Source::read(file.as_bytes().to_vec()).expect(file);
        let mapping = Mapping::guess(&source);
        let shape = Shape::new(&source, &mapping);
        let rows = mapping.first_row()..source.rows();
        let found: Vec<_> = rows.map(|row| shape.reason(&source, &mapping, row)).collect();
        assert_eq!(found, expected, "{file}");
    }

    #[test]
    fn totals_feet_titles_headings_and_notes_are_no_products() {
        check(
            "SKU,Description,Origin,Unit price,Qty\n\
             Kitchen,,,,\n\
             A1,Steel bottle,CN,2.50,100\n\
             ,Subtotal kitchen,,,100\n\
             SKU,Description,Origin,Unit price,Qty\n\
             ,Bathroom,,,\n\
             A2,Ceramic mug,CN,1.10,200\n\
             A3,Total station for land surveying,CN,900,1\n\
             ,TOTAL,,,300\n\
             Page 1 of 3,,,,\n\
             Carried forward:,,,,470\n\
             ,VAT 21%,,98.70,\n\
             IBAN,NL00 BANK 0123,,,\n\
             Thank you for your order,,,,\n\
             Prices are valid until 31 December,,,,\n",
            &[
                Some(Reason::Section),
                None,
                Some(Reason::Total),
                Some(Reason::TitlesAgain),
                Some(Reason::Section),
                None,
                None,
                Some(Reason::Total),
                Some(Reason::PageFoot),
                Some(Reason::Total),
                Some(Reason::Total),
                Some(Reason::Note),
                Some(Reason::Note),
                Some(Reason::Note),
            ],
        );
    }

    #[test]
    fn a_product_is_no_total_because_of_its_words() {
        check(
            "SKU;Omschrijving;Prijs\nA1;Total station for land surveying;900\nA2;Page marker;1\nA3;Note pads;2\n\
             ;Total Gym;4\nA4;Totaal;3\n;Freight trolley;5\nA7;Bank, oak wood;\n",
            &[None, None, None, None, None, None, None],
        );
        check(
            "Description\nPage marker\nTotal station\nTotal\nPage 2\nNote pads\n",
            &[None, None, Some(Reason::Total), Some(Reason::PageFoot), None],
        );
    }

    #[test]
    fn a_row_with_one_cell_may_be_a_product() {
        // A faulty row is told as such.
        check("SKU,Description,Origin,Price\nA1,Steel bottle,CN,2\nA2,,,\nA3,Mug,CN,1\nA4,,,\n", &[None; 4]);
        check("Name,Origin,Price\nSteel bottle,CN,2\nLeather belt,,\nMug,CN,1\nBelt,,\n", &[None; 4]);
        check("SKU,Description\nA1,Steel bottle\n,Leather belt\n", &[None; 2]);
        // A text in all cells of a merged area.
        let (heading, none) = (Some(Reason::Section), None);
        check(
            "SKU,Description,Price\nHome,Home,Home\nA1,Mug,1\nA2,Pan,2\nA3,Cup,2\n",
            &[heading, none, none, none],
        );
        check(
            "Name,Origin,Price\nHome,Home,Home\nMug,CN,1\nPan,CN,2\nCup,CN,2\n",
            &[heading, none, none, none],
        );
    }

    #[test]
    fn labels_of_totals_are_known_in_four_languages() {
        for label in [
            "TOTAL",
            "Totaal:",
            "Subtotal",
            "Sub-total",
            "Grand Total (USD)",
            "Gesamt",
            "Gesamtbetrag EUR",
            "Somme",
            "Sous-total",
            "Total général HT",
            "Carried forward",
            "Total 12 items",
            "BTW 21%",
            "Verzendkosten",
            "Totaal excl. btw",
            "Total FOB value USD 470.00",
        ] {
            assert!(is_total(label), "{label}");
        }
        for other in [
            "Total station",
            "Totaalpakket",
            "Discount card",
            "Net curtain",
            "Page 1",
            "",
            "Price",
            "Sum game",
        ] {
            assert!(!is_total(other), "{other}");
        }
    }

    #[test]
    fn a_row_with_more_cells_than_titles_is_told() {
        check(
            "SKU,Description,Unit price,Qty\nA1,Steel bottle 750 ml,12,50,10\nA2,Leather wallet,8,95\nA3,Mug,1,2,,\n",
            &[Some(Reason::MoreCells), None, None],
        );
    }
}
