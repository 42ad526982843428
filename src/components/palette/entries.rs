//! Entries of the command palette: matches typed words against screens, commands, products and codes.

use import8_api::{ClassificationSummary, HsCode, NomenclatureRow, fold};

use crate::api::decided::Decided;
use crate::api::listing::{Filter, Listing, code_digits};
use crate::i18n::preferences::Theme;
use crate::i18n::texts::Texts;
use crate::i18n::texts::palette::SYNONYMS;
use crate::routes;

/// The most products and the most codes that are shown.
const MOST: usize = 6;

/// Least number of letters to search the tariff or the history.
pub const LEAST_LETTERS: usize = 3;

/// A command that the palette runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Switches to a colour theme.
    Theme(Theme),
    /// Switches to the other language.
    Language,
    /// Opens the list of shortcuts.
    Keys,
    /// Copies the address of the screen. Addresses never contain a secret.
    CopyLink,
    /// Signs out: forgets the keys of this tab.
    SignOut,
}

/// Action of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// Opens a screen.
    Address(String),
    /// Runs a command.
    Command(Command),
}

/// An entry that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name.
    pub name: String,
    /// A detail that tells entries of the same name apart; may be empty.
    pub detail: String,
    /// The action.
    pub goal: Goal,
}

/// Entries of one kind, with a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The heading.
    pub name: &'static str,
    /// The entries, best match first.
    pub entries: Vec<Entry>,
}

/// Data of the service, as far as it is loaded.
#[derive(Debug, Clone, Copy, Default)]
pub struct PaletteData<'a> {
    /// The newest classifications with their decided codes.
    pub recent: &'a [(ClassificationSummary, Option<Decided>)],
    /// Tariff rows that match the typed words.
    pub tariff: &'a [NomenclatureRow],
    /// Whether the service can search the history.
    pub searches: bool,
}

/// Entries that match, with the rank of the best one.
struct Fitting {
    best: u8,
    entries: Vec<Entry>,
}

/// Rank of a match of typed words with a name and its synonyms: 0 is best. `None` if a word is missing in
/// both.
fn fit(typed: &str, name: &str, known_by: &str) -> Option<u8> {
    let (typed, name, known_by) = (fold(typed.trim()), fold(name), fold(known_by));
    if typed.is_empty() {
        return Some(3);
    }
    let begins = |text: &str, word: &str| text.split([' ', '-']).any(|own| own.starts_with(word));
    let has = |word: &str| name.contains(word) || begins(&known_by, word);
    if !typed.split_whitespace().all(has) {
        return None;
    }
    Some(match typed.split_whitespace().next() {
        _ if name.starts_with(&typed) => 0,
        Some(first) if begins(&name, first) => 1,
        Some(first) if name.contains(first) => 2,
        _ => 3,
    })
}

/// The entries that match, best first, equal ones in their original order; with the best rank.
fn fitting(typed: &str, entries: impl IntoIterator<Item = (Entry, String)>) -> Fitting {
    let fits = entries
        .into_iter()
        .filter_map(|(entry, known_by)| Some((fit(typed, &entry.name, &known_by)?, entry)));
    let mut fits: Vec<_> = fits.collect();
    fits.sort_by_key(|(fit, _)| *fit);
    let best = fits.first().map_or(u8::MAX, |(fit, _)| *fit);
    Fitting { best, entries: fits.into_iter().map(|(_, entry)| entry).collect() }
}

fn to(name: impl Into<String>, detail: impl Into<String>, address: String) -> Entry {
    Entry { name: name.into(), detail: detail.into(), goal: Goal::Address(address) }
}

fn pages(typed: &str, texts: Texts) -> Fitting {
    let own = (routes::NEW_BATCH, texts.palette().new_batch);
    let all = texts.work_screens().into_iter().chain([own]).chain(texts.account_screens());
    fitting(
        typed,
        all.map(|(address, name)| {
            let synonyms = SYNONYMS.into_iter().find(|(own, _)| *own == address);
            let known_by = synonyms.map(|(_, words)| words).unwrap_or_default();
            (to(name, "", address.to_owned()), known_by.to_owned())
        }),
    )
}

fn actions(typed: &str, texts: Texts) -> Fitting {
    let part = texts.palette();
    let all = [
        (part.theme_dark, Command::Theme(Theme::Dark), "theme thema colours kleuren"),
        (part.theme_light, Command::Theme(Theme::Light), "theme thema colours kleuren"),
        (part.theme_device, Command::Theme(Theme::Device), "theme thema colours kleuren system systeem"),
        (part.other_language, Command::Language, "language taal dutch english engels"),
        (part.keys, Command::Keys, "shortcuts help keys toetsen hulp"),
        (part.copy_link, Command::CopyLink, "url share delen address adres"),
        (part.sign_out, Command::SignOut, "log out forget uitloggen vergeten"),
    ];
    let entry = |(name, command, known_by): (&str, Command, &str)| {
        let goal = Goal::Command(command);
        (Entry { name: name.to_owned(), detail: String::new(), goal }, known_by.to_owned())
    };
    fitting(typed, all.map(entry))
}

