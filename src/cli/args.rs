//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use hongbang::Day;

use super::ceremony::args::{Init, Keys, Protect, Publish, Rotate, Sign, Status, Unlock};

/// The quality red list (红榜), made, signed and checked.
///
/// Exit status: 0 yes, 1 no, 2 failed.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Judge a ledger under a policy and write the edition.
    Build(Build),
    /// Issue and verify certificates on paper.
    Certificate(Certificate),
    /// Say whether a firm is on the list, and why. Exit status 1 where it is not.
    Check(Ask),
    /// Compare list sizes and moves of one ledger under several policies: the rule laboratory.
    Compare(Compare),
    /// Make a made-up list (示例) as big as the real one, with keys and repository: everything to play with.
    Demo(Demo),
    /// Tell who entered, left, rose or fell between two editions. Exit status 1 where nobody did.
    Diff(Diff),
    /// Show the evidence of a firm, what each of the four readings makes of it, and why.
    Explain(Ask),
    /// Write everything that an edition holds for other tools.
    Export(Export),
    /// Bring the newest edition from a repository, verify it, then keep it.
    Fetch(Fetch),
    /// Stage the first root of a repository whose keys several people hold: who signs for what.
    Init(Init),
    /// Read bulletins into a ledger and account for every row.
    Ingest(Ingest),
    /// Make, bring in or show signing keys.
    Keys(Keys),
    /// Print a policy as a commented file to start from.
    Policy(Policy),
    /// Sign an edition into a repository, stage it for others to sign, publish what they signed, or keep the list current.
    Publish(Publish),
    /// Stage other keys for a role, or a longer life for the root: lost keys, stolen keys, new people.
    Rotate(Rotate),
    /// Find firms by name, code or barcode, best first. Exit status 1 where nothing is found.
    Search(Search),
    /// Serve a folder on this machine only, to try it in a browser.
    Serve(Serve),
    /// Add signatures to what is staged, or show what it is and whose are missing. Exit status 1 where some are.
    Sign(Sign),
    /// Say what of a repository expires when, and who must sign it anew. Exit status 1 where something is near or past.
    Status(Status),
    /// Rebuild an edition from a ledger and compare it byte for byte. Exit status 1 where it differs.
    VerifyEdition(VerifyEdition),
}

