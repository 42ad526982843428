//! Recognises countries as people write them: by name, code or abbreviation, with or without "made in".

use std::collections::HashMap;

use import8_api::{Country, fold};

/// The fewest letters of the beginning of a name. Shorter texts are codes only: `Uk` is not Ukraine.
const LEAST_LETTERS: usize = 3;

/// The ISO 3166-1 alpha-3 and numeric codes, in the order of [`import8_api::COUNTRIES`]. Kosovo has no numeric code.
const ISO: &str = "\
    AND020ARE784AFG004ATG028AIA660ALB008ARM051AGO024ATA010ARG032ASM016AUT040AUS036ABW533ALA248AZE031\
    BIH070BRB052BGD050BEL056BFA854BGR100BHR048BDI108BEN204BLM652BMU060BRN096BOL068BES535BRA076BHS044\
    BTN064BVT074BWA072BLR112BLZ084CAN124CCK166COD180CAF140COG178CHE756CIV384COK184CHL152CMR120CHN156\
    COL170CRI188CUB192CPV132CUW531CXR162CYP196CZE203DEU276DJI262DNK208DMA212DOM214DZA012ECU218EST233\
    EGY818ESH732ERI232ESP724ETH231FIN246FJI242FLK238FSM583FRO234FRA250GAB266GBR826GRD308GEO268GUF254\
    GGY831GHA288GIB292GRL304GMB270GIN324GLP312GNQ226GRC300SGS239GTM320GUM316GNB624GUY328HKG344HMD334\
    HND340HRV191HTI332HUN348IDN360IRL372ISR376IMN833IND356IOT086IRQ368IRN364ISL352ITA380JEY832JAM388\
    JOR400JPN392KEN404KGZ417KHM116KIR296COM174KNA659PRK408KOR410KWT414CYM136KAZ398LAO418LBN422LCA662\
    LIE438LKA144LBR430LSO426LTU440LUX442LVA428LBY434MAR504MCO492MDA498MNE499MAF663MDG450MHL584MKD807\
    MLI466MMR104MNG496MAC446MNP580MTQ474MRT478MSR500MLT470MUS480MDV462MWI454MEX484MYS458MOZ508NAM516\
    NCL540NER562NFK574NGA566NIC558NLD528NOR578NPL524NRU520NIU570NZL554OMN512PAN591PER604PYF258PNG598\
    PHL608PAK586POL616SPM666PCN612PRI630PSE275PRT620PLW585PRY600QAT634REU638ROU642SRB688RUS643RWA646\
    SAU682SLB090SYC690SDN729SWE752SGP702SHN654SVN705SJM744SVK703SLE694SMR674SEN686SOM706SUR740SSD728\
    STP678SLV222SXM534SYR760SWZ748TCA796TCD148ATF260TGO768THA764TJK762TKL772TLS626TKM795TUN788TON776\
    TUR792TTO780TUV798TWN158TZA834UKR804UGA800UMI581USA840URY858UZB860VAT336VCT670VEN862VGB092VIR850\
    VNM704VUT548WLF876WSM882XKX000YEM887MYT175ZAF710ZMB894ZWE716";

