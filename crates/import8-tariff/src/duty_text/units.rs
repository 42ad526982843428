//! Names of TARIC's units, by code and qualifier.

use super::language::in_language;

/// A unit of TARIC with its names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnitName {
    /// The codes of the unit and of its qualifier, together: `DTNE`.
    pub(super) code: &'static str,
    /// The names, for use after "per".
    names: [&'static str; 2],
}

impl UnitName {
    /// Finds a unit by its codes: `DTN E`, `DTNE`.
    pub(super) fn find(text: &str) -> Option<&'static Self> {
        let in_two = text.split_once(' ');
        UNITS.iter().find(|unit| unit.code == text || in_two == unit.code.split_at_checked(3))
    }

    /// The name: `100 kg drained net weight`.
    pub(super) fn name(&self, language: &str) -> &'static str {
        in_language(language, self.names)
    }
}

const fn unit(code: &'static str, en: &'static str, nl: &'static str) -> UnitName {
    UnitName { code, names: [en, nl] }
}

const UNITS: &[UnitName] = &[
    unit("ASV", "% vol", "% vol"),
    unit("ASVX", "% vol in a hectolitre", "% vol in een hectoliter"),
    unit("CCT", "tonne of carrying capacity", "ton laadvermogen"),
    unit("CEN", "100 items", "100 stuks"),
    unit("CTM", "carat", "karaat"),
    unit("DAP", "10 tonnes, corrected for polarisation", "10 ton, gecorrigeerd naar polarisatie"),
    unit("DHS", "kilogram of dihydrostreptomycin", "kilogram dihydrostreptomycine"),
    unit("DTN", "100 kg net", "100 kg netto"),
    unit("DTNE", "100 kg drained net weight", "100 kg netto-uitlekgewicht"),
    unit("DTNF", "100 kg of common wheat", "100 kg zachte tarwe"),
    unit("DTNG", "100 kg gross", "100 kg bruto"),
    unit("DTNL", "100 kg live weight", "100 kg levend gewicht"),
    unit("DTNM", "100 kg of dry matter", "100 kg droge stof"),
    unit("DTNR", "100 kg of standard quality", "100 kg van de standaardkwaliteit"),
    unit("DTNS", "100 kg of raw sugar", "100 kg ruwe suiker"),
    unit("DTNZ", "per cent of sucrose in 100 kg net", "procent sacharose in 100 kg netto"),
    unit("GFI", "gram of fissile isotopes", "gram splijtbare isotopen"),
    unit("GRM", "gram", "gram"),
    unit("GRT", "gross tonnage", "brutotonnage"),
    unit("HLT", "hectolitre", "hectoliter"),
    unit("HMT", "100 metres", "100 meter"),
    unit("KAC", "kilogram of acesulfame potassium", "kilogram acesulfaamkalium"),
    unit("KCC", "kilogram of choline chloride", "kilogram cholinechloride"),
    unit("KCL", "tonne of potassium chloride", "ton kaliumchloride"),
    unit("KGM", "kilogram net", "kilogram netto"),
    unit("KGMA", "kilogram of total alcohol", "kilogram totale alcohol"),
    unit("KGME", "kilogram drained net weight", "kilogram netto-uitlekgewicht"),
    unit("KGMG", "kilogram gross", "kilogram bruto"),
    unit("KGMP", "kilogram of lactic matter", "kilogram melkbestanddelen"),
    unit("KGMS", "kilogram of raw sugar", "kilogram ruwe suiker"),
    unit("KGMT", "kilogram of dry lactic matter", "kilogram droge melkbestanddelen"),
    unit("KLT", "1000 litres", "1000 liter"),
    unit("KMA", "kilogram of methylamines", "kilogram methylaminen"),
    unit("KMT", "kilometre", "kilometer"),
    unit("KNI", "kilogram of nitrogen (N)", "kilogram stikstof (N)"),
    unit("KNS", "kilogram of hydrogen peroxide (H₂O₂)", "kilogram waterstofperoxide (H₂O₂)"),
    unit("KPH", "kilogram of potassium hydroxide (KOH)", "kilogram kaliumhydroxide (KOH)"),
    unit("KPO", "kilogram of potassium oxide (K₂O)", "kilogram kaliumoxide (K₂O)"),
    unit("KPP", "kilogram of phosphorus pentoxide (P₂O₅)", "kilogram fosforpentoxide (P₂O₅)"),
    unit("KSD", "kilogram of substance, 90 % dry", "kilogram stof, 90 % droog"),
    unit("KSH", "kilogram of sodium hydroxide (NaOH)", "kilogram natriumhydroxide (NaOH)"),
    unit("KUR", "kilogram of uranium (U)", "kilogram uraan (U)"),
    unit("LPA", "litre of pure alcohol", "liter zuivere alcohol"),
    unit("LTR", "litre", "liter"),
    unit("LTRA", "litre of total alcohol", "liter totale alcohol"),
    unit("MIL", "1000 items", "1000 stuks"),
    unit("MPR", "1000 pairs", "1000 paar"),
    unit("MTK", "square metre", "vierkante meter"),
    unit("MTQ", "cubic metre", "kubieke meter"),
    unit("MTQC", "1000 cubic metres", "1000 kubieke meter"),
    unit("MTR", "metre", "meter"),
    unit("MWH", "1000 kilowatt-hours", "1000 kilowattuur"),
    unit("NAR", "item", "stuk"),
    unit("NARB", "flask", "flacon"),
    unit("NCL", "cell", "cel"),
    unit("NPR", "pair", "paar"),
    unit("TCE", "tonne of CO₂ equivalent", "ton CO₂-equivalent"),
    unit("TJO", "terajoule, gross calorific value", "terajoule, calorische bovenwaarde"),
    unit("TNE", "tonne net", "ton netto"),
    unit("TNEE", "tonne drained net weight", "ton netto-uitlekgewicht"),
    unit("TNEI", "tonne of biodiesel content", "ton biodieselgehalte"),
    unit("TNEJ", "tonne of fuel content", "ton brandstofgehalte"),
    unit("TNEK", "tonne of bioethanol content", "ton bio-ethanolgehalte"),
    unit("TNEM", "tonne of dry matter", "ton droge stof"),
    unit("TNER", "tonne of standard quality", "ton van de standaardkwaliteit"),
    unit("TNEZ", "per cent of sucrose in a tonne net", "procent sacharose in een ton netto"),
    unit("WAT", "watt", "watt"),
];
