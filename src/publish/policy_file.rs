//! The policy as a file for people: TOML, every choice explained beside it.
//!
//! A key that is left out has its default; a key that is not known is refused, so that a misspelt choice is never
//! passed over. What is written is read back as the same policy.

use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::rule::{Continuity, CorrectedFailure, PolicyError, Tier, Treatment, Unsettled};
use crate::sampling::Role;
use crate::{Day, Policy, Problem};

/// The name by which the built-in policy is asked for instead of a file.
pub const BUILT_IN: &str = "default";

const KEYS: &[&str] = &[
    "name",
    "label",
    "continuity",
    "max_gap_months",
    "min_samplings",
    "data_from",
    "division",
    "responsible_roles",
    "treatment",
    "tiers",
];
const TREATMENT_KEYS: &[&str] = &["pending", "disowned", "corrected_failure"];
const TIER_KEYS: &[&str] = &["years", "name"];

/// The policy in a file, or the built-in one where `default` is asked for.
///
/// # Errors
/// Where the file cannot be read, or as [`from_toml`].
pub fn load(name_or_path: &str) -> Result<Policy, PolicyFileError> {
    if name_or_path == BUILT_IN {
        return Ok(Policy::default());
    }
    let path = Path::new(name_or_path);
    let text =
        std::fs::read_to_string(path).map_err(|source| PolicyFileError::Io { path: path.into(), source })?;
    from_toml(&text)
}

/// Reads a policy.
///
/// # Errors
/// Where the text is no TOML, a key is not known, a value does not fit, or the policy contradicts itself.
pub fn from_toml(text: &str) -> Result<Policy, PolicyFileError> {
    let document = DeTable::parse(text).map_err(|error| PolicyFileError::Syntax {
        line: line_of(text, error.span().map_or(0, |span| span.start)),
        found: error.message().lines().next().unwrap_or_default().to_owned(),
    })?;
    let table = Table { text, table: document.get_ref() };
    table.only(KEYS)?;
    let policy = read(&table)?;
    policy
        .checked()
        .map_err(|source| PolicyFileError::Contradiction { line: table.line(key_of(&source)), source })
}

/// Writes a policy with every choice explained.
pub fn to_toml(policy: &Policy) -> String {
    let mut text = String::from(HEAD);
    let mut put = |explanation: &str, key: &str, value: Option<String>, example: &str| {
        for line in explanation.lines() {
            writeln!(text, "# {line}").expect("a string takes every character");
        }
        let _ = match value {
            Some(value) => writeln!(text, "{key} = {value}\n"),
            None => writeln!(text, "# {key} = {example}\n"),
        };
    };
    put(NAME, "name", Some(quoted(&policy.name)), "");
    put(LABEL, "label", Some(quoted(&policy.label)), "");
    put(CONTINUITY, "continuity", Some(quoted(policy.continuity.word())), "");
    put(MAX_GAP, "max_gap_months", policy.max_gap_months.map(|months| months.to_string()), "36");
    put(MIN_SAMPLINGS, "min_samplings", Some(policy.min_samplings.to_string()), "");
    put(DATA_FROM, "data_from", Some(policy.data_from.to_string()), "");
    put(DIVISION, "division", policy.division.as_deref().map(quoted), "\"44\"");
    let roles: Vec<String> = policy.responsible_roles.iter().map(|role| quoted(role.word())).collect();
    put(ROLES, "responsible_roles", Some(format!("[{}]", roles.join(", "))), "");
    text.push_str(&treatment_to_toml(policy.treatment));
    text.push_str(TIERS);
    for tier in &policy.tiers {
        write!(text, "\n[[tiers]]\nyears = {}\nname = {}\n", tier.years, quoted(&tier.name))
            .expect("a string takes every character");
    }
    text
}

