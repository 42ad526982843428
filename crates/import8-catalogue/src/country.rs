//! Recognises countries as people write them: by name, code or abbreviation.

use import8_api::{Country, fold};

/// The fewest letters of the beginning of a name. Shorter texts are codes only: `Uk` is not Ukraine.
const LEAST_LETTERS: usize = 3;

/// Other spellings that traders use, common three-letter codes, and EL, the European Union's code for Greece.
const ALIASES: [(&str, &str); 45] = [
    ("uk", "GB"),
    ("vk", "GB"),
    ("england", "GB"),
    ("engeland", "GB"),
    ("usa", "US"),
    ("vs", "US"),
    ("vae", "AE"),
    ("holland", "NL"),
    ("el", "GR"),
    ("great britain", "GB"),
    ("groot-brittannie", "GB"),
    ("gbr", "GB"),
    ("united states of america", "US"),
    ("verenigde staten van amerika", "US"),
    ("china pr", "CN"),
    ("p.r. china", "CN"),
    ("pr china", "CN"),
    ("prc", "CN"),
    ("chn", "CN"),
    ("people's republic of china", "CN"),
    ("volksrepubliek china", "CN"),
    ("hong kong", "HK"),
    ("hongkong", "HK"),
    ("macau", "MO"),
    ("turkey", "TR"),
    ("tur", "TR"),
    ("viet nam", "VN"),
    ("vnm", "VN"),
    ("czech republic", "CZ"),
    ("tsjechische republiek", "CZ"),
    ("ivory coast", "CI"),
    ("republic of korea", "KR"),
    ("kor", "KR"),
    ("macedonia", "MK"),
    ("wit-rusland", "BY"),
    ("nld", "NL"),
    ("deu", "DE"),
    ("bel", "BE"),
    ("fra", "FR"),
    ("ita", "IT"),
    ("esp", "ES"),
    ("pol", "PL"),
    ("ind", "IN"),
    ("jpn", "JP"),
    ("twn", "TW"),
];

/// The result of looking a text up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// The text is empty.
    Nothing,
    /// A country.
    Country(Country),
    /// The text names no country, or more than one.
    Unknown,
}

/// Looks a text up: a code, a name in one of `languages`, the beginning of exactly one name, or the form of
/// [`label`]. For fields in which a person types.
#[must_use]
pub fn named(text: &str, languages: &[Vec<(Country, String)>]) -> Named {
    let folded = folded(text);
    if folded.is_empty() {
        return Named::Nothing;
    }
    let found = exactly(text, languages)
        // The reader's own language comes first.
        .or_else(|| languages.iter().find_map(|names| beginning_with(&folded, names)));
    found.map_or(Named::Unknown, Named::Country)
}

/// Looks a text up as a whole: a code, a name in one of `languages`, or the form of [`label`]. For cells of a file.
#[must_use]
pub fn exactly(text: &str, languages: &[Vec<(Country, String)>]) -> Option<Country> {
    let text = folded(text);
    let alias = ALIASES.iter().find(|(alias, _)| *alias == text).map_or(text.as_str(), |(_, code)| code);
    let is_named =
        |(country, name): &&(Country, String)| folded(name) == text || folded(&label(*country, name)) == text;
    let by_name = || languages.iter().flatten().find(is_named).map(|(country, _)| *country);
    alias.parse().ok().or_else(by_name)
}

/// The only country whose name begins with a text; `None` if there are several.
fn beginning_with(text: &str, names: &[(Country, String)]) -> Option<Country> {
    if text.chars().count() < LEAST_LETTERS {
        return None;
    }
    let mut found = names.iter().filter(|(_, name)| folded(name).starts_with(text));
    match (found.next(), found.next()) {
        (Some((country, _)), None) => Some(*country),
        _ => None,
    }
}

/// The label of a country: `China (CN)`.
#[must_use]
pub fn label(country: Country, name: &str) -> String {
    format!("{name} ({country})")
}

/// A text in normal form: `turkiye` matches Türkiye, and `cote d'ivoire` Côte d’Ivoire.
fn folded(text: &str) -> String {
    fold(text.trim()).replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[(&str, &str)]) -> Vec<(Country, String)> {
        list.iter().map(|(code, name)| (code.parse().expect(code), (*name).to_owned())).collect()
    }

    #[test]
    fn a_country_is_found_by_what_people_write() {
        let dutch = names(&[
            ("CN", "China"),
            ("CI", "Ivoorkust"),
            ("NE", "Niger"),
            ("NG", "Nigeria"),
            ("NL", "Nederland"),
            ("TR", "Turkije"),
            ("UA", "Oekraïne"),
        ]);
        let english = names(&[
            ("CN", "China"),
            ("CI", "Côte d’Ivoire"),
            ("NE", "Niger"),
            ("NG", "Nigeria"),
            ("NL", "Netherlands"),
            ("TR", "Türkiye"),
            ("UA", "Ukraine"),
        ]);
        let languages = [dutch, english];
        let check = |text: &str, expected: Option<&str>| {
            let expected = expected.map_or(Named::Unknown, |code| Named::Country(code.parse().expect(code)));
            assert_eq!(named(text, &languages), expected, "{text:?}");
        };
        check("cn", Some("CN"));
        check(" China ", Some("CN"));
        check("CHINA (CN)", Some("CN"));
        check("Neder", Some("NL"));
        check("Nederland (NL)", Some("NL"));
        check("netherlands", Some("NL"));
        check("Nether", Some("NL"));
        check("turkiye", Some("TR"));
        check("turki", Some("TR"));
        check("cote d'ivoire", Some("CI"));
        check("oekraine", Some("UA"));
        check("Tu\u{308}rkiye", Some("TR"));
        check("ＣＨＩＮＡ", Some("CN"));
        // A whole name takes precedence over the beginning of another one; the beginning of several names matches
        // none.
        check("Niger", Some("NE"));
        check("Nige", None);
        check("Nigeri", Some("NG"));
        // Two letters are a code.
        check("uk", Some("GB"));
        check("Turkey", Some("TR"));
        check("CHN", Some("CN"));
        check("ne", Some("NE"));
        check("Ch", Some("CH"));
        check("Oe", None);
        check("xx", None);
        check("China (DE)", None);
        check("Atlantis", None);
        check("中国", None);
        assert_eq!(named("  ", &languages), Named::Nothing);
    }
}
