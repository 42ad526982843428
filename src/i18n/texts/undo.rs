//! Texts of reviews that can be undone, wait to be sent, or were refused.

texts! {
    Undo {
        and_more(others),
        not_known,
        not_sent,
        not_sent_key,
        not_sent_offline,
        refused(product),
        refused_gone,
        refused_lost,
        refused_next,
        refused_why(verdict, reason),
        understood,
        undo,
        undo_seconds(seconds),
        undone,
    }
}

/// In English.
pub const EN: Undo = Undo {
    and_more: |others| if others == "1" { "and 1 more".to_owned() } else { format!("and {others} more") },
    not_known: "It is not known whether the service received it. It is kept in this browser and sent again automatically.",
    not_sent: "Not sent yet. It is kept in this browser and sent again automatically.",
    not_sent_key: "Not sent yet: the key is no longer accepted. It is kept in this browser and sent when you try again or sign in with another key of the same organisation.",
    not_sent_offline: "Not sent yet: no connection. It is kept in this browser and sent when the connection is back.",
    refused: |product| format!("The review of “{product}” was refused"),
    refused_gone: "the API no longer has this classification.",
    refused_lost: "No answer came to an earlier try: it is not known whether that one was recorded.",
    refused_next: "Nothing was recorded.",
    refused_why: |verdict, reason| format!("{verdict}: {reason}"),
    understood: "Close",
    undo: "Undo",
    undo_seconds: |seconds| format!("{seconds} s"),
    undone: "Undone",
};

/// In Dutch.
pub const NL: Undo = Undo {
    and_more: |others| format!("en nog {others}"),
    not_known: "Het is niet bekend of de dienst het heeft ontvangen. Het wordt in deze browser bewaard en automatisch opnieuw verzonden.",
    not_sent: "Nog niet verzonden. Het wordt in deze browser bewaard en automatisch opnieuw verzonden.",
    not_sent_key: "Nog niet verzonden: de sleutel wordt niet meer aanvaard. Het wordt in deze browser bewaard en verzonden als u het opnieuw probeert of zich aanmeldt met een andere sleutel van dezelfde organisatie.",
    not_sent_offline: "Nog niet verzonden: geen verbinding. Het wordt in deze browser bewaard en verzonden zodra de verbinding terug is.",
    refused: |product| format!("De beoordeling van “{product}” is geweigerd"),
    refused_gone: "de API heeft deze indeling niet meer.",
    refused_lost: "Op een eerdere poging kwam geen antwoord: het is niet bekend of die is vastgelegd.",
    refused_next: "Er is niets vastgelegd.",
    refused_why: |verdict, reason| format!("{verdict}: {reason}"),
    understood: "Sluiten",
    undo: "Ongedaan maken",
    undo_seconds: |seconds| format!("{seconds} s"),
    undone: "Ongedaan gemaakt",
};