/// Other names, in normal form: old, long and short ones, those in other languages, codes of the European Union (EL, XI)
/// and of sports.
const ALIASES: &str = "\
    AE:vae,uae,emirates,emiraten;BA:bosnia,bosnie,bosnien;BF:upper volta;BN:brunei darussalam;BO:plurinational state of bolivia;\
    BQ:bonaire,bonaire st eustatius and saba,bonaire sint eustatius and saba;BY:wit rusland,weissrussland,belarus;\
    CC:cocos islands,keeling islands;CD:zaire,drc,dr congo,congo dr,congo drc,democratic republic of the congo,\
    democratic republic of congo,congo kinshasa,congo democratic republic;CG:republic of the congo,republic of congo,\
    congo republic,congo brazzaville;CH:swiss,sui,swiss confederation;CI:ivory coast,ivoorkust,elfenbeinkuste;\
    CN:china pr,pr china,prc,pr of china,people s republic of china,peoples republic of china,p r china,china p r,china mainland,\
    chine,kina,volksrepubliek china,volksrepublik china,chn;CV:cape verde;CZ:czech republic,czech rep,czechia,tsjechische republiek,tschechien;\
    DE:ger,brd,federal republic of germany,duitsland,deutschland,allemagne;EH:western sahara;ES:spain,espana,spanje;FK:falklands,\
    falkland islands malvinas;FM:micronesia;GB:uk,vk,xi,xu,england,engeland,scotland,schotland,wales,great britain,\
    groot brittannie,grossbritannien,grande bretagne,northern ireland,noord ierland,britain,united kingdom,\
    united kingdom of great britain and northern ireland,gr britain;GR:el,hellas,hellenic republic;HK:hong kong,hongkong,hong kong sar,\
    hong kong china,china hong kong,hongkong china;IE:eire,republic of ireland;IR:persia;KG:kyrgyz republic,kirgizie;\
    KP:north korea,korea north,n korea,dprk,korea dpr,democratic people s republic of korea,noord korea;KR:south korea,korea south,\
    s korea,rok,republic of korea,korea republic,korea republic of,korea rep,rep of korea,zuid korea,sudkorea;KH:kampuchea;\
    LA:lao,laos,lao pdr,lao people s democratic republic;LK:ceylon;LY:libyan arab jamahiriya;MK:macedonia,fyrom,north macedonia;\
    MM:burma,myanmar;MO:macau,macao,macau sar,macao sar,macao china;NL:holland,hol,ned,pays bas,niederlande,netherlands,nederland;\
    PH:philippines;PN:pitcairn;PS:palestine,palestinian territory,occupied palestinian territory;RU:russia,russian federation,\
    russische federatie,russland;SH:st helena ascension and tristan da cunha;SK:slovak republic,slovak rep,slowakije;SY:syrian arab republic;\
    SZ:swaziland;TL:east timor;TR:turkey,turkiye,turkije,turkei,turquie;TW:taiwan roc,taiwan china,china taiwan,taiwan province of china,\
    province of china taiwan,republic of china,republic of china taiwan,chinese taipei,tpe,roc;UM:us minor outlying islands;\
    US:usa,vs,u s,united states,united states of america,america,verenigde staten,verenigde staten van amerika,amerika,etats unis,\
    us of a,vereinigte staaten von amerika;MX:united mexican states;VA:vatican,vatican city state,holy see,\
    holy see vatican city state;VN:viet nam,socialist republic of viet nam;VI:virgin islands us;WS:western samoa;XK:unk,rks,kosova;\
    ZA:rsa,south africa;ZW:rhodesia";

/// Unions of countries, in normal form.
const UNIONS: &str = "|eu|eec|e u|ue|eu 27|eu27|eu 28|european union|europese unie|europaische union|union europeenne|europa|europe|\
    european community|europese gemeenschap|eea|eer|efta|benelux|asean|gcc|mercosur|";

/// Words before a country, in normal form.
const MADE_IN: [&str; 24] = [
    "made in",
    "product of",
    "produce of",
    "produced in",
    "manufactured in",
    "mfd in",
    "country of origin",
    "origin",
    "coo",
    "gemaakt in",
    "geproduceerd in",
    "vervaardigd in",
    "land van oorsprong",
    "oorsprong",
    "herkomst",
    "hergestellt in",
    "ursprungsland",
    "fabrique en",
    "fabrique au",
    "fabrique aux",
    "fabrique a",
    "produit en",
    "produit de",
    "fabricado en",
];

/// Words of long names that may be left out, and articles.
const FORMS: &str = "|republic|kingdom|state|states|of|the|people|s|democratic|socialist|islamic|federal|federated|bolivarian|\
    plurinational|arab|united|grand|duchy|principality|commonwealth|sultanate|union|independent|hashemite|co|operative|cooperative|\
    former|yugoslav|mainland|de|het|der|die|das|la|le|les|l|republiek|koninkrijk|republik|konigreich|republique|royaume|du|van|von|";

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

/// The reason why a text is no country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCountry {
    /// It names none that is known.
    Unknown,
    /// It names several: `DE/NL`.
    Several,
    /// It names a union of countries: `EU`.
    Union,
}

/// The names of countries in several languages.
#[derive(Debug, Default)]
pub struct Names {
    countries: HashMap<String, Country>,
}

impl Names {
    /// The names in `languages`, with the other names that traders use.
    #[must_use]
    pub fn new(languages: &[Vec<(Country, String)>]) -> Self {
        let mut countries = HashMap::new();
        for (country, name) in languages.iter().flatten() {
            countries.entry(words(name)).or_insert(*country);
        }
        for line in ALIASES.split(';') {
            let Some((code, names)) = line.split_once(':') else { continue };
            let Ok(country) = code.parse::<Country>() else { continue };
            countries.extend(names.split(',').map(|name| (name.to_owned(), country)));
        }
        Self { countries }
    }

