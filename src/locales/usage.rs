//! Credits, and what the plan allows.

use crate::i18n::texts;

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
    lead: "Two things are counted apart: the credits you have bought, and what your plan allows in a month.",
    credits: "Credits",
    prepaid: "prepaid",
    credits_left: "left",
    credits_of: |used, bought| format!("{used} of {bought} bought credits used"),
    credits_bought: |bought| format!("{bought} bought"),
    credits_explained: "A stock that you have paid for. Each classification takes one credit; one that fails gives it back. They stay until they are used or expire, whatever the month.",
    expires: |date, when| format!("The first expire on {date}, {when}."),
    expires_share: "How many expire then, the service does not say.",
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
    missing_next: "They are sent in batches of up to 100 as far as the credits go, and wait for more.",
    to_send: |products| {
        if products == "1" { "1 product to send".to_owned() } else { format!("{products} products to send") }
    },
    expires_soon: |date, when| format!("Credits expire on {date}, {when}."),
    expires_soon_next: "How many of them, the service does not say. Those that expire first are used first.",
    expired: |date| format!("The first credits were to expire on {date}, which is past."),
    expired_next: "What is left may be less than what is shown here, until the next answer of the service.",
    plan: |plan| format!("{plan} plan"),
    monthly: "monthly",
    plan_of: |limit| format!("of {limit} classifications"),
    plan_no_limit: "classifications, without a limit",
    plan_left: |percent, left| format!("{percent} used, {left} left this month"),
    plan_over: |over| format!("{over} over the limit. They were counted, not refused."),
    plan_explained: |month, next| {
        format!(
            "What was classified in {month}, by universal time. The count starts anew on {next}; it is no balance, and credits are taken all the same."
        )
    },
    days: "Day by day",
    days_explained: "Each day is one by universal time (UTC), and a classification counts on the day it was asked for. Failed ones are not counted.",
    none_yet: "Nothing was classified in this period yet.",
    so_far: |total| format!("So far: {total}"),
    at_pace: |end, date| format!("At this pace: {end} by {date}"),
    limit: |limit| format!("Limit of the plan: {limit}"),
    limit_above: |limit| format!("Limit of the plan: {limit}, far above this picture"),
    today: |date| format!("Today, {date}"),
    picture: |month, total| format!("Classifications in {month} day by day: {total} so far."),
    pace: |end, date| format!("At this pace {end} by {date}"),
    pace_over: |over| format!("{over} over the limit"),
    pace_passed: |over, date| format!("{over} over the limit, which is passed on {date}"),
    pace_explained: |days, average| {
        format!(
            "The {days} full days so far had {average} each on average; the days that are left are taken to be like that. A single catalogue can change it."
        )
    },
    pace_one_day: |average| {
        format!(
            "The one full day so far had {average}; the days that are left are taken to be like that. A single catalogue can change it."
        )
    },
    table: "The same as a table",
    day: "Day",
    made: "Classifications",
    total: "Running total",
    is_today: "today",
    copy: "Copy as CSV",
    unknown: "not known",
    not_told: "This service tells the sum of the period, not its days. They can be counted from the history, from the newest back to the first of the month.",
    count_them: |requests| format!("Count from the history (about {requests} requests)"),
    count_one: "Count from the history (about 1 request)",
    count_again: "Count again",
    counting: |pages, all| format!("{pages} of about {all} requests made"),
    counted_at: |time, sum| format!("Counted from the history at {time}: {sum}."),
    counted_differs: |sum, current| {
        format!(
            "The plan has {current}, these days come to {sum}: something was classified since, or the service counts differently."
        )
    },
    counted_from: |date| format!("Only the days from {date} on are known"),
    counted_nothing: "No day is known in full",
    reach_stopped: "counting was stopped.",
    reach_pages: |pages| format!("more than {pages} requests are not made for this."),
    reach_not_turned: "this service does not answer further pages of its history.",
    reach_failed: "an answer did not come.",
    rate: "Requests",
    rate_of: |limit| format!("of {limit} left"),
    rate_in: |seconds, time| format!("Starts anew in {seconds} s, at {time}."),
    rate_in_minutes: |time| format!("Starts anew at {time}."),
    rate_over: |limit| format!("Starts anew: the next request opens a window of {limit}."),
    rate_explained: |key| {
        format!(
            "The rate limit of the key {key}: so many requests in a window of time, whatever they cost. It is neither credits nor plan."
        )
    },
    rate_unknown: "This service has not told of a rate limit.",
};

