//! The QR code of a certificate's text, at error level M or better.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc, QrSegment};

use crate::certificate::PREFIX;

/// Light modules that a code needs around it.
pub const QUIET_ZONE: usize = 4;

/// A QR code as a square of modules.
pub struct Qr {
    code: QrCode,
    size: usize,
}

impl Qr {
    /// The smallest code of a certificate's text: Base45 in alphanumeric mode, the digits of a link in numeric mode.
    pub fn of(text: &str) -> Self {
        let segments = match text.split_once('#') {
            _ if text.starts_with(PREFIX) => vec![QrSegment::make_alphanumeric(text)],
            Some((base, digits)) => {
                let link = format!("{base}#");
                vec![QrSegment::make_bytes(link.as_bytes()), QrSegment::make_numeric(digits)]
            }
            None => vec![QrSegment::make_bytes(text.as_bytes())],
        };
        let code = QrCode::encode_segments(&segments, QrCodeEcc::Medium);
        let code = code.expect("the longest certificate fits into a code of version 19");
        let size = usize::try_from(code.size()).expect("a size is positive");
        Self { code, size }
    }

    /// The version, 1 to 40.
    pub fn version(&self) -> u8 {
        self.code.version().value()
    }

    /// Modules a side, without the quiet zone.
    pub const fn size(&self) -> usize {
        self.size
    }

    /// Modules a side, with the quiet zone.
    pub const fn size_with_quiet_zone(&self) -> usize {
        self.size + 2 * QUIET_ZONE
    }

    /// Whether a module is dark; the quiet zone and all beyond it are light.
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        match (i32::try_from(column), i32::try_from(row)) {
            (Ok(column), Ok(row)) => self.code.get_module(column, row),
            _ => false,
        }
    }

    /// The dark modules of a row that stand beside each other: the first, and the one behind the last.
    pub(super) fn dark_runs(&self, row: usize) -> impl Iterator<Item = (usize, usize)> {
        let next = move |from: usize, is_dark: bool| {
            (from..self.size).find(|column| self.is_dark(*column, row) == is_dark).unwrap_or(self.size)
        };
        let run = move |at: usize| {
            let from = next(at, true);
            (from < self.size).then(|| (from, next(from, false)))
        };
        std::iter::successors(run(0), move |(_, to)| run(*to))
    }

    /// An `svg` element with the code and its quiet zone, with its upper left corner at a place.
    pub(super) fn svg(&self, (x, y): (usize, usize), side: usize) -> String {
        let mut path = String::with_capacity(self.size * self.size * 5);
        for row in 0..self.size {
            for (from, to) in self.dark_runs(row) {
                let (left, top, run) = (from + QUIET_ZONE, row + QUIET_ZONE, to - from);
                write!(path, "M{left} {top}h{run}v1h-{run}z").expect("memory takes all that is written");
            }
        }
        let modules = self.size_with_quiet_zone();
        format!(
            "<svg x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\" viewBox=\"0 0 {modules} {modules}\">\
             <path fill=\"#fff\" d=\"M0 0h{modules}v{modules}h-{modules}z\"/>\
             <path fill=\"#000\" shape-rendering=\"crispEdges\" d=\"{path}\"/></svg>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::TextForm;
    use crate::certificate::testing::{claims, issued};

    #[test]
    fn the_usual_certificate_needs_version_10_or_11() {
        let bytes = issued(claims());
        let link = TextForm::Link("https://hongbang.example/c".parse().unwrap());
        assert_eq!(Qr::of(&link.text_of(&bytes)).version(), 11);
        assert_eq!(Qr::of(&TextForm::Prefixed.text_of(&bytes)).version(), 10);
    }

    #[test]
    fn the_longest_certificate_with_the_longest_address_has_a_code() {
        let base = format!("https://{}", "a".repeat(92)).parse().unwrap();
        assert!(Qr::of(&TextForm::Link(base).text_of(&[0xff; 400])).version() <= 19);
        assert!(Qr::of(&TextForm::Prefixed.text_of(&[0xff; 400])).version() <= 19);
    }

    #[test]
    fn the_path_covers_the_dark_modules_and_no_other() {
        let qr = Qr::of("HB1:000");
        let dark = (0..qr.size()).flat_map(|row| (0..qr.size()).map(move |column| (column, row)));
        let dark = dark.filter(|(column, row)| qr.is_dark(*column, *row)).count();
        let svg = qr.svg((0, 0), 3000);
        let runs = svg.split('M').skip(2).map(|run| run.split(['h', 'v']).nth(1).unwrap());
        assert_eq!(runs.map(|run| run.parse::<usize>().unwrap()).sum::<usize>(), dark);
        assert!(!qr.is_dark(qr.size(), 0) && !qr.is_dark(0, usize::MAX));
    }
}
