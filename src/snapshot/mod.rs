//! The bytes of an edition (名单快照): what is signed, downloaded and kept.
//!
//! The format is specified in `FORMAT.md` beside this file. In short: magic and version, one section, a checksum. The
//! section is one run of an adaptive range coder over the edition in columns; bulletins carry the samplings, row by
//! row as they were printed. One edition has exactly one encoding, and whatever is not the encoding of an edition
//! is refused.
//!
//! # Choices and their price
//!
//! Measured by `make bench-size` on the demo's newest edition, 5,416 listed firms; no peer carries what a reader works
//! out anew:
//!
//! | bytes | of what |
//! |--:|---|
//! | 469,664 | NDJSON, brotli 11 |
//! | 427,768 | CSV in the order of print, brotli 11 |
//! | 378,145 | Parquet, zstd 19, delta encodings, in the order of the edition |
//! | 289,208 | the same in the order of print, its best order |
//! | 144,201 | this format: 0.31, 0.34, 0.38, 0.50 of them |
//!
//! - *An own range coder and no general compressor.* Its output is unique by construction, so nothing has to be
//!   encoded again to know that bytes are canonical. The models know what a general compressor cannot: who may be
//!   meant, what day to expect, which classes follow each other. The price is that every model is part of the format,
//!   and that decoding takes decisions one by one: 1.3 million of them for this edition. Chromium opens it in about
//!   40 ms once it has optimised the code, and in 100 to 150 ms the first time (`make bench-open`, on a slow machine on
//!   which JSON of three times the size takes 40 and 54 ms, unsigned and unjudged). So a device keeps what it decoded
//!   ([`Checker::columns`](crate::checker::Checker::columns)) and opens that in 9 ms, and in 35 the first time.
//! - *What a browser runs often stands in functions of its own* (`inline(never)` in its build). It optimises a function
//!   at a time, when that was called for a while: the one into which all of decoding had gone took 180 ms of another
//!   processor, longer than the list took to open. In parts the first opening takes 0.89 of the time.
//! - *Bulletins carry the samplings*, in the order of print: the next row is much like the one before, and no sampling
//!   has to name its bulletin and row. The table shows what that order alone does for Parquet.
//! - *Stated tiers are not computed while reading*, though that would save 0.4 KB: a difference between what is
//!   stated and what follows from the evidence must reach the checker.
//! - *Firms are told among those of a class as if all were alike likely.* Weighing them by how often they were
//!   sampled would save 1.3 % and cost a search tree for each class.
//!
//! ```
//! # use hongbang::snapshot::{SnapshotError, decode, encode};
//! # fn show(edition: &hongbang::Edition) -> Result<(), Box<SnapshotError>> {
//! let bytes = encode(edition)?;
//! assert_eq!(decode(&bytes)?, *edition);
//! # Ok(())
//! # }
//! ```

mod bulletins;
mod check;
mod checksum;
mod coder;
mod codes;
mod columns;
mod counts;
pub mod delta;
mod error;
mod field;
mod findings;
mod firms;
mod followers;
mod head;
mod known;
pub mod limits;
mod memory;
mod models;
mod range_decoder;
mod range_encoder;
mod ranks;
mod reader;
mod readings;
mod rosters;
mod samplings;
mod templates;
mod text_model;
mod tiers;
mod walk;

pub use error::SnapshotError;

use checksum::checksum;
use coder::Coder;
use counts::Counts;
use head::Head;
use known::{Known, List};
use range_encoder::RangeEncoder;
use reader::Reader;
use samplings::Entry;
use text_model::Kind;
use walk::Walk;

use crate::Edition;
use crate::edition::TextColumn;
use crate::number::index;
use crate::pace::{Pace, at_once, step};

/// The first bytes of every snapshot: 红榜 in UTF-8.
pub const MAGIC: [u8; 6] = [0xE7, 0xBA, 0xA2, 0xE6, 0xA6, 0x9C];
/// The version of the format that is written, and the only one that is read.
pub const VERSION: u16 = 1;

/// The section that holds the edition; a delta has another, and a later version may add more.
const EDITION_SECTION: u8 = 1;
/// Bytes before the section's content: magic, version, tag, length.
const HEAD: usize = 6 + 2 + 1 + 4;
/// Bytes of the checksum at the end.
const CHECKSUM: usize = 4;

/// Writes an edition as a snapshot.
///
/// # Errors
/// Where the edition breaks the order stated at [`Edition`], or holds more than a snapshot may.
pub fn encode(edition: &Edition) -> Result<Vec<u8>, Box<SnapshotError>> {
    check::check(edition)?;
    write(edition)
}

