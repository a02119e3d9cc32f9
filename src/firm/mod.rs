//! Who: credit codes, divisions, names and their normal form, and the register that joins them.

mod credit_code;
mod division;
mod name;
mod register;

pub use credit_code::{CreditCode, CreditCodeError};
pub use division::{Division, DivisionError};
pub(crate) use name::normalized;
pub use name::{normal_characters, normal_form};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use register::Bearers;
pub use register::{FormerName, Register, RegisterEntry, RegisterError};
