//! The form for a product.

use crate::i18n::texts;

texts! {
    Classify {
        title,
        lead,
        description,
        description_hint,
        description_example,
        origin,
        origin_none,
        destination,
        costs,
        costs_hint,
        goods_value,
        quantity,
        shipping,
        insurance,
        currency,
        optional,
        submit,
        sending,
        credits_after(credits),
        no_credits,
        problems,
        not_charged,
        uncertain,
        see_history,
        problem_description_missing,
        problem_description_long(max),
        problem_description_control,
        problem_amount,
        problem_amount_small,
        problem_amount_large,
        problem_amount_precise,
        problem_quantity,
        problem_value_needed,
    }
}

/// In English.
pub const EN: Classify = Classify {
    title: "Classify a product",
    lead: "The more you say of material, use and form, the surer the code.",
    description: "What is the product?",
    description_hint: "Material, use, form, and what it consists of. English or Dutch.",
    description_example: "Stainless steel water bottle, 750 ml, double wall",
    origin: "Country of origin",
    origin_none: "Not known",
    destination: "Destination",
    costs: "Landed cost",
    costs_hint: "With a unit value and an origin the result has a landed cost, where the service knows the duty. No preference is applied.",
    goods_value: "Value per unit (FOB)",
    quantity: "Quantity",
    shipping: "Freight, in total",
    insurance: "Insurance, in total",
    currency: "Currency",
    optional: "optional",
    submit: "Classify for 1 credit",
    sending: "Sending…",
    credits_after: |credits| {
        if credits == "1" {
            "1 credit left after this".to_owned()
        } else {
            format!("{credits} credits left after this")
        }
    },
    no_credits: "You have no credits left.",
    problems: "Fix this first",
    not_charged: "Nothing was accepted: no credit was taken.",
    uncertain: "It is not known whether the product was accepted. If it was, it is in your history and a credit was taken: look there before you send it again.",
    see_history: "Look in the history",
    problem_description_missing: "Describe the product in words.",
    problem_description_long: |max| format!("The description may have at most {max} characters."),
    problem_description_control: "The description has invisible control characters. Type that part again.",
    problem_amount: "Write an amount such as 1,234.56.",
    problem_amount_small: "This amount is too small.",
    problem_amount_large: "This amount is too large.",
    problem_amount_precise: "An amount may have at most six decimals.",
    problem_quantity: "The quantity is a whole number of at least 1.",
    problem_value_needed: "Give the value per unit too: without it no landed cost is computed.",
};

/// In Dutch.
pub const NL: Classify = Classify {
    title: "Een product indelen",
    lead: "Hoe meer u zegt over materiaal, gebruik en vorm, hoe zekerder de code.",
    description: "Wat is het product?",
    description_hint: "Materiaal, gebruik, vorm en samenstelling. Nederlands of Engels.",
    description_example: "Roestvrijstalen drinkfles, 750 ml, dubbelwandig",
    origin: "Land van oorsprong",
    origin_none: "Niet bekend",
    destination: "Bestemming",
    costs: "Landed cost",
    costs_hint: "Met een stukwaarde en een land van oorsprong krijgt het resultaat een landed cost, waar de dienst het recht kent. Een preferentie wordt niet toegepast.",
    goods_value: "Waarde per stuk (FOB)",
    quantity: "Aantal",
    shipping: "Vracht, in totaal",
    insurance: "Verzekering, in totaal",
    currency: "Valuta",
    optional: "niet verplicht",
    submit: "Indelen voor 1 credit",
    sending: "Versturen…",
    credits_after: |credits| {
        if credits == "1" {
            "Hierna is er 1 credit over".to_owned()
        } else {
            format!("Hierna zijn er {credits} credits over")
        }
    },
    no_credits: "U hebt geen credits meer.",
    problems: "Verbeter dit eerst",
    not_charged: "Er is niets aanvaard: er is geen credit afgeschreven.",
    uncertain: "Het is niet bekend of het product is aanvaard. Zo ja, dan staat het in uw geschiedenis en is er een credit afgeschreven: kijk daar voordat u het opnieuw verstuurt.",
    see_history: "Kijk in de geschiedenis",
    problem_description_missing: "Omschrijf het product in woorden.",
    problem_description_long: |max| format!("De omschrijving mag hoogstens {max} tekens hebben."),
    problem_description_control: "De omschrijving bevat onzichtbare stuurtekens. Typ dat deel opnieuw.",
    problem_amount: "Schrijf een bedrag zoals 1.234,56.",
    problem_amount_small: "Dit bedrag is te klein.",
    problem_amount_large: "Dit bedrag is te groot.",
    problem_amount_precise: "Een bedrag mag hoogstens zes decimalen hebben.",
    problem_quantity: "Het aantal is een geheel getal van minstens 1.",
    problem_value_needed: "Geef ook de waarde per stuk op: zonder die waarde wordt geen landed cost berekend.",
};
