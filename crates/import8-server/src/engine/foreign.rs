//! Recognises descriptions in a language that the engine does not read, by their common words and letters.

use super::text::Word;
use crate::language::{Language, Localized};

/// A language that the engine does not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    name: Localized<&'static str>,
    /// Its grammatical words that are neither English nor Dutch, in lower case with accents.
    grammar: &'static str,
    /// Its words for everyday goods and materials that are neither English nor Dutch, folded.
    goods: &'static str,
    /// The endings of its compounds, folded.
    ends: &'static str,
}

static LANGUAGES: [Foreign; 5] = [
    Foreign {
        name: Localized { en: "German", nl: "het Duits" },
        grammar: "aus und mit für ohne zum zur der das ein eine einem einer eines nicht auf oder bei im",
        goods: "\
            stuhl stuhle tisch holz stahl edelstahl baumwolle wolle seide leinen schuhe schuh \
            jacke kleid flasche tasche uhr armbanduhr leuchte kopfhorer \
            spielzeug puppe herren damen kinderschuhe messer gabel loffel becher \
            schussel decke kissen bettwasche handtuch vorhang teppich schrank sessel \
            kerze seife kaffee kase schokolade honig wein brille handschuhe socken strumpfe \
            gurtel geldborse schmuck kette ohrringe fahrrad werkzeug schraube schrauben ladegerat \
            hulle spielzeugauto hemd bluse rock regenschirm zahnburste kochtopf pfanne glaser \
            aluminiumfolie papierkorb geschirr wasserkocher staubsauger bohrmaschine",
        ends: "schuhe stuhl tisch flasche tasche jacke leuchte becher messer hulle \
            handschuhe spielzeug schrank maschine brille kissen burste kleid",
    },
    Foreign {
        name: Localized { en: "French", nl: "het Frans" },
        grammar: "le la les des du et avec pour sans une homme hommes femme femmes à dans sur ou",
        goods: "\
            chaise chaises bois acier inoxydable cuir coton laine soie verre plastique \
            caoutchouc chaussure chaussures chemise pantalon manteau veste bouteille sac \
            montre horloge lampe lampadaire casque ecouteurs jouet jouets poupee \
            enfant enfants couteau couteaux fourchette cuillere tasse assiette \
            couverture oreiller rideau tapis armoire fauteuil savon \
            cafe fromage chocolat miel vin lunettes gants chaussettes ceinture \
            boucles velo outil outils chargeur coque jupe parapluie brosse poele \
            casserole vaisselle bouilloire aspirateur perceuse",
        ends: "",
    },
    Foreign {
        name: Localized { en: "Spanish", nl: "het Spaans" },
        grammar: "el la los las del con para sin una unos y por",
        goods: "\
            silla sillas mesa madera acero inoxidable cuero algodon lana seda vidrio \
            plastico goma papel zapato zapatos camisa camiseta pantalon pantalones abrigo chaqueta \
            botella bolso bolsa mochila maleta reloj lampara auriculares juguete juguetes muneca \
            hombre mujer nino ninos cuchillo tenedor cuchara taza plato manta almohada toalla \
            cortina alfombra estanteria armario sillon vela jabon cafe queso miel gafas \
            guantes calcetines cinturon cartera joyas collar pendientes bicicleta herramienta \
            tornillo tornillos cargador funda falda paraguas cepillo sarten olla vajilla hervidor \
            aspiradora taladro",
        ends: "",
    },
    Foreign {
        name: Localized { en: "Italian", nl: "het Italiaans" },
        grammar: "il lo la gli di del della con senza una uno e",
        goods: "\
            sedia sedie tavolo legno acciaio pelle cuoio cotone lana seta vetro plastica gomma \
            carta scarpe camicia maglietta pantaloni cappotto giacca bottiglia borsa zaino \
            valigia orologio lampada cuffie giocattolo giocattoli bambola uomo donna bambini \
            bambino coltello forchetta cucchiaio tazza piatto coperta cuscino asciugamano tenda \
            tappeto scaffale armadio poltrona divano sapone formaggio cioccolato miele \
            occhiali guanti calzini cintura portafoglio gioielli collana orecchini bicicletta \
            attrezzo vite viti caricabatterie custodia gonna ombrello spazzolino padella pentola \
            stoviglie bollitore aspirapolvere trapano",
        ends: "",
    },
    Foreign {
        name: Localized { en: "Polish", nl: "het Pools" },
        grammar: "z ze dla bez oraz lub przez",
        goods: "\
            krzesło krzesła stoł drewno drewna drewniany drewniane drewniana stali stalowy \
            nierdzewnej skora skory skorzany skorzana skorzane bawełna bawełny bawełniana \
            bawełniany wełna wełny jedwab szkło szkła szklany szklana plastik plastiku \
            plastikowy plastikowa guma gumy papieru buty koszula koszulka spodnie płaszcz \
            kurtka butelka torba torebka plecak walizka zegar zegarek lampa lampka słuchawki \
            zabawka zabawki lalka meska meskie meski damska damskie damski dzieciece dla dzieci noz \
            widelec łyzka kubek filizanka talerz koc poduszka recznik zasłona dywan połka szafa \
            fotel kanapa swieca mydło kawa ser czekolada miod okulary rekawiczki skarpetki \
            pasek portfel bizuteria naszyjnik kolczyki narzedzie sruba sruby ładowarka \
            spodnica szczoteczka patelnia garnek czajnik odkurzacz wiertarka",
        ends: "",
    },
];