impl Verb {
    /// Whether errors are wanted as JSON.
    pub(crate) fn wants_json(&self) -> bool {
        match self {
            Self::Build(args) => args.json,
            Self::Certificate(Certificate { verb: CertificateVerb::Verify(args) }) => args.json,
            Self::Check(args) | Self::Explain(args) => args.json,
            Self::Compare(args) => args.json,
            Self::Diff(args) => args.json,
            Self::Fetch(args) => args.json,
            Self::Ingest(args) => args.json,
            Self::Init(args) => args.json,
            Self::Keys(args) => args.wants_json(),
            Self::Publish(args) => args.json,
            Self::Rotate(args) => args.json,
            Self::Search(args) => args.json || args.batch,
            Self::Sign(args) => args.json,
            Self::Status(args) => args.json,
            Self::VerifyEdition(args) => args.json,
            Self::Certificate(_) | Self::Demo(_) | Self::Export(_) | Self::Policy(_) | Self::Serve(_) => {
                false
            }
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Ingest {
    /// A bulletin, or a folder of bulletins with an index.csv that says who published them and when.
    pub(crate) bulletins: PathBuf,
    /// The firm register (CSV) by which names are booked to credit codes.
    #[arg(long, value_name = "CSV")]
    pub(crate) register: Option<PathBuf>,
    /// The ledger's folder; it is made, or added to.
    #[arg(long, value_name = "LEDGER")]
    pub(crate) out: PathBuf,
    /// Print the account as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Build {
    /// The ledger's folder, or that of a dataset in Parquet with the same tables.
    pub(crate) ledger: PathBuf,
    /// A policy file (TOML), or `default`.
    #[arg(long, default_value = "default", value_name = "TOML")]
    pub(crate) policy: String,
    /// The day on which the list stands; bulletins published later are not known on it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) as_of: Day,
    /// The edition file to write.
    #[arg(long, value_name = "EDITION")]
    pub(crate) out: PathBuf,
    /// Which firms it holds.
    #[arg(long, value_enum, default_value = "listed")]
    pub(crate) scope: Scope,
    /// Its running number; a repository takes only rising ones.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) number: u32,
    /// Print figures as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Scope {
    /// The firms that earn a tier.
    Listed,
    /// Every firm that was inspected.
    Inspected,
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyEdition {
    /// The ledger's folder.
    pub(crate) ledger: PathBuf,
    /// The edition file; number, day, scope and policy are taken from it.
    pub(crate) edition: PathBuf,
    /// Print the comparison as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Compare {
    /// The ledger's folder.
    pub(crate) ledger: PathBuf,
    /// Policy files (TOML), or `default`; each is compared with the first.
    #[arg(required = true, num_args = 1..)]
    pub(crate) policies: Vec<String>,
    /// The day on which the lists stand.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) as_of: Day,
    /// Print figures as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Policy {
    /// A policy file (TOML) to check and print, or `default`.
    #[arg(default_value = "default")]
    pub(crate) policy: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Certificate {
    #[command(subcommand)]
    pub(crate) verb: CertificateVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CertificateVerb {
    /// Make the key that signs certificates, and the key set by which they are verified; `publish` publishes it.
    Key(CertificateKey),
    /// Print the certificate of a listed firm, or of all: a poster (A6) and a label (30 mm), each as SVG and PNG.
    Issue(Issue),
    /// Verify the text of a certificate's QR code. Exit status 1 where it is not valid.
    Verify(VerifyCertificate),
}

#[derive(Debug, clap::Args)]
pub(crate) struct CertificateKey {
    /// The folder to put it in; a key that is there is never overwritten.
    pub(crate) keys: PathBuf,
    /// For which list it signs, for example `guangdong`.
    #[arg(long)]
    pub(crate) issuer: String,
    /// The key set to write.
    #[arg(long, value_name = "KEYSET")]
    pub(crate) out: PathBuf,
    /// The key set until now: its keys for the same list issue for the last time today, and what they signed stays valid.
    #[arg(long, value_name = "KEYSET")]
    pub(crate) key_set: Option<PathBuf>,
    /// A key of that set which was stolen, by its 16 digits: all that it signed is refused from now on.
    #[arg(long, value_name = "KEY_ID", requires = "key_set")]
    pub(crate) stolen: Vec<String>,
    /// Bring in a private key that another program made (Ed25519, PKCS#8 in PEM) instead of making one.
    #[arg(long, value_name = "PEM")]
    pub(crate) pem: Option<PathBuf>,
    /// A file with the passphrase of the PEM file, where it is not that of the folder.
    #[arg(long, value_name = "FILE", requires = "pem")]
    pub(crate) pem_passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) protection: Protect,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Issue {
    /// The firm's credit code.
    #[arg(required_unless_present = "all")]
    pub(crate) code: Option<String>,
    /// Certificates for all listed firms, into a new folder.
    #[arg(long, conflicts_with = "code")]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) from: From,
    /// The folder of keys with certificate.pem.
    #[arg(long, value_name = "KEYS")]
    pub(crate) keys: PathBuf,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
    /// The key set that readers will have, where it is not published with the list yet.
    #[arg(long, value_name = "KEYSET")]
    pub(crate) key_set: Option<PathBuf>,
    /// The page that verifies: any phone's camera opens it. Without it, only hongbang reads the code.
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// How long it holds, in days.
    #[arg(long, default_value = "90d", value_name = "DAYS", value_parser = days)]
    pub(crate) expires: u16,
    /// The folder to print into.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyCertificate {
    /// The text of the QR code.
    pub(crate) text: String,
    /// The publisher's key set, got from somebody you trust. Without it, the one that was verified with the list is used.
    /// With it and without --store, no list is asked whether it outranks the paper.
    #[arg(long, value_name = "KEYSET")]
    pub(crate) key_set: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) from: From,
    /// Verify as if it were this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) today: Option<Day>,
    /// Print the answer as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Fetch {
    /// The repository: an http(s) address or a folder.
    pub(crate) url: String,
    /// The pinned first root (root.json), got from somebody you trust. Needed the first time.
    #[arg(long, value_name = "ROOT")]
    pub(crate) root: Option<PathBuf>,
    /// Where verified lists are kept.
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// Print what was fetched as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Where answers come from.
#[derive(Debug, clap::Args)]
pub(crate) struct From {
    /// A store, a repository's folder, or an edition file (the last is verified by nobody, and answers say so).
    /// Default: the store that `fetch` keeps in your home.
    #[arg(long, value_name = "DIR|EDITION")]
    pub(crate) store: Option<PathBuf>,
    /// The pinned first root, to verify a repository's folder.
    #[arg(long, value_name = "ROOT")]
    pub(crate) root: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    /// A firm's name, credit code or barcode.
    pub(crate) query: String,
    #[command(flatten)]
    pub(crate) from: From,
    /// Ask as if it were this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) today: Option<Day>,
    /// Print the answer as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Search {
    /// What to look for.
    #[arg(required_unless_present = "batch")]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) from: From,
    /// The most hits to give.
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) limit: usize,
    /// Read one query a line from standard input, and print one JSON line of hits for each.
    #[arg(long, conflicts_with = "query")]
    pub(crate) batch: bool,
    /// Print the hits as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// An edition file, a store, or a repository's folder; for Parquet also a ledger.
    pub(crate) edition: PathBuf,
    /// The form.
    #[arg(long, value_enum)]
    pub(crate) format: Format,
    /// The file to write (for CSV and Parquet, a folder); without it, standard output (not for CSV and Parquet).
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// One firm a line with its samplings.
    Ndjson,
    /// firms.csv, samplings.csv and bulletins.csv.
    Csv,
    /// The same tables in Parquet; of a ledger the dataset from which `build` makes the same edition.
    Parquet,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Diff {
    /// The earlier edition: a file, a store, or a repository's folder.
    pub(crate) old: PathBuf,
    /// The later one.
    pub(crate) new: PathBuf,
    /// Print the moves as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// The folder to fill; it must be new or empty.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// How many firms the list holds.
    #[arg(long, default_value_t = 5_416, value_name = "N")]
    pub(crate) firms: u32,
    /// The seed: the same one gives the same firms.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(crate) seed: u64,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
}

fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|error: hongbang::day::DayError| error.to_string())
}

/// `35d` or `35`: 1 to 3650 days.
pub(super) fn days(text: &str) -> Result<u16, String> {
    let refuse = || format!("expected days from 1d to 3650d, found {text:?}");
    let days: u16 = text.strip_suffix('d').unwrap_or(text).parse().map_err(|_| refuse())?;
    if (1..=3_650).contains(&days) { Ok(days) } else { Err(refuse()) }
}
