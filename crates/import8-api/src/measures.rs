//! The measures of a consignment, such as weights, volume and items, on which specific duties depend.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::Money;
use crate::validation::{Problem, check_amount};
use crate::wire::json_object;

macro_rules! measures {
    ($($(#[$doc:meta])+ $measure:ident = $field:ident),+ $(,)?) => {
        /// The measures of a consignment, in the units of specific duties: an extension of the
        /// documented request. All are exact, of the **whole** consignment, and needed only where a
        /// duty depends on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(remote = "Self")]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct Measures {
            $(
                $(#[$doc])+
                #[serde(default, with = "number", skip_serializing_if = "Option::is_none")]
                #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Amount>))]
                pub $field: Option<Decimal>,
            )+
        }

        /// One of the [`Measures`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Measure {
            $($(#[$doc])+ $measure,)+
        }

        impl Measure {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$measure),+];

            /// The field's name: `net_weight_kg`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$measure => stringify!($field),)+
                }
            }
        }

        impl Measures {
            /// Sets one of the measures.
            pub fn set(&mut self, measure: Measure, told: Decimal) {
                match measure {
                    $(Measure::$measure => self.$field = Some(told),)+
                }
            }

            /// The same measures without trailing zeros. Two normalized measures have the same text exactly if they
            /// are equal.
            #[must_use]
            pub fn normalized(self) -> Self {
                Self { $($field: self.$field.map(|told| told.normalize()),)+ }
            }

            /// One of the measures, if it is set.
            #[must_use]
            pub fn get(&self, measure: Measure) -> Option<Decimal> {
                match measure {
                    $(Measure::$measure => self.$field,)+
                }
            }
        }
    };
}

measures! {
    /// Weight without packing, in kilograms.
    NetWeight = net_weight_kg,
    /// Weight with packing, in kilograms.
    GrossWeight = gross_weight_kg,
    /// Weight without packing or the liquid the goods are in, in kilograms.
    DrainedWeight = drained_weight_kg,
    /// Weight of the dry matter, in kilograms.
    DryWeight = dry_weight_kg,
    /// Volume, in litres.
    Volume = volume_litres,
    /// Alcoholic strength, in per cent of the volume.
    Alcohol = alcohol_percent,
    /// Number of pieces.
    Items = items,
    /// Length, in metres.
    Length = length_m,
    /// Area, in square metres.
    Area = area_m2,
    /// Weight of the lactic matter in the goods, in kilograms.
    LacticMatter = lactic_matter_kg,
    /// Content of sucrose and of other sugars expressed as sucrose, in per cent of the net weight.
    Sucrose = sucrose_percent,
}

json_object!(Measures);

impl Measures {
    /// Checks the rules that the types do not enforce: those of an amount.
    ///
    /// # Errors
    /// A problem for each field that breaks a rule.
    pub fn validate(&self) -> Result<(), Vec<Problem>> {
        let check = |measure: &Measure| {
            Problem::from_check(measure.as_str(), check_amount(self.get(*measure).map(Money), Decimal::ZERO))
        };
        let problems: Vec<_> = Measure::ALL.iter().filter_map(check).collect();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

/// Serde functions for an exact JSON number, like [`Money`].
mod number {
    use super::{Decimal, Deserialize, Money, Serialize};

    pub(super) fn serialize<S: serde::Serializer>(value: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
        value.map(Money).serialize(to)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Decimal>, D::Error> {
        Ok(Option::<Money>::deserialize(from)?.map(|Money(value)| value))
    }
}