    /// Looks up the text of a cell.
    ///
    /// # Errors
    /// [`NoCountry`] if it does not name exactly one country.
    pub fn find(&self, text: &str) -> Result<Country, NoCountry> {
        let key = words(text);
        let made = MADE_IN.iter().find_map(|words| key.strip_prefix(words)?.strip_prefix(' '));
        let name = made.unwrap_or(&key);
        if UNIONS.contains(&format!("|{name}|")) {
            return Err(NoCountry::Union);
        }
        if let Some(country) = self.simple(&key).or_else(|| self.simple(name)).or_else(|| self.turned(text)) {
            return Ok(country);
        }
        match self.in_parts(text) {
            Some((country, false)) => Ok(country),
            Some((_, true)) => Err(NoCountry::Several),
            None => Err(NoCountry::Unknown),
        }
    }

    /// The country whose name a text nearly is: with a letter more, less or other, or beside other words. `None` if
    /// there is none, or more than one.
    #[must_use]
    pub fn suggest(&self, text: &str) -> Option<Country> {
        let key = words(text);
        let parts: Vec<_> = parts(text).filter_map(|part| self.simple(&words(part))).collect();
        if let [one] = parts.as_slice() {
            return Some(*one);
        }
        let letters: Vec<char> = key.chars().collect();
        let most = match letters.len() {
            0..=3 => return None,
            4..=7 => 1,
            _ => 2,
        };
        let near = self.countries.iter().filter(|(name, _)| name.chars().count() > LEAST_LETTERS);
        let near = near.map(|(name, country)| (distance(&letters, name), *country));
        let near: Vec<_> = near.filter(|(distance, _)| *distance <= most).collect();
        let least = near.iter().map(|(distance, _)| *distance).min()?;
        let mut nearest = near.iter().filter(|(distance, _)| *distance == least).map(|(_, country)| *country);
        let first = nearest.next()?;
        nearest.all(|country| country == first).then_some(first)
    }

    /// The country of `Korea, Republic of` and `Iran (Islamic Republic of)`.
    fn turned(&self, text: &str) -> Option<Country> {
        let (name, form) = text.split_once([',', '('])?;
        self.simple(&words(&format!("{form} {name}")))
    }

    /// The country of a code or a name, with or without the words of a long name.
    fn simple(&self, key: &str) -> Option<Country> {
        let by_name = |key: &str| self.countries.get(key).copied();
        let short = key.strip_prefix("the ").and_then(by_name);
        by_name(key).or(short).or_else(|| coded(key)).or_else(|| {
            // The first word of `DE China` is a code.
            let first = key.split(' ').next().unwrap_or_default();
            if coded(first).is_some() {
                return None;
            }
            let is_form = |word: &&str| FORMS.contains(&format!("|{word}|"));
            let mut rest: Vec<_> = key.split(' ').skip_while(is_form).collect();
            while rest.last().is_some_and(|word| matches!(*word, "mainland" | "of" | "the")) {
                rest.pop();
            }
            // Without its form, Korea is one of two countries, and so is Congo.
            let rest = Some(rest.join(" ")).filter(|rest| rest != key && rest.len() > 2 && rest != "congo");
            rest.and_then(|rest| by_name(&rest))
        })
    }

    /// The country that all parts of a text name, and whether they name others as well. `None` if a part names none.
    fn in_parts(&self, text: &str) -> Option<(Country, bool)> {
        // `Congo - Kinshasa (CD)`.
        if let Some((name, code)) = text.trim().strip_suffix(')').and_then(|text| text.rsplit_once('('))
            && let (Some(country), Some(other)) = (self.simple(&words(name)), self.simple(&words(code)))
        {
            return Some((country, country != other));
        }
        let named: Option<Vec<_>> = parts(text).map(|part| self.simple(&words(part))).collect();
        let mut named = named.filter(|named| named.len() > 1).or_else(|| {
            // `CN China`, `DE NL`.
            let key = words(text);
            let (first, rest) = key.split_once(' ')?;
            let (begin, last) = key.rsplit_once(' ')?;
            let two = |code: &str, name: &str| Some(vec![coded(code)?, self.simple(name)?]);
            two(first, rest).or_else(|| two(last, begin))
        })?;
        let first = named.pop()?;
        Some((first, named.iter().any(|other| *other != first)))
    }
}