fn recent(typed: &str, rows: &[(ClassificationSummary, Option<Decided>)], texts: Texts) -> Fitting {
    let entry = |(row, decided): &(ClassificationSummary, Option<Decided>)| {
        let name = row.product_summary.clone().unwrap_or_else(|| texts.rows().unnamed.to_owned());
        let detail = match decided {
            Some(Decided::Code(decided)) => decided.code.spaced(),
            Some(Decided::NotTold) => texts.rows().not_told.to_owned(),
            None => String::new(),
        };
        let code = decided.as_ref().and_then(Decided::code);
        // A code matches by its digits, however it is typed.
        let known_by = match (code, code_digits(typed)) {
            (Some(code), Some(digits)) if code.bare().starts_with(&digits) => typed.trim().to_owned(),
            (Some(code), _) => code.bare().to_owned(),
            (None, _) => String::new(),
        };
        (to(name, detail, routes::classification(&row.id)), known_by)
    };
    let mut products = fitting(typed, rows.iter().map(entry));
    products.entries.truncate(MOST);
    if is_identifier(typed.trim()) {
        let id = typed.trim();
        let named = to((texts.palette().open_classification)(id), "", routes::classification(id));
        return Fitting { best: 0, entries: vec![named] };
    }
    products
}

/// Whether a text has the form of a classification's id: `550e8400-e29b-41d4-a716-446655440000`.
fn is_identifier(text: &str) -> bool {
    let lengths: Vec<_> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.chars().all(|letter| letter == '-' || letter.is_ascii_hexdigit())
}

/// The entry for the history of codes that begin with the typed digits.
fn with_code(typed: &str, texts: Texts) -> Option<Entry> {
    let code = code_digits(typed)?;
    let name = (texts.palette().history_of)(&code);
    let listing = Listing { filter: Filter { code, ..Filter::default() }, ..Listing::default() };
    Some(to(name, "", routes::history(&listing.to_string())))
}

/// The entries for a typed code: duty rates and landed cost.
fn code(typed: &str, texts: Texts) -> Vec<Entry> {
    let part = texts.palette();
    let Ok(code) = typed.trim().parse::<HsCode>() else { return Vec::new() };
    let query = format!("?code={}", code.bare());
    vec![
        to((part.duty_rates_of)(&code.spaced()), "", routes::duty_rates(&query)),
        to((part.landed_cost_of)(&code.spaced()), "", routes::landed_cost(&query)),
    ]
}

fn tariff(rows: &[NomenclatureRow]) -> Vec<Entry> {
    let entry = |row: &NomenclatureRow| {
        let code = row.code.parse::<HsCode>().ok()?;
        let address = routes::duty_rates(&format!("?code={}", code.bare()));
        Some(to(row.description.clone(), code.spaced(), address))
    };
    rows.iter().filter_map(entry).take(MOST).collect()
}

/// The entry that searches the history.
fn search(words: &str, texts: Texts) -> Entry {
    let filter = Filter { q: words.to_owned(), ..Filter::default() };
    let listing = Listing { filter, ..Listing::default() };
    to((texts.palette().search_history)(words), "", routes::history(&listing.to_string()))
}

