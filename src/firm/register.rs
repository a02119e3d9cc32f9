//! The register that joins printed names to firms: current names, former names with dates, division, trade marks
//! and GS1 company prefixes.
//!
//! A register is looked up by normal form and day, because a name can pass from one firm to another. It never
//! guesses: a name that fits two firms on that day fits none.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use super::{CreditCode, Division, normal_form, normalized};
use crate::{Day, Problem};

/// A name that a firm bore until a day.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct FormerName {
    /// The name as registered.
    pub name: String,
    /// The last day on which it was the firm's name, where known.
    pub until: Option<Day>,
}

/// What the register knows of one firm.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RegisterEntry {
    /// The key.
    pub code: CreditCode,
    /// The name borne now.
    pub name: String,
    /// Names borne before, in the register's order.
    pub former_names: Vec<FormerName>,
    /// Where the firm is registered.
    pub division: Option<Division>,
    /// Names of its trade marks.
    pub trade_marks: Vec<String>,
    /// GS1 company prefixes, 7 to 10 digits each: who owns the number, not who made the thing.
    pub gs1_prefixes: Vec<String>,
    /// Further labels, such as those of quality grading; free words of the publisher.
    pub labels: Vec<String>,
}

/// All entries, found by code and by name.
#[derive(Clone, Debug, Default)]
pub struct Register {
    entries: BTreeMap<CreditCode, RegisterEntry>,
    /// For each name in its normal form a firm that bears or bore it, and the others that do or did.
    by_name: HashMap<String, (CreditCode, Vec<CreditCode>)>,
}

/// How many firms bear or bore a name.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Bearers {
    /// At most one.
    NotSeveral,
    /// Several.
    Several,
}

impl Register {
    /// Joins entries to a register.
    ///
    /// # Errors
    /// Where a code occurs twice or a name is empty.
    pub fn new(entries: impl IntoIterator<Item = RegisterEntry>) -> Result<Self, RegisterError> {
        let mut register = Self::default();
        for entry in entries {
            register.insert(entry)?;
        }
        Ok(register)
    }

    /// The entry of a code.
    pub fn by_code(&self, code: &CreditCode) -> Option<&RegisterEntry> {
        self.entries.get(code)
    }

    /// The one firm that bore this name on `day`; `None` where none or several did.
    pub fn by_name(&self, printed: &str, day: Day) -> Option<&RegisterEntry> {
        self.bearer(printed, day).0
    }

    /// The same, and whether several firms bore this name, so that the day decides.
    pub(crate) fn bearer(&self, printed: &str, day: Day) -> (Option<&RegisterEntry>, Bearers) {
        let name = normalized(printed);
        let Some((first, others)) = self.by_name.get(&*name) else { return (None, Bearers::NotSeveral) };
        let mut bearers = std::iter::once(first).chain(others).filter_map(|code| self.entries.get(code));
        if others.is_empty() {
            return (bearers.next(), Bearers::NotSeveral);
        }
        let mut on_that_day = bearers.filter(|entry| entry.bore(&name, day));
        let first = on_that_day.next();
        (if on_that_day.next().is_some() { None } else { first }, Bearers::Several)
    }

    /// Entries in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = &RegisterEntry> {
        self.entries.values()
    }

    /// How many firms it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn insert(&mut self, entry: RegisterEntry) -> Result<(), RegisterError> {
        let names = std::iter::once(&entry.name).chain(entry.former_names.iter().map(|former| &former.name));
        for name in names {
            let name = normal_form(name);
            if name.is_empty() {
                return Err(RegisterError::EmptyName { code: entry.code });
            }
            let (first, others) = self.by_name.entry(name).or_insert((entry.code, Vec::new()));
            if *first != entry.code && !others.contains(&entry.code) {
                others.push(entry.code);
            }
        }
        match self.entries.insert(entry.code, entry) {
            Some(first) => Err(RegisterError::TwiceInRegister { code: first.code }),
            None => Ok(()),
        }
    }
}