fn treatment_to_toml(treatment: Treatment) -> String {
    let Treatment { pending, disowned, corrected_failure } = treatment;
    format!(
        "{TREATMENT}[treatment]\n{PENDING}pending = {}\n{DISOWNED}disowned = {}\n{CORRECTED}corrected_failure = {}\n\n",
        quoted(pending.word()),
        quoted(disowned.word()),
        quoted(corrected_failure.word()),
    )
}

const HEAD: &str = "# 红榜 policy: every choice that the published rule leaves open. It is signed with the edition, and every\n\
                    # checker computes with it. A key that is left out has its default.\n\n";
const NAME: &str = "A name for people.";
const LABEL: &str = "The label that every listed firm carries.";
const CONTINUITY: &str = "How 连续 is read:\n\
    elapsed        from the first clean sampling after the last failure to the as-of day; years without a sampling\n\
    \x20              do not break it\n\
    spanned        from that first clean sampling to the last clean one\n\
    distinct-years calendar years, since the last failing year, that have a sampling and no failure\n\
    every-year     the unbroken chain of such years, ending in the as-of year or the year before it";
const MAX_GAP: &str =
    "A silence longer than this many months (1 to 1200) ends the streak. Left out: no limit.";
const MIN_SAMPLINGS: &str = "Counted samplings that a streak needs before it earns a tier, 1 to 10000.";
const DATA_FROM: &str = "Samplings before this day do not count.";
const DIVISION: &str = "First 2, 4 or 6 digits of the division (GB/T 2260) in which a listed firm must be registered, for\n\
    example \"44\" for Guangdong. Left out: any, even unknown.";
const ROLES: &str = "Roles in which a firm is held responsible, in this order: producer, principal (委托方), contractor\n\
    (受托方), filler (分装). Importers and dealers never are.";
const TREATMENT: &str = "# What is done with results that are no plain final result.\n";
const PENDING: &str = "# An objection or a re-test is running: ignored (shown, does not count) or counted.\n";
const DISOWNED: &str = "# A suspected or proven counterfeit, or one that the named firm denies having made: ignored or counted.\n";
const CORRECTED: &str =
    "# A failure whose follow-up (复查) passed: stays (a follow-up is a new visit, no re-test) or ignored.\n";
const TIERS: &str =
    "# The tiers, longest first: complete years (1 to 100) and the name under which each is published.\n";

fn read(table: &Table<'_>) -> Result<Policy, PolicyFileError> {
    let mut policy = Policy::default();
    if let Some(name) = table.string("name")? {
        policy.name = name;
    }
    if let Some(label) = table.string("label")? {
        policy.label = label;
    }
    if let Some(continuity) = table.word("continuity", Continuity::ALL, Continuity::word)? {
        policy.continuity = continuity;
    }
    policy.max_gap_months = table.number("max_gap_months")?;
    if let Some(samplings) = table.number("min_samplings")? {
        policy.min_samplings = samplings;
    }
    if let Some(day) = table.day("data_from")? {
        policy.data_from = day;
    }
    policy.division = table.string("division")?;
    if let Some(roles) = table.words("responsible_roles", Role::ALL, Role::word)? {
        policy.responsible_roles = roles;
    }
    if let Some(treatment) = table.table("treatment")? {
        policy.treatment = read_treatment(&treatment, policy.treatment)?;
    }
    if let Some(tiers) = table.tables("tiers")? {
        policy.tiers = tiers.iter().map(read_tier).collect::<Result<_, _>>()?;
    }
    Ok(policy)
}

fn read_treatment(table: &Table<'_>, default: Treatment) -> Result<Treatment, PolicyFileError> {
    table.only(TREATMENT_KEYS)?;
    let unsettled = |key| table.word(key, Unsettled::ALL, Unsettled::word);
    let corrected = table.word("corrected_failure", CorrectedFailure::ALL, CorrectedFailure::word)?;
    Ok(Treatment {
        pending: unsettled("pending")?.unwrap_or(default.pending),
        disowned: unsettled("disowned")?.unwrap_or(default.disowned),
        corrected_failure: corrected.unwrap_or(default.corrected_failure),
    })
}

