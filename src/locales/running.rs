//! A catalogue that was begun: how far it is, and what is in the way.

use crate::i18n::texts;

texts! {
    Running {
        progress_label,
        of(done, total),
        heard(done, total),
        pace(count),
        minutes_left(minutes),
        last_minute,
        all_done,
        pause,
        go_on,
        paused_note,
        other_tab,
        unread,
        is_waiting(seconds),
        hold_credits(needed, credits),
        hold_credits_some(count),
        hold_key,
        hold_key_button,
        hold_offline,
        hold_storage,
        hold_tabs,
        hold_again,
        looking_for(count),
        state_waiting,
        state_uncertain,
        state_pending,
        state_completed,
        state_failed,
        state_known,
        /// With a code of ten digits.
        state_ready,
        state_needs_digits,
        state_untold,
        state_left_out,
        left_out_hint,
        needs_digits_hint,
        state_all,
        rows_label,
        product,
        code,
        confidence,
        /// Before a code that does not count any more.
        by_person,
        row_count(rows),
        nothing_here,
        place(from, to, total),
        previous,
        next,
        pages_label,
        retry_failed(count),
        retry_cost(count),
        review_unsure,
        unsure_here(count),
        lost_title(count),
        lost_body,
        lost_refused(message),
        lost_no_credits,
        lost_credits(count),
        lost_unknown,
        lost_again(count),
        lost_look,
        lost_give_up,
        lost_history,
        batch_title,
        batch_lead(total),
    }
}

/// In English.
pub const EN: Running = Running {
    progress_label: "Products that are done",
    of: |done, total| format!("{done} of {total}"),
    heard: |done, total| format!("{done} of {total} products are done"),
    pace: |count| format!("{count} a minute"),
    minutes_left: |minutes| format!("about {minutes} min left"),
    last_minute: "less than a minute left",
    all_done: "All products are classified.",
    pause: "Pause",
    go_on: "Go on",
    paused_note: "Paused. Nothing new is sent; what was sent goes on at the service.",
    unread: "This tab cannot read all that this browser has written down of this batch: what is shown here is old or incomplete, and what cannot be read is not sent. Reload the page to try again. What the service has taken is in the history.",
    other_tab: "Another tab of this browser runs this batch. It goes on here when that one is closed or out of sight.",
    is_waiting: |seconds| format!("The rate limit is reached. It goes on in {seconds} s."),
    hold_credits: |needed, credits| {
        format!(
            "The next request needs {needed} credits, and there are {credits}. It goes on when there are enough."
        )
    },
    hold_credits_some: |count| {
        if count == "1" {
            "Send 1 product for 1 credit".to_owned()
        } else {
            format!("Send {count} products for {count} credits")
        }
    },
    hold_key: "The service does not accept the key any more. Nothing is lost: try again, or enter a key of the same organisation and it goes on.",
    hold_key_button: "Enter a key",
    hold_offline: "No connection. It goes on by itself when there is one.",
    hold_storage: "This browser cannot write down what is sent, so nothing is: a crash could pay for products twice. Free some space on the disk; it is tried again.",
    hold_tabs: "On this connection the tabs of this browser cannot agree which of them sends, and the service would not notice the same batch twice. Open the dashboard over https.",
    hold_again: "It is tried again by itself.",
    looking_for: |count| {
        if count == "1" {
            "No answer came for 1 product. It is being found out what became of it; nothing is sent twice."
                .to_owned()
        } else {
            format!(
                "No answer came for {count} products. It is being found out what became of them; nothing is sent twice."
            )
        }
    },
    state_waiting: "Waiting",
    state_uncertain: "Uncertain",
    state_pending: "In progress",
    state_completed: "Done",
    state_failed: "No code",
    state_known: "Had a code",
    state_ready: "Ready",
    state_needs_digits: "Need digits",
    state_untold: "Digits not told",
    state_left_out: "Left out",
    left_out_hint: "These rows were not sent. The file that you get back says it in each of them.",
    needs_digits_hint: "A declaration needs ten digits. Open a product to choose its last ones.",
    state_all: "All",
    rows_label: "Products",
    product: "Product",
    code: "Code",
    confidence: "Confidence",
    by_person: "by a person",
    row_count: |rows| format!("{rows} rows"),
    nothing_here: "None.",
    place: |from, to, total| format!("{from}–{to} of {total}"),
    previous: "Previous",
    next: "Next",
    pages_label: "Pages of products",
    retry_failed: |count| {
        if count == "1" {
            "Try the 1 without a code again".to_owned()
        } else {
            format!("Try the {count} without a code again")
        }
    },
    retry_cost: |count| {
        if count == "1" {
            "It costs 1 credit, which comes back if it fails again.".to_owned()
        } else {
            format!("It costs {count} credits; those of products that fail again come back.")
        }
    },
    review_unsure: "Review all that is not sure",
    unsure_here: |count| {
        if count == "1" {
            "1 product of it is here.".to_owned()
        } else {
            format!("{count} products of it are here.")
        }
    },
    lost_title: |count| {
        if count == "1" {
            "No answer came for 1 product".to_owned()
        } else {
            format!("No answer came for {count} products")
        }
    },
    lost_body: "The service may have accepted them. Nothing else is sent until this is settled, and they are not sent again by themselves.",
    lost_refused: |message| {
        format!("Asked again, the service refused them: “{message}” That says nothing of the first time.")
    },
    lost_no_credits: "They are not in the history, and no credit is gone: it looks as if they never arrived.",
    lost_credits: |count| {
        if count == "1" {
            "They were not recognised in the history, but 1 credit is gone since.".to_owned()
        } else {
            format!("They were not recognised in the history, but {count} credits are gone since.")
        }
    },
    lost_unknown: "They were not recognised in the history, and it is not known whether credits are gone.",
    lost_again: |count| {
        if count == "1" {
            "Send again, for 1 credit".to_owned()
        } else {
            format!("Send again, for {count} credits")
        }
    },
    lost_look: "Look again",
    lost_give_up: "Leave them without a code",
    lost_history: "Open the history",
    batch_title: "Batch",
    batch_lead: |total| {
        if total == "1" {
            "1 product, sent from elsewhere".to_owned()
        } else {
            format!("{total} products, sent from elsewhere")
        }
    },
};

