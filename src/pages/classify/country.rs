//! A country, chosen by typing its name or its code.

use import8_api::Country;
use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

use crate::format;
use crate::i18n::{Language, use_language, use_texts};

/// The id of the list that all fields share.
const LIST: &str = "countries";

/// Fewer letters than these are a code or nothing: `Uk` is no Ukraine.
const LEAST_LETTERS: usize = 3;

/// What traders write beside names and ISO codes; the European Union writes Greece as EL.
const ALIASES: [(&str, &str); 9] = [
    ("uk", "GB"),
    ("vk", "GB"),
    ("england", "GB"),
    ("engeland", "GB"),
    ("usa", "US"),
    ("vs", "US"),
    ("vae", "AE"),
    ("holland", "NL"),
    ("el", "GR"),
];

/// What a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Nothing: there is no text.
    Nothing,
    /// A country.
    Country(Country),
    /// No country, or more than one.
    Unknown,
}

/// The country that a text names: by its code, its name in one of `languages`, a name's beginning that no
/// other name has, or as [`label`] writes it.
#[must_use]
pub fn named(text: &str, languages: &[Vec<(Country, String)>]) -> Named {
    let text = folded(text);
    if text.is_empty() {
        return Named::Nothing;
    }
    let alias = ALIASES.iter().find(|(alias, _)| *alias == text).map_or(text.as_str(), |(_, code)| code);
    if let Ok(country) = alias.parse() {
        return Named::Country(country);
    }
    let all = || languages.iter().flatten();
    let is_named =
        |(country, name): &&(Country, String)| folded(name) == text || folded(&label(*country, name)) == text;
    let found = all().find(is_named).map(|(country, _)| *country).or_else(|| {
        // The reader's own language comes first; the other one only helps out.
        languages.iter().find_map(|names| beginning_with(&text, names))
    });
    found.map_or(Named::Unknown, Named::Country)
}

/// The only country whose name begins so.
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

/// A country as it is shown: `China (CN)`.
#[must_use]
pub fn label(country: Country, name: &str) -> String {
    format!("{name} ({country})")
}

/// Small letters without accents, so that `turkiye` is Türkiye.
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        '’' => '\'',
        c => c,
    };
    text.trim().chars().flat_map(char::to_lowercase).map(plain).collect()
}

/// The names of all countries in all languages, the reader's own first.
fn all_names(language: Language) -> Vec<Vec<(Country, String)>> {
    let others = Language::ALL.into_iter().filter(|other| *other != language);
    std::iter::once(language).chain(others).map(format::countries).collect()
}

/// The list that the fields of a page choose from. It is on the page once.
#[component]
pub fn Countries() -> impl IntoView {
    let option = |(country, name): (Country, String)| view! { <option value=label(country, &name)></option> };
    view! { <datalist id=LIST>{format::countries(use_language()).into_iter().map(option).collect_view()}</datalist> }
}

/// A country, to be typed or to be chosen from [`Countries`].
#[component]
pub fn CountryField(
    /// The element's id.
    id: &'static str,
    /// What the field is called.
    label: &'static str,
    /// The country it has.
    #[prop(into)]
    chosen: Signal<Option<Country>>,
    /// Takes another one.
    on_choose: Callback<Option<Country>>,
    /// What is typed as long as it is not known which country it is: with it the form is not to be sent.
    #[prop(into)]
    typed: Signal<Option<String>>,
    /// Takes what is typed.
    on_type: Callback<Option<String>>,
    /// What it means to choose none; empty when one has to be chosen.
    #[prop(optional)]
    none: &'static str,
    /// What else is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let (chosen, typed) = (Memo::new(move |_| chosen.get()), Memo::new(move |_| typed.get()));
    // What an earlier visit has left is wrong already; what is being typed is not yet.
    let is_settled = RwSignal::new(true);
    let element = NodeRef::<html::Input>::new();
    let shown = move || {
        let name = |country| self::label(country, &format::country(country, language));
        typed.get().or_else(|| chosen.get().map(name)).unwrap_or_default()
    };
    let type_on = move |event: Event| {
        is_settled.set(false);
        on_type.run(Some(event_target_value(&event)));
    };
    let settle = move || {
        let Some(text) = typed.get_untracked() else { return };
        is_settled.set(true);
        let country = match named(&text, &all_names(language)) {
            Named::Country(country) => Some(country),
            Named::Nothing if !none.is_empty() => None,
            Named::Nothing | Named::Unknown => return,
        };
        on_choose.run(country);
        on_type.run(None);
    };
    let settle_by_key = move |event: KeyboardEvent| {
        // The form may be sent by it.
        if event.key() == "Enter" {
            settle();
        }
    };
    let select_all = move |_| {
        // The list offers what begins like the text, so that the text has to go first.
        if let Some(input) = element.get_untracked() {
            input.select();
        }
    };
    let is_unknown = move || is_settled.get() && typed.with(Option::is_some);
    let sentence = move || if is_unknown() { Some(texts.country.unknown.to_owned()) } else { problem.get() };
    let problem_id = format!("{id}-problem");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                list=LIST
                autocomplete="off"
                spellcheck="false"
                placeholder=none
                node_ref=element
                aria-describedby=problem_id.clone()
                aria-invalid=move || sentence().is_some().to_string()
                prop:value=shown
                on:focus=select_all
                on:input=type_on
                on:change=move |event| {
                    // A browser that fills in a form by itself says nothing before this.
                    type_on(event);
                    settle();
                }
                on:keydown=settle_by_key
            />
            <p class="problem" id=problem_id>
                {sentence}
            </p>
        </div>
    }
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
        // A whole name wins over the beginning of another, and a beginning of several names none.
        check("Niger", Some("NE"));
        check("Nige", None);
        check("Nigeri", Some("NG"));
        // Two letters are a code.
        check("uk", Some("GB"));
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
