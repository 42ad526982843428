//! Texts of credits and plan usage.

texts! {
    Usage {
        title,
        lead,
        credits,
        prepaid,
        credits_left,
        credits_of(used, bought),
        credits_bought(bought),
        credits_explained,
        expires(date, when),
        expires_share,
        in_days(days),
        in_one_day,
        within_a_day,
        low(left, bought),
        missing(missing, needed),
        missing_one(needed),
        missing_next,
        to_send(products),
        expires_soon(date, when),
        expires_soon_next,
        expired(date),
        expired_next,
        plan(plan),
        monthly,
        plan_of(limit),
        plan_no_limit,
        plan_left(percent, left),
        plan_over(over),
        plan_explained(month, next),
        days,
        days_explained,
        none_yet,
        so_far(total),
        at_pace(end, date),
        limit(limit),
        limit_above(limit),
        today(date),
        picture(month, total),
        pace(end, date),
        pace_over(over),
        pace_passed(over, date),
        pace_explained(days, average),
        pace_one_day(average),
        table,
        day,
        made,
        total,
        is_today,
        copy,
        unknown,
        not_told,
        count_them(requests),
        count_one,
        count_again,
        counting(pages, all),
        counted_at(time, sum),
        counted_differs(sum, current),
        counted_from(date),
        counted_nothing,
        reach_stopped,
        reach_pages(pages),
        reach_not_turned,
        reach_failed,
        rate,
        rate_of(limit),
        rate_in(seconds, time),
        rate_in_minutes(time),
        rate_over(limit),
        rate_explained(key),
        rate_unknown,
    }
}

/// In English.
pub const EN: Usage = Usage {
    title: "Credits and usage",
    lead: "Credits and plan are counted separately.",
    credits: "Credits",
    prepaid: "prepaid",
    credits_left: "left",
    credits_of: |used, bought| format!("{used} of {bought} credits used"),
    credits_bought: |bought| format!("{bought} bought"),
    credits_explained: "Each classification uses one credit; a failed one is refunded. Credits stay until they are used or expire.",
    expires: |date, when| format!("The first expire on {date}, {when}."),
    expires_share: "Amount unknown.",
    in_days: |days| format!("in {days} days"),
    in_one_day: "in one day",
    within_a_day: "within a day",
    low: |left, bought| format!("Less than a fifth is left: {left} of {bought} credits."),
    missing: |missing, needed| {
        format!("{missing} credits are missing: your batches still have {needed} products to send.")
    },
    missing_one: |needed| {
        format!("One credit is missing: your batches still have {needed} products to send.")
    },
    missing_next: "They are sent in batches of up to 100 while there are credits; the rest waits.",
    to_send: |products| {
        if products == "1" { "1 product to send".to_owned() } else { format!("{products} products to send") }
    },
    expires_soon: |date, when| format!("Credits expire on {date}, {when}."),
    expires_soon_next: "Amount unknown. The first to expire are used first.",
    expired: |date| format!("The first credits were due to expire on {date}."),
    expired_next: "You may have fewer left than shown here, until the service answers again.",
    plan: |plan| format!("{plan} plan"),
    monthly: "monthly",
    plan_of: |limit| format!("of {limit} classifications"),
    plan_no_limit: "classifications, without a limit",
    plan_left: |percent, left| format!("{percent} used, {left} left this month"),
    plan_over: |over| format!("{over} over the limit. They were counted, not refused."),
    plan_explained: |month, next| {
        format!(
            "Classified in {month} (UTC). The count resets on {next}. Separate from credits; each classification still uses one."
        )
    },
    days: "Per day",
    days_explained: "Days are in UTC. A classification counts on the day it was submitted; failed ones are not counted.",
    none_yet: "Nothing classified in this period yet.",
    so_far: |total| format!("So far: {total}"),
    at_pace: |end, date| format!("At this pace: {end} by {date}"),
    limit: |limit| format!("Plan limit: {limit}"),
    limit_above: |limit| format!("Plan limit: {limit}, above this chart"),
    today: |date| format!("Today, {date}"),
    picture: |month, total| format!("Classifications in {month} per day: {total} so far."),
    pace: |end, date| format!("At this pace {end} by {date}"),
    pace_over: |over| format!("{over} over the limit"),
    pace_passed: |over, date| format!("{over} over the limit, reached on {date}"),
    pace_explained: |days, average| {
        format!(
            "Average of the {days} full days so far: {average}; the same is assumed for the rest. A single catalogue can change it."
        )
    },
    pace_one_day: |average| {
        format!(
            "The one full day so far: {average}; the same is assumed for the rest. A single catalogue can change it."
        )
    },
    table: "As a table",
    day: "Day",
    made: "Classifications",
    total: "Running total",
    is_today: "today",
    copy: "Copy as CSV",
    unknown: "not known",
    not_told: "This service reports the total of the period, not the days. They can be counted from the history, from the newest back to the first of the month.",
    count_them: |requests| format!("Count from the history (about {requests} requests)"),
    count_one: "Count from the history (about 1 request)",
    count_again: "Count again",
    counting: |pages, all| format!("{pages} of about {all} requests made"),
    counted_at: |time, sum| format!("Counted from the history at {time}: {sum}."),
    counted_differs: |sum, current| {
        format!(
            "The plan counts {current}, these days {sum}: more was classified since, or the service counts differently."
        )
    },
    counted_from: |date| format!("Only the days from {date} on are known"),
    counted_nothing: "No day is complete",
    reach_stopped: "counting was stopped.",
    reach_pages: |pages| format!("the maximum of {pages} requests is reached."),
    reach_not_turned: "this service has no paging.",
    reach_failed: "the service did not answer.",
    rate: "Requests",
    rate_of: |limit| format!("of {limit} left"),
    rate_in: |seconds, time| format!("Resets in {seconds} s, at {time}."),
    rate_in_minutes: |time| format!("Resets at {time}."),
    rate_over: |limit| format!("Reset: {limit} available from the next request."),
    rate_explained: |key| {
        format!(
            "The rate limit of key {key}: requests per period, whatever they cost. Separate from credits and plan."
        )
    },
    rate_unknown: "This service has not reported a rate limit.",
};

