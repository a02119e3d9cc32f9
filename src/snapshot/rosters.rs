//! Who may be meant: the firms that a row of a bulletin can name, narrowed down as far as what is known allows.
//!
//! A bulletin is about few product classes and often about firms of one city, and a row names a firm that no earlier
//! row of the bulletin named. So a firm is told as one of those that were sampled in this class (and city) before
//! and were not yet named in this bulletin; each of them is alike likely, and there are few.

use super::SnapshotError;
use super::coder::Positions;
use super::limits::MOST_CLASSES_OF_A_FIRM;
use crate::number::{index, place};

/// Firms that were sampled in one product class, or in one product class and city.
#[derive(Default)]
pub(super) struct Roster {
    /// Those not yet named in the bulletin at hand first, then those that were.
    members: Vec<u32>,
    free: usize,
    /// The bulletin that `free` speaks of, counted from 1.
    bulletin: u32,
}

impl Roster {
    /// Turns to a bulletin: nobody was named in it.
    fn open(&mut self, bulletin: u32) {
        if self.bulletin != bulletin {
            self.bulletin = bulletin;
            self.free = self.members.len();
        }
    }

    pub(super) fn free(&self) -> usize {
        self.free
    }

    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    pub(super) fn member(&self, place: usize) -> u32 {
        self.members[place]
    }
}

/// The rosters of all classes, and of all classes by city.
pub(super) struct Rosters<P> {
    all: Vec<Roster>,
    /// For each class the cities of its firms, in order, with their rosters.
    by_city: Vec<Vec<(u32, usize)>>,
    /// For each firm the newest of its links, counted from 1, and each link its class and the link before; 0 is none.
    newest: Vec<u32>,
    links: Vec<(u32, u32)>,
    positions: P,
}

impl<P: Positions> Rosters<P> {
    pub(super) fn new(classes: u32, firms: u32, positions: P) -> Self {
        let mut rosters = Vec::new();
        rosters.resize_with(index(classes), Roster::default);
        Self {
            all: rosters,
            by_city: vec![Vec::new(); index(classes)],
            newest: vec![0; index(firms)],
            links: Vec::new(),
            positions,
        }
    }

    /// The roster of a class, opened for a bulletin.
    pub(super) fn of_class(&mut self, class: u32, bulletin: u32) -> usize {
        self.all[index(class)].open(bulletin);
        index(class)
    }

    /// The roster of a class and city, opened for a bulletin.
    pub(super) fn of_city(&mut self, class: u32, city: u32, bulletin: u32) -> usize {
        let cities = &mut self.by_city[index(class)];
        let roster = match cities.binary_search_by_key(&city, |(city, _)| *city) {
            Ok(known) => cities[known].1,
            Err(new) => {
                cities.insert(new, (city, self.all.len()));
                self.all.push(Roster::default());
                self.all.len() - 1
            }
        };
        self.all[roster].open(bulletin);
        roster
    }

    pub(super) fn roster(&self, roster: usize) -> &Roster {
        &self.all[roster]
    }

    /// Where `firm` stands among those not yet named.
    pub(super) fn free_position(&self, roster: usize, firm: u32) -> Option<usize> {
        let position = self.positions.position(roster, firm)?;
        (position < self.all[roster].free).then_some(position)
    }

    /// Takes note that the member at `place` was named.
    pub(super) fn name(&mut self, roster: usize, place: usize) {
        let Roster { members, free, .. } = &mut self.all[roster];
        *free -= 1;
        members.swap(place, *free);
        self.positions.note(roster, members[place], place);
        self.positions.note(roster, members[*free], *free);
    }

    /// Whether `firm` was sampled in this class before.
    pub(super) fn knows(&self, class: u32, firm: u32) -> Result<bool, Box<SnapshotError>> {
        let mut link = self.newest[index(firm)];
        let mut steps = 0;
        while let Some(place) = index(link).checked_sub(1) {
            let (known, before) = self.links[place];
            if known == class {
                return Ok(true);
            }
            link = before;
            steps += 1;
        }
        if steps < MOST_CLASSES_OF_A_FIRM {
            return Ok(false);
        }
        let most = place(MOST_CLASSES_OF_A_FIRM);
        Err(SnapshotError::limit("product classes of one firm", most, most + 1).into())
    }

