//! The mapping of columns to roles: guessed from titles and cells, and changed by the person.

use import8_api::{Country, Currency, search_words};
use import8_sheets::reading::{Delimiter, Source, SourceKind};
use serde::{Deserialize, Serialize};

use crate::amount::{DecimalMark, mark_of};

/// The most rows that are read to guess a mapping.
const SAMPLE: usize = 200;

/// The most rows at the beginning that are searched for titles.
const FIRST_ROWS: usize = 10;

/// The fewest letters, on average, in the cells of a column of descriptions.
const DESCRIBING: usize = 6;

/// The role of a column: the property of a product that it contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// The person's own reference, such as an article number.
    Reference,
    /// The description. Only this role may have several columns, whose texts are joined.
    Description,
    /// The country of origin.
    Origin,
    /// The country of destination.
    Destination,
    /// The value of one unit.
    UnitValue,
    /// The number of units.
    Quantity,
    /// The freight for all units.
    Shipping,
    /// The insurance for all units.
    Insurance,
    /// The currency of the amounts.
    Currency,
    /// The address of a picture.
    Picture,
    /// The code used so far, for comparison.
    CurrentCode,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 11] = [
        Self::Description,
        Self::Reference,
        Self::Origin,
        Self::Destination,
        Self::UnitValue,
        Self::Quantity,
        Self::Currency,
        Self::Shipping,
        Self::Insurance,
        Self::Picture,
        Self::CurrentCode,
    ];

    /// Folded titles of such columns, English and Dutch. A title after `=` must match as a whole; others may have
    /// more words around them.
    fn titles(self) -> &'static str {
        match self {
            Self::Reference => {
                "=code|=id|=no|=nr|=ref|=reference|=referentie|=number|=nummer|sku|article number|article no|\
                 article code|artikelnummer|artikelnr|artikelcode|artikel nr|item number|item no|item code|\
                 product code|productcode|product id|product number|productnummer|part number|part no|ean|gtin|\
                 barcode|stock code|model number"
            }
            Self::Description => {
                "=name|=naam|=title|=titel|=product|=products|=producten|=article|=artikel|=item|=goods|=goederen|\
                 =category|=categorie|=type|description|omschrijving|beschrijving|product name|productnaam|\
                 product title|article name|artikelnaam|item name|benaming|material|materials|materiaal|\
                 composition|samenstelling|ingredients|ingredienten"
            }
            Self::Origin => {
                "=country|=land|=coo|=origin|=oorsprong|=herkomst|country of origin|origin country|\
                 land van oorsprong|land van herkomst|oorsprongsland|herkomstland|made in|country of manufacture"
            }
            Self::Destination => {
                "=destination|=bestemming|destination country|country of destination|land van bestemming|\
                 bestemmingsland|ship to country"
            }
            Self::UnitValue => {
                "=value|=waarde|=price|=prijs|=cost|=kosten|unit price|unit value|unit cost|price per unit|\
                 goods value|goederenwaarde|stukprijs|prijs per stuk|waarde per stuk|inkoopprijs|eenheidsprijs|\
                 purchase price|fob price|fob value"
            }
            Self::Quantity => "=units|=pieces|=pcs|=stuks|quantity|qty|aantal|hoeveelheid",
            Self::Shipping => "=transport|shipping|shipping cost|freight|vracht|vrachtkosten|verzendkosten",
            Self::Insurance => "insurance|verzekering|verzekeringskosten",
            Self::Currency => "currency|valuta|=munt|munteenheid",
            Self::Picture => "image|picture|photo|foto|afbeelding|image url|picture url|afbeeldings url",
            Self::CurrentCode => {
                "=hs|=taric|hs code|hscode|commodity code|tariff code|tariff number|goederencode|taric code|\
                 cn code|gn code|statistieknummer|customs code|douanecode|hts code|intrastat code"
            }
        }
    }

    /// The score of a title for this role: higher for a whole title than for a part, and for a longer match.
    fn fit(self, title: &str) -> usize {
        let (title, spaced) = (title, format!(" {title} "));
        let one = |name: &str| {
            let (name, whole_only) = name.strip_prefix('=').map_or((name, false), |name| (name, true));
            if title == name {
                1_000 + name.len()
            } else if !whole_only && spaced.contains(&format!(" {name} ")) {
                name.len()
            } else {
                0
            }
        };
        self.titles().split('|').map(|name| one(name.trim())).max().unwrap_or_default()
    }

    /// Whether several columns may have this role.
    #[must_use]
    pub fn is_joined(self) -> bool {
        self == Self::Description
    }

    fn is_amount(self) -> bool {
        matches!(self, Self::UnitValue | Self::Shipping | Self::Insurance)
    }
}

/// The mapping of a file: the roles of its columns, and defaults for products without a property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The row with the titles, from 0; `None` without titles. Rows above it are no products.
    pub titles: Option<usize>,
    /// The role of each column; `None` for an unused column.
    pub roles: Vec<Option<Role>>,
    /// The decimal mark of amounts.
    pub decimal: DecimalMark,
    /// The country of origin of products without one; `None` if unknown.
    pub origin: Option<Country>,
    /// The destination of products without one.
    pub destination: Country,
    /// The currency of products without one.
    pub currency: Currency,
}

