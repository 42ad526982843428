//! Word lists: words that say nothing about goods, words that begin a phrase about something else, and negations.

/// Grammatical words.
const GRAMMAR: &str = "\
    a aan all als an and any are as at be bij by can dat de den der deze die dit een elke en et \
    for from geen het his her ideal if in into is it its je les maar met more most naar niet no \
    not of on one onze ook op or other our out over overig overige per te than that the their \
    these this to tot uit up use used van via voor we wel with without you your zonder zoals \
    such including incl inclusief made gemaakt like style stijl type types thereof ander andere \
    daarvan zijn ze worden wordt nor only alleen both between article articles artikel artikelen \
    werken goods goederen item items product products producten ding dingen";

/// Marketing words.
const MARKETING: &str = "\
    aanbieding amazing beautiful best brand bestseller cheap classic cool creative cute deluxe \
    durable duurzaam elegant europe european american exquisite factory fashion fashionable free \
    funny gift gifts good goedkoop gorgeous great handige high hoge hot ideaal kado cadeau \
    korting kwaliteit latest lovely luxe luxury modern moderne mooi mooie multifunctional new \
    newest nice nieuw nieuwe nieuwste original origineel originele perfect personalized popular \
    populair portable premium present pro professional professionele quality retro sale shipping \
    simple special super top trend trendy unique uniek universal universeel universele versatile \
    vintage wholesale korean chinese japanese china none yes customized \
    custom diy accessory accessories supplies accessoire accessoires";

/// Units of measure and packing.
const MEASURES: &str = "\
    cm mm meter inch inches ft kg gram gr lb ml cl liter litre oz stuk stuks pcs pc piece pieces \
    pack packs lot lots pair pairs paar set sets delig size sizes maat maten large small medium \
    groot grote klein kleine mini big xl xxl xs long short lang lange kort korte thin thick dun \
    dik length width height weight capacity inhoud model number half double dubbel dubbele \
    single enkel enkele volt watt mah quantity dozen multi round rond ronde square vierkant \
    vierkante";

/// Colours.
const COLOURS: &str = "\
    black zwart zwarte white wit witte red rood rode blue blauw blauwe green groen groene yellow \
    geel gele pink roze purple paars paarse grey gray grijs grijze brown bruin bruine beige \
    khaki color colors colour colours coloured colored colorful kleur kleuren kleurig kleurige \
    oranje turquoise transparent transparant multicolor";

/// Words of spreadsheet cells that do not name goods.
const CELLS: &str = "\
    total totals subtotal totaal subtotaal som sum true false waar onwaar null nil nan na tbd tba ok \
    unknown onbekend undefined nvt void error fout leeg empty blank ja nee test name naam date datum \
    price prijs value waarde weight gewicht origin oorsprong country land code sku ean remark remarks \
    opmerking description omschrijving various diversen misc ditto idem sample reference referentie \
    order invoice factuur freight handling shipping";

/// All words that say nothing about goods, folded.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    [GRAMMAR, MARKETING, MEASURES, COLOURS].into_iter().flat_map(|words| words.split(' '))
}

/// Whether a folded word, alone, is a spreadsheet cell rather than a description. Together with others it may
/// describe goods: "dim sum".
pub(super) fn is_cell(folded: &str) -> bool {
    CELLS.split(' ').any(|word| word == folded)
}

/// Whether a folded word begins a phrase about the use of the goods or about accessories.
pub(super) fn opens_complement(folded: &str) -> bool {
    matches!(
        folded,
        "for"
            | "with"
            | "to"
            | "from"
            | "compatible"
            | "fits"
            | "without"
            | "includes"
            | "including"
            | "by"
            | "voor"
            | "met"
            | "naar"
            | "zonder"
            | "inclusief"
            | "geschikt"
            | "bij"
            | "tegen"
            | "against"
    )
}

/// Whether a folded word begins a negation: "other than", "niet van".
pub(super) fn negates(folded: &str) -> bool {
    matches!(
        folded,
        "not" | "than" | "except" | "excluding" | "without" | "niet" | "dan" | "behalve" | "zonder"
    )
}