fn read_tier(table: &Table<'_>) -> Result<Tier, PolicyFileError> {
    table.only(TIER_KEYS)?;
    let missing = |key| PolicyFileError::Missing { line: table.first_line(), key };
    Ok(Tier {
        years: table.number("years")?.ok_or_else(|| missing("years"))?,
        name: table.string("name")?.ok_or_else(|| missing("name"))?,
    })
}

/// A table of the file, with the text that tells its lines.
struct Table<'a> {
    text: &'a str,
    table: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    /// Refuses keys that are not among `known`.
    fn only(&self, known: &'static [&'static str]) -> Result<(), PolicyFileError> {
        let unknown = self.table.keys().filter(|key| !known.contains(&key.get_ref().as_ref()));
        match unknown.min_by_key(|key| key.span().start) {
            Some(key) => Err(PolicyFileError::UnknownKey {
                line: line_of(self.text, key.span().start),
                key: key.get_ref().to_string(),
                known,
            }),
            None => Ok(()),
        }
    }

    fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.iter().find(|(known, _)| known.get_ref() == key).map(|(_, value)| value)
    }

    /// The line of a key, 1 where it is left out.
    fn line(&self, key: &str) -> usize {
        let found = self.table.keys().find(|known| known.get_ref() == key);
        found.map_or(1, |known| line_of(self.text, known.span().start))
    }

    fn first_line(&self) -> usize {
        let first = self.table.keys().map(|key| key.span().start).min();
        first.map_or(1, |start| line_of(self.text, start))
    }

    fn refuse(&self, key: &'static str, expected: &str, found: &Spanned<DeValue<'_>>) -> PolicyFileError {
        PolicyFileError::Value {
            line: line_of(self.text, found.span().start),
            key,
            expected: expected.into(),
            found: self.text[found.span()].chars().take(60).collect(),
        }
    }

    /// What `read` makes of a value, `None` where the key is left out.
    fn read<T>(
        &self,
        key: &'static str,
        expected: &str,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Result<Option<T>, PolicyFileError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        read(value.get_ref()).map(Some).ok_or_else(|| self.refuse(key, expected, value))
    }

    fn string(&self, key: &'static str) -> Result<Option<String>, PolicyFileError> {
        self.read(key, "a text in quotation marks", |value| value.as_str().map(str::to_owned))
    }

    fn number(&self, key: &'static str) -> Result<Option<u32>, PolicyFileError> {
        self.read(key, "a whole number", |value| {
            let number = value.as_integer()?;
            u32::from_str_radix(number.as_str(), number.radix()).ok()
        })
    }

    fn day(&self, key: &'static str) -> Result<Option<Day>, PolicyFileError> {
        self.read(key, "a day such as 2011-01-01", |value| match value {
            DeValue::Datetime(moment) => moment.to_string().parse().ok(),
            other => other.as_str()?.parse().ok(),
        })
    }

    fn word<T: Copy>(
        &self,
        key: &'static str,
        all: &'static [T],
        word: fn(T) -> &'static str,
    ) -> Result<Option<T>, PolicyFileError> {
        self.read(key, &one_of(all, word), |value| known(value, all, word))
    }

    fn words<T: Copy>(
        &self,
        key: &'static str,
        all: &'static [T],
        word: fn(T) -> &'static str,
    ) -> Result<Option<Vec<T>>, PolicyFileError> {
        self.read(key, &format!("a list of {}", one_of(all, word)), |value| {
            value.as_array()?.iter().map(|item| known(item.get_ref(), all, word)).collect()
        })
    }

    fn table(&self, key: &'static str) -> Result<Option<Self>, PolicyFileError> {
        self.read(key, "a table", |value| Some(Self { text: self.text, table: value.as_table()? }))
    }

    fn tables(&self, key: &'static str) -> Result<Option<Vec<Self>>, PolicyFileError> {
        let table = |item: &'a Spanned<DeValue<'a>>| {
            Some(Self { text: self.text, table: item.get_ref().as_table()? })
        };
        self.read(key, "tables under [[tiers]]", |value| value.as_array()?.iter().map(table).collect())
    }
}

