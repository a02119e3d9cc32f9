//! A client that keeps a store.

use hongbang::Problem;
use hongbang::trust::{Store, Target, TrustError, Trusted, Updater, UtcSeconds, reverify};

use crate::repository::Repository;

pub(crate) const NOW: &str = "2026-01-01T00:00:00Z";
pub(crate) const LATER: &str = "2026-12-01T00:00:00Z";
pub(crate) const FAR: &str = "2026-06-01T00:00:00Z";

#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) pinned: Vec<u8>,
    pub(crate) store: Store,
    pub(crate) now: UtcSeconds,
}

impl Client {
    pub(crate) fn of(repository: &Repository) -> Self {
        let pinned = repository.file("1.root.json");
        Self { pinned, store: Store::default(), now: NOW.parse().unwrap() }
    }

    /// A client that is up to date.
    pub(crate) fn that_has(repository: &Repository) -> Self {
        let mut client = Self::of(repository);
        client.accepts(repository);
        client
    }

    pub(crate) fn update(&self, repository: &Repository) -> Result<Trusted, Box<TrustError>> {
        let mut updater = Updater::start(&self.pinned, Some(&self.store), self.now)?;
        while let Some(request) = updater.request() {
            updater.reply(repository.answer(&request))?;
        }
        updater.finish()
    }

    pub(crate) fn accepts(&mut self, repository: &Repository) -> Trusted {
        let trusted = self.update(repository).unwrap();
        self.store = trusted.store();
        self.shows();
        trusted
    }

    /// Refuses for this reason. What is stored stays as it was, and can still be shown.
    pub(crate) fn refuses(&mut self, repository: &Repository, code: &str) -> TrustError {
        let before = self.store.clone();
        let error = self.update(repository).unwrap_err();
        assert_eq!(error.code(), code, "{error}: {:?}", std::error::Error::source(&error));
        assert_ne!(error.advice(), "");
        assert_eq!(self.store, before);
        if self.store != Store::default() {
            self.shows();
        }
        *error
    }

    pub(crate) fn shows(&self) -> Trusted {
        reverify(&self.pinned, self.store.clone()).unwrap()
    }

    pub(crate) fn finds(
        &mut self,
        repository: &Repository,
        name: &str,
    ) -> Result<Option<Target>, Box<TrustError>> {
        let mut trusted = self.update(repository)?;
        repository.requests();
        let mut search = trusted.search(name)?;
        while let Some(request) = search.request() {
            search.reply(repository.answer(&request))?;
        }
        let found = search.finish()?;
        self.store = trusted.store();
        Ok(found)
    }
}
