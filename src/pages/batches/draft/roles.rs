//! The names of the roles of columns, for a person and for a form.

use import8_catalogue::columns::Role;

use crate::i18n::Texts;

/// The name of a role in the language of the interface.
#[must_use]
pub fn role_name(role: Role, texts: Texts) -> &'static str {
    let texts = texts.columns();
    match role {
        Role::Reference => texts.role_reference,
        Role::Description => texts.role_description,
        Role::Origin => texts.role_origin,
        Role::Destination => texts.role_destination,
        Role::UnitValue => texts.role_unit_value,
        Role::Quantity => texts.role_quantity,
        Role::Shipping => texts.role_shipping,
        Role::Insurance => texts.role_insurance,
        Role::Currency => texts.role_currency,
        Role::Picture => texts.role_picture,
        Role::CurrentCode => texts.role_current_code,
        Role::PackSize => texts.role_pack_size,
    }
}

/// The `value` attribute of a role's `<option>`.
#[must_use]
pub fn name_of(role: Role) -> &'static str {
    match role {
        Role::Reference => "reference",
        Role::Description => "description",
        Role::Origin => "origin",
        Role::Destination => "destination",
        Role::UnitValue => "unit-value",
        Role::Quantity => "quantity",
        Role::Shipping => "shipping",
        Role::Insurance => "insurance",
        Role::Currency => "currency",
        Role::Picture => "picture",
        Role::CurrentCode => "current-code",
        Role::PackSize => "pack-size",
    }
}
