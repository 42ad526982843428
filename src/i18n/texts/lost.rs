//! Texts of a submission whose answer was lost: what was found, and what the person can do.

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
    waiting: "An answer to another tab, or to this page before it was reloaded, may still arrive. We wait half a minute and then search your history.",
    looking: "No readable answer came. We are searching your history and checking your credits…",
    accepted: "The answer was lost, but the product is in your history and one credit was used.",
    see_result: "See the result",
    perhaps: "It may be one of these. The service does not repeat the request, so only you can tell.",
    this_one: "This is it",
    none_of_them: "None of these",
    absent_unpaid: "It is not in your history and no credit was used: it was not accepted.",
    absent_paid: |credits| {
        if credits == "1" {
            "It is not in your history, but one credit was used, perhaps by other work of your organisation."
                .to_owned()
        } else {
            format!(
                "It is not in your history, but {credits} credits were used, perhaps by other work of your organisation."
            )
        }
    },
    absent_unknown: "It is not in your history. The number of credits before is not known.",
    look_again: "Check again",
    safe: "Sending it again is safe: the service recognises it and charges it once.",
    send_again: "Send again for 1 credit",
    forget: "Dismiss",
};

/// In Dutch.
pub const NL: Lost = Lost {
    title: |product| format!("Het is niet bekend of ‘{product}’ is aanvaard"),
    title_found: |product| format!("‘{product}’ is aanvaard"),
    title_found_unnamed: "Het product is aanvaard",
    title_unnamed: "Het is niet bekend of het product is aanvaard",
    sent: |time| format!("Het is verzonden op {time}."),
    waiting: "Een antwoord aan een ander tabblad, of aan deze pagina voordat die opnieuw werd geladen, kan nog komen. We wachten een halve minuut en zoeken dan in uw geschiedenis.",
    looking: "Er kwam geen leesbaar antwoord. We zoeken in uw geschiedenis en controleren uw credits…",
    accepted: "Het antwoord ging verloren, maar het product staat in uw geschiedenis en er is één credit gebruikt.",
    see_result: "Bekijk het resultaat",
    perhaps: "Het kan een van deze zijn. De dienst herhaalt het verzoek niet, dus alleen u kunt het zien.",
    this_one: "Dit is het",
    none_of_them: "Geen van deze",
    absent_unpaid: "Het staat niet in uw geschiedenis en er is geen credit gebruikt: het is niet aanvaard.",
    absent_paid: |credits| {
        if credits == "1" {
            "Het staat niet in uw geschiedenis, maar er is één credit gebruikt, misschien voor ander werk van uw organisatie.".to_owned()
        } else {
            format!(
                "Het staat niet in uw geschiedenis, maar er zijn {credits} credits gebruikt, misschien voor ander werk van uw organisatie."
            )
        }
    },
    absent_unknown: "Het staat niet in uw geschiedenis. Het aantal credits van daarvoor is niet bekend.",
    look_again: "Opnieuw controleren",
    safe: "Opnieuw verzenden is veilig: de dienst herkent het en rekent het één keer.",
    send_again: "Opnieuw verzenden voor 1 credit",
    forget: "Sluiten",
};