impl Mapping {
    /// Guesses the mapping of a file from its titles; without titles, from its cells.
    #[must_use]
    pub fn guess(source: &Source) -> Self {
        let titles = (0..source.rows().min(FIRST_ROWS)).find(|&row| has_titles(source, row));
        let columns = source.columns();
        let mut roles = titles.map_or_else(|| vec![None; columns], |row| roles_by_titles(source, row));
        let first = titles.map_or(0, |row| row + 1);
        guess_by_content(source, first, &mut roles);
        let decimal = guess_mark(source, first, &roles);
        let (destination, currency) = (Country::NL, Currency::default());
        Self { titles, roles, decimal, origin: None, destination, currency }
    }

    /// The first row that may be a product.
    #[must_use]
    pub fn first_row(&self) -> usize {
        self.titles.map_or(0, |row| row + 1)
    }

    /// The columns of a role, in order.
    pub fn columns(&self, role: Role) -> impl Iterator<Item = usize> {
        self.roles.iter().enumerate().filter(move |(_, own)| **own == Some(role)).map(|(column, _)| column)
    }

    /// Sets the role of a column, and removes it from the column that had it, unless several may have it.
    pub fn assign(&mut self, column: usize, role: Option<Role>) {
        if role.is_some_and(|role| !role.is_joined()) {
            self.roles.iter_mut().filter(|own| **own == role).for_each(|own| *own = None);
        }
        if let Some(own) = self.roles.get_mut(column) {
            *own = role;
        }
    }
}

/// The titles of a file, which identify files of the same layout.
#[must_use]
pub fn titles(source: &Source, row: usize) -> Vec<String> {
    (0..source.columns()).map(|column| source.cell(row, column).into_owned()).collect()
}

/// A title in normal form: its folded words, with one space between them.
fn folded(title: &str) -> String {
    search_words(title).join(" ")
}

/// Whether a row has titles: at least one of a known role, and no number.
fn has_titles(source: &Source, row: usize) -> bool {
    let cells: Vec<_> = (0..source.columns()).map(|column| folded(&source.cell(row, column))).collect();
    let knows = |cell: &String| Role::ALL.into_iter().any(|role| role.fit(cell) > 0);
    let is_number = |cell: &String| cell.chars().next().is_some_and(char::is_numeric);
    let known = cells.iter().filter(|cell| knows(cell)).count();
    // A long sentence that contains the word of a title is a description.
    let is_short = cells.iter().all(|cell| cell.split(' ').count() <= 6);
    known > 0
        && known * 4 >= cells.iter().filter(|cell| !cell.is_empty()).count()
        && is_short
        && !cells.iter().any(is_number)
}

fn roles_by_titles(source: &Source, row: usize) -> Vec<Option<Role>> {
    let titles: Vec<_> = titles(source, row).iter().map(|title| folded(title)).collect();
    let mut fits: Vec<(usize, usize, Role)> = Vec::new();
    for (column, title) in titles.iter().enumerate() {
        // The total of a line is not the value of one unit.
        let is_total = title.split(' ').any(|word| matches!(word, "total" | "totaal"));
        let all = Role::ALL.into_iter().filter(|role| !(is_total && role.is_amount()));
        fits.extend(all.map(|role| (role.fit(title), column, role)).filter(|(fit, ..)| *fit > 0));
    }
    fits.sort_by_key(|&(fit, column, role)| (std::cmp::Reverse(fit), column, role));
    let mut roles = vec![None; titles.len()];
    for (_, column, role) in fits {
        if roles[column].is_none() && (role.is_joined() || !roles.contains(&Some(role))) {
            roles[column] = Some(role);
        }
    }
    roles
}

/// Adds the roles that the titles do not give and the cells show.
fn guess_by_content(source: &Source, first: usize, roles: &mut [Option<Role>]) {
    let rows = first..source.rows().min(first + SAMPLE);
    let cells = |column: usize| {
        let cells = rows.clone().map(move |row| source.cell(row, column).trim().to_owned());
        cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>()
    };
    for (column, role) in roles.iter_mut().enumerate().filter(|(_, role)| role.is_none()) {
        let cells = cells(column);
        let are = |test: fn(&str) -> bool| !cells.is_empty() && cells.iter().all(|cell| test(cell));
        *role = if are(|cell| cell.starts_with("https://") || cell.starts_with("http://")) {
            Some(Role::Picture)
        } else if are(|cell| cell.len() == 2 && cell.parse::<Country>().is_ok()) {
            Some(Role::Origin)
        } else {
            None
        };
    }
    for single in [Role::Picture, Role::Origin] {
        roles.iter_mut().filter(|role| **role == Some(single)).skip(1).for_each(|role| *role = None);
    }
    if !roles.contains(&Some(Role::Description)) {
        let letters = |column: usize| {
            let cells = cells(column);
            let letters: usize =
                cells.iter().map(|cell| cell.chars().filter(|c| c.is_alphabetic()).count()).sum();
            letters / cells.len().max(1)
        };
        let open = (0..roles.len()).filter(|&column| roles[column].is_none());
        let best = open.map(|column| (letters(column), std::cmp::Reverse(column))).max();
        if let Some((_, std::cmp::Reverse(column))) = best.filter(|(letters, _)| *letters >= DESCRIBING) {
            roles[column] = Some(Role::Description);
        }
    }
}

