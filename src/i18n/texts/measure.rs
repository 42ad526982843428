//! Names of the quantities on which specific duties are levied.

use import8_api::Measure as Of;

texts! {
    Measure {
        net_weight,
        gross_weight,
        drained_weight,
        dry_weight,
        volume,
        alcohol,
        items,
        length,
        area,
        lactic_matter,
        sucrose,
    }
}

impl Measure {
    /// The name of a measure, with its unit.
    #[must_use]
    pub fn name(&self, measure: Of) -> &'static str {
        match measure {
            Of::NetWeight => self.net_weight,
            Of::GrossWeight => self.gross_weight,
            Of::DrainedWeight => self.drained_weight,
            Of::DryWeight => self.dry_weight,
            Of::Volume => self.volume,
            Of::Alcohol => self.alcohol,
            Of::Items => self.items,
            Of::Length => self.length,
            Of::Area => self.area,
            Of::LacticMatter => self.lactic_matter,
            Of::Sucrose => self.sucrose,
        }
    }
}

/// In English.
pub const EN: Measure = Measure {
    net_weight: "Net weight (kg)",
    gross_weight: "Gross weight (kg)",
    drained_weight: "Drained net weight (kg)",
    dry_weight: "Dry matter weight (kg)",
    volume: "Volume (litres)",
    alcohol: "Alcohol (% vol)",
    items: "Number of items",
    length: "Length (metres)",
    area: "Area (m²)",
    lactic_matter: "Lactic matter weight (kg)",
    sucrose: "Sucrose (% of net weight)",
};

/// In Dutch.
pub const NL: Measure = Measure {
    net_weight: "Nettogewicht (kg)",
    gross_weight: "Brutogewicht (kg)",
    drained_weight: "Netto-uitlekgewicht (kg)",
    dry_weight: "Gewicht droge stof (kg)",
    volume: "Volume (liter)",
    alcohol: "Alcohol (% vol)",
    items: "Aantal stuks",
    length: "Lengte (meter)",
    area: "Oppervlakte (m²)",
    lactic_matter: "Gewicht melkbestanddelen (kg)",
    sucrose: "Sacharose (% van nettogewicht)",
};
