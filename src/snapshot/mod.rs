//! Stand-in until the branch is merged.
use crate::edition::Edition;
/// x
#[derive(Debug)]
pub struct SnapshotError;
impl std::fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("x")
    }
}
impl std::error::Error for SnapshotError {}
impl crate::Problem for SnapshotError {
    fn code(&self) -> &'static str {
        "x"
    }
    fn advice(&self) -> String {
        String::new()
    }
}
/// x
pub fn decode(_: &[u8]) -> Result<Edition, SnapshotError> {
    Err(SnapshotError)
}