/// Writes an edition whose order was checked.
fn write(edition: &Edition) -> Result<Vec<u8>, Box<SnapshotError>> {
    let (counts, alphabet) = Counts::of(edition)?;
    let mut coder = RangeEncoder::new();
    counts.code(&mut coder)?;
    let entries = samplings::printed_order(edition)?;
    let given = Given { edition, alphabet: &alphabet, entries: &entries };
    let walked = at_once(|pace| walk(coder, pace, counts, Known::default(), Some(given)));
    let (_, coder) = walked?;
    let content = coder.finish();
    counts.check_against(content.len())?;
    enclose(EDITION_SECTION, &content)
}

/// Puts everything around the section's content.
fn enclose(section: u8, content: &[u8]) -> Result<Vec<u8>, Box<SnapshotError>> {
    let length = u32::try_from(content.len());
    let length = length.map_err(|_| SnapshotError::limit("bytes", u32::MAX, u32::MAX))?;
    let mut bytes = Vec::with_capacity(HEAD + content.len() + CHECKSUM);
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_be_bytes());
    bytes.push(section);
    bytes.extend(length.to_be_bytes());
    bytes.extend(content);
    bytes.extend(checksum(&bytes).to_be_bytes());
    Ok(bytes)
}

/// Reads a snapshot. What it says is not judged: the checker recomputes the tiers.
///
/// # Errors
/// Where `bytes` are not, to the last bit, the encoding of an edition in its order.
pub fn decode(bytes: &[u8]) -> Result<Edition, Box<SnapshotError>> {
    at_once(|pace| decode_at(bytes, pace))
}

/// Reads a snapshot as [`decode`] does, at a pace.
///
/// # Errors
/// As [`decode`].
pub async fn decode_at(bytes: &[u8], pace: &dyn Pace) -> Result<Edition, Box<SnapshotError>> {
    read(bytes, pace).await.map(|(walked, _)| walked.edition)
}

/// Reads a snapshot, and its counts.
async fn read(bytes: &[u8], pace: &dyn Pace) -> Result<(Walked, Counts), Box<SnapshotError>> {
    let content = content(EDITION_SECTION, bytes)?;
    let mut coder = Reader::new(content);
    let counts = Counts::default().code(&mut coder)?;
    counts.check_against(content.len())?;
    let (walked, coder) = walk(coder, pace, counts, Known::default(), None).await?;
    if !coder.is_exact() {
        return Err(SnapshotError::Broken { section: "the last bytes" }.into());
    }
    step(pace).await;
    check::check_read(&walked.edition)?;
    step(pace).await;
    Ok((walked, counts))
}

/// Checks everything around the section, and gives its content.
fn content(section: u8, bytes: &[u8]) -> Result<&[u8], Box<SnapshotError>> {
    let Some(rest) = bytes.strip_prefix(&MAGIC) else {
        let is_cut_short = MAGIC.starts_with(bytes);
        let found = bytes.iter().take(MAGIC.len()).copied().collect();
        let error =
            if is_cut_short && !bytes.is_empty() { too_short(bytes) } else { SnapshotError::Magic { found } };
        return Err(error.into());
    };
    let (version, rest) = rest.split_first_chunk().ok_or_else(|| too_short(bytes))?;
    let found = u16::from_be_bytes(*version);
    if found != VERSION {
        return Err(SnapshotError::Version { found }.into());
    }
    let (tag, rest) = rest.split_first().ok_or_else(|| too_short(bytes))?;
    if *tag != section {
        return Err(SnapshotError::Section { expected: section, found: *tag }.into());
    }
    let (length, rest) = rest.split_first_chunk().ok_or_else(|| too_short(bytes))?;
    let length = index(u32::from_be_bytes(*length));
    checked_content(bytes, rest, length)
}

/// Checks the length of the section and the checksum.
fn checked_content<'a>(bytes: &[u8], rest: &'a [u8], length: usize) -> Result<&'a [u8], Box<SnapshotError>> {
    let wide = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    let (expected, found) = (wide(length) + wide(HEAD + CHECKSUM), bytes.len());
    if wide(found) < expected {
        return Err(SnapshotError::Truncated { expected, found }.into());
    }
    if wide(found) > expected {
        return Err(SnapshotError::Trailing { expected, found }.into());
    }
    let (content, stated) = rest.split_at(length);
    let expected = checksum(&bytes[..HEAD + length]);
    let found = stated.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
    if found == expected { Ok(content) } else { Err(SnapshotError::Damaged { expected, found }.into()) }
}

