//! Delegations: whom a targets role lets speak for which targets, and in which order they are asked.

use sha2::{Digest, Sha256};

use super::hex::to_hex;
use super::json::{Object, are_unique};
use super::key::KeyRing;
use super::metadata::{MetadataError, boolean, listed, text, texts, wrong};
use super::role::{Role, TopRole};
use super::threshold::Authority;

/// The roles that one targets role delegates to, in the order of their priority.
#[derive(Clone, Debug)]
pub struct Delegations {
    keys: KeyRing,
    roles: Vec<DelegatedRole>,
}

impl Delegations {
    pub(crate) fn read(fields: &Object) -> Result<Self, Box<MetadataError>> {
        let roles = listed(fields, "roles", DelegatedRole::read)?;
        if !are_unique(roles.iter().map(|role| &role.name)) {
            return Err(wrong("roles", "every delegated role once"));
        }
        Ok(Self { keys: KeyRing::read(fields)?, roles })
    }

    /// The roles, first the one that is asked first.
    pub fn roles(&self) -> &[DelegatedRole] {
        &self.roles
    }

    pub(crate) fn authority(&self, name: &str, delegator: &str) -> Option<Authority<'_>> {
        let delegated = self.roles.iter().find(|role| role.name == name)?;
        Some(Authority { role: &delegated.role, keys: &self.keys, delegator: delegator.into() })
    }
}

/// One role that is delegated to.
#[derive(Clone, Debug)]
pub struct DelegatedRole {
    name: String,
    role: Role,
    paths: Paths,
    search: After,
}

/// Where a search goes on when a role that is trusted with a target does not know it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum After {
    /// With the roles of lower priority.
    Continue,
    /// Nowhere: the delegation is terminating.
    Stop,
}

impl DelegatedRole {
    fn read(fields: &Object) -> Result<Self, Box<MetadataError>> {
        let name = text(fields, "name")?;
        if name.is_empty() || TopRole::ALL.iter().any(|role| role.name() == name) {
            return Err(wrong("name", "a name that no top-level role has"));
        }
        Ok(Self {
            name: name.into(),
            role: Role::read(fields)?,
            paths: Paths::read(fields)?,
            search: if boolean(fields, "terminating")? { After::Stop } else { After::Continue },
        })
    }

    /// The name of the role, which is also that of its metadata file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Who must sign for the role.
    pub const fn role(&self) -> &Role {
        &self.role
    }

    /// For which targets the role may speak.
    pub const fn paths(&self) -> &Paths {
        &self.paths
    }

    pub(crate) const fn after(&self) -> After {
        self.search
    }
}

/// For which targets a delegated role may speak.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Paths {
    /// Those whose name has a SHA-256 that begins with one of these digits.
    HashPrefixes(Vec<String>),
    /// Those whose name fits one of these patterns: `*` stands for any characters but `/`, `?` for one.
    Patterns(Vec<String>),
}

impl Paths {
    fn read(fields: &Object) -> Result<Self, Box<MetadataError>> {
        match (fields.get("paths"), fields.get("path_hash_prefixes")) {
            (Some(_), None) => texts(fields, "paths").map(Self::Patterns),
            (None, Some(_)) => texts(fields, "path_hash_prefixes").map(Self::HashPrefixes),
            _ => Err(wrong("paths", "either it or `path_hash_prefixes`")),
        }
    }

    /// Whether the target with this name is among them.
    pub fn cover(&self, target: &str) -> bool {
        match self {
            Self::HashPrefixes(prefixes) => {
                let digits = to_hex(&Sha256::digest(target.as_bytes()));
                prefixes.iter().any(|prefix| digits.starts_with(prefix.as_str()))
            }
            Self::Patterns(patterns) => patterns.iter().any(|pattern| fits(pattern, target)),
        }
    }
}

/// Compares from left to right and, where that fails, lets the last `*` swallow one character more. Time is at most
/// the product of both lengths, whatever the pattern.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut in_pattern, mut in_name) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(&character) = name.get(in_name) {
        match pattern.get(in_pattern) {
            Some('*') => {
                star = Some((in_pattern, in_name));
                in_pattern += 1;
            }
            Some(&wanted) if wanted == character || (wanted == '?' && character != '/') => {
                (in_pattern, in_name) = (in_pattern + 1, in_name + 1);
            }
            _ => match star {
                Some((at, swallowed)) if name.get(swallowed) != Some(&'/') => {
                    (in_pattern, in_name) = (at, swallowed + 1);
                }
                _ => return false,
            },
        }
    }
    pattern.iter().skip(in_pattern).all(|&rest| rest == '*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wildcards_stay_within_one_folder() {
        for (pattern, name) in [
            ("*", "a"),
            ("*", ""),
            ("*.tgz", "foo.tgz"),
            ("foo-version-?.tgz", "foo-version-2.tgz"),
            ("targets/*.tgz", "targets/foo.tgz"),
            ("*/*", "a/b"),
            ("a*b*c", "aXbYbZc"),
            ("a**", "a"),
            ("/x", "/x"),
            ("[ab]", "[ab]"),
        ] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("*", "a/b"),
            ("*.tgz", "a/foo.tgz"),
            ("targets/*.tgz", "targets/foo.txt"),
            ("targets/*.tgz", "targets/sub/foo.tgz"),
            ("foo-version-?.tgz", "foo-version-alpha.tgz"),
            ("a?b", "a/b"),
            ("a*b*c", "aXbYbZ"),
            ("?", ""),
            ("x", "/x"),
            ("[ab]", "a"),
        ] {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn hash_prefixes_are_those_of_the_name() {
        // SHA-256 of "foo" begins with 2c26b4.
        assert!(Paths::HashPrefixes(vec!["ff".into(), "2c2".into()]).cover("foo"));
        assert!(!Paths::HashPrefixes(vec!["2c27".into()]).cover("foo"));
        assert!(!Paths::HashPrefixes(Vec::new()).cover("foo"));
    }

    fn fits_plainly(pattern: &[char], name: &[char]) -> bool {
        match (pattern.split_first(), name.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), None) => fits_plainly(rest, name),
            (Some(('*', rest)), Some((first, others))) => {
                fits_plainly(rest, name) || (*first != '/' && fits_plainly(pattern, others))
            }
            (Some((wanted, rest)), Some((first, others))) => {
                (wanted == first || (*wanted == '?' && *first != '/')) && fits_plainly(rest, others)
            }
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn the_quick_match_agrees_with_the_plain_one(pattern in "[ab/*?]{0,8}", name in "[ab/]{0,8}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(fits(&pattern, &name), fits_plainly(&chars(&pattern), &chars(&name)));
        }
    }
}