/// Looks a text up: a code, a name in one of `languages`, the beginning of exactly one name, or the form of
/// [`label`]. For fields in which a person types.
#[must_use]
pub fn named(text: &str, languages: &[Vec<(Country, String)>]) -> Named {
    let folded = words(text);
    if folded.is_empty() {
        return Named::Nothing;
    }
    let found = Names::new(languages).find(text).ok();
    // The reader's own language comes first.
    let found = found.or_else(|| languages.iter().find_map(|names| beginning_with(&folded, names)));
    found.map_or(Named::Unknown, Named::Country)
}

/// The only country whose name begins with a text; `None` if there are several.
fn beginning_with(text: &str, names: &[(Country, String)]) -> Option<Country> {
    if text.chars().count() < LEAST_LETTERS {
        return None;
    }
    let mut found = names.iter().filter(|(_, name)| words(name).starts_with(text));
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

/// The country of an ISO code in lower case, of two or three letters or three digits.
fn coded(key: &str) -> Option<Country> {
    match key.len() {
        2 => key.parse().ok(),
        3 if key != "000" => {
            let codes = ISO.as_bytes().chunks(6);
            let is_own = |code: &[u8]| code.chunks(3).any(|part| part.eq_ignore_ascii_case(key.as_bytes()));
            Country::all().zip(codes).find(|(_, code)| is_own(code)).map(|(country, _)| country)
        }
        _ => None,
    }
}

/// The parts of a text that may each name a country.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(['/', ',', ';', '|', '+', '&', ':', '(', ')', '\n']);
    let parts = parts.flat_map(|part| part.split(" - ")).flat_map(|part| part.split(" – "));
    let parts = parts.flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" or "));
    let parts = parts.flat_map(|part| part.split(" en ")).flat_map(|part| part.split(" of "));
    parts.flat_map(|part| part.split(" und ")).filter(|part| !part.trim().is_empty())
}

/// A text in normal form: `turkiye` for Türkiye, `cote d ivoire` for Côte d’Ivoire, `usa` for U.S.A.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let folded = fold(text);
    for word in folded.replace('.', "").replace('&', " and ").split(|c: char| !c.is_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(if matches!(word, "saint" | "sankt" | "sint") { "st" } else { word });
    }
    words
}

