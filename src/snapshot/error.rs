//! Why bytes are no snapshot, or an edition cannot become one.

use std::fmt;

use super::delta::DELTA_SECTION;
use super::{MAGIC, VERSION};
use crate::firm::CreditCodeError;
use crate::number::{index, place};
use crate::rule::PolicyError;
use crate::sampling::Sampling;
use crate::{Day, Problem};

/// Why bytes are no snapshot, or an edition cannot become one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SnapshotError {
    /// The coded bytes say something that no writer writes.
    Broken {
        /// What was being read.
        section: &'static str,
    },
    /// A credit code whose characters are no code.
    Code(CreditCodeError),
    /// The checksum does not fit the bytes before it.
    Damaged {
        /// What the bytes ask for.
        expected: u32,
        /// What stands there.
        found: u32,
    },
    /// Decoding would use far more memory than a snapshot of this size has any need of.
    Expansion {
        /// Length of the coded bytes.
        bytes: usize,
        /// What a reader is ready to use for them, in bytes.
        most: u64,
        /// What it would have to use.
        found: u64,
    },
    /// Columns of one table differ in length.
    Lengths,
    /// More of something than a snapshot may hold.
    Limit {
        /// Of what.
        what: &'static str,
        /// The most that it may hold.
        most: u32,
        /// How many there are.
        found: u32,
    },
    /// The bytes do not begin as a snapshot does.
    Magic {
        /// The first bytes, at most six.
        found: Vec<u8>,
    },
    /// List 0 of the lists of failed items is not the empty one.
    NoEmptyList,
    /// A bulletin that was published after the as-of day.
    NotYet {
        /// Its place.
        bulletin: u32,
        /// Its day.
        published_on: Day,
        /// The day on which the list stands.
        as_of: Day,
    },
    /// Something stands before what it has to follow, or twice.
    Order {
        /// What is out of order.
        what: &'static str,
        /// The place of the second of the two, from 0.
        place: u32,
    },
    /// A delta that starts from another edition.
    OtherBase {
        /// The checksum of the edition that it starts from.
        expected: u32,
        /// That of the edition at hand.
        found: u32,
    },
    /// A delta that gave another edition than it promises.
    OtherResult {
        /// The checksum of the edition that it promises.
        expected: u32,
        /// That of the edition that came out.
        found: u32,
    },
    /// The policy contradicts itself.
    Policy(PolicyError),
    /// A row that its bulletin does not have.
    Row {
        /// The bulletin's place.
        bulletin: u32,
        /// How many rows it has.
        rows: u32,
        /// The row that a sampling names.
        found: u32,
    },
    /// Another section than the one that is read.
    Section {
        /// The tag of that.
        expected: u8,
        /// Its tag.
        found: u8,
    },
    /// Bytes beyond the end.
    Trailing {
        /// The length that the snapshot states.
        expected: u64,
        /// The length that it has.
        found: usize,
    },
    /// The bytes end before the snapshot does.
    Truncated {
        /// The length that the snapshot states, or the least that any has.
        expected: u64,
        /// The length that it has.
        found: usize,
    },
    /// One row names one firm twice in one role.
    Twice {
        /// The bulletin's place.
        bulletin: u32,
        /// The row.
        row: u32,
    },
    /// An entry of a dictionary that nothing points to.
    Unused {
        /// The dictionary.
        what: &'static str,
        /// The entry's place.
        place: u32,
    },
    /// A number that means nothing.
    Value {
        /// What it should be.
        what: &'static str,
        /// The number.
        found: i64,
    },
    /// Another version of the format.
    Version {
        /// Its number.
        found: u16,
    },
}

impl SnapshotError {
    pub(super) const fn limit(what: &'static str, most: u32, found: u32) -> Self {
        Self::Limit { what, most, found }
    }

    pub(super) fn order(what: &'static str, at: usize) -> Self {
        Self::Order { what, place: place(at) }
    }

    pub(super) const fn row(bulletin: u32, rows: u32, found: u32) -> Self {
        Self::Row { bulletin, rows, found }
    }

    pub(super) const fn twice(sampling: &Sampling) -> Self {
        Self::Twice { bulletin: sampling.bulletin, row: sampling.row }
    }

    pub(super) fn value(what: &'static str, found: impl Into<i64>) -> Self {
        Self::Value { what, found: found.into() }
    }
}

/// The member of a closed set with this number.
pub(super) fn closed<T: Copy>(all: &[T], number: u32, what: &'static str) -> Result<T, Box<SnapshotError>> {
    all.get(index(number)).copied().ok_or_else(|| SnapshotError::value(what, number).into())
}