    /// Adds a firm that was just named.
    pub(super) fn add(&mut self, class: u32, city: u32, firm: u32, bulletin: u32) {
        let newest = &mut self.newest[index(firm)];
        self.links.push((class, *newest));
        *newest = place(self.links.len());
        for roster in [self.of_class(class, bulletin), self.of_city(class, city, bulletin)] {
            let members = &mut self.all[roster].members;
            self.positions.note(roster, firm, members.len());
            members.push(firm);
        }
    }
}

/// Firms, those never sampled first.
pub(super) struct Pool {
    members: Vec<u32>,
    unseen: usize,
}

impl Pool {
    /// How many were never sampled.
    pub(super) fn unseen(&self) -> usize {
        self.unseen
    }

    /// How many were.
    pub(super) fn seen(&self) -> usize {
        self.members.len() - self.unseen
    }

    pub(super) fn member(&self, place: usize) -> u32 {
        self.members[place]
    }
}

/// All firms, and the firms of each city, by whether they were sampled before.
pub(super) struct Pools {
    /// The pool of all, then the pools of cities.
    each: Vec<Pool>,
    /// The pool of each city, 0 where there is none.
    by_city: Vec<usize>,
    /// For each firm the pool of its city and where it stands in it and in the pool of all.
    standings: Vec<Standing>,
}

/// How many cities there can be: the first four digits of a division.
const CITIES: usize = 10_000;

#[derive(Clone, Copy)]
struct Standing {
    pool: usize,
    in_city: usize,
    in_all: usize,
}

impl Pools {
    /// The pools of firms with these cities.
    pub(super) fn new(cities: &[u32]) -> Self {
        let all = Pool { members: (0..place(cities.len())).collect(), unseen: cities.len() };
        let mut new = Self { each: vec![all], by_city: vec![0; CITIES], standings: Vec::new() };
        for (firm, city) in cities.iter().enumerate() {
            let next = new.each.len();
            let pool = match new.by_city[index(*city)] {
                0 => next,
                pool => pool,
            };
            if pool == next {
                new.by_city[index(*city)] = pool;
                new.each.push(Pool { members: Vec::new(), unseen: 0 });
            }
            let Pool { members, unseen } = &mut new.each[pool];
            new.standings.push(Standing { pool, in_city: members.len(), in_all: firm });
            members.push(place(firm));
            *unseen += 1;
        }
        new
    }

    pub(super) fn all(&self) -> &Pool {
        &self.each[0]
    }

    /// The firms of a city, if there are any.
    pub(super) fn of_city(&self, city: u32) -> Option<&Pool> {
        self.by_city.get(index(city)).filter(|pool| **pool > 0).map(|pool| &self.each[*pool])
    }

    /// Whether a firm was sampled before.
    pub(super) fn is_seen(&self, firm: u32) -> bool {
        self.standings[index(firm)].in_all >= self.each[0].unseen
    }

    /// Where a firm stands in the pool of its city, or in the pool of all.
    pub(super) fn position(&self, firm: u32, in_city: bool) -> usize {
        let standing = self.standings[index(firm)];
        if in_city { standing.in_city } else { standing.in_all }
    }

    /// Takes note that a firm was sampled.
    pub(super) fn see(&mut self, firm: u32) {
        let Standing { pool, in_city, in_all } = self.standings[index(firm)];
        let displaced = self.each[pool].see(in_city);
        self.standings[index(displaced)].in_city = in_city;
        self.standings[index(firm)].in_city = self.each[pool].unseen;
        let displaced = self.each[0].see(in_all);
        self.standings[index(displaced)].in_all = in_all;
        self.standings[index(firm)].in_all = self.each[0].unseen;
    }
}

impl Pool {
    /// Moves a member behind the unseen, and gives the one that takes its place.
    fn see(&mut self, place: usize) -> u32 {
        self.unseen -= 1;
        self.members.swap(place, self.unseen);
        self.members[place]
    }
}
