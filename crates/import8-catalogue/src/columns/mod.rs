//! The mapping of columns to roles: guessed from titles and cells, and changed by the person; and what is asked once for
//! a file, because its cells do not tell it.

mod currency;
mod decide;
mod guess;
mod mapping;
mod marks;
mod overview;
mod price;
mod question;
mod role;
mod title_row;
mod titles;

use import8_sheets::reading::Source;

pub(crate) use self::currency::{Sign, of_words as sign_of_words};
pub use self::mapping::{Answers, Mapping, NotTold, RowCurrency, Told, Why};
pub use self::overview::ColumnOverview;
pub(crate) use self::overview::shortened;
pub use self::price::PriceBasis;
pub use self::question::{Answer, CurrencyUse, Division, Doubt, MarkExample, Question};
pub use self::role::Role;

/// The titles of a file, which identify files of the same layout.
#[must_use]
pub fn titles(source: &Source, row: usize) -> Vec<String> {
    (0..source.columns()).map(|column| source.cell(row, column).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::DecimalMark;

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