impl fmt::Display for SnapshotError {
    // Longer than a function should be: one text for each variant, read best in one list.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken { section } => {
                write!(f, "expected {section} as a writer codes them, found bytes that no writer makes")
            }
            Self::Code(_) => f.write_str("expected a credit code, found characters that are none"),
            Self::Damaged { expected, found } => write!(
                f,
                "expected checksum {expected:08x} in the last four bytes, found {found:08x}: the snapshot is damaged"
            ),
            Self::Expansion { bytes, most, found } => write!(
                f,
                "expected {bytes} coded bytes to need at most {most} bytes of memory, found a need of {found}"
            ),
            Self::Lengths => {
                f.write_str("expected columns of one length in each table, found several lengths")
            }
            Self::Limit { what, most, found } => write!(f, "expected at most {most} {what}, found {found}"),
            Self::Magic { found } => {
                write!(f, "expected a snapshot, which begins with {}, found {}", Hex(&MAGIC), Hex(found))
            }
            Self::NoEmptyList => {
                f.write_str("expected the empty list as list 0 of failed items, found another")
            }
            Self::NotYet { bulletin, published_on, as_of } => write!(
                f,
                "expected bulletins published by {as_of}, found bulletin {bulletin} of {published_on}"
            ),
            Self::Order { what, place } => {
                write!(
                    f,
                    "expected {what} in ascending order, found number {place} not after the one before it"
                )
            }
            Self::OtherBase { expected, found } => write!(
                f,
                "expected the edition with checksum {expected:08x}, from which this delta starts, found {found:08x}"
            ),
            Self::OtherResult { expected, found } => write!(
                f,
                "expected the delta to give the edition with checksum {expected:08x}, found {found:08x}"
            ),
            Self::Policy(_) => {
                f.write_str("expected a policy that can be judged by, found one that contradicts itself")
            }
            Self::Row { bulletin, rows, found } => {
                write!(f, "expected a row from 1 to {rows} of bulletin {bulletin}, found row {found}")
            }
            Self::Section { expected, found } => {
                write!(f, "expected section {expected} at byte 8, found section {found}")
            }
            Self::Trailing { expected, found } => {
                write!(f, "expected the snapshot to end after {expected} bytes, found {found} bytes")
            }
            Self::Truncated { expected, found } => {
                write!(f, "expected a snapshot of {expected} bytes, found the first {found} of them")
            }
            Self::Twice { bulletin, row } => write!(
                f,
                "expected a row to name a firm once in a role, found row {row} of bulletin {bulletin} name one twice"
            ),
            Self::Unused { what, place } => {
                write!(f, "expected only {what} that samplings use, found number {place} unused")
            }
            Self::Value { what, found } => write!(f, "expected a meaningful number as {what}, found {found}"),
            Self::Version { found } => {
                write!(f, "expected version {VERSION} of the snapshot format, found version {found}")
            }
        }
    }
}

impl std::error::Error for SnapshotError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Code(source) => Some(source),
            Self::Policy(source) => Some(source),
            _ => None,
        }
    }
}

impl Problem for SnapshotError {
    fn code(&self) -> &'static str {
        match self {
            Self::Magic { .. } => "snapshot_foreign",
            Self::Version { .. } | Self::Section { .. } => "snapshot_version",
            Self::Damaged { .. } | Self::Trailing { .. } | Self::Truncated { .. } => "snapshot_damaged",
            Self::Expansion { .. } | Self::Limit { .. } => "snapshot_too_large",
            Self::Broken { .. } | Self::Code(_) => "snapshot_broken",
            Self::OtherBase { .. } | Self::OtherResult { .. } => "delta_mismatch",
            Self::Lengths
            | Self::NoEmptyList
            | Self::NotYet { .. }
            | Self::Order { .. }
            | Self::Policy(_)
            | Self::Row { .. }
            | Self::Twice { .. }
            | Self::Unused { .. }
            | Self::Value { .. } => "snapshot_invalid",
        }
    }

    fn advice(&self) -> String {
        if let Self::Section { found: DELTA_SECTION, .. } = self {
            return "give the file of the whole edition: a delta is of use only to a device that has the one before"
                .into();
        }
        match self.code() {
            "snapshot_foreign" => "give the file of an edition as a publisher made it",
            "snapshot_version" => "update this program: the edition was made by a newer one",
            "snapshot_damaged" => "download the edition again",
            "snapshot_too_large" => "split the list, for example into one edition a province",
            "delta_mismatch" => "download the whole edition",
            _ => "tell the publisher: a right copy of this edition would still be refused",
        }
        .into()
    }
}

