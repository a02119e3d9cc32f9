//! The bytes of an edition (名单快照): what is signed, downloaded and kept.
//!
//! The format is specified in `FORMAT.md` beside this file. In short: magic and version, one section, a checksum. The
//! section is one run of an adaptive range coder over the edition in columns; bulletins carry the samplings, row by
//! row as they were printed. One edition has exactly one encoding, and whatever is not the encoding of an edition
//! is refused.
//!
//! ```
//! # use hongbang::snapshot::{SnapshotError, decode, encode};
//! # fn show(edition: &hongbang::Edition) -> Result<(), SnapshotError> {
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
mod error;
mod findings;
mod firms;
mod head;
pub mod limits;
mod memory;
mod models;
mod range_decoder;
mod range_encoder;
mod ranks;
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
use range_decoder::RangeDecoder;
use range_encoder::RangeEncoder;
use text_model::Kind;
use walk::Walk;

use crate::Edition;
use crate::edition::TextColumn;
use crate::number::index;

/// The first bytes of every snapshot: 红榜 in UTF-8.
pub const MAGIC: [u8; 6] = [0xE7, 0xBA, 0xA2, 0xE6, 0xA6, 0x9C];
/// The version of the format that is written, and the only one that is read.
pub const VERSION: u16 = 1;

/// The section that holds the edition; a later version may add others, such as the search alphabet.
const EDITION_SECTION: u8 = 1;
/// Bytes before the section's content: magic, version, tag, length.
const HEAD: usize = 6 + 2 + 1 + 4;
/// Bytes of the checksum at the end.
const CHECKSUM: usize = 4;

/// Writes an edition as a snapshot.
///
/// # Errors
/// Where the edition breaks the order stated at [`Edition`], or holds more than a snapshot may.
pub fn encode(edition: &Edition) -> Result<Vec<u8>, SnapshotError> {
    check::check(edition)?;
    let (counts, alphabet) = Counts::of(edition)?;
    let (_, coder) = walk(RangeEncoder::new(), counts, &alphabet, Some(edition))?;
    let content = coder.finish();
    counts.check_against(content.len())?;
    let length = u32::try_from(content.len());
    let length = length.map_err(|_| SnapshotError::limit("bytes", u32::MAX, u32::MAX))?;
    let mut bytes = Vec::with_capacity(HEAD + content.len() + CHECKSUM);
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_be_bytes());
    bytes.push(EDITION_SECTION);
    bytes.extend(length.to_be_bytes());
    bytes.extend(content);
    bytes.extend(checksum(&bytes).to_be_bytes());
    Ok(bytes)
}

/// Reads a snapshot. What it says is not judged: the checker recomputes the tiers.
///
/// # Errors
/// Where `bytes` are not, to the last bit, the encoding of an edition in its order.
pub fn decode(bytes: &[u8]) -> Result<Edition, SnapshotError> {
    let content = content(bytes)?;
    let mut coder = RangeDecoder::new(content);
    let counts = Counts::default().code(&mut coder)?;
    counts.check_against(content.len())?;
    let (edition, coder) = walk_counted(coder, counts, &[], None)?;
    if !coder.is_exact() {
        return Err(SnapshotError::Broken { section: "the last bytes" });
    }
    check::check(&edition)?;
    Ok(edition)
}

/// Checks everything around the section, and gives its content.
fn content(bytes: &[u8]) -> Result<&[u8], SnapshotError> {
    let Some(rest) = bytes.strip_prefix(&MAGIC) else {
        let is_cut_short = MAGIC.starts_with(bytes);
        let found = bytes.iter().take(MAGIC.len()).copied().collect();
        return Err(if is_cut_short && !bytes.is_empty() {
            too_short(bytes)
        } else {
            SnapshotError::Magic { found }
        });
    };
    let (version, rest) = rest.split_first_chunk().ok_or_else(|| too_short(bytes))?;
    let found = u16::from_be_bytes(*version);
    if found != VERSION {
        return Err(SnapshotError::Version { found });
    }
    let (tag, rest) = rest.split_first().ok_or_else(|| too_short(bytes))?;
    if *tag != EDITION_SECTION {
        return Err(SnapshotError::Section { found: *tag });
    }
    let (length, rest) = rest.split_first_chunk().ok_or_else(|| too_short(bytes))?;
    let length = index(u32::from_be_bytes(*length));
    checked_content(bytes, rest, length)
}

/// Checks the length of the section and the checksum.
fn checked_content<'a>(bytes: &[u8], rest: &'a [u8], length: usize) -> Result<&'a [u8], SnapshotError> {
    let wide = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    let (expected, found) = (wide(length) + wide(HEAD + CHECKSUM), bytes.len());
    if wide(found) < expected {
        return Err(SnapshotError::Truncated { expected, found });
    }
    if wide(found) > expected {
        return Err(SnapshotError::Trailing { expected, found });
    }
    let (content, stated) = rest.split_at(length);
    let expected = checksum(&bytes[..HEAD + length]);
    let found = stated.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
    if found == expected { Ok(content) } else { Err(SnapshotError::Damaged { expected, found }) }
}

fn too_short(bytes: &[u8]) -> SnapshotError {
    let expected = u64::try_from(HEAD + CHECKSUM).unwrap_or(u64::MAX);
    SnapshotError::Truncated { expected, found: bytes.len() }
}

/// Codes counts, then everything else.
fn walk<C: Coder>(
    mut coder: C,
    counts: Counts,
    alphabet: &[char],
    given: Option<&Edition>,
) -> Result<(Edition, C), SnapshotError> {
    let counts = counts.code(&mut coder)?;
    walk_counted(coder, counts, alphabet, given)
}

/// Codes everything but the counts, in the order of `FORMAT.md`.
fn walk_counted<C: Coder>(
    coder: C,
    counts: Counts,
    alphabet: &[char],
    given: Option<&Edition>,
) -> Result<(Edition, C), SnapshotError> {
    let mut walk = Walk::begin(coder, alphabet, counts.size())?;
    let Head { number, as_of, scope, reality, policy } = Head::code(&mut walk, given)?;
    let bulletins = given.map(|edition| edition.bulletins.as_slice());
    let bulletins = bulletins::code(&mut walk, bulletins, counts.bulletins, as_of)?;
    let product_classes = given.map(|edition| &edition.product_classes);
    let product_classes = terms(&mut walk, product_classes, 0..counts.product_classes)?;
    let failed_items = given.map(|edition| &edition.failed_items);
    let failed_items = terms(&mut walk, failed_items, 0..counts.failed_items + 1)?;
    let mut firms = firms::code(&mut walk, given.map(|edition| &edition.firms), counts)?;
    let (samplings, firsts) = samplings::code(&mut walk, given, &bulletins, &firms.divisions, counts)?;
    let tiers = given.map(|edition| edition.firms.stated_tiers.as_slice());
    firms.stated_tiers = tiers::code(&mut walk, tiers, &samplings, &firsts, as_of)?;
    firms.first_samplings = firsts;
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
    };
    Ok((edition, walk.finish()?))
}

/// Codes the texts of a dictionary.
fn terms<C: Coder>(
    walk: &mut Walk<C>,
    given: Option<&TextColumn>,
    places: std::ops::Range<u32>,
) -> Result<TextColumn, SnapshotError> {
    let mut column = TextColumn::default();
    for place in places {
        let text = walk.text(Kind::Term, 0, given.map_or("", |column| column.get(index(place))))?;
        column.push(text);
        walk.check("product classes and failed items")?;
    }
    Ok(column)
}
