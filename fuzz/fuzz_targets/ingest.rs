//! A bulletin's file: any bytes are read or refused; of what is read every row is in the account, and the ledger takes
//! it and gives it back. Bytes behind [`WORKBOOK`] are the parts of a workbook, since a fuzzer would hardly find an
//! archive.
#![no_main]

use std::fs;
use std::sync::OnceLock;

use hongbang::publish::ingest::ingest;
use hongbang::publish::ledger::{append, read};
use hongbang_fuzz::{WORKBOOK, workbook};
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

/// What is known of the bulletin, so that few files are refused for their titles.
const INDEX: &str = "file,authority,level,division,inspection_year,published_on,lists\n\
                     bulletin,云州市市场监督管理局,municipal,449900,2021,2022-03-01,all\n";

static FOLDER: OnceLock<TempDir> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let folder = FOLDER.get_or_init(|| {
        // The hook of the fuzzer ends the process even where a panic is caught, as those of `calamine` are. One that
        // nobody catches ends it all the same.
        std::panic::set_hook(Box::new(|panic| eprintln!("{panic}")));
        tempfile::tempdir().expect("there is room for a folder")
    });
    let folder = folder.path();
    let (input, ledger) = (folder.join("input"), folder.join("ledger"));
    let file = input.join("bulletin");
    fs::create_dir_all(&input).expect("the folder is ours");
    fs::write(input.join("index.csv"), INDEX).expect("the folder is ours");
    let bytes = bytes.strip_prefix(WORKBOOK).map_or(bytes.to_vec(), workbook);
    fs::write(&file, bytes).expect("the folder is ours");
    let Ok(ingested) = ingest(&[file], &mut |_| {}) else { return };
    let _ = fs::remove_dir_all(&ledger);
    let appended = append(&ledger, &ingested.bulletins, None).expect("what was read is in order");
    let account = appended.account;
    let rows: u64 = ingested.bulletins.iter().map(|bulletin| u64::from(bulletin.bulletin.rows)).sum();
    assert_eq!(account.booked + account.duplicates + account.set_aside, account.rows);
    assert_eq!(account.rows, rows);
    let again = read(&ledger).expect("what was written is in order");
    assert_eq!(again.bulletins, ingested.bulletins);
});
