//! The measure types of TARIC that occur: what each does, with a name of our own in English and Dutch.
//!
//! Source of the codes: the list of measure types in TARIC's code tables (European Commission, *TARIC user guide*).

use import8_api::MeasureKind;

use self::MeasureRole as R;

/// What a measure of a type does when goods are imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MeasureRole {
    /// The duty without a preference (type 103). With an origin other than every country it is the duty on goods of
    /// that origin, such as one that a sanction raised.
    ThirdCountryDuty,
    /// The duty within a customs union.
    CustomsUnion,
    /// A lower duty for goods of an origin.
    Preference,
    /// A lower duty for goods of an origin that are put to a prescribed end use.
    EndUsePreference,
    /// A duty that is suspended for a time.
    Suspension,
    /// A lower duty for goods that are put to a prescribed end use.
    EndUse,
    /// A lower duty for a limited quantity, whatever the origin.
    Quota,
    /// A lower duty for a limited quantity of goods of an origin.
    PreferentialQuota,
    /// An anti-dumping duty.
    AntiDumping,
    /// A countervailing duty.
    Countervailing,
    /// A step of a trade-defence investigation, such as registration. It has no duty of its own.
    Investigation,
    /// A duty on top of the ordinary one, or a security for it.
    AdditionalDuty,
    /// An amount for the composition of goods, found by their Meursing code.
    Meursing,
    /// A price or value that the authorities publish. It is no duty.
    Price,
    /// Goods that may not be imported.
    Prohibition,
    /// Goods that need a document, a licence or a check.
    Restriction,
    /// A unit that the declaration needs.
    SupplementaryUnit,
    /// A tax or a refund that is no customs duty.
    Tax,
    /// A rule on exports only.
    Export,
}

impl MeasureRole {
    /// The word of the API for it; `None` for what is no rule on imports.
    #[must_use]
    pub fn kind(self) -> Option<MeasureKind> {
        Some(match self {
            Self::ThirdCountryDuty => MeasureKind::ThirdCountryDuty,
            Self::CustomsUnion => MeasureKind::CustomsUnion,
            Self::Preference | Self::EndUsePreference => MeasureKind::Preference,
            Self::Suspension | Self::EndUse => MeasureKind::Suspension,
            Self::Quota | Self::PreferentialQuota => MeasureKind::Quota,
            Self::AntiDumping | Self::Investigation => MeasureKind::AntiDumping,
            Self::Countervailing => MeasureKind::Countervailing,
            Self::AdditionalDuty => MeasureKind::AdditionalDuty,
            Self::Prohibition => MeasureKind::Prohibition,
            Self::Restriction => MeasureKind::Restriction,
            Self::SupplementaryUnit => MeasureKind::SupplementaryUnit,
            Self::Meursing | Self::Price => MeasureKind::Other("other".to_owned()),
            Self::Tax | Self::Export => return None,
        })
    }

    /// Whether measures of the role are duties on imports, of which one without its duty says nothing.
    pub(crate) fn is_duty(self) -> bool {
        match self {
            Self::ThirdCountryDuty
            | Self::CustomsUnion
            | Self::Preference
            | Self::EndUsePreference
            | Self::Suspension
            | Self::EndUse
            | Self::Quota
            | Self::PreferentialQuota
            | Self::AntiDumping
            | Self::Countervailing
            | Self::AdditionalDuty => true,
            Self::Investigation
            | Self::Meursing
            | Self::Price
            | Self::Prohibition
            | Self::Restriction
            | Self::SupplementaryUnit
            | Self::Tax
            | Self::Export => false,
        }
    }
}

/// A type of measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureType {
    /// TARIC's code: `103`.
    pub code: &'static str,
    /// What measures of the type do.
    pub role: MeasureRole,
    /// Its name in English.
    pub en: &'static str,
    /// Its name in Dutch.
    pub nl: &'static str,
}

impl MeasureType {
    /// The name in a language by its ISO 639-1 code: Dutch for `nl`, English for any other.
    #[must_use]
    pub fn name(&self, language: &str) -> &'static str {
        if language == "nl" { self.nl } else { self.en }
    }
}