/// In Dutch.
pub const NL: Running = Running {
    progress_label: "Producten die klaar zijn",
    of: |done, total| format!("{done} van {total}"),
    heard: |done, total| format!("{done} van {total} producten zijn klaar"),
    pace: |count| format!("{count} per minuut"),
    minutes_left: |minutes| format!("nog ongeveer {minutes} min"),
    last_minute: "nog minder dan een minuut",
    all_done: "Alle producten zijn ingedeeld.",
    pause: "Pauzeren",
    go_on: "Doorgaan",
    paused_note: "Gepauzeerd. Er wordt niets nieuws verstuurd; wat is verstuurd gaat bij de dienst door.",
    unread: "Dit tabblad kan niet alles lezen wat deze browser van deze batch heeft opgeschreven: wat hier staat is oud of onvolledig, en wat niet te lezen is wordt niet verstuurd. Laad de pagina opnieuw om het nog eens te proberen. Wat de dienst heeft aangenomen, staat in de geschiedenis.",
    other_tab: "Een ander tabblad van deze browser voert deze batch uit. Hij gaat hier door als dat wordt gesloten of uit het zicht is.",
    is_waiting: |seconds| format!("De verzoekgrens is bereikt. Het gaat verder over {seconds} s."),
    hold_credits: |needed, credits| {
        format!(
            "Het volgende verzoek vraagt {needed} credits, en er zijn er {credits}. Het gaat verder als er genoeg zijn."
        )
    },
    hold_credits_some: |count| {
        if count == "1" {
            "1 product versturen voor 1 credit".to_owned()
        } else {
            format!("{count} producten versturen voor {count} credits")
        }
    },
    hold_key: "De dienst aanvaardt de sleutel niet meer. Er is niets verloren: probeer het opnieuw, of voer een sleutel van dezelfde organisatie in en het gaat verder.",
    hold_key_button: "Sleutel invoeren",
    hold_offline: "Geen verbinding. Het gaat vanzelf verder als die er weer is.",
    hold_storage: "Deze browser kan niet opschrijven wat er wordt verstuurd, dus wordt er niets verstuurd: een crash zou producten twee keer kunnen betalen. Maak ruimte op de schijf; het wordt opnieuw geprobeerd.",
    hold_tabs: "Op deze verbinding kunnen de tabbladen van deze browser niet afspreken welk ervan verstuurt, en de dienst zou dezelfde batch twee keer niet merken. Open het dashboard via https.",
    hold_again: "Het wordt vanzelf opnieuw geprobeerd.",
    looking_for: |count| {
        if count == "1" {
            "Voor 1 product kwam geen antwoord. Er wordt uitgezocht wat ervan is geworden; er wordt niets twee keer verstuurd.".to_owned()
        } else {
            format!(
                "Voor {count} producten kwam geen antwoord. Er wordt uitgezocht wat ervan is geworden; er wordt niets twee keer verstuurd."
            )
        }
    },
    state_waiting: "Wacht",
    state_uncertain: "Onzeker",
    state_pending: "Bezig",
    state_completed: "Klaar",
    state_failed: "Geen code",
    state_known: "Had al een code",
    state_ready: "Gereed",
    state_needs_digits: "Cijfers nodig",
    state_untold: "Cijfers niet genoemd",
    state_left_out: "Weggelaten",
    left_out_hint: "Deze rijen zijn niet verstuurd. Het bestand dat u terugkrijgt, zegt het bij elke rij.",
    needs_digits_hint: "Een aangifte vraagt tien cijfers. Open een product om de laatste te kiezen.",
    state_all: "Alle",
    rows_label: "Producten",
    product: "Product",
    code: "Code",
    confidence: "Zekerheid",
    by_person: "door een mens",
    row_count: |rows| format!("{rows} rijen"),
    nothing_here: "Geen.",
    place: |from, to, total| format!("{from}–{to} van {total}"),
    previous: "Vorige",
    next: "Volgende",
    pages_label: "Pagina's met producten",
    retry_failed: |count| {
        if count == "1" {
            "Het ene product zonder code opnieuw proberen".to_owned()
        } else {
            format!("De {count} zonder code opnieuw proberen")
        }
    },
    retry_cost: |count| {
        if count == "1" {
            "Het kost 1 credit, die terugkomt als het weer mislukt.".to_owned()
        } else {
            format!("Het kost {count} credits; die van producten die weer mislukken komen terug.")
        }
    },
    review_unsure: "Alles wat niet zeker is beoordelen",
    unsure_here: |count| {
        if count == "1" {
            "1 product daarvan staat hier.".to_owned()
        } else {
            format!("{count} producten daarvan staan hier.")
        }
    },
    lost_title: |count| {
        if count == "1" {
            "Voor 1 product kwam geen antwoord".to_owned()
        } else {
            format!("Voor {count} producten kwam geen antwoord")
        }
    },
    lost_body: "De dienst heeft ze misschien aanvaard. Er wordt niets anders verstuurd voordat dit is opgelost, en ze worden niet vanzelf opnieuw verstuurd.",
    lost_refused: |message| {
        format!(
            "Toen het opnieuw werd gevraagd, weigerde de dienst ze: ‘{message}’ Dat zegt niets over de eerste keer."
        )
    },
    lost_no_credits: "Ze staan niet in de geschiedenis, en er is geen credit weg: ze zijn waarschijnlijk nooit aangekomen.",
    lost_credits: |count| {
        if count == "1" {
            "Ze zijn niet herkend in de geschiedenis, maar er is sindsdien 1 credit weg.".to_owned()
        } else {
            format!("Ze zijn niet herkend in de geschiedenis, maar er zijn sindsdien {count} credits weg.")
        }
    },
    lost_unknown: "Ze zijn niet herkend in de geschiedenis, en het is niet bekend of er credits weg zijn.",
    lost_again: |count| {
        if count == "1" {
            "Opnieuw versturen, voor 1 credit".to_owned()
        } else {
            format!("Opnieuw versturen, voor {count} credits")
        }
    },
    lost_look: "Nog eens kijken",
    lost_give_up: "Zonder code laten",
    lost_history: "Geschiedenis openen",
    batch_title: "Batch",
    batch_lead: |total| {
        if total == "1" {
            "1 product, elders verstuurd".to_owned()
        } else {
            format!("{total} producten, elders verstuurd")
        }
    },
};