/// In Dutch.
pub const NL: Usage = Usage {
    title: "Credits en gebruik",
    lead: "Credits en abonnement worden apart geteld.",
    credits: "Credits",
    prepaid: "vooruitbetaald",
    credits_left: "over",
    credits_of: |used, bought| format!("{used} van {bought} credits gebruikt"),
    credits_bought: |bought| format!("{bought} gekocht"),
    credits_explained: "Elke indeling kost één credit; bij een mislukte krijgt u de credit terug. Credits blijven tot ze zijn gebruikt of vervallen.",
    expires: |date, when| format!("De eerste vervallen op {date}, {when}."),
    expires_share: "Hoeveel is niet bekend.",
    in_days: |days| format!("over {days} dagen"),
    in_one_day: "over één dag",
    within_a_day: "binnen een dag",
    low: |left, bought| format!("Er is minder dan een vijfde over: {left} van {bought} credits."),
    missing: |missing, needed| {
        format!("Er ontbreken {missing} credits: uw batches moeten nog {needed} producten verzenden.")
    },
    missing_one: |needed| {
        format!("Er ontbreekt één credit: uw batches moeten nog {needed} producten verzenden.")
    },
    missing_next: "Ze worden verzonden in batches van maximaal 100 zolang er credits zijn; de rest wacht.",
    to_send: |products| {
        if products == "1" {
            "1 product te verzenden".to_owned()
        } else {
            format!("{products} producten te verzenden")
        }
    },
    expires_soon: |date, when| format!("Er vervallen credits op {date}, {when}."),
    expires_soon_next: "Hoeveel is niet bekend. Wat het eerst vervalt, wordt het eerst gebruikt.",
    expired: |date| format!("De eerste credits zouden op {date} vervallen."),
    expired_next: "U kunt er minder over hebben dan hier staat, tot de dienst opnieuw antwoordt.",
    plan: |plan| format!("Abonnement {plan}"),
    monthly: "per maand",
    plan_of: |limit| format!("van {limit} indelingen"),
    plan_no_limit: "indelingen, zonder limiet",
    plan_left: |percent, left| format!("{percent} gebruikt, nog {left} deze maand"),
    plan_over: |over| format!("{over} boven de limiet. Ze zijn geteld, niet geweigerd."),
    plan_explained: |month, next| {
        format!(
            "Ingedeeld in {month} (UTC). De telling begint op {next} opnieuw. Los van uw credits; elke indeling kost ook een credit."
        )
    },
    days: "Per dag",
    days_explained: "Dagen zijn in UTC. Een indeling telt op de dag waarop die is ingediend; mislukte tellen niet mee.",
    none_yet: "In deze periode is nog niets ingedeeld.",
    so_far: |total| format!("Tot nu toe: {total}"),
    at_pace: |end, date| format!("In dit tempo: {end} op {date}"),
    limit: |limit| format!("Limiet van het abonnement: {limit}"),
    limit_above: |limit| format!("Limiet van het abonnement: {limit}, boven deze grafiek"),
    today: |date| format!("Vandaag, {date}"),
    picture: |month, total| format!("Indelingen in {month} per dag: {total} tot nu toe."),
    pace: |end, date| format!("In dit tempo {end} op {date}"),
    pace_over: |over| format!("{over} boven de limiet"),
    pace_passed: |over, date| format!("{over} boven de limiet, bereikt op {date}"),
    pace_explained: |days, average| {
        format!(
            "Gemiddelde van de {days} volle dagen tot nu toe: {average}; voor de rest is hetzelfde aangenomen. Eén catalogus kan dat veranderen."
        )
    },
    pace_one_day: |average| {
        format!(
            "De ene volle dag tot nu toe: {average}; voor de rest is hetzelfde aangenomen. Eén catalogus kan dat veranderen."
        )
    },
    table: "Als tabel",
    day: "Dag",
    made: "Indelingen",
    total: "Lopend totaal",
    is_today: "vandaag",
    copy: "Kopieer als CSV",
    unknown: "niet bekend",
    not_told: "Deze dienst meldt het totaal van de periode, niet de dagen. Die zijn uit de geschiedenis te tellen, van de nieuwste terug tot de eerste van de maand.",
    count_them: |requests| format!("Tellen uit de geschiedenis (ongeveer {requests} verzoeken)"),
    count_one: "Tellen uit de geschiedenis (ongeveer 1 verzoek)",
    count_again: "Opnieuw tellen",
    counting: |pages, all| format!("{pages} van ongeveer {all} verzoeken gedaan"),
    counted_at: |time, sum| format!("Om {time} geteld uit de geschiedenis: {sum}."),
    counted_differs: |sum, current| {
        format!(
            "Het abonnement telt er {current}, deze dagen {sum}: er is sindsdien meer ingedeeld, of de dienst telt anders."
        )
    },
    counted_from: |date| format!("Alleen de dagen vanaf {date} zijn bekend"),
    counted_nothing: "Geen dag is volledig",
    reach_stopped: "het tellen is gestopt.",
    reach_pages: |pages| format!("het maximum van {pages} verzoeken is bereikt."),
    reach_not_turned: "deze dienst kent geen pagina’s.",
    reach_failed: "de dienst antwoordde niet.",
    rate: "Verzoeken",
    rate_of: |limit| format!("van {limit} over"),
    rate_in: |seconds, time| format!("Begint opnieuw over {seconds} s, om {time}."),
    rate_in_minutes: |time| format!("Begint opnieuw om {time}."),
    rate_over: |limit| format!("Opnieuw begonnen: {limit} beschikbaar vanaf het volgende verzoek."),
    rate_explained: |key| {
        format!(
            "De verzoeklimiet van sleutel {key}: verzoeken per periode, wat ze ook kosten. Los van credits en abonnement."
        )
    },
    rate_unknown: "Deze dienst heeft geen verzoeklimiet gemeld.",
};
