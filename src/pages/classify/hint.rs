//! Advice on what a description lacks for a confident answer. It never blocks sending.

use import8_catalogue::description::{Aspect, Lacks, lacks};
use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::i18n::{Texts, use_texts};

/// The aspects that the description covers, and the one to add next.
#[component]
pub fn DescriptionHint(
    /// The description as typed.
    #[prop(into)]
    description: Signal<String>,
) -> impl IntoView {
    let texts = use_texts();
    let lacks = Memo::new(move |_| description.with(|text| lacks(text)));
    // A memo of its own, so that screen readers hear the sentence when it changes, not at every key.
    let sentence = Memo::new(move |_| lacks.with(|lacks| sentence(lacks, texts)));
    let aspect = move |aspect: Aspect| {
        let says = Memo::new(move |_| lacks.with(|lacks| lacks.says(aspect)));
        let mark = move |is_said: bool| {
            let (mark, label) =
                if is_said { ("✓", texts.hint().given) } else { ("–", texts.hint().missing) };
            view! {
                <li data-said=is_said.to_string()>
                    <span role="img" aria-label=label>
                        {mark}
                    </span>
                    " "
                    {word(aspect, texts)}
                </li>
            }
        };
        move || says.get().map(mark)
    };
    view! {
        <div class="says">
            <ul aria-label=texts.hint().label>{Aspect::ALL.map(aspect).into_iter().collect_view()}</ul>
            <p role="status" id="description-lacks">
                {move || sentence.get()}
            </p>
        </div>
    }
}

fn word(aspect: Aspect, texts: Texts) -> &'static str {
    match aspect {
        Aspect::Material => texts.hint().material,
        Aspect::Purpose => texts.hint().purpose,
        Aspect::Form => texts.hint().form,
        Aspect::Composition => texts.hint().composition,
    }
}

/// The advice on what to add next; `None` if nothing is needed or too little is typed to tell.
fn sentence(lacks: &Lacks, texts: Texts) -> Option<&'static str> {
    let texts = texts.hint();
    if lacks.is_too_short {
        return None;
    }
    if lacks.is_vague {
        return Some(texts.say_what_it_is);
    }
    Some(match lacks.most()? {
        Aspect::Material => texts.say_material,
        Aspect::Purpose => texts.say_purpose,
        Aspect::Form => texts.say_form,
        Aspect::Composition if lacks.is_food => texts.say_ingredients,
        Aspect::Composition => texts.say_fibres,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use crate::i18n::texts::hint::{EN, NL};

    #[test]
    fn the_sentence_is_about_what_is_missing_most() {
        let check = |description: &str, english: &str, dutch: &str| {
            for (language, expected) in [(Language::En, english), (Language::Nl, dutch)] {
                let said = sentence(&lacks(description), language.texts());
                assert_eq!(said.unwrap_or_default(), expected, "{description}");
            }
        };
        let (anything, alles) = (EN.say_what_it_is, NL.say_what_it_is);
        for vague in
            ["parts", "Spare parts", "gift", "Gift set", "samples", "misc. accessories", "new goods 12"]
        {
            check(vague, anything, alles);
        }
        for vague in ["onderdelen", "losse onderdelen", "cadeau", "Diversen", "monster"] {
            check(vague, anything, alles);
        }
        check("", "", "");
        check("ab 12", "", "");
        check("shirt", EN.say_material, NL.say_material);
        check("cotton shirt", EN.say_fibres, NL.say_fibres);
        check("chocolate", EN.say_ingredients, NL.say_ingredients);
        check("shirt, 100% cotton", EN.say_form, NL.say_form);
        check("knitted shirt, 100% cotton", "", "");
        check("steel rod 2 m", EN.say_purpose, NL.say_purpose);
        check("gift box of chocolate with nuts", "", "");
        check("roestvrijstalen fles", EN.say_form, NL.say_form);
        check("roestvrijstalen fles, 750ml", "", "");
    }
}