/// In Dutch.
pub const NL: Usage = Usage {
    title: "Credits en gebruik",
    lead: "Twee dingen worden apart geteld: de credits die u hebt gekocht, en wat uw abonnement in een maand toestaat.",
    credits: "Credits",
    prepaid: "vooruitbetaald",
    credits_left: "over",
    credits_of: |used, bought| format!("{used} van {bought} gekochte credits gebruikt"),
    credits_bought: |bought| format!("{bought} gekocht"),
    credits_explained: "Een voorraad waarvoor u hebt betaald. Elke indeling kost één credit; mislukt ze, dan komt de credit terug. Credits blijven tot ze zijn gebruikt of vervallen, welke maand het ook is.",
    expires: |date, when| format!("De eerste vervallen op {date}, {when}."),
    expires_share: "Hoeveel er dan vervallen, zegt de dienst niet.",
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
    missing_next: "Ze worden verzonden in batches van ten hoogste 100, zolang er credits zijn, en wachten daarna op nieuwe.",
    to_send: |products| {
        if products == "1" {
            "1 product te verzenden".to_owned()
        } else {
            format!("{products} producten te verzenden")
        }
    },
    expires_soon: |date, when| format!("Er vervallen credits op {date}, {when}."),
    expires_soon_next: "Hoeveel, zegt de dienst niet. Wat het eerst vervalt, wordt het eerst gebruikt.",
    expired: |date| format!("De eerste credits zouden vervallen op {date}, en dat is voorbij."),
    expired_next: "Tot het volgende antwoord van de dienst kan er minder over zijn dan hier staat.",
    plan: |plan| format!("Abonnement {plan}"),
    monthly: "per maand",
    plan_of: |limit| format!("van {limit} indelingen"),
    plan_no_limit: "indelingen, zonder grens",
    plan_left: |percent, left| format!("{percent} gebruikt, nog {left} deze maand"),
    plan_over: |over| format!("{over} boven de grens. Ze zijn geteld, niet geweigerd."),
    plan_explained: |month, next| {
        format!(
            "Wat in {month} is ingedeeld, in universele tijd. De telling begint opnieuw op {next}; het is geen saldo, en credits kost het evengoed."
        )
    },
    days: "Dag voor dag",
    days_explained: "Elke dag is er een in universele tijd (UTC), en een indeling telt op de dag waarop ze is gevraagd. Mislukte tellen niet mee.",
    none_yet: "In deze periode is nog niets ingedeeld.",
    so_far: |total| format!("Tot nu toe: {total}"),
    at_pace: |end, date| format!("In dit tempo: {end} op {date}"),
    limit: |limit| format!("Grens van het abonnement: {limit}"),
    limit_above: |limit| format!("Grens van het abonnement: {limit}, ver boven dit beeld"),
    today: |date| format!("Vandaag, {date}"),
    picture: |month, total| format!("Indelingen in {month}, dag voor dag: {total} tot nu toe."),
    pace: |end, date| format!("In dit tempo {end} op {date}"),
    pace_over: |over| format!("{over} boven de grens"),
    pace_passed: |over, date| format!("{over} boven de grens, die op {date} wordt overschreden"),
    pace_explained: |days, average| {
        format!(
            "De {days} volle dagen tot nu toe hadden er gemiddeld {average}; voor de rest van de dagen is hetzelfde aangenomen. Eén catalogus kan dat veranderen."
        )
    },
    pace_one_day: |average| {
        format!(
            "De ene volle dag tot nu toe had er {average}; voor de rest van de dagen is hetzelfde aangenomen. Eén catalogus kan dat veranderen."
        )
    },
    table: "Hetzelfde als tabel",
    day: "Dag",
    made: "Indelingen",
    total: "Lopend totaal",
    is_today: "vandaag",
    copy: "Kopieer als CSV",
    unknown: "niet bekend",
    not_told: "Deze dienst geeft de som van de periode, niet de dagen. Die zijn uit de geschiedenis te tellen, van de nieuwste terug tot de eerste van de maand.",
    count_them: |requests| format!("Tellen uit de geschiedenis (ongeveer {requests} verzoeken)"),
    count_one: "Tellen uit de geschiedenis (ongeveer 1 verzoek)",
    count_again: "Opnieuw tellen",
    counting: |pages, all| format!("{pages} van ongeveer {all} verzoeken gedaan"),
    counted_at: |time, sum| format!("Om {time} geteld uit de geschiedenis: {sum}."),
    counted_differs: |sum, current| {
        format!(
            "Het abonnement telt er {current}, deze dagen komen op {sum}: er is sindsdien iets ingedeeld, of de dienst telt anders."
        )
    },
    counted_from: |date| format!("Alleen de dagen vanaf {date} zijn bekend"),
    counted_nothing: "Geen dag is volledig bekend",
    reach_stopped: "het tellen is gestopt.",
    reach_pages: |pages| format!("meer dan {pages} verzoeken worden hiervoor niet gedaan."),
    reach_not_turned: "deze dienst geeft geen verdere pagina’s van de geschiedenis.",
    reach_failed: "een antwoord kwam niet.",
    rate: "Verzoeken",
    rate_of: |limit| format!("van {limit} over"),
    rate_in: |seconds, time| format!("Begint opnieuw over {seconds} s, om {time}."),
    rate_in_minutes: |time| format!("Begint opnieuw om {time}."),
    rate_over: |limit| format!("Begint opnieuw: het volgende verzoek opent een venster van {limit}."),
    rate_explained: |key| {
        format!(
            "De grens van de sleutel {key}: zoveel verzoeken binnen een tijdvenster, wat ze ook kosten. Dat zijn geen credits en geen abonnement."
        )
    },
    rate_unknown: "Deze dienst heeft geen grens voor verzoeken genoemd.",
};