fn known<T: Copy>(value: &DeValue<'_>, all: &[T], word: fn(T) -> &'static str) -> Option<T> {
    let text = value.as_str()?;
    all.iter().copied().find(|known| word(*known) == text)
}

fn one_of<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> String {
    all.iter().map(|known| quoted(word(*known))).collect::<Vec<_>>().join(", ")
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The key of the file that a contradiction is about.
fn key_of(error: &PolicyError) -> &'static str {
    match error {
        PolicyError::Division { .. } => "division",
        PolicyError::Number { field: "tiers.years", .. }
        | PolicyError::TierCount { .. }
        | PolicyError::TiersOutOfOrder { .. }
        | PolicyError::UnnamedTier { .. } => "tiers",
        PolicyError::Number { field, .. } => field,
        PolicyError::NeverResponsible { .. }
        | PolicyError::NobodyResponsible
        | PolicyError::RolesOutOfOrder => "responsible_roles",
    }
}

/// Why a policy file cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum PolicyFileError {
    /// A policy that contradicts itself.
    Contradiction {
        /// The line of the key that it is about, 1 where the key is left out.
        line: usize,
        /// What contradicts.
        source: PolicyError,
    },
    /// The disk said no.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A tier without years or name.
    Missing {
        /// The line, from 1.
        line: usize,
        /// The key.
        key: &'static str,
    },
    /// A text that is no TOML.
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What the reader says.
        found: String,
    },
    /// A key that is not known.
    UnknownKey {
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
        /// The keys that are known there.
        known: &'static [&'static str],
    },
    /// A value that its key does not take.
    Value {
        /// The line, from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// What it takes.
        expected: String,
        /// What stands there.
        found: String,
    },
}

impl fmt::Display for PolicyFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contradiction { line, source } => write!(f, "{source} (line {line} of the policy file)"),
            Self::Io { path, .. } => write!(f, "cannot read {}", path.display()),
            Self::Missing { line, key } => {
                write!(f, "expected the key {key} in the tier at line {line} of the policy file, found none")
            }
            Self::Syntax { line, found } => {
                write!(f, "expected TOML in line {line} of the policy file, found an error: {found}")
            }
            Self::UnknownKey { line, key, known } => {
                let known = known.join(", ");
                write!(f, "expected one of the keys {known} in line {line} of the policy file, found {key:?}")
            }
            Self::Value { line, key, expected, found } => {
                write!(f, "expected {expected} as {key} in line {line} of the policy file, found {found}")
            }
        }
    }
}