/// The decimal mark that most amounts imply; if none does, the usual one for the file's delimiter.
fn guess_mark(source: &Source, first: usize, roles: &[Option<Role>]) -> DecimalMark {
    let amounts = roles.iter().enumerate().filter(|(_, role)| role.is_some_and(Role::is_amount));
    let (mut points, mut commas) = (0_usize, 0_usize);
    for (column, _) in amounts {
        for row in first..source.rows().min(first + SAMPLE) {
            match mark_of(source.cell(row, column).trim()) {
                Some(DecimalMark::Point) => points += 1,
                Some(DecimalMark::Comma) => commas += 1,
                None => {}
            }
        }
    }
    let has_semicolons =
        matches!(source.kind(), SourceKind::Delimited { delimiter: Delimiter::Semicolon, .. });
    match points.cmp(&commas) {
        std::cmp::Ordering::Less => DecimalMark::Comma,
        std::cmp::Ordering::Equal if has_semicolons => DecimalMark::Comma,
        std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => DecimalMark::Point,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, titles: Option<usize>, roles: &[Option<Role>], decimal: DecimalMark) {
        let mapping = Mapping::guess(&Source::read(file.as_bytes().to_vec()).expect(file));
        assert_eq!(mapping.titles, titles, "{file:?}");
        assert_eq!(mapping.roles, roles, "{file:?}");
        assert_eq!(mapping.decimal, decimal, "{file:?}");
    }

    #[test]
    fn columns_are_known_by_their_titles() {
        use Role::*;
        let (point, comma) = (DecimalMark::Point, DecimalMark::Comma);
        check(
            "SKU,Product name,Country of origin,Unit price (EUR),Qty\nA1,Steel bottle,CN,25.00,100\n",
            Some(0),
            &[Some(Reference), Some(Description), Some(Origin), Some(UnitValue), Some(Quantity)],
            point,
        );
        check(
            "Artikelnr;Omschrijving;Land van oorsprong;Stukprijs;Aantal;Valuta;Goederencode\n\
             7;Stalen fles;China;25,00;100;EUR;7323930000\n",
            Some(0),
            &[
                Some(Reference),
                Some(Description),
                Some(Origin),
                Some(UnitValue),
                Some(Quantity),
                Some(Currency),
                Some(CurrentCode),
            ],
            comma,
        );
        check(
            "Stock list 2026\n\nname,material,colour,total value\nShirt,cotton,blue,12.50\n",
            Some(1),
            &[Some(Description), Some(Description), None, None],
            point,
        );
        // A whole title fits better than a part, and each role occurs once.
        check(
            "product code,code,product,hs code,image url\n1,2,Steel bottle,732393,https://a.example/1.jpg\n",
            Some(0),
            &[Some(Reference), None, Some(Description), Some(CurrentCode), Some(Picture)],
            point,
        );
        check("supplier name;prijs\nAcme;1,5\n", Some(0), &[None, Some(UnitValue)], comma);
        // Accents may be typed, left out, or combining characters.
        for title in ["Ingrediënten", "ingredienten", "INGREDIE\u{308}NTEN"] {
            check(&format!("sku;{title}\nA1;rice\n"), Some(0), &[Some(Reference), Some(Description)], comma);
        }
    }

    #[test]
    fn without_titles_the_cells_tell() {
        use Role::*;
        let point = DecimalMark::Point;
        check(
            "A-1,Steel bottle 750 ml,CN,https://a.example/1.jpg\nA-2,Cotton shirt,TR,https://a.example/2.jpg\n",
            None,
            &[None, Some(Description), Some(Origin), Some(Picture)],
            point,
        );
        // A text of one column counts as one with semicolons.
        let comma = DecimalMark::Comma;
        check("Steel bottle with a lid\nCotton shirt for men\n", None, &[Some(Description)], comma);
        check("1,2\n3,4\n", None, &[None, None], point);
    }

    #[test]
    fn a_role_is_taken_from_the_column_that_had_it() {
        let mut mapping = Mapping::guess(&Source::read(b"sku,name,x\n1,a,b\n".to_vec()).expect("a table"));
        mapping.assign(2, Some(Role::Reference));
        mapping.assign(0, Some(Role::Description));
        let (description, reference) = (Some(Role::Description), Some(Role::Reference));
        assert_eq!(mapping.roles, [description, description, reference]);
        mapping.assign(9, None);
        assert_eq!(mapping.columns(Role::Description).collect::<Vec<_>>(), [0, 1]);
    }
}