/// A language that is neither read nor one of [`LANGUAGES`].
static OTHER: Foreign = Foreign {
    name: Localized { en: "another language", nl: "een andere taal" },
    grammar: "",
    goods: "",
    ends: "",
};

/// Latin letters that English and Dutch words do not have.
const LETTERS: &str = "äßłąęśżźćńñãõåøæœçşğıěřšžčůőűțșăđþ";

/// The weight of a grammatical word, and of a word with a foreign Latin letter. Names may contain both.
const HINT: usize = 1;
/// The weight of a word for goods or materials, and of a word in another script.
const PROOF: usize = 2;

/// The language of a description, if the engine does not read it. `is_known` returns whether the nomenclature
/// contains a folded word in any form, `is_written` whether in exactly this form.
pub(super) fn foreign(
    words: &[Word],
    is_known: impl Fn(&str) -> bool,
    is_written: impl Fn(&str) -> bool,
) -> Option<&'static Foreign> {
    let score = |language: &'static Foreign| {
        (words.iter().map(|word| language.score(word, &is_known, &is_written)).sum::<usize>(), language)
    };
    // Of equal scores the last one wins, which is that of the most common language.
    let best = LANGUAGES.iter().rev().map(score).max_by_key(|(score, _)| *score);
    let unknown = words.iter().filter(|word| !is_known(&word.folded));
    let by_letters: (usize, &'static Foreign) = (unknown.map(|word| letters(&word.surface)).sum(), &OTHER);
    let (evidence, language) = best.filter(|(score, _)| *score > 0).unwrap_or(by_letters);
    let evidence = evidence.max(by_letters.0);
    let is_own = |word: &&Word| {
        is_known(&word.folded)
            && language.score(word, &is_known, &is_written) < PROOF
            && !language.is_grammar(word)
    };
    let own = words.iter().filter(is_own).count();
    (evidence >= PROOF && evidence > own).then_some(language)
}

impl Foreign {
    /// Its name, for use in a sentence.
    pub(super) const fn name(&self, language: Language) -> &'static str {
        self.name.get(language)
    }

    /// Whether a word is a grammatical word of this language.
    pub(super) fn is_grammar(&self, word: &Word) -> bool {
        has(self.grammar, &word.surface.to_lowercase())
    }

    fn score(
        &self,
        word: &Word,
        is_known: impl Fn(&str) -> bool,
        is_written: impl Fn(&str) -> bool,
    ) -> usize {
        let folded = word.folded.as_str();
        let is_compound =
            || self.ends.split_whitespace().any(|end| folded.len() > end.len() && folded.ends_with(end));
        if self.is_grammar(word) {
            HINT
        } else if has(self.goods, folded) {
            // The languages share many words.
            if is_written(folded) { HINT } else { PROOF }
        } else if !is_known(folded) && is_compound() {
            PROOF
        } else {
            0
        }
    }
}

/// The weight of a word by its letters. A single letter, or one beside digits, is a symbol and weighs nothing: `Ω`,
/// `Ø12`.
fn letters(surface: &str) -> usize {
    let is_sign = surface.chars().count() == 1 || surface.contains(|c: char| c.is_ascii_digit());
    let has = |is_foreign: fn(char) -> bool| surface.chars().flat_map(char::to_lowercase).any(is_foreign);
    if is_sign {
        0
    } else if has(|c| c.is_alphabetic() && !matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')) {
        PROOF
    } else if has(|c| LETTERS.contains(c)) {
        HINT
    } else {
        0
    }
}

/// Whether a list of words, separated by white space, contains a word.
fn has(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    fn language_name(description: &str) -> Option<&'static str> {
        let known =
            ["aus", "chaise", "table", "lamp", "leather", "leder", "bottle", "chair", "vacuum", "cream"];
        let words = text::words(description);
        let is_known = |folded: &str| known.contains(&folded);
        foreign(&words, is_known, is_known).map(|language| language.name(Language::En))
    }

    #[test]
    fn languages_that_are_not_read_are_noticed() {
        for (description, language) in [
            ("Stuhl aus Holz", "German"),
            ("STUHL", "German"),
            ("Damenschuhe aus Leder", "German"),
            ("chaise en bois", "French"),
            ("Sac à main en cuir pour femme", "French"),
            ("table en verre", "French"),
            ("silla de madera", "Spanish"),
            ("camiseta de algodón para niños", "Spanish"),
            ("sedia in legno", "Italian"),
            ("Borsa in pelle", "Italian"),
            ("krzesło z drewna", "Polish"),
            ("buty skórzane męskie", "Polish"),
            ("деревянный стул", "another language"),
            ("木制椅子", "another language"),
            ("dřevěná židle", "another language"),
        ] {
            assert_eq!(language_name(description), Some(language), "{description}");
        }
    }

    #[test]
    fn names_and_borrowed_words_make_no_foreign_language() {
        for description in [
            "Le Creuset bottle",
            "La Mer cream",
            "chaise",
            "chair with vacuüm bottle",
            "koffer en tas de luxe",
            "een leren tas met rits voor de laptop",
            "TOTAL",
            "Zorblax Frimp",
            "Røde lamp",
            "Ø12 mm, 100 Ω",
            "",
        ] {
            assert_eq!(language_name(description), None, "{description}");
        }
    }
}