/// The type with a code; `None` for a code that this table does not have.
#[must_use]
pub fn measure_type(code: &str) -> Option<&'static MeasureType> {
    let at = MEASURE_TYPES.binary_search_by(|one| one.code.cmp(code)).ok()?;
    MEASURE_TYPES.get(at)
}

const fn row(code: &'static str, role: MeasureRole, en: &'static str, nl: &'static str) -> MeasureType {
    MeasureType { code, role, en, nl }
}

/// Every type, ascending by code.
#[rustfmt::skip]
pub static MEASURE_TYPES: &[MeasureType] = &[
    row("046", R::Quota, "Tariff quota or ceiling", "Tariefcontingent of plafond"),
    row("072", R::Restriction, "Import licence", "Invoervergunning"),
    row("081", R::Tax, "Variable levy of before 1995", "Variabele heffing van voor 1995"),
    row("082", R::Tax, "Variable levy of before 1995 with a monetary amount", "Variabele heffing van voor 1995 met monetair bedrag"),
    row("083", R::Tax, "Variable levy of before 1995 with monetary and accession amounts", "Variabele heffing van voor 1995 met monetair bedrag en toetredingsbedrag"),
    row("084", R::Tax, "Variable levy of before 1995 with an accession amount", "Variabele heffing van voor 1995 met toetredingsbedrag"),
    row("086", R::Tax, "Monetary and accession amounts", "Monetair bedrag en toetredingsbedrag"),
    row("089", R::Restriction, "Endangered species: Washington Convention", "Bedreigde soorten: Overeenkomst van Washington"),
    row("092", R::Export, "Endangered species: Washington Convention, export", "Bedreigde soorten: Overeenkomst van Washington, uitvoer"),
    row("103", R::ThirdCountryDuty, "Third-country duty", "Recht derde landen"),
    row("105", R::EndUse, "Third-country duty under end use", "Recht derde landen bij bijzondere bestemming"),
    row("106", R::CustomsUnion, "Customs union duty", "Recht van de douane-unie"),
    row("109", R::SupplementaryUnit, "Supplementary unit", "Bijzondere maatstaf"),
    row("110", R::SupplementaryUnit, "Supplementary unit on import", "Bijzondere maatstaf bij invoer"),
    row("111", R::Export, "Supplementary unit on export", "Bijzondere maatstaf bij uitvoer"),
    row("112", R::Suspension, "Autonomous suspension", "Autonome schorsing"),
    row("115", R::Suspension, "Autonomous suspension under end use", "Autonome schorsing bij bijzondere bestemming"),
    row("117", R::Suspension, "Suspension for ships and drilling platforms", "Schorsing voor schepen en boorplatforms"),
    row("119", R::Suspension, "Suspension with an airworthiness certificate", "Schorsing met luchtwaardigheidscertificaat"),
    row("122", R::Quota, "Tariff quota", "Tariefcontingent"),
    row("123", R::Quota, "Tariff quota under end use", "Tariefcontingent bij bijzondere bestemming"),
    row("140", R::EndUsePreference, "Preference after outward processing", "Preferentie na passieve veredeling"),
    row("141", R::Preference, "Preferential suspension", "Preferentiële schorsing"),
    row("142", R::Preference, "Tariff preference", "Tariefpreferentie"),
    row("143", R::PreferentialQuota, "Preferential tariff quota", "Preferentieel tariefcontingent"),
    row("144", R::PreferentialQuota, "Preferential ceiling", "Preferentieel plafond"),
    row("145", R::EndUsePreference, "Tariff preference under end use", "Tariefpreferentie bij bijzondere bestemming"),
    row("146", R::PreferentialQuota, "Preferential tariff quota under end use", "Preferentieel tariefcontingent bij bijzondere bestemming"),
    row("147", R::PreferentialQuota, "Customs union quota", "Contingent van de douane-unie"),
    row("166", R::Restriction, "Provisional exclusion from a preference", "Voorlopige uitsluiting van een preferentie"),
    row("277", R::Prohibition, "Import prohibition", "Invoerverbod"),
    row("278", R::Export, "Export prohibition", "Uitvoerverbod"),
    row("305", R::Tax, "Value added tax", "Omzetbelasting"),
    row("306", R::Tax, "Excise", "Accijns"),
    row("410", R::Restriction, "Veterinary check", "Veterinaire controle"),
    row("420", R::Restriction, "Release only with a surveillance document", "Vrij verkeer alleen met een toezichtsdocument"),
    row("430", R::Restriction, "Check of an unlikely unit price", "Controle op een onwaarschijnlijke prijs per eenheid"),
    row("431", R::Restriction, "Check of an unlikely weight per unit", "Controle op een onwaarschijnlijk gewicht per eenheid"),
    row("440", R::Restriction, "Public surveillance of imports", "Openbaar toezicht op de invoer"),
    row("442", R::Restriction, "Confidential surveillance of imports", "Vertrouwelijk toezicht op de invoer"),
    row("445", R::Export, "Public surveillance of exports", "Openbaar toezicht op de uitvoer"),
    row("447", R::Export, "Confidential surveillance of exports", "Vertrouwelijk toezicht op de uitvoer"),
    row("450", R::Restriction, "Statistical surveillance of imports", "Statistisch toezicht op de invoer"),
    row("455", R::Restriction, "Confidential surveillance of classification", "Vertrouwelijk toezicht op de indeling"),
    row("456", R::Restriction, "Other confidential surveillance", "Ander vertrouwelijk toezicht"),
    row("457", R::Restriction, "Confidential surveillance of licensed quotas", "Vertrouwelijk toezicht op contingenten met certificaat"),
    row("460", R::Restriction, "Automated surveillance", "Geautomatiseerd toezicht"),
    row("461", R::Restriction, "Surveillance of reference quantities", "Toezicht op referentiehoeveelheden"),
    row("462", R::Restriction, "Surveillance after import", "Toezicht achteraf op de invoer"),
    row("463", R::Export, "Surveillance after export", "Toezicht achteraf op de uitvoer"),
    row("464", R::Restriction, "Code for goods under end use only", "Code alleen voor goederen met bijzondere bestemming"),
    row("465", R::Restriction, "Restriction on release for free circulation", "Beperking op het in het vrije verkeer brengen"),
    row("466", R::Restriction, "Surveillance of outward processing", "Toezicht op passieve veredeling"),
    row("467", R::Export, "Export restriction", "Uitvoerbeperking"),
    row("468", R::Restriction, "Confidential surveillance under the GSP", "Vertrouwelijk toezicht in het kader van de SAP"),
    row("469", R::Restriction, "Confidential surveillance outside the GSP", "Vertrouwelijk toezicht buiten de SAP"),
    row("470", R::Export, "Surveillance of exports", "Toezicht op de uitvoer"),
    row("471", R::Export, "Surveillance of exports under a quota", "Toezicht op de uitvoer onder een contingent"),
    row("472", R::Export, "Surveillance at export", "Toezicht bij uitvoer"),
    row("473", R::Export, "Export authorisation", "Uitvoervergunning"),
    row("474", R::Restriction, "Quantitative limit on release for free circulation", "Maximumhoeveelheid voor het vrije verkeer"),
    row("475", R::Restriction, "Release for free circulation restricted", "Vrij verkeer aan beperkingen onderworpen"),
    row("476", R::Export, "Export restricted", "Uitvoer aan beperkingen onderworpen"),
    row("477", R::Restriction, "Release after outward processing", "Vrij verkeer na passieve veredeling"),
    row("478", R::Export, "Export authorisation for dual-use goods", "Uitvoervergunning voor goederen voor tweeërlei gebruik"),
    row("479", R::Export, "Export of dangerous chemicals", "Uitvoer van gevaarlijke chemische stoffen"),
    row("481", R::Restriction, "Code that may be declared only on conditions", "Code die alleen onder voorwaarden mag worden aangegeven"),
    row("482", R::Restriction, "Legal limit on weight per unit", "Wettelijke grens aan het gewicht per eenheid"),
    row("483", R::Restriction, "Legal limit on price per unit", "Wettelijke grens aan de prijs per eenheid"),
    row("484", R::Restriction, "Physical limit on weight per unit", "Fysieke grens aan het gewicht per eenheid"),
    row("485", R::Export, "Code that may be declared only on conditions, export", "Code die alleen onder voorwaarden mag worden aangegeven, uitvoer"),
    row("487", R::Price, "Representative price of poultry", "Representatieve prijs van pluimvee"),
    row("488", R::Price, "Unit price", "Eenheidsprijs"),
    row("489", R::Price, "Representative price", "Representatieve prijs"),
    row("490", R::Price, "Standard import value", "Forfaitaire invoerwaarde"),
    row("491", R::Restriction, "Physical limit on the statistical value", "Fysieke grens aan de statistische waarde"),
    row("492", R::Restriction, "Physical limit on the net mass", "Fysieke grens aan de nettomassa"),
    row("493", R::Restriction, "Physical limit on the supplementary unit", "Fysieke grens aan de bijzondere maatstaf"),
    row("494", R::Restriction, "Legal limit on the statistical value", "Wettelijke grens aan de statistische waarde"),
    row("495", R::Restriction, "Legal limit on the net mass", "Wettelijke grens aan de nettomassa"),
    row("496", R::Restriction, "Legal limit on the supplementary unit", "Wettelijke grens aan de bijzondere maatstaf"),
    row("551", R::AntiDumping, "Provisional anti-dumping duty", "Voorlopig antidumpingrecht"),
    row("552", R::AntiDumping, "Definitive anti-dumping duty", "Definitief antidumpingrecht"),
    row("553", R::Countervailing, "Provisional countervailing duty", "Voorlopig compenserend recht"),
    row("554", R::Countervailing, "Definitive countervailing duty", "Definitief compenserend recht"),
    row("555", R::Investigation, "Anti-dumping or countervailing duty awaiting collection", "Antidumping- of compenserend recht waarvan de inning wacht"),
    row("561", R::Investigation, "Anti-dumping or countervailing investigation opened", "Onderzoek naar dumping of subsidie geopend"),
    row("562", R::Investigation, "Anti-dumping or countervailing duty suspended", "Antidumping- of compenserend recht geschorst"),
    row("563", R::Investigation, "Undertaking on prices", "Prijsverbintenis"),
    row("564", R::Investigation, "Registration of imports: a duty may be collected later", "Registratie van de invoer: een recht kan later worden geïnd"),
    row("565", R::Investigation, "Review of an anti-dumping or countervailing duty", "Nieuw onderzoek naar een antidumping- of compenserend recht"),
    row("566", R::Investigation, "Statistics on dumping or subsidies", "Statistiek over dumping of subsidies"),
    row("570", R::Investigation, "Check for anti-dumping or countervailing duty", "Controle op antidumping- of compenserend recht"),
    row("624", R::Price, "Reference price", "Referentieprijs"),
    row("625", R::Price, "Reference price of fish", "Referentieprijs van vis"),
    row("630", R::Price, "Price difference of basic products", "Prijsverschil van basisproducten"),
    row("651", R::AdditionalDuty, "Security by the representative price", "Zekerheid volgens de representatieve prijs"),
    row("652", R::AdditionalDuty, "Additional duty by the CIF price", "Aanvullend recht volgens de cif-prijs"),
    row("653", R::AdditionalDuty, "Security by the representative price, reduced in a quota", "Zekerheid volgens de representatieve prijs, verlaagd binnen een contingent"),
    row("654", R::AdditionalDuty, "Additional duty by the CIF price, reduced in a quota", "Aanvullend recht volgens de cif-prijs, verlaagd binnen een contingent"),
    row("655", R::AdditionalDuty, "Security for poultry by the representative price", "Zekerheid voor pluimvee volgens de representatieve prijs"),
    row("656", R::AdditionalDuty, "Additional duty on poultry by the CIF price", "Aanvullend recht op pluimvee volgens de cif-prijs"),
    row("657", R::AdditionalDuty, "Reduced security by the representative price", "Verlaagde zekerheid volgens de representatieve prijs"),
    row("658", R::AdditionalDuty, "Reduced additional duty by the CIF price", "Verlaagd aanvullend recht volgens de cif-prijs"),
    row("670", R::Tax, "Levy", "Heffing"),
    row("672", R::Meursing, "Additional duty on sugar, by the Meursing code", "Aanvullend recht op suiker, volgens de Meursing-code"),
    row("673", R::Meursing, "Additional duty on flour, by the Meursing code", "Aanvullend recht op meel, volgens de Meursing-code"),
    row("674", R::Meursing, "Agricultural component, by the Meursing code", "Agrarisch element, volgens de Meursing-code"),
    row("676", R::Tax, "Monetary amount on import", "Monetair bedrag bij invoer"),
    row("677", R::Tax, "Accession amount on import", "Toetredingsbedrag bij invoer"),
    row("678", R::Export, "Monetary amount on export", "Monetair bedrag bij uitvoer"),
    row("679", R::Export, "Accession amount on export", "Toetredingsbedrag bij uitvoer"),
    row("680", R::Export, "Export refund on basic products", "Uitvoerrestitutie voor basisproducten"),
    row("681", R::Export, "Export refund on ingredients, for information", "Uitvoerrestitutie voor ingrediënten, ter informatie"),
    row("682", R::Export, "Export tax", "Uitvoerbelasting"),
    row("683", R::Export, "Export refund on ingredients", "Uitvoerrestitutie voor ingrediënten"),
    row("684", R::Export, "Export refund on cereals in goods", "Uitvoerrestitutie voor granen in goederen"),
    row("685", R::Export, "Export refund on rice in goods", "Uitvoerrestitutie voor rijst in goederen"),
    row("686", R::Export, "Export refund on eggs in goods", "Uitvoerrestitutie voor eieren in goederen"),
    row("687", R::Export, "Export refund on sugar in goods", "Uitvoerrestitutie voor suiker in goederen"),
    row("688", R::Export, "Export refund on milk in goods", "Uitvoerrestitutie voor melk in goederen"),
    row("690", R::AdditionalDuty, "Countervailing charge", "Compenserende heffing"),
    row("691", R::AdditionalDuty, "Supplementary amount", "Aanvullend bedrag"),
    row("692", R::Restriction, "Supplementary trade mechanism", "Aanvullende regeling voor het handelsverkeer"),
    row("695", R::AdditionalDuty, "Additional duty", "Aanvullend recht"),
    row("696", R::AdditionalDuty, "Additional duty as a safeguard", "Aanvullend recht als vrijwaring"),
    row("705", R::Prohibition, "Import prohibition: instruments of torture", "Invoerverbod: folterwerktuigen"),
    row("706", R::Export, "Export prohibition: instruments of torture", "Uitvoerverbod: folterwerktuigen"),
    row("707", R::Restriction, "Import check", "Invoercontrole"),
    row("708", R::Export, "Export restriction: instruments of torture", "Uitvoerbeperking: folterwerktuigen"),
    row("709", R::Export, "Export check", "Uitvoercontrole"),
    row("710", R::Restriction, "Endangered species (CITES)", "Bedreigde soorten (CITES)"),
    row("711", R::Restriction, "Sanctions: restricted goods and technology", "Sancties: goederen en technologie onder beperkingen"),
    row("712", R::Restriction, "Invasive alien species", "Invasieve uitheemse soorten"),
    row("713", R::Restriction, "Genetically modified organisms", "Genetisch gemodificeerde organismen"),
    row("714", R::Restriction, "Import check", "Invoercontrole"),
    row("715", R::Export, "Endangered species (CITES), export", "Bedreigde soorten (CITES), uitvoer"),
    row("716", R::Export, "Fish, export", "Vis, uitvoer"),
    row("717", R::Export, "Sanctions: restricted goods and technology, export", "Sancties: goederen en technologie onder beperkingen, uitvoer"),
    row("718", R::Export, "Sanctions: luxury goods, export", "Sancties: luxegoederen, uitvoer"),
    row("719", R::Restriction, "Fish: illegal fishing", "Vis: illegale visserij"),
    row("722", R::Restriction, "Food and feed: restriction", "Levensmiddelen en diervoeders: beperking"),
    row("724", R::Restriction, "Fluorinated greenhouse gases", "Gefluoreerde broeikasgassen"),
    row("725", R::Export, "Ozone-depleting substances, export", "Ozonafbrekende stoffen, uitvoer"),
    row("726", R::Restriction, "Ozone-depleting substances", "Ozonafbrekende stoffen"),
    row("728", R::Restriction, "Sanctions: luxury goods", "Sancties: luxegoederen"),
    row("730", R::Restriction, "Checks before export to the Union", "Controles voor uitvoer naar de Unie"),
    row("735", R::Export, "Cultural goods, export", "Cultuurgoederen, uitvoer"),
    row("740", R::Export, "Cat and dog fur, export", "Katten- en hondenbont, uitvoer"),
    row("745", R::Restriction, "Cat and dog fur", "Katten- en hondenbont"),
    row("746", R::Restriction, "Seal products", "Zeehondenproducten"),
    row("747", R::Restriction, "Timber with a FLEGT licence", "Hout met FLEGT-vergunning"),
    row("748", R::Restriction, "Mercury", "Kwik"),
    row("749", R::Export, "Mercury, export", "Kwik, uitvoer"),
    row("750", R::Restriction, "Organic products", "Biologische producten"),
    row("751", R::Export, "Waste, export", "Afval, uitvoer"),
    row("755", R::Restriction, "Waste", "Afval"),
    row("760", R::Restriction, "Import check", "Invoercontrole"),
    row("761", R::Restriction, "Chemicals (REACH)", "Chemische stoffen (REACH)"),
    row("762", R::Restriction, "Import check", "Invoercontrole"),
    row("763", R::Restriction, "Import check", "Invoercontrole"),
    row("765", R::Export, "Fluorinated greenhouse gases, export", "Gefluoreerde broeikasgassen, uitvoer"),
    row("766", R::Export, "Export check", "Uitvoercontrole"),
    row("767", R::Export, "Export check", "Uitvoercontrole"),
    row("768", R::Export, "Export check", "Uitvoercontrole"),
    row("769", R::Restriction, "Persistent organic pollutants", "Persistente organische verontreinigende stoffen"),
    row("770", R::Restriction, "Timber with a FLEGT licence: Ghana", "Hout met FLEGT-vergunning: Ghana"),
    row("771", R::Restriction, "Timber with a FLEGT licence: Cameroon", "Hout met FLEGT-vergunning: Kameroen"),
    row("772", R::Restriction, "Timber with a FLEGT licence: Republic of the Congo", "Hout met FLEGT-vergunning: Republiek Congo"),
    row("773", R::Restriction, "Timber with a FLEGT licence: Central African Republic", "Hout met FLEGT-vergunning: Centraal-Afrikaanse Republiek"),
    row("774", R::Restriction, "Timber with a FLEGT licence: Viet Nam", "Hout met FLEGT-vergunning: Vietnam"),
    row("775", R::Restriction, "Carbon border adjustment (CBAM)", "Koolstofcorrectie aan de grens (CBAM)"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_so_that_each_type_is_found() {
        assert!(MEASURE_TYPES.is_sorted_by(|a, b| a.code < b.code));
        assert!(MEASURE_TYPES.iter().all(|one| !one.en.is_empty() && !one.nl.is_empty()));
        assert_eq!(measure_type("142").map(|one| one.role), Some(MeasureRole::Preference));
        assert_eq!(measure_type("552").map(|one| one.name("nl")), Some("Definitief antidumpingrecht"));
        assert_eq!(measure_type("000"), None);
    }

    #[test]
    fn what_is_no_rule_on_imports_has_no_kind() {
        for code in ["278", "111", "478", "305"] {
            assert_eq!(measure_type(code).and_then(|one| one.role.kind()), None, "{code}");
        }
        let kind = |code| measure_type(code).and_then(|one| one.role.kind());
        assert_eq!(kind("277"), Some(MeasureKind::Prohibition));
        assert_eq!(kind("110"), Some(MeasureKind::SupplementaryUnit));
        assert_eq!(kind("490"), Some(MeasureKind::Other("other".to_owned())));
    }
}