fn too_short(bytes: &[u8]) -> SnapshotError {
    let expected = u64::try_from(HEAD + CHECKSUM).unwrap_or(u64::MAX);
    SnapshotError::Truncated { expected, found: bytes.len() }
}

/// What a walk came by, but for the samplings where it only wrote.
struct Walked {
    edition: Edition,
    /// The characters of all texts.
    characters: Vec<char>,
    /// Its samplings in the order of print.
    entries: Vec<Entry>,
}

/// An edition that is written, with what its walk needs beside it.
#[derive(Clone, Copy)]
struct Given<'a> {
    edition: &'a Edition,
    /// The characters of all texts.
    alphabet: &'a [char],
    /// Its samplings in the order of print.
    entries: &'a [Entry],
}

/// Codes everything but the counts, in the order of `FORMAT.md`.
async fn walk<C: Coder>(
    coder: C,
    pace: &dyn Pace,
    counts: Counts,
    known: Known,
    given: Option<Given<'_>>,
) -> Result<(Walked, C), Box<SnapshotError>> {
    let alphabet = given.map_or(&[][..], |given| given.alphabet);
    let entries = given.map(|given| given.entries);
    let given = given.map(|given| given.edition);
    let mut walk = Walk::begin(coder, pace, alphabet, counts.size(), known)?;
    let Head { number, as_of, scope, reality, policy } = Head::code(&mut walk, given)?;
    let bulletins = given.map(|edition| edition.bulletins.as_slice());
    let bulletins = bulletins::code(&mut walk, bulletins, counts.bulletins, as_of)?;
    let product_classes = given.map(|edition| &edition.product_classes);
    let product_classes = terms(&mut walk, List::ProductClasses, product_classes, counts.product_classes)?;
    let failed_items = given.map(|edition| &edition.failed_items);
    let failed_items = terms(&mut walk, List::FailedItems, failed_items, counts.failed_items + 1)?;
    walk.pause().await;
    let mut firms = firms::code(&mut walk, given.map(|edition| &edition.firms), counts).await?;
    let entries = samplings::code(&mut walk, entries, &bulletins, &firms.divisions, counts).await?;
    step(pace).await;
    let (samplings, firsts) = samplings::edition_order(&entries, counts.firms);
    step(pace).await;
    let tiers = given.map(|edition| edition.firms.stated_tiers.as_slice());
    let written = given.filter(|_| C::ONLY_WRITES);
    let (of_whom, where_from) = match written {
        Some(edition) => (&edition.samplings, &edition.firms.first_samplings),
        None => (&samplings, &firsts),
    };
    firms.stated_tiers = tiers::code(&mut walk, tiers, of_whom, where_from, as_of)?;
    firms.first_samplings = firsts;
    let alphabet = readings::code(&mut walk.coder, &walk.known, given.map(|edition| &edition.alphabet))?;
    let edition = Edition {
        number,
        as_of,
        scope,
        policy,
        reality,
        bulletins,
        product_classes,
        failed_items,
        firms,
        samplings,
        alphabet,
    };
    let (characters, coder) = walk.finish()?;
    Ok((Walked { edition, characters, entries }, coder))
}

