//! The roles of columns: the property of a product that a column contains.

use serde::{Deserialize, Serialize};

/// The role of a column: the property of a product that it contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// The person's own reference, such as an article number.
    Reference,
    /// The description. Only this role may have several columns, whose texts are joined.
    Description,
    /// The country of origin.
    Origin,
    /// The country of destination.
    Destination,
    /// The value of one unit, or of as many units as the [`PriceBasis`](super::PriceBasis) says.
    UnitValue,
    /// The number of units.
    Quantity,
    /// The freight for all units.
    Shipping,
    /// The insurance for all units.
    Insurance,
    /// The currency of the amounts.
    Currency,
    /// The address of a picture.
    Picture,
    /// The code used so far, for comparison.
    CurrentCode,
    /// The number of units in a pack, for prices per pack.
    PackSize,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 12] = [
        Self::Description,
        Self::Reference,
        Self::Origin,
        Self::Destination,
        Self::UnitValue,
        Self::Quantity,
        Self::PackSize,
        Self::Currency,
        Self::Shipping,
        Self::Insurance,
        Self::Picture,
        Self::CurrentCode,
    ];

    /// Whether several columns may have this role.
    #[must_use]
    pub fn is_joined(self) -> bool {
        self == Self::Description
    }

    /// Whether its texts are amounts of money.
    #[must_use]
    pub fn is_amount(self) -> bool {
        matches!(self, Self::UnitValue | Self::Shipping | Self::Insurance)
    }

    /// Whether its texts are numbers, which have a decimal mark.
    #[must_use]
    pub fn is_number(self) -> bool {
        self.is_amount() || matches!(self, Self::Quantity | Self::PackSize)
    }
}
