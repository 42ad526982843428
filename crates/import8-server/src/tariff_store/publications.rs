//! The names of publications in the database.

use import8_tariff::Publication;

const PUBLICATIONS: [Publication; 4] =
    [Publication::HarmonizedSystem, Publication::CombinedNomenclature, Publication::Taric, Publication::Own];

/// The publication of a name in the database.
pub(super) fn publication(name: &str) -> Option<Publication> {
    PUBLICATIONS.into_iter().find(|known| key(*known) == name)
}

/// The name of a publication in the database.
pub(super) fn key(publication: Publication) -> &'static str {
    match publication {
        Publication::HarmonizedSystem => "harmonized_system",
        Publication::CombinedNomenclature => "combined_nomenclature",
        Publication::Taric => "taric",
        Publication::Own => "own",
    }
}