/// Codes the texts of a dictionary.
#[cfg_attr(hongbang_small, inline(never))]
fn terms<C: Coder>(
    walk: &mut Walk<'_, C>,
    list: List,
    given: Option<&TextColumn>,
    count: u32,
) -> Result<TextColumn, Box<SnapshotError>> {
    let mut column = TextColumn::default();
    for at in 0..index(count) {
        let given = walk.turn_to(list, at, given.map(|column| column.get(at)));
        column.push(walk.text(Kind::Term, 0, given.unwrap_or(""))?);
        walk.check("product classes and failed items")?;
    }
    Ok(column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{EditionBuilder, FirmRecord, Reality, SamplingRecord, Scope};
    use crate::rule::Policy;
    use crate::sampling::{Bulletin, Facts, Level, Lists};
    use crate::{Day, Problem};

    fn bulletin(id: &str, published_on: &str) -> Bulletin {
        Bulletin {
            id: id.into(),
            body: "云州市市场监督管理局".into(),
            level: Level::Municipal,
            division: "440600".parse().unwrap(),
            published_on: published_on.parse().unwrap(),
            inspection_year: None,
            title: String::new(),
            url: String::new(),
            lists: Lists::All,
            rows: 9,
        }
    }

    fn sampling(bulletin: usize, row: u32, class: &str) -> SamplingRecord {
        let facts = Facts::CLEAN;
        let day = ["2020-05-01", "2021-05-01"][bulletin].parse().unwrap();
        SamplingRecord { day, facts, bulletin, row, product_class: class.into(), failed_items: "".into() }
    }

    fn firm(name: &str, samplings: Vec<SamplingRecord>) -> FirmRecord {
        FirmRecord {
            code: None,
            name: name.into(),
            former_names: vec![],
            division: None,
            trade_marks: vec![],
            gs1_prefixes: vec![],
            labels: vec![],
            samplings,
        }
    }

    fn edition() -> Edition {
        EditionBuilder {
            number: 1,
            as_of: "2025-10-31".parse().unwrap(),
            scope: Scope::Inspected,
            policy: Policy::default(),
            reality: Reality::Demo,
            bulletins: vec![bulletin("a", "2020-05-01"), bulletin("b", "2021-05-01")],
            firms: vec![
                firm("云帆", vec![sampling(0, 1, "灯具"), sampling(1, 2, "鞋")]),
                firm("北斗", vec![sampling(1, 1, "灯具")]),
            ],
        }
        .build()
    }

    /// What encode and, of bytes that a careless writer made, decode say to an edition that breaks a rule.
    fn refusals(breach: impl Fn(&mut Edition)) -> (SnapshotError, SnapshotError) {
        let mut broken = edition();
        breach(&mut broken);
        let bytes = write(&broken).unwrap();
        (*encode(&broken).unwrap_err(), *decode(&bytes).unwrap_err())
    }

    fn order_of(breach: impl Fn(&mut Edition)) -> &'static str {
        match refusals(breach) {
            (SnapshotError::Order { what, .. }, SnapshotError::Order { what: read, .. }) if what == read => {
                what
            }
            others => panic!("{others:?}"),
        }
    }

    fn swapped(column: &TextColumn) -> TextColumn {
        let mut texts: Vec<&str> = column.iter().collect();
        texts.swap(0, 1);
        texts.into_iter().collect()
    }

    #[test]
    fn the_edition_of_these_tests_is_in_order() {
        assert_eq!(decode(&encode(&edition()).unwrap()).unwrap(), edition());
    }

    #[test]
    fn an_edition_out_of_order_is_refused_by_name_when_written_and_when_read() {
        let classes = |edition: &mut Edition| edition.product_classes = swapped(&edition.product_classes);
        assert_eq!(order_of(classes), "product classes");
        let names = |edition: &mut Edition| edition.firms.names = swapped(&edition.firms.names);
        assert_eq!(order_of(names), "names of firms without a code");
        let same_day = |edition: &mut Edition| {
            edition.bulletins[1].published_on = edition.bulletins[0].published_on;
            edition.bulletins[1].id = "a".into();
        };
        assert_eq!(order_of(same_day), "bulletins");
    }

    #[test]
    fn what_points_nowhere_is_refused_by_name_when_written_and_when_read() {
        let late = |edition: &mut Edition| edition.as_of = "2021-04-30".parse().unwrap();
        assert!(matches!(refusals(late).1, SnapshotError::NotYet { bulletin: 1, .. }));
        let tier = |edition: &mut Edition| edition.firms.stated_tiers[0] = Some(3);
        let expected = SnapshotError::Value { what: "stated tier", found: 3 };
        assert_eq!(refusals(tier), (expected.clone(), expected));
        let unused = |edition: &mut Edition| edition.product_classes.push("龟");
        let expected = SnapshotError::Unused { what: "product classes", place: 2 };
        assert_eq!(refusals(unused), (expected.clone(), expected));
        let number = |edition: &mut Edition| edition.number = 0;
        assert_eq!(refusals(number).1, SnapshotError::value("edition number", 0));
        let year = |edition: &mut Edition| edition.bulletins[0].inspection_year = Some(10_000);
        assert_eq!(refusals(year).1, SnapshotError::value("inspection year", 10_000));
        let policy = |edition: &mut Edition| edition.policy.min_samplings = 0;
        assert!(matches!(refusals(policy), (SnapshotError::Policy(_), SnapshotError::Policy(_))));
    }

    #[test]
    fn a_writer_refuses_what_has_no_encoding() {
        let refused = |breach: fn(&mut Edition)| {
            let mut broken = edition();
            breach(&mut broken);
            *encode(&broken).unwrap_err()
        };
        assert_eq!(refused(|edition| edition.samplings.rows[1] = 0), SnapshotError::row(1, 9, 0));
        assert_eq!(refused(|edition| edition.bulletins[1].rows = 1), SnapshotError::row(1, 1, 2));
        assert_eq!(refused(|edition| edition.firms.divisions.clear()), SnapshotError::Lengths);
        let no_list = |edition: &mut Edition| edition.failed_items = TextColumn::default();
        assert_eq!(refused(no_list), SnapshotError::NoEmptyList);
        let nowhere = |edition: &mut Edition| edition.samplings.product_classes[0] = 7;
        assert_eq!(refused(nowhere), SnapshotError::value("product classes", 7));
        let nowhere = |edition: &mut Edition| edition.samplings.bulletins[0] = 7;
        assert_eq!(refused(nowhere), SnapshotError::value("bulletin of a sampling", 7));
        let disordered = |edition: &mut Edition| edition.samplings.days.swap(0, 1);
        assert_eq!(refused(disordered), SnapshotError::order("samplings of a firm", 1));
        let twice = |edition: &mut Edition| {
            edition.samplings.bulletins[0] = 1;
            edition.samplings.rows[0] = 2;
        };
        assert_eq!(refused(twice), SnapshotError::Twice { bulletin: 1, row: 2 });
    }

    /// A snapshot that announces counts and says nothing more.
    fn announcing(counts: Counts, padding: usize) -> Vec<u8> {
        let mut coder = RangeEncoder::new();
        counts.announce(&mut coder);
        let mut content = coder.finish();
        content.resize(content.len() + padding, 0);
        enclose(EDITION_SECTION, &content).unwrap()
    }

    #[test]
    fn huge_counts_are_refused_before_anything_is_allocated_for_them() {
        let one = |set: fn(&mut Counts, u32)| {
            [limits::MOST_SAMPLINGS / 8, u32::MAX - 1].map(|count| {
                let mut counts = Counts::default();
                set(&mut counts, count);
                decode(&announcing(counts, 0)).unwrap_err().code()
            })
        };
        let too_large = ["snapshot_too_large"; 2];
        assert_eq!(one(|counts, count| counts.bulletins = count), too_large);
        assert_eq!(one(|counts, count| counts.product_classes = count), too_large);
        assert_eq!(one(|counts, count| counts.failed_items = count), too_large);
        assert_eq!(one(|counts, count| counts.firms = count), too_large);
        assert_eq!(one(|counts, count| counts.coded_firms = count), too_large);
        assert_eq!(one(|counts, count| counts.samplings = count), too_large);
        assert_eq!(one(|counts, count| counts.alphabet = count), too_large);
        assert_eq!(one(|counts, count| counts.characters = count), too_large);
    }

    #[test]
    fn what_a_reader_may_use_grows_with_the_bytes() {
        let counts = Counts { samplings: 200_000, ..Counts::default() };
        let refused = |padding| *decode(&announcing(counts, padding)).unwrap_err();
        assert!(matches!(refused(0), SnapshotError::Expansion { .. }), "32 MB for a few bytes");
        assert!(matches!(refused(1 << 20), SnapshotError::Broken { .. } | SnapshotError::Value { .. }));
    }

    #[test]
    fn bytes_that_no_writer_makes_are_refused_though_their_checksum_is_right() {
        let bytes = encode(&edition()).unwrap();
        let content = &bytes[HEAD..bytes.len() - CHECKSUM];
        let mut longer = content.to_vec();
        longer.extend([0; 4]);
        assert_eq!(
            decode(&enclose(EDITION_SECTION, &longer).unwrap()).unwrap_err().code(),
            "snapshot_broken"
        );
        for length in 0..content.len() {
            assert!(decode(&enclose(EDITION_SECTION, &content[..length]).unwrap()).is_err(), "{length}");
        }
        for place in 0..content.len() {
            for bit in 0..8 {
                let mut flipped = content.to_vec();
                flipped[place] ^= 1 << bit;
                let flipped = enclose(EDITION_SECTION, &flipped).unwrap();
                if let Ok(read) = decode(&flipped) {
                    assert_eq!(encode(&read).unwrap(), flipped, "byte {place}, bit {bit}");
                }
            }
        }
    }

    #[test]
    fn an_edition_of_nothing_has_an_encoding_too() {
        let nothing = EditionBuilder { bulletins: vec![], firms: vec![], ..builder() }.build();
        let bytes = encode(&nothing).unwrap();
        assert_eq!(decode(&bytes).unwrap(), nothing);
    }

    fn builder() -> EditionBuilder {
        EditionBuilder {
            number: 9,
            as_of: Day::MAX,
            scope: Scope::Listed,
            policy: Policy::default(),
            reality: Reality::Real,
            bulletins: vec![],
            firms: vec![],
        }
    }
}