/// The groups of entries for the typed words, without empty groups. The tariff's group is last, because its
/// rows arrive late and must not move the entry that is about to be chosen.
#[must_use]
pub fn groups(typed: &str, known: PaletteData<'_>, texts: Texts) -> Vec<Group> {
    let part = texts.palette();
    let words = typed.trim();
    let products = (part.recent, recent(typed, known.recent, texts));
    let pages = (part.pages, pages(typed, texts));
    let mut fitting = vec![products, pages];
    let mut rest = Vec::new();
    if !words.is_empty() {
        fitting.push((part.actions, actions(typed, texts)));
        fitting.sort_by_key(|(_, fits)| fits.best);
        let is_searched = known.searches && words.chars().count() >= LEAST_LETTERS;
        let by_words = is_searched.then(|| search(words, texts));
        rest.push((texts.shell().nav_history, with_code(words, texts).into_iter().chain(by_words).collect()));
        rest.push((part.codes, tariff(known.tariff)));
    }
    let fitting = fitting.into_iter().map(|(name, fits)| (name, fits.entries));
    let all = [(part.codes, code(typed, texts))].into_iter().chain(fitting).chain(rest);
    let groups = all.map(|(name, entries)| Group { name, entries });
    groups.filter(|group| !group.entries.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use import8_api::decode;

    use super::*;
    use crate::i18n::Language;

    fn names(typed: &str, language: Language) -> Vec<String> {
        let groups = groups(typed, PaletteData::default(), language.texts());
        groups.into_iter().flat_map(|group| group.entries).map(|entry| entry.name).collect()
    }

    #[test]
    fn words_lead_to_pages_by_name_and_by_what_else_they_are_called() {
        let check = |typed: &str, language, expected: &[&str]| {
            assert_eq!(names(typed, language), expected, "{typed}");
        };
        check("hist", Language::En, &["History"]);
        check("HISTÓRY", Language::En, &["History"]);
        check("sleutel", Language::En, &["API keys"]);
        check("api", Language::Nl, &["API-sleutels", "API-logboek"]);
        check("invoerr", Language::Nl, &["Invoerrechten"]);
        check("dark", Language::En, &["Dark theme", "Settings"]);
        check("sign out", Language::En, &["Sign out"]);
        check("zzz", Language::En, &[]);
    }

    #[test]
    fn a_name_that_begins_so_comes_first() {
        assert_eq!(fit("lan", "Landed cost", ""), Some(0));
        assert_eq!(fit("cost", "Landed cost", ""), Some(1));
        assert_eq!(fit("ost", "Landed cost", ""), Some(2));
        assert_eq!(fit("price", "Landed cost", "price"), Some(3));
        assert_eq!(fit("price low", "Landed cost", "price"), None);
    }

    #[test]
    fn digits_are_a_code_and_an_identifier_a_classification() {
        let addresses = |typed: &str| {
            let groups = groups(typed, PaletteData::default(), Language::En.texts());
            let entries = groups.into_iter().flat_map(|group| group.entries);
            let address = |entry: Entry| match entry.goal {
                Goal::Address(address) => Some(address),
                Goal::Command(_) => None,
            };
            entries.filter_map(address).collect::<Vec<_>>()
        };
        let expected = [
            "/duty-rates?code=8518300090",
            "/landed-cost?code=8518300090",
            "/classifications?code=8518300090",
        ];
        for typed in ["8518 30 00 90", "8518.30.00.90", " 8518300090"] {
            assert_eq!(addresses(typed), expected, "{typed}");
        }
        let id = "550e8400-e29b-41d4-a716-446655440000";
        assert_eq!(addresses(id), [format!("/classifications/{id}")]);
        assert!(addresses("550e8400-e29b-41d4-a716").is_empty());
        // The beginning of a code leads to the history of such codes.
        assert_eq!(addresses("96"), ["/classifications?code=96"]);
        assert_eq!(addresses("8518.3"), ["/classifications?code=85183"]);
    }

    #[test]
    fn products_are_found_by_the_code_that_counts() {
        let row = |fields: &str| {
            let json =
                format!(r#"{{"id": "1", "status": "completed", "product_summary": "bottle"{fields}}}"#);
            let row: ClassificationSummary = decode(&json).expect(&json);
            let decided = Decided::from_row(&row);
            (row, decided)
        };
        let corrected = row(r#", "hs_code": "7323.93.00", "feedback": "corrected",
            "decided": {"code": "9617.00.00", "by": "person", "open_digits": 2}"#);
        let untold = row(r#", "hs_code": "7323.93.00", "feedback": "corrected""#);
        let check =
            |typed: &str, product: &(ClassificationSummary, Option<Decided>), expected: Option<&str>| {
                let found = recent(typed, std::slice::from_ref(product), Language::En.texts());
                let details: Vec<_> = found.entries.iter().map(|entry| entry.detail.as_str()).collect();
                assert_eq!(details, expected.into_iter().collect::<Vec<_>>(), "{typed}");
            };
        for typed in ["", "bottle", "96", "9617", "9617.00.00", "9617 00 00", "9617 0", "96170000"] {
            check(typed, &corrected, Some("9617 00 00"));
        }
        for typed in ["7323", "7323.93.00", "00", "9617 00 01", "9617000000"] {
            check(typed, &corrected, None);
        }
        check("bottle", &untold, Some("corrected, code not reported"));
        check("7323", &untold, None);
    }

    #[test]
    fn every_screen_has_other_words() {
        let texts = Language::En.texts();
        for (address, name) in texts.work_screens().into_iter().chain(texts.account_screens()) {
            assert!(SYNONYMS.iter().any(|(own, _)| *own == address), "{name}");
        }
    }

    #[test]
    fn history_is_searched_where_the_service_does_that() {
        let known = PaletteData { searches: true, ..PaletteData::default() };
        let groups = groups("steel pan", known, Language::En.texts());
        let entry = groups.first().and_then(|group| group.entries.first()).expect("an entry");
        assert_eq!(entry.goal, Goal::Address("/classifications?q=steel%20pan".to_owned()));
    }
}
