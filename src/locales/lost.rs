//! A product whose answer was lost.

use crate::i18n::texts;

texts! {
    Lost {
        title(product),
        title_unnamed,
        title_found(product),
        title_found_unnamed,
        sent(time),
        waiting,
        looking,
        accepted,
        see_result,
        perhaps,
        this_one,
        none_of_them,
        absent_unpaid,
        absent_paid(credits),
        absent_unknown,
        look_again,
        safe,
        send_again,
        forget,
    }
}

/// In English.
pub const EN: Lost = Lost {
    title: |product| format!("It is not known whether “{product}” was accepted"),
    title_found: |product| format!("“{product}” was accepted"),
    title_found_unnamed: "The product was accepted",
    title_unnamed: "It is not known whether the product was accepted",
    sent: |time| format!("It was sent on {time}."),
    waiting: "An answer to another tab, or to this page before it was reloaded, may still be on its way. We wait half a minute and then look in your history.",
    looking: "No answer came that we could read. We are looking in your history and at your credits…",
    accepted: "The answer was lost, but it is in your history, and one credit was taken.",
    see_result: "See the result",
    perhaps: "One of these may be it. The service does not tell what each was asked with, so only you can say.",
    this_one: "This is it",
    none_of_them: "None of these",
    absent_unpaid: "It is not in your history, and no credit is gone: it was not accepted.",
    absent_paid: |credits| {
        if credits == "1" {
            "It is not in your history, but one credit is gone. Other work of your organisation may have taken it.".to_owned()
        } else {
            format!(
                "It is not in your history, but {credits} credits are gone. Other work of your organisation may have taken them."
            )
        }
    },
    absent_unknown: "It is not in your history. How many credits there were before is not known.",
    look_again: "Look again",
    safe: "Sending it again is safe: the service recognises it and charges it once.",
    send_again: "Send it again for 1 credit",
    forget: "Let it be",
};

/// In Dutch.
pub const NL: Lost = Lost {
    title: |product| format!("Het is niet bekend of ‘{product}’ is aanvaard"),
    title_found: |product| format!("‘{product}’ is aanvaard"),
    title_found_unnamed: "Het product is aanvaard",
    title_unnamed: "Het is niet bekend of het product is aanvaard",
    sent: |time| format!("Het is verstuurd op {time}."),
    waiting: "Een antwoord aan een ander tabblad, of aan deze pagina voordat die opnieuw werd geladen, kan nog onderweg zijn. We wachten een halve minuut en kijken dan in uw geschiedenis.",
    looking: "Er kwam geen antwoord dat we konden lezen. We kijken in uw geschiedenis en naar uw credits…",
    accepted: "Het antwoord ging verloren, maar het staat in uw geschiedenis en er is één credit afgeschreven.",
    see_result: "Bekijk het resultaat",
    perhaps: "Een van deze kan het zijn. De dienst vertelt niet waarmee elk is gevraagd, dus alleen u kunt het zeggen.",
    this_one: "Dit is het",
    none_of_them: "Geen van deze",
    absent_unpaid: "Het staat niet in uw geschiedenis en er is geen credit weg: het is niet aanvaard.",
    absent_paid: |credits| {
        if credits == "1" {
            "Het staat niet in uw geschiedenis, maar er is één credit weg. Die kan door ander werk van uw organisatie zijn gebruikt.".to_owned()
        } else {
            format!(
                "Het staat niet in uw geschiedenis, maar er zijn {credits} credits weg. Die kunnen door ander werk van uw organisatie zijn gebruikt."
            )
        }
    },
    absent_unknown: "Het staat niet in uw geschiedenis. Hoeveel credits er eerst waren, is niet bekend.",
    look_again: "Kijk opnieuw",
    safe: "Opnieuw versturen is veilig: de dienst herkent het en brengt het één keer in rekening.",
    send_again: "Verstuur opnieuw voor 1 credit",
    forget: "Laat het zo",
};
