//! The JavaScript skin: newtypes around the checker and the updater, no policy and no logic.
//!
//! Built by the feature `npm` alone, so that the web app does not carry exports that it never calls. Values cross by
//! serde as plain objects in the words of [`crate::checker::Answer`]; errors as `Error` objects with `code` and
//! `advice`.

mod update;

pub use update::{Update, open_stored};

use js_sys::{Error, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::certificate::KeySet;
use crate::checker::{self, Provenance};
use crate::{Day, Problem};

/// An edition that is ready to answer.
#[wasm_bindgen]
pub struct Checker {
    checker: checker::Checker,
    /// The key set of certificates, where one was verified with the edition.
    key_set: Option<Vec<u8>>,
}

#[wasm_bindgen]
impl Checker {
    /// Opens a bare edition file, which nobody has verified; its answers say so.
    #[wasm_bindgen(js_name = openUnverified)]
    pub fn open_unverified(snapshot: &[u8]) -> Result<Self, JsValue> {
        let checker = checker::Checker::open(snapshot, Provenance::Unverified);
        Ok(Self { checker: checker.map_err(|error| thrown(&error))?, key_set: None })
    }

    /// What the edition was decoded to: kept beside it, it makes opening some four times as fast.
    pub fn columns(&self) -> Vec<u8> {
        self.checker.columns()
    }

    /// Answers one question as of `today` (`YYYY-MM-DD`).
    pub fn check(&self, query: &str, today: &str) -> Result<JsValue, JsValue> {
        value(&self.checker.check(query, day(today)?))
    }

    /// The best `limit` firms that fit.
    pub fn search(&self, query: &str, limit: u32) -> Result<JsValue, JsValue> {
        value(&self.checker.search(query, usize::try_from(limit).unwrap_or(usize::MAX)))
    }

    /// What all four readings make of one firm; `undefined` where `query` names none or several.
    pub fn explain(&self, query: &str) -> Result<JsValue, JsValue> {
        value(&self.checker.explain(query))
    }

    /// The edition: number, as-of day, expiry, policy.
    pub fn edition(&self) -> Result<JsValue, JsValue> {
        value(&self.checker.edition_answer())
    }

    /// How the list stands on `today` (`YYYY-MM-DD`).
    pub fn standing(&self, today: &str) -> Result<String, JsValue> {
        Ok(self.checker.standing(day(today)?).word().into())
    }

    /// What the text of a certificate's QR code is worth on `today` (`YYYY-MM-DD`), and what this list says about it;
    /// `undefined` where no key set was verified with the list.
    #[wasm_bindgen(js_name = verifyCertificate)]
    pub fn verify_certificate(&self, text: &str, today: &str) -> Result<JsValue, JsValue> {
        let Some(key_set) = &self.key_set else { return Ok(JsValue::UNDEFINED) };
        let keys = KeySet::decode(key_set).map_err(|error| thrown(&error))?;
        value(&checker::verify_certificate(text, &keys, Some(&self.checker), day(today)?))
    }
}

fn day(text: &str) -> Result<Day, JsValue> {
    text.parse().map_err(|error: crate::day::DayError| thrown(&error))
}

/// A value as a plain JavaScript object.
fn value(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(Into::into)
}

/// A problem as an `Error` with `code` and `advice`.
fn thrown(problem: &dyn Problem) -> JsValue {
    let error = Error::new(&problem.to_string());
    error.set_name("HongbangError");
    // A fresh object takes any property.
    let _ = Reflect::set(&error, &"code".into(), &problem.code().into());
    let _ = Reflect::set(&error, &"advice".into(), &problem.advice().into());
    error.into()
}
