//! Texts of waiting for a result, on its own screen and on others.

use crate::i18n::texts;

texts! {
    Waiting {
        title,
        usual,
        elapsed(seconds),
        longer,
        leave,
        paused_offline,
        tell_me,
        will_tell,
        do_not_tell,
        tell_denied,
        news_label,
        news_title,
        news_code(name, code),
        news_no_code(name),
        news_failed(name),
        news_gone(name),
        news_several(count),
        news_several_failed(count, failed),
        see_result,
        see_history,
        dismiss,
    }
}

/// In English.
pub const EN: Waiting = Waiting {
    title: "Being classified",
    usual: "This usually takes 25 to 35 seconds.",
    elapsed: |seconds| format!("{seconds} s so far"),
    longer: "This is taking longer than usual. It is still in the queue; nothing has to be sent again.",
    leave: "You may leave this page: the result stays at this address, and a message at the top appears when it is ready.",
    paused_offline: "Paused while there is no connection.",
    tell_me: "Notify me when it is ready",
    will_tell: "Your browser notifies you when it is ready, while the dashboard is open in a tab.",
    do_not_tell: "Do not notify me",
    tell_denied: "This browser blocks notifications from this site. Allow them in its settings.",
    news_title: "Classification",
    news_label: "Finished classifications",
    news_code: |name, code| format!("{name}: {code}"),
    news_no_code: |name| format!("{name}: done"),
    news_failed: |name| format!("{name}: no code was found"),
    news_gone: |name| format!("{name}: no longer at the service"),
    news_several: |count| format!("{count} products have been classified"),
    news_several_failed: |count, failed| format!("{count} products are done, {failed} without a code"),
    see_result: "See the result",
    see_history: "Open the history",
    dismiss: "Dismiss",
};

/// In Dutch.
pub const NL: Waiting = Waiting {
    title: "Wordt ingedeeld",
    usual: "Dit duurt meestal 25 tot 35 seconden.",
    elapsed: |seconds| format!("{seconds} s tot nu toe"),
    longer: "Dit duurt langer dan gewoonlijk. Het product staat nog in de wachtrij; u hoeft niets opnieuw te verzenden.",
    leave: "U mag deze pagina verlaten: het resultaat blijft op dit adres, en bovenaan verschijnt een melding zodra het klaar is.",
    paused_offline: "Onderbroken zolang er geen verbinding is.",
    tell_me: "Melding als het klaar is",
    will_tell: "Uw browser geeft een melding zodra het klaar is, zolang het dashboard in een tabblad openstaat.",
    do_not_tell: "Geen melding",
    tell_denied: "Deze browser blokkeert meldingen van deze site. Sta ze toe in de instellingen.",
    news_title: "Indeling",
    news_label: "Afgeronde indelingen",
    news_code: |name, code| format!("{name}: {code}"),
    news_no_code: |name| format!("{name}: klaar"),
    news_failed: |name| format!("{name}: er is geen code gevonden"),
    news_gone: |name| format!("{name}: niet meer bij de dienst"),
    news_several: |count| format!("{count} producten zijn ingedeeld"),
    news_several_failed: |count, failed| format!("{count} producten zijn klaar, {failed} zonder code"),
    see_result: "Bekijk het resultaat",
    see_history: "Geschiedenis openen",
    dismiss: "Sluiten",
};
