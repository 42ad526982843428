//! Takes the tags and entities of HTML off a text, as exports of web shops have them.

/// Elements whose content is no text of the page.
const HIDDEN: [&str; 4] = ["script", "style", "template", "noscript"];

/// Elements within a line. All others stand on a line of their own.
const INLINE: &str = " a abbr b big code del em font i ins mark q s small span strike strong sub sup tt u ";

/// Elements that stand on lines of their own, or show something.
const BLOCK: &str = " address article aside blockquote body br button caption center col colgroup dd div dl dt embed figcaption \
    figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe img input label li link main meta nav object ol option p \
    pre section select svg table tbody td textarea tfoot th thead title tr ul video ";

/// The names of entities with their characters.
const ENTITIES: &str = " amp & lt < gt > quot \" apos ' nbsp \u{a0} euro € pound £ yen ¥ cent ¢ deg ° times × divide ÷ plusmn ± micro µ \
    frac12 ½ frac14 ¼ frac34 ¾ sup2 ² sup3 ³ reg ® copy © trade ™ bull • middot · hellip … ndash – mdash — lsquo ‘ rsquo ’ ldquo “ \
    rdquo ” laquo « raquo » szlig ß aacute á agrave à acirc â auml ä atilde ã aring å aelig æ ccedil ç eacute é egrave è ecirc ê \
    euml ë iacute í igrave ì icirc î iuml ï ntilde ñ oacute ó ograve ò ocirc ô ouml ö otilde õ oslash ø uacute ú ugrave ù ucirc û \
    uuml ü yacute ý Auml Ä Ouml Ö Uuml Ü Eacute É Egrave È Agrave À Ccedil Ç Oslash Ø Aring Å ";

/// The most times that a text is decoded: exports escape what is escaped already.
const ROUNDS: usize = 3;

/// The text on one line, without tags, entities, scripts and styles; `None` if it has none of them. `a < b` has none.
#[must_use]
pub(crate) fn stripped(text: &str) -> Option<String> {
    let mut plain: Option<String> = None;
    for _ in 0..ROUNDS {
        let before = plain.as_deref().unwrap_or(text);
        let Some(after) = once(before) else { break };
        plain = Some(after);
    }
    plain.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Takes off one level of tags and entities; `None` if there are none.
fn once(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut has_changed = false;
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, here) = rest.split_at(at);
        plain.push_str(before);
        let (is_tag, found) = match here.starts_with('<') {
            true => (true, tag(here)),
            false => (false, entity(here)),
        };
        if let Some((replacement, length)) = found {
            if is_tag {
                plain.push_str(if replacement == ' ' { " " } else { "" });
            } else {
                plain.push(replacement);
            }
            has_changed = true;
            rest = here.get(length..).unwrap_or_default();
        } else {
            plain.push_str(&here[..1]);
            rest = &here[1..];
        }
    }
    plain.push_str(rest);
    has_changed.then_some(plain)
}

/// The tag at the beginning of a text, with the content of a script: a blank if it ends a line, and its length.
fn tag(text: &str) -> Option<(char, usize)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some((' ', comment.find("-->").map_or(text.len(), |end| end + 7)));
    }
    let inner = text.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let word = format!(" {} ", name[..end].to_ascii_lowercase());
    let is_hidden = HIDDEN.contains(&word.trim());
    let is_document = inner.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("!doctype"));
    let is_tag =
        is_hidden || is_document || INLINE.contains(&word) && end > 0 || BLOCK.contains(&word) && end > 0;
    // After its name, a tag has attributes or ends.
    let follows = name[end..].starts_with(['>', '/']) || name[end..].starts_with(char::is_whitespace);
    if !is_tag || !(follows || is_document) {
        return None;
    }
    let length = end_of_tag(text)?;
    if is_hidden && !inner.starts_with('/') {
        let close = format!("</{}", word.trim());
        let content = text.get(length..).unwrap_or_default();
        let content_end = content.to_ascii_lowercase().find(&close).unwrap_or(content.len());
        let after = content.get(content_end..).unwrap_or_default();
        return Some((' ', length + content_end + end_of_tag(after).unwrap_or(after.len())));
    }
    Some((if INLINE.contains(&word) { '\0' } else { ' ' }, length))
}

/// The length of a tag with its `>`, which may stand in a quoted attribute as well.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if text[..at].ends_with('=') => quote = Some(c),
            (None, '>') => return Some(at + 1),
            (None, _) => {}
        }
    }
    None
}

/// The character of the entity at the beginning of a text, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let (name, _) = text.strip_prefix('&')?.split_once(';')?;
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|c| !c.is_control() || c.is_whitespace())?
        }
        None if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => return None,
        None => {
            let list = format!(" {name} ");
            ENTITIES.split_once(&list)?.1.chars().next()?
        }
    };
    Some((character, name.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_entities_are_taken_off() {
        let check =
            |text: &str, expected: &str| assert_eq!(stripped(text).as_deref(), Some(expected), "{text:?}");
        check(
            "<p>Insulated <b>stainless steel</b> bottle &amp; cup 750&nbsp;ml</p><ul><li>Dishwasher safe</li></ul>",
            "Insulated stainless steel bottle & cup 750 ml Dishwasher safe",
        );
        check("<script>alert(1)</script>Cotton T-shirt men", "Cotton T-shirt men");
        check("<STYLE>p { color: red }</STYLE>Cotton<br/>T-shirt", "Cotton T-shirt");
        check("<script>let a = '<p>';", "");
        check("Mug<!-- sale -->, blue", "Mug , blue");
        check("<a href=\"/x?a>b\" title='y'>Mug</a>", "Mug");
        check("H<sub>2</sub>O bottle", "H2O bottle");
        check("caf&eacute; cup &#8364; &#x26; saucer &ldquo;M&rdquo;", "café cup € & saucer “M”");
        check("&lt;p&gt;Steel mug&lt;/p&gt;", "Steel mug");
        check("&amp;lt;b&amp;gt;Steel&amp;lt;/b&amp;gt; mug", "Steel mug");
        check("<!DOCTYPE html><p>Mug", "Mug");
        check("a &lt; b", "a < b");
    }

    #[test]
    fn a_text_without_markup_stays() {
        for text in [
            "",
            "Steel mug",
            "a < b",
            "a <b",
            "5 < 6 > 4",
            "x<y>z",
            "size <M>",
            "AT&T cable",
            "Tom & Jerry; toy",
            "R&D;",
            "&#0; mug",
            "&#xD800;",
            "& ;",
            "<p steel",
            "<3 heart",
            "é<é>",
        ] {
            assert_eq!(stripped(text), None, "{text:?}");
        }
    }
}