impl std::error::Error for PolicyFileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl Problem for PolicyFileError {
    fn code(&self) -> &'static str {
        match self {
            Self::Contradiction { source, .. } => source.code(),
            Self::Io { .. } => "policy_io",
            Self::Missing { .. } => "policy_missing",
            Self::Syntax { .. } => "policy_syntax",
            Self::UnknownKey { .. } => "policy_unknown_key",
            Self::Value { .. } => "policy_value",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::Contradiction { source, .. } => source.advice(),
            Self::Io { .. } => format!("name a policy file, or {BUILT_IN} for the built-in policy"),
            Self::Missing { .. } => "give every tier its years and its name".into(),
            Self::Syntax { .. } => "mend the line; texts stand in quotation marks".into(),
            Self::UnknownKey { .. } => "mend the spelling, or remove the line".into(),
            Self::Value { .. } => {
                "choose one of the values expected, or remove the line for the default".into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        from_toml(text).unwrap_err().to_string()
    }

    #[test]
    fn an_empty_file_is_the_default() {
        assert_eq!(from_toml("").unwrap(), Policy::default());
        assert_eq!(load("default").unwrap(), Policy::default());
    }

    #[test]
    fn what_is_written_is_read_back() {
        let other = Policy {
            name: "严格 \"strict\"".into(),
            continuity: Continuity::EveryYear,
            max_gap_months: Some(36),
            min_samplings: 3,
            data_from: "2015-06-01".parse().unwrap(),
            division: Some("44".into()),
            responsible_roles: vec![Role::Producer, Role::Contractor],
            treatment: Treatment {
                pending: Unsettled::Counted,
                disowned: Unsettled::Counted,
                corrected_failure: CorrectedFailure::Ignored,
            },
            tiers: vec![Tier { years: 4, name: "四年榜".into() }],
            ..Policy::default()
        };
        for policy in [Policy::default(), other] {
            assert_eq!(from_toml(&to_toml(&policy)).unwrap(), policy);
        }
    }

    #[test]
    fn every_choice_is_explained_beside_it() {
        let text = to_toml(&Policy::default());
        for key in KEYS.iter().chain(TREATMENT_KEYS) {
            let at = text
                .lines()
                .position(|line| line.trim_start_matches(['#', ' ', '[']).starts_with(key))
                .unwrap();
            assert!(text.lines().nth(at - 1).unwrap().starts_with('#') || *key == "tiers", "{key}");
        }
        assert!(text.contains("# max_gap_months = 36") && text.contains("# division = \"44\""));
    }

    #[test]
    fn a_day_may_stand_with_or_without_quotation_marks() {
        let day = "2015-06-01".parse().unwrap();
        assert_eq!(from_toml("data_from = 2015-06-01").unwrap().data_from, day);
        assert_eq!(from_toml("data_from = \"2015-06-01\"").unwrap().data_from, day);
    }

    #[test]
    fn every_slip_is_named_with_its_line() {
        assert_eq!(
            refused("name = \"x\"\ncontinuty = \"elapsed\"\n"),
            "expected one of the keys name, label, continuity, max_gap_months, min_samplings, data_from, division, responsible_roles, treatment, tiers in line 2 of the policy file, found \"continuty\""
        );
        assert_eq!(
            refused("\n[treatment]\npendng = \"ignored\"\n"),
            "expected one of the keys pending, disowned, corrected_failure in line 3 of the policy file, found \"pendng\""
        );
        assert_eq!(
            refused("continuity = \"always\"\n"),
            "expected \"elapsed\", \"spanned\", \"distinct-years\", \"every-year\" as continuity in line 1 of the policy file, found \"always\""
        );
        assert_eq!(
            refused("min_samplings = -1\n"),
            "expected a whole number as min_samplings in line 1 of the policy file, found -1"
        );
        assert_eq!(
            refused("data_from = 2011\n"),
            "expected a day such as 2011-01-01 as data_from in line 1 of the policy file, found 2011"
        );
        assert_eq!(
            refused("[[tiers]]\nyears = 3\n"),
            "expected the key name in the tier at line 2 of the policy file, found none"
        );
        assert_eq!(
            refused(
                "min_samplings = 1\n[[tiers]]\nyears = 3\nname = \"三\"\n[[tiers]]\nyears = 5\nname = \"五\"\n"
            ),
            "expected the tiers longest first, found 5 years below 3 years (line 2 of the policy file)"
        );
        assert_eq!(
            refused("division = \"4\"\n"),
            "expected 2, 4 or 6 digits as the division of the policy, found \"4\" (line 1 of the policy file)"
        );
        assert_eq!(
            refused("responsible_roles = [\"maker\"]\n"),
            "expected a list of \"producer\", \"principal\", \"contractor\", \"filler\", \"importer\", \"dealer\" as responsible_roles in line 1 of the policy file, found [\"maker\"]"
        );
        assert!(
            refused("a = 1\nname = x\n")
                .starts_with("expected TOML in line 2 of the policy file, found an error: ")
        );
    }
}
