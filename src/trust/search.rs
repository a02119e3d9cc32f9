//! Looking for a target through delegations: pre-order, depth first, bounded (specification, 5.6.7).

use super::delegation::After;
use super::hex::to_hex;
use super::limits::MAX_DELEGATIONS;
use super::threshold::Verified;
use super::trusted::promised;
use super::updater::metadata_path;
use super::{Kind, Reply, Request, Target, Targets, TrustError, Trusted};

/// A search for one target, as a conversation like [`Updater`](super::Updater).
///
/// Metadata of delegated roles that it meets becomes part of the set that it searches, and so of its
/// [`store`](Trusted::store).
pub struct Search<'a> {
    trusted: &'a mut Trusted,
    name: String,
    /// Delegating roles met so far, which say who signs for the roles below them.
    delegators: Vec<Verified<Targets>>,
    /// The next role to visit stands last.
    to_visit: Vec<Visit>,
    visited: Vec<String>,
    state: State,
}

#[derive(Clone)]
struct Visit {
    role: String,
    /// Index into the delegators.
    delegator: usize,
}

enum State {
    Waiting(Visit),
    Found(Target),
    NotFound,
    Failed,
}

impl<'a> Search<'a> {
    pub(crate) fn start(trusted: &'a mut Trusted, name: &str) -> Result<Self, Box<TrustError>> {
        let top_level = trusted.targets.clone();
        let mut search = Self {
            trusted,
            name: name.into(),
            delegators: Vec::new(),
            to_visit: Vec::new(),
            visited: Vec::new(),
            state: State::Failed,
        };
        search.state = match search.look_in(top_level) {
            Some(target) => State::Found(target),
            None => search.advance()?,
        };
        Ok(search)
    }

    /// What to fetch next; nothing when the search is complete or has failed.
    pub fn request(&self) -> Option<Request> {
        let State::Waiting(visit) = &self.state else { return None };
        let promise = self.trusted.snapshot.signed().find(&visit.role)?;
        let path = metadata_path(self.trusted.root().signed(), &percent_encoded(&visit.role), promise);
        Some(Request { kind: Kind::Metadata, path, limit: promise.limit::<Targets>() })
    }

    /// Takes what became of the [`request`](Self::request).
    pub fn reply(&mut self, reply: Reply) -> Result<(), Box<TrustError>> {
        let request = self.request().ok_or(TrustError::OutOfTurn)?;
        let State::Waiting(visit) = std::mem::replace(&mut self.state, State::Failed) else {
            return Err(TrustError::OutOfTurn.into());
        };
        let bytes = reply.to(&request)?;
        let targets = self.accept(&visit, bytes.clone())?;
        self.trusted.delegated.retain(|(role, _)| *role != visit.role);
        self.trusted.delegated.push((visit.role, bytes));
        self.state = match self.look_in(targets) {
            Some(target) => State::Found(target),
            None => self.advance()?,
        };
        Ok(())
    }

    /// The target, if any role that may speak for it lists it. The error is for one who did not reply to all.
    pub fn finish(self) -> Result<Option<Target>, Box<TrustError>> {
        match self.state {
            State::Found(target) => Ok(Some(target)),
            State::NotFound => Ok(None),
            State::Waiting(_) | State::Failed => Err(TrustError::OutOfTurn.into()),
        }
    }

    /// Visits roles as long as what is stored answers.
    fn advance(&mut self) -> Result<State, Box<TrustError>> {
        while let Some(visit) = self.to_visit.pop() {
            if self.visited.contains(&visit.role) {
                continue;
            }
            if self.visited.len() == MAX_DELEGATIONS {
                return Err(TrustError::TooManyDelegations { limit: MAX_DELEGATIONS }.into());
            }
            self.visited.push(visit.role.clone());
            self.trusted.snapshot.signed().expect(&visit.role)?;
            let stored = self.trusted.delegated.iter().find(|(role, _)| *role == visit.role);
            let stored = stored.map(|(_, bytes)| bytes.clone());
            match stored.and_then(|bytes| self.accept(&visit, bytes).ok()) {
                Some(targets) => {
                    if let Some(target) = self.look_in(targets) {
                        return Ok(State::Found(target));
                    }
                }
                None => return Ok(State::Waiting(visit)),
            }
        }
        Ok(State::NotFound)
    }

    /// Metadata of a delegated role, as its present delegator and the snapshot want it.
    fn accept(&self, visit: &Visit, bytes: Vec<u8>) -> Result<Verified<Targets>, Box<TrustError>> {
        let lacking = || TrustError::SnapshotLacks { role: visit.role.clone() };
        let delegator = self.delegators.get(visit.delegator).ok_or_else(lacking)?;
        let by = format!("version {} of its delegator", delegator.header().version);
        let delegations = delegator.signed().delegations().ok_or_else(lacking)?;
        let authority = delegations.authority(&visit.role, &by).ok_or_else(lacking)?;
        let promise = self.trusted.snapshot.signed().expect(&visit.role)?;
        let targets = promised::<Targets>(&visit.role, bytes, promise, &authority)?;
        self.trusted.expiry.check(&visit.role, targets.header())?;
        Ok(targets)
    }

    /// The target, if this role lists it; otherwise the roles that it trusts with it are noted for a visit.
    fn look_in(&mut self, targets: Verified<Targets>) -> Option<Target> {
        if let Some(description) = targets.signed().find(&self.name) {
            return Some(Target::new(&self.name, description, self.trusted.naming()));
        }
        let delegator = self.delegators.len();
        let mut children = Vec::new();
        let roles = targets.signed().delegations().map_or(&[][..], |delegations| delegations.roles());
        for delegated in roles.iter().filter(|delegated| delegated.paths().cover(&self.name)) {
            children.push(Visit { role: delegated.name().into(), delegator });
            if delegated.after() == After::Stop {
                self.to_visit.clear();
                break;
            }
        }
        self.to_visit.extend(children.into_iter().rev());
        self.delegators.push(targets);
        None
    }
}

/// A role name as part of a path: everything but letters, digits and `-._~` as `%XX`.
fn percent_encoded(role: &str) -> String {
    let mut out = String::new();
    for byte in role.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&to_hex(&[byte]).to_ascii_uppercase());
        }
    }
    out
}
