//! The closed sets that describe a sampling.

use serde::Serialize;

/// Declares an enum whose variants have a stable word each, with `ALL`, `word`, `from_word` and `index`.
///
/// The words appear in ledgers, in `--json` and in the npm package; the order of variants is the order of their
/// numbers in the snapshot. Both never change once released: new variants go to the end.
macro_rules! closed_set {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// Every variant, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable word.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The variant with this word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }

            /// The place in [`Self::ALL`].
            pub fn index(self) -> usize {
                Self::ALL.iter().position(|known| *known == self).unwrap_or_default()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
    };
}
pub(crate) use closed_set;

/// Everything about a sampling that a policy may judge, apart from its day.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Facts {
    /// How the day is known.
    pub day_from: DayFrom,
    /// What the first test found.
    pub first_test: Outcome,
    /// What became of the reserve sample.
    pub retest: Retest,
    /// What became of the firm's correction.
    pub follow_up: FollowUp,
    /// Whether the result stands.
    pub standing: Standing,
    /// In which role the bulletin names the firm.
    pub role: Role,
}

impl Facts {
    /// What is true of most samplings: passed at the first test, as published, by the firm that made it.
    pub const CLEAN: Self = Self {
        day_from: DayFrom::Published,
        first_test: Outcome::Conforming,
        retest: Retest::NotAsked,
        follow_up: FollowUp::Unknown,
        standing: Standing::Final,
        role: Role::Producer,
    };

    /// The final outcome in law: the re-test's where there was one.
    pub const fn outcome(&self) -> Outcome {
        match self.retest {
            Retest::NotAsked => self.first_test,
            Retest::Upheld => Outcome::Nonconforming,
            Retest::Overturned => Outcome::Conforming,
        }
    }
}

closed_set! {
    /// How the day of a sampling is known.
    pub enum DayFrom {
        /// The bulletin has a sampling date.
        Sampled = "sampled",
        /// The bulletin has none: its day of publication.
        Published = "published",
        /// It was published after the inspection year that it states: 31 December of that year.
        YearEnd = "year_end",
    }
}

closed_set! {
    /// What a test found.
    pub enum Outcome {
        /// 合格
        Conforming = "conforming",
        /// 不合格
        Nonconforming = "nonconforming",
    }
}

closed_set! {
    /// 复检: the test of the kept reserve sample, final in law.
    pub enum Retest {
        /// None asked for, or none known.
        NotAsked = "none",
        /// The failure was confirmed (复检仍不合格).
        Upheld = "upheld",
        /// The reserve sample conformed.
        Overturned = "overturned",
    }
}

closed_set! {
    /// 复查: the new visit after the firm's correction. It never undoes the failure by itself.
    pub enum FollowUp {
        /// None known.
        Unknown = "none",
        /// 已整改，经复查检验合格
        Passed = "passed",
        /// The follow-up failed as well.
        Failed = "failed",
        /// Correction unfinished, or no follow-up asked for (未完成整改, 未申请复查).
        Open = "open",
    }
}

closed_set! {
    /// Whether a result stands against the firm that it names.
    pub enum Standing {
        /// It does.
        Final = "final",
        /// An objection or a re-test is running (异议, 复检中).
        Pending = "pending",
        /// The thing is a suspected or proven counterfeit, or the firm denies having made it.
        Disowned = "disowned",
        /// The authority took it back.
        Withdrawn = "withdrawn",
    }
}

closed_set! {
    /// In which role a bulletin names a firm.
    pub enum Role {
        /// Named as the producer, without more.
        Producer = "producer",
        /// 委托方, …出品: has it made by another and puts its name to it.
        Principal = "principal",
        /// 受托方, the firm inside （委托…）: makes it for another.
        Contractor = "contractor",
        /// 分装, 灌装厂, …装制: fills or packs it.
        Filler = "filler",
        /// 进口商
        Importer = "importer",
        /// 经销商, 销售商
        Dealer = "dealer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: Facts = Facts::CLEAN;

    #[test]
    fn the_retest_decides_where_there_was_one() {
        let failed = Facts { first_test: Outcome::Nonconforming, ..CLEAN };
        assert_eq!(CLEAN.outcome(), Outcome::Conforming);
        assert_eq!(failed.outcome(), Outcome::Nonconforming);
        assert_eq!(Facts { retest: Retest::Upheld, ..failed }.outcome(), Outcome::Nonconforming);
        assert_eq!(Facts { retest: Retest::Overturned, ..failed }.outcome(), Outcome::Conforming);
    }

    #[test]
    fn a_follow_up_does_not_undo_a_failure() {
        let corrected = Facts { first_test: Outcome::Nonconforming, follow_up: FollowUp::Passed, ..CLEAN };
        assert_eq!(corrected.outcome(), Outcome::Nonconforming);
    }

    #[test]
    fn words_and_numbers_are_inverse() {
        for role in Role::ALL {
            assert_eq!(Role::from_word(role.word()), Some(*role));
            assert_eq!(Role::ALL[role.index()], *role);
        }
        assert_eq!(Role::from_word("maker"), None);
    }
}
