//! Texts of a batch that was started: its progress, and the reasons why it waits.

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
    progress_label: "Products done",
    of: |done, total| format!("{done} of {total}"),
    heard: |done, total| format!("{done} of {total} products are done"),
    pace: |count| format!("{count} per minute"),
    minutes_left: |minutes| format!("about {minutes} min left"),
    last_minute: "less than a minute left",
    all_done: "All products are done.",
    pause: "Pause",
    go_on: "Continue",
    paused_note: "Paused. Nothing new is sent; products already sent are still classified.",
    unread: "This tab cannot read all stored data of this batch: what you see is old or incomplete, and what cannot be read is not sent. Reload the page to try again. What the service accepted is in the history.",
    other_tab: "Another tab of this browser runs this batch. It continues here when that tab is closed or hidden.",
    is_waiting: |seconds| format!("Rate limit reached. Continuing in {seconds} s."),
    hold_credits: |needed, credits| {
        format!(
            "The next request needs {needed} credits; you have {credits}. It continues when there are enough."
        )
    },
    hold_credits_some: |count| {
        if count == "1" {
            "Send 1 product for 1 credit".to_owned()
        } else {
            format!("Send {count} products for {count} credits")
        }
    },
    hold_key: "The service no longer accepts the key. Nothing is lost: try again, or enter a key of the same organisation to continue.",
    hold_key_button: "Enter a key",
    hold_offline: "No connection. It continues when the connection is back.",
    hold_storage: "This browser cannot record what is sent, so nothing is: after a crash products could be paid for twice. Free some disk space; it is tried again.",
    hold_tabs: "On this connection the browser's tabs cannot agree which of them sends, and the service would not notice a batch sent twice. Open the dashboard over https.",
    hold_again: "It will be tried again.",
    looking_for: |count| {
        if count == "1" {
            "No answer came for 1 product. We are checking whether it was accepted; nothing is sent twice."
                .to_owned()
        } else {
            format!(
                "No answer came for {count} products. We are checking whether they were accepted; nothing is sent twice."
            )
        }
    },
    state_waiting: "Waiting",
    state_uncertain: "Uncertain",
    state_pending: "In progress",
    state_completed: "Done",
    state_failed: "No code",
    state_known: "Already classified",
    state_ready: "Ready",
    state_needs_digits: "Choose ten digits",
    state_untold: "Digits not reported",
    state_left_out: "Skipped",
    left_out_hint: "These rows were not sent. The downloaded file says so in each of them.",
    needs_digits_hint: "A declaration needs ten digits. Open a product to choose the last ones.",
    state_all: "All sent",
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
            "Retry the 1 without a code".to_owned()
        } else {
            format!("Retry the {count} without a code")
        }
    },
    retry_cost: |count| {
        if count == "1" {
            "It costs 1 credit, refunded if it fails again.".to_owned()
        } else {
            format!("It costs {count} credits, refunded for products that fail again.")
        }
    },
    review_unsure: "Review uncertain codes",
    unsure_here: |count| {
        if count == "1" { "1 is in this batch.".to_owned() } else { format!("{count} are in this batch.") }
    },
    lost_title: |count| {
        if count == "1" {
            "No answer came for 1 product".to_owned()
        } else {
            format!("No answer came for {count} products")
        }
    },
    lost_body: "The service may have accepted them. Nothing else is sent until you decide, and they are not sent again automatically.",
    lost_refused: |message| {
        format!(
            "When asked again, the service refused them: “{message}” The first request may still have been accepted."
        )
    },
    lost_no_credits: "They are not in the history and no credit was used: they probably never arrived.",
    lost_credits: |count| {
        if count == "1" {
            "They were not found in the history, but 1 credit was used since.".to_owned()
        } else {
            format!("They were not found in the history, but {count} credits were used since.")
        }
    },
    lost_unknown: "They were not found in the history, and it is not known whether credits were used.",
    lost_again: |count| {
        if count == "1" {
            "Send again, for 1 credit".to_owned()
        } else {
            format!("Send again, for {count} credits")
        }
    },
    lost_look: "Check again",
    lost_give_up: "Leave without a code",
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
    progress_label: "Producten klaar",
    of: |done, total| format!("{done} van {total}"),
    heard: |done, total| format!("{done} van {total} producten zijn klaar"),
    pace: |count| format!("{count} per minuut"),
    minutes_left: |minutes| format!("nog ongeveer {minutes} min"),
    last_minute: "nog minder dan een minuut",
    all_done: "Alle producten zijn klaar.",
    pause: "Pauzeren",
    go_on: "Doorgaan",
    paused_note: "Gepauzeerd. Er wordt niets nieuws verzonden; wat al is verzonden, wordt nog ingedeeld.",
    unread: "Dit tabblad kan niet alle bewaarde gegevens van deze batch lezen: wat u ziet is oud of onvolledig, en wat niet leesbaar is, wordt niet verzonden. Laad de pagina opnieuw om het nog eens te proberen. Wat de dienst heeft aanvaard, staat in de geschiedenis.",
    other_tab: "Een ander tabblad van deze browser voert deze batch uit. Hij gaat hier verder als dat tabblad is gesloten of uit beeld is.",
    is_waiting: |seconds| format!("Verzoeklimiet bereikt. Gaat verder over {seconds} s."),
    hold_credits: |needed, credits| {
        format!(
            "Het volgende verzoek kost {needed} credits; u hebt er {credits}. De batch gaat verder als er genoeg zijn."
        )
    },
    hold_credits_some: |count| {
        if count == "1" {
            "1 product verzenden voor 1 credit".to_owned()
        } else {
            format!("{count} producten verzenden voor {count} credits")
        }
    },
    hold_key: "De dienst aanvaardt de sleutel niet meer. Er is niets verloren: probeer het opnieuw, of voer een sleutel van dezelfde organisatie in om verder te gaan.",
    hold_key_button: "Sleutel invoeren",
    hold_offline: "Geen verbinding. De batch gaat verder zodra de verbinding terug is.",
    hold_storage: "Deze browser kan niet vastleggen wat er wordt verzonden, dus wordt er niets verzonden: na een crash zou u twee keer kunnen betalen. Maak schijfruimte vrij; het wordt opnieuw geprobeerd.",
    hold_tabs: "Op deze verbinding kunnen de tabbladen niet afspreken welk ervan verzendt, en de dienst zou een dubbele batch niet merken. Open het dashboard via https.",
    hold_again: "Het wordt opnieuw geprobeerd.",
    looking_for: |count| {
        if count == "1" {
            "Voor 1 product kwam geen antwoord. We controleren of het is aanvaard; er wordt niets twee keer verzonden.".to_owned()
        } else {
            format!(
                "Voor {count} producten kwam geen antwoord. We controleren of ze zijn aanvaard; er wordt niets twee keer verzonden."
            )
        }
    },
    state_waiting: "Wacht",
    state_uncertain: "Onzeker",
    state_pending: "Bezig",
    state_completed: "Klaar",
    state_failed: "Geen code",
    state_known: "Al ingedeeld",
    state_ready: "Gereed",
    state_needs_digits: "Tien cijfers kiezen",
    state_untold: "Cijfers niet vermeld",
    state_left_out: "Overgeslagen",
    left_out_hint: "Deze rijen zijn niet verzonden. Dat staat in het gedownloade bestand bij elke rij.",
    needs_digits_hint: "Een aangifte vraagt tien cijfers. Open een product om de laatste te kiezen.",
    state_all: "Alle verzonden",
    rows_label: "Producten",
    product: "Product",
    code: "Code",
    confidence: "Betrouwbaarheid",
    by_person: "door een persoon",
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
            "Het kost 1 credit, die u terugkrijgt als het weer mislukt.".to_owned()
        } else {
            format!("Het kost {count} credits, die u terugkrijgt voor producten die weer mislukken.")
        }
    },
    review_unsure: "Onzekere codes beoordelen",
    unsure_here: |count| {
        if count == "1" {
            "1 staat in deze batch.".to_owned()
        } else {
            format!("{count} staan in deze batch.")
        }
    },
    lost_title: |count| {
        if count == "1" {
            "Voor 1 product kwam geen antwoord".to_owned()
        } else {
            format!("Voor {count} producten kwam geen antwoord")
        }
    },
    lost_body: "De dienst heeft ze misschien aanvaard. Er wordt niets anders verzonden totdat u beslist, en ze worden niet automatisch opnieuw verzonden.",
    lost_refused: |message| {
        format!("Bij een tweede verzoek weigerde de dienst ze: ‘{message}’ Het eerste kan wel zijn aanvaard.")
    },
    lost_no_credits: "Ze staan niet in de geschiedenis en er is geen credit gebruikt: ze zijn waarschijnlijk nooit aangekomen.",
    lost_credits: |count| {
        if count == "1" {
            "Ze zijn niet gevonden in de geschiedenis, maar er is sindsdien 1 credit gebruikt.".to_owned()
        } else {
            format!(
                "Ze zijn niet gevonden in de geschiedenis, maar er zijn sindsdien {count} credits gebruikt."
            )
        }
    },
    lost_unknown: "Ze zijn niet gevonden in de geschiedenis, en het is niet bekend of er credits zijn gebruikt.",
    lost_again: |count| {
        if count == "1" {
            "Opnieuw verzenden, voor 1 credit".to_owned()
        } else {
            format!("Opnieuw verzenden, voor {count} credits")
        }
    },
    lost_look: "Opnieuw controleren",
    lost_give_up: "Zonder code laten",
    lost_history: "Geschiedenis openen",
    batch_title: "Batch",
    batch_lead: |total| {
        if total == "1" {
            "1 product, elders verzonden".to_owned()
        } else {
            format!("{total} producten, elders verzonden")
        }
    },
};