/// Bytes as people compare them.
struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing");
        }
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Policy;

    fn check(error: &SnapshotError, code: &str, text: &str) {
        assert_eq!(error.to_string(), text);
        assert_eq!(error.code(), code, "{text}");
        assert!(!error.advice().is_empty() && !error.advice().ends_with('.'));
    }

    #[test]
    fn damage_and_foreign_bytes_say_what_was_expected_and_found() {
        use SnapshotError as E;
        let magic = "expected a snapshot, which begins with e7baa2e6a69c, found 504b0304";
        check(&E::Magic { found: b"PK\x03\x04".to_vec() }, "snapshot_foreign", magic);
        let magic = "expected a snapshot, which begins with e7baa2e6a69c, found nothing";
        check(&E::Magic { found: vec![] }, "snapshot_foreign", magic);
        let version = "expected version 1 of the snapshot format, found version 2";
        check(&E::Version { found: 2 }, "snapshot_version", version);
        check(
            &E::Section { expected: 1, found: 9 },
            "snapshot_version",
            "expected section 1 at byte 8, found section 9",
        );
        let delta = E::Section { expected: 1, found: 2 }.advice();
        assert!(delta.starts_with("give the file of the whole edition: a delta"), "{delta}");
        let truncated = "expected a snapshot of 99 bytes, found the first 98 of them";
        check(&E::Truncated { expected: 99, found: 98 }, "snapshot_damaged", truncated);
        let trailing = "expected the snapshot to end after 99 bytes, found 100 bytes";
        check(&E::Trailing { expected: 99, found: 100 }, "snapshot_damaged", trailing);
        let damaged =
            "expected checksum 0000beef in the last four bytes, found deadbeef: the snapshot is damaged";
        check(&E::Damaged { expected: 0xBEEF, found: 0xDEAD_BEEF }, "snapshot_damaged", damaged);
        let broken = "expected samplings as a writer codes them, found bytes that no writer makes";
        check(&E::Broken { section: "samplings" }, "snapshot_broken", broken);
        let code = "9144".parse::<crate::CreditCode>().unwrap_err();
        let text = "expected a credit code, found characters that are none";
        check(&E::Code(code), "snapshot_broken", text);
    }

    #[test]
    fn a_delta_that_does_not_fit_names_both_editions() {
        use SnapshotError as E;
        let base =
            "expected the edition with checksum 0000beef, from which this delta starts, found deadbeef";
        check(&E::OtherBase { expected: 0xBEEF, found: 0xDEAD_BEEF }, "delta_mismatch", base);
        let result = "expected the delta to give the edition with checksum 0000beef, found deadbeef";
        check(&E::OtherResult { expected: 0xBEEF, found: 0xDEAD_BEEF }, "delta_mismatch", result);
    }

    #[test]
    fn limits_say_how_much_is_allowed_and_how_much_was_found() {
        use SnapshotError as E;
        check(&E::limit("firms", 7, 8), "snapshot_too_large", "expected at most 7 firms, found 8");
        let expansion = "expected 17 coded bytes to need at most 2000 bytes of memory, found a need of 3000";
        check(&E::Expansion { bytes: 17, most: 2000, found: 3000 }, "snapshot_too_large", expansion);
    }

    #[test]
    fn broken_rules_say_which_and_where() {
        use SnapshotError as E;
        let invalid = |error: &E, text: &str| check(error, "snapshot_invalid", text);
        invalid(&E::Lengths, "expected columns of one length in each table, found several lengths");
        invalid(&E::NoEmptyList, "expected the empty list as list 0 of failed items, found another");
        let day = |text: &str| text.parse().unwrap();
        let not_yet = E::NotYet { bulletin: 3, published_on: day("2025-11-01"), as_of: day("2025-10-31") };
        invalid(&not_yet, "expected bulletins published by 2025-10-31, found bulletin 3 of 2025-11-01");
        let order = "expected bulletins in ascending order, found number 3 not after the one before it";
        invalid(&E::order("bulletins", 3), order);
        let policy = Policy { min_samplings: 0, ..Policy::default() }.checked().unwrap_err();
        let text = "expected a policy that can be judged by, found one that contradicts itself";
        invalid(&E::Policy(policy), text);
        invalid(&E::row(2, 9, 10), "expected a row from 1 to 9 of bulletin 2, found row 10");
        let twice = "expected a row to name a firm once in a role, found row 4 of bulletin 2 name one twice";
        invalid(&E::Twice { bulletin: 2, row: 4 }, twice);
        let unused = "expected only product classes that samplings use, found number 5 unused";
        invalid(&E::Unused { what: "product classes", place: 5 }, unused);
        invalid(&E::value("stated tier", 4), "expected a meaningful number as stated tier, found 4");
    }

    #[test]
    fn causes_are_told_apart_from_the_text() {
        use std::error::Error;
        let policy = Policy { min_samplings: 0, ..Policy::default() }.checked().unwrap_err();
        let expected = policy.to_string();
        assert_eq!(SnapshotError::Policy(policy).source().unwrap().to_string(), expected);
        assert!(SnapshotError::Lengths.source().is_none());
    }
}