impl RegisterEntry {
    /// Whether the firm bore the name with this normal form on `day`: its current name from the day after the last
    /// dated former name, a former name until its day.
    fn bore(&self, name: &str, day: Day) -> bool {
        let renamed = self.former_names.iter().filter_map(|former| former.until).max();
        if normalized(&self.name) == name && renamed.is_none_or(|last| last < day) {
            return true;
        }
        self.former_names
            .iter()
            .any(|former| normalized(&former.name) == name && former.until.is_none_or(|until| day <= until))
    }
}

/// Why entries do not make a register.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum RegisterError {
    /// A name or former name that is empty in its normal form.
    EmptyName {
        /// Whose name.
        code: CreditCode,
    },
    /// One code, two entries.
    TwiceInRegister {
        /// The code.
        code: CreditCode,
    },
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyName { code } => {
                write!(f, "expected a name for {code} in the register, found an empty one")
            }
            Self::TwiceInRegister { code } => {
                write!(f, "expected one entry for {code} in the register, found two")
            }
        }
    }
}

impl std::error::Error for RegisterError {}

impl Problem for RegisterError {
    fn code(&self) -> &'static str {
        match self {
            Self::EmptyName { .. } => "register_empty_name",
            Self::TwiceInRegister { .. } => "register_duplicate",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::EmptyName { .. } => "fill in the name, or remove the empty former name".into(),
            Self::TwiceInRegister { .. } => {
                "keep one line for the firm and list its other names as former names".into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(code: &str, name: &str, former: &[(&str, Option<&str>)]) -> RegisterEntry {
        RegisterEntry {
            code: code.parse().unwrap(),
            name: name.into(),
            former_names: former
                .iter()
                .map(|(name, until)| FormerName {
                    name: (*name).into(),
                    until: until.map(|day| day.parse().unwrap()),
                })
                .collect(),
            division: None,
            trade_marks: vec![],
            gs1_prefixes: vec![],
            labels: vec![],
        }
    }

    const A: &str = "914403000006038216";
    const B: &str = "91440400000948256N";

    fn found(register: &Register, name: &str, day: &str) -> Option<String> {
        register.by_name(name, day.parse().unwrap()).map(|entry| entry.code.to_string())
    }

    #[test]
    fn a_renamed_firm_is_one_firm_under_all_its_names() {
        let register =
            Register::new([entry(A, "云帆灯饰(佛山)有限公司", &[("云帆电器厂", Some("2015-06-30"))])])
                .unwrap();
        assert_eq!(found(&register, "云帆灯饰（佛山）有限公司", "2020-01-01").as_deref(), Some(A));
        assert_eq!(found(&register, "云帆 电器厂", "2012-01-01").as_deref(), Some(A));
    }

    #[test]
    fn a_name_that_passed_to_another_firm_is_told_apart_by_the_day() {
        let register = Register::new([
            entry(A, "云帆集团有限公司", &[("云帆灯饰有限公司", Some("2015-06-30"))]),
            entry(B, "云帆灯饰有限公司", &[("小帆灯饰有限公司", Some("2018-01-31"))]),
        ])
        .unwrap();
        assert_eq!(found(&register, "云帆灯饰有限公司", "2015-06-30").as_deref(), Some(A));
        assert_eq!(found(&register, "云帆灯饰有限公司", "2016-01-01"), None, "nobody bore it then");
        assert_eq!(found(&register, "云帆灯饰有限公司", "2018-02-01").as_deref(), Some(B));
    }

    #[test]
    fn a_name_of_two_firms_belongs_to_neither() {
        let register =
            Register::new([entry(A, "云帆灯饰有限公司", &[]), entry(B, "云帆灯饰有限公司", &[])]).unwrap();
        assert_eq!(found(&register, "云帆灯饰有限公司", "2020-01-01"), None);
    }

    #[test]
    fn a_register_that_contradicts_itself_is_refused() {
        let twice = Register::new([entry(A, "云帆", &[]), entry(A, "小帆", &[])]).unwrap_err();
        assert_eq!(twice.to_string(), format!("expected one entry for {A} in the register, found two"));
        let empty = Register::new([entry(A, "云帆", &[(" · ", None)])]).unwrap_err();
        assert_eq!(empty.to_string(), format!("expected a name for {A} in the register, found an empty one"));
    }
}
