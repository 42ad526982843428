//! The address of evidence sheets: `/evidence?ids=a,b&code=8518300090&language=nl`.

use import8_api::HsCode;

use crate::i18n::Language;
use crate::routes;

/// The maximum number of sheets on a page.
pub const MAX_SHEETS: usize = 50;

/// The parameters in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Identifiers of the classifications, without duplicates, in order.
    pub ids: Vec<String>,
    /// Number of identifiers beyond [`MAX_SHEETS`], which are dropped.
    pub left_out: usize,
    /// The ten-digit code chosen for a single sheet, as written and unchecked.
    pub code: Option<String>,
    /// The language of the sheets. `None` means the dashboard's language.
    pub language: Option<Language>,
}

impl Address {
    /// Parses a query string without its question mark. The raw string is needed: commas within an
    /// identifier are encoded, commas between identifiers are not.
    #[must_use]
    pub fn parse(search: &str) -> Self {
        let mut address = Self::default();
        for (name, value) in search.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "ids" => address.add_ids(value),
                "code" => address.code = Some(decoded(value)),
                "language" => {
                    address.language = Language::ALL.into_iter().find(|language| language.code() == value);
                }
                _ => {}
            }
        }
        address
    }

    /// The address of the same sheets in another language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        let mut path = routes::evidence(&self.ids);
        if let Some(code) = &self.code {
            path.push_str(&format!("&code={}", routes::encoded(code)));
        }
        path.push_str(&format!("&language={}", language.code()));
        path
    }

    /// The chosen code; `None` if the address has none.
    ///
    /// # Errors
    /// The text, if it is not a ten-digit code or the page has several sheets.
    pub fn chosen(&self) -> Result<Option<HsCode>, String> {
        let Some(text) = &self.code else { return Ok(None) };
        let code = text.parse().ok().filter(|code: &HsCode| code.digit_count() == 10);
        match (code, self.ids.len()) {
            (Some(code), 1) => Ok(Some(code)),
            _ => Err(text.clone()),
        }
    }

    fn add_ids(&mut self, list: &str) {
        for id in list.split(',').filter(|id| !id.is_empty()).map(decoded) {
            if self.ids.contains(&id) {
                continue;
            }
            if self.ids.len() < MAX_SHEETS {
                self.ids.push(id);
            } else {
                self.left_out += 1;
            }
        }
    }
}

/// Percent-decodes a query value. Invalid escapes are kept; invalid UTF-8 returns the value unchanged.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('%') {
        let (plain, encoded) = rest.split_at(at);
        bytes.extend_from_slice(plain.as_bytes());
        let byte = encoded.get(1..3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let length = if byte.is_some() { 3 } else { 1 };
        bytes.push(byte.unwrap_or(b'%'));
        rest = &encoded[length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(search: &str, ids: &[&str], code: Option<&str>, language: Option<Language>) {
        let address = Address::parse(search);
        assert_eq!(address.ids, ids, "{search}");
        assert_eq!(address.code.as_deref(), code, "{search}");
        assert_eq!(address.language, language, "{search}");
    }

    #[test]
    fn an_address_says_which_sheets_and_how() {
        check("", &[], None, None);
        check("ids=", &[], None, None);
        check("ids=a,b,a,,c", &["a", "b", "c"], None, None);
        check("ids=a%2Cb,c%20d&language=nl", &["a,b", "c d"], None, Some(Language::Nl));
        check("ids=%C3%A9,100%,%zz,%FF", &["é", "100%", "%zz", "%FF"], None, None);
        check("language=fr&ids=a&code=8518.30.00.90", &["a"], Some("8518.30.00.90"), None);
        check("ids=a&ids=b&nothing&x=1", &["a", "b"], None, None);
    }

    #[test]
    fn an_address_leads_to_itself() {
        for language in Language::ALL {
            let address = Address::parse("ids=a%2Cb,%C3%A9&code=85%26x");
            let path = address.in_language(language);
            let again = Address::parse(path.split_once('?').expect("a query").1);
            assert_eq!(again, Address { language: Some(language), ..address }, "{path}");
        }
    }

    #[test]
    fn no_more_than_the_most() {
        let ids: Vec<_> = (0..MAX_SHEETS + 3).map(|id| id.to_string()).collect();
        let address = Address::parse(&format!("ids={}", ids.join(",")));
        assert_eq!((address.ids.len(), address.left_out), (MAX_SHEETS, 3));
    }

    #[test]
    fn a_code_is_chosen_for_one_sheet() {
        let code = |search: &str| Address::parse(search).chosen().map(|code| code.map(|code| code.dotted()));
        assert_eq!(code("ids=a"), Ok(None));
        assert_eq!(code("ids=a&code=8518300090"), Ok(Some("8518.30.00.90".to_owned())));
        assert_eq!(code("ids=a&code=85183000"), Err("85183000".to_owned()));
        assert_eq!(code("ids=a&code=phone"), Err("phone".to_owned()));
        assert_eq!(code("ids=a,b&code=8518300090"), Err("8518300090".to_owned()));
    }
}