/// The number of letters to insert, remove, replace or swap between two names (optimal string alignment).
fn distance(one: &[char], other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let at = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut least =
                (at(&last, j) + usize::from(a != b)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let is_swapped = i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if is_swapped {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
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
        check("DE/NL", None);
        check("EU", None);
        check("Made in China", Some("CN"));
        assert_eq!(named("  ", &languages), Named::Nothing);
    }

    fn all() -> Names {
        let english = names(&[
            ("BA", "Bosnia & Herzegovina"),
            ("CD", "Congo - Kinshasa"),
            ("CG", "Congo - Brazzaville"),
            ("CI", "Côte d’Ivoire"),
            ("CN", "China"),
            ("CZ", "Czechia"),
            ("DE", "Germany"),
            ("GE", "Georgia"),
            ("GW", "Guinea-Bissau"),
            ("IR", "Iran"),
            ("KR", "South Korea"),
            ("LC", "St. Lucia"),
            ("MD", "Moldova"),
            ("NE", "Niger"),
            ("NG", "Nigeria"),
            ("NL", "Netherlands"),
            ("RU", "Russia"),
            ("TW", "Taiwan"),
            ("TZ", "Tanzania"),
            ("VE", "Venezuela"),
            ("VN", "Vietnam"),
            ("XK", "Kosovo"),
        ]);
        let french = names(&[("CN", "Chine"), ("DE", "Allemagne"), ("BA", "Bosnie-Herzégovine")]);
        let german = names(&[("CN", "China"), ("DE", "Deutschland"), ("BA", "Bosnien und Herzegowina")]);
        Names::new(&[english, french, german])
    }

    #[test]
    fn codes_of_iso_are_countries() {
        let names = all();
        for code in isocountry::CountryCode::iter() {
            let country: Country = code.alpha2().parse().expect("a code");
            assert_eq!(names.find(code.alpha2()), Ok(country));
            assert_eq!(names.find(&code.alpha3().to_lowercase()), Ok(country));
            assert_eq!(names.find(&format!("{:03}", code.numeric_id())), Ok(country));
        }
        assert_eq!(ISO.len(), Country::all().count() * 6);
        for text in ["000", "56", "4", "XX", "ZZZ", "999"] {
            assert_eq!(names.find(text), Err(NoCountry::Unknown), "{text:?}");
        }
    }

    #[test]
    fn countries_are_read_as_files_write_them() {
        let names = all();
        let check = |text: &str, expected: &str| {
            assert_eq!(names.find(text).map(Country::as_str), Ok(expected), "{text:?}");
        };
        check("XK", "XK");
        check("Kosovo", "XK");
        check("XI", "GB");
        check("EL", "GR");
        check("UK", "GB");
        check("U.K.", "GB");
        check("U.S.A.", "US");
        check("U.S.", "US");
        check("P.R.C.", "CN");
        check("P.R. China", "CN");
        check("Mainland China", "CN");
        check("China (mainland)", "CN");
        check("China Mainland", "CN");
        check("CN - China", "CN");
        check("China - CN", "CN");
        check("CN China", "CN");
        check("China CN", "CN");
        check("CHINA (CN)", "CN");
        check("(CN) China", "CN");
        check("CN: China", "CN");
        check("Made in China", "CN");
        check("MADE IN P.R.C.", "CN");
        check("Made in: Germany", "DE");
        check("Fabriqué en Chine", "CN");
        check("Hergestellt in Deutschland", "DE");
        check("Gemaakt in Nederland", "NL");
        check("Product of the Netherlands", "NL");
        check("The Netherlands", "NL");
        check("Korea, Republic of", "KR");
        check("Korea (Republic of)", "KR");
        check("Republic of Korea", "KR");
        check("Korea, Democratic People's Republic of", "KP");
        check("Viet Nam", "VN");
        check("Taiwan, Province of China", "TW");
        check("Russian Federation", "RU");
        check("Bosnia and Herzegovina", "BA");
        check("Bosnia & Herzegovina", "BA");
        check("Bosnie-Herzegovine", "BA");
        check("Iran, Islamic Republic of", "IR");
        check("Iran (Islamic Republic of)", "IR");
        check("Moldova, Republic of", "MD");
        check("Tanzania, United Republic of", "TZ");
        check("Bolivarian Republic of Venezuela", "VE");
        check("the U.S.A.", "US");
        check("Congo, The Democratic Republic of the", "CD");
        check("Congo - Kinshasa (CD)", "CD");
        check("Guinea-Bissau", "GW");
        check("Saint Lucia", "LC");
        check("Cote d'Ivoire", "CI");
        check("Czech Republic", "CZ");
        check("Burma", "MM");
        check("Swaziland", "SZ");
        check("Great Britain", "GB");
        check("156", "CN");
        check("Hong Kong, China", "HK");
        check("BGD", "BD");
    }

    #[test]
    fn what_is_no_country_is_told_by_its_kind() {
        let names = all();
        let check = |text: &str, expected| assert_eq!(names.find(text), Err(expected), "{text:?}");
        for union in
            ["EU", "E.U.", "European Union", "Europese Unie", "Union européenne", "Made in EU", "EU-27"]
        {
            check(union, NoCountry::Union);
        }
        for several in [
            "DE/NL",
            "DE, NL",
            "DE NL",
            "China or Vietnam",
            "Germany & Netherlands",
            "China (DE)",
            "DE China",
            "LA China",
        ] {
            check(several, NoCountry::Several);
        }
        for unknown in ["Korea", "Congo", "Republic of", "the", "Atlantis", "Shenzhen, China", "Chna", ""] {
            check(unknown, NoCountry::Unknown);
        }
    }

    #[test]
    fn a_country_is_suggested_where_only_one_is_near() {
        let names = all();
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(names.suggest(text).map(Country::as_str), expected, "{text:?}");
        };
        check("Chna", Some("CN"));
        check("Chian", Some("CN"));
        check("Germny", Some("DE"));
        check("Vietnm", Some("VN"));
        check("Nigria", Some("NG"));
        check("Netherlnads", Some("NL"));
        check("Shenzhen, China", Some("CN"));
        check("Nigera", None);
        check("Atlantis", None);
        check("DE/NL", None);
        check("xx", None);
        check("", None);
    }
}
