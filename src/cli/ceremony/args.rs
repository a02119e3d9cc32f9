//! What can be typed about keys and signatures.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use hongbang::trust::TopRole;

use crate::cli::args::days;

#[derive(Debug, clap::Args)]
pub(crate) struct Keys {
    #[command(subcommand)]
    pub(crate) verb: KeysVerb,
}

impl Keys {
    pub(crate) const fn wants_json(&self) -> bool {
        matches!(self.verb, KeysVerb::Show { json: true, .. })
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysVerb {
    /// Bring in a private key that another program made: Ed25519, PKCS#8 in PEM.
    Import {
        /// The folder to put it in, beside the keys that are there.
        folder: PathBuf,
        /// The private key.
        pem: PathBuf,
        /// The role for which it signs.
        #[arg(long, value_enum)]
        role: Role,
        /// A file with the passphrase of the PEM file, where it is not that of the folder.
        #[arg(long, value_name = "FILE")]
        pem_passphrase_file: Option<PathBuf>,
        #[command(flatten)]
        protection: Protect,
    },
    /// Make one key for each role, or for some.
    New {
        /// The folder to put them in; keys that are there are never overwritten.
        #[arg(required_unless_present = "out")]
        folder: Option<PathBuf>,
        /// The same as the folder.
        #[arg(long, conflicts_with = "folder", value_name = "KEYS")]
        out: Option<PathBuf>,
        /// The role for which to make a key; can be given several times. Without it, all four.
        #[arg(long = "role", value_enum)]
        roles: Vec<Role>,
        #[command(flatten)]
        protection: Protect,
    },
    /// Show key ids, and the same in words to compare by telephone. Never the private keys.
    Show {
        /// The folder that holds them.
        folder: PathBuf,
        /// Print the public keys in PEM, to hand out.
        #[arg(long, conflicts_with_all = ["qr", "json"])]
        public: bool,
        /// Print each key id as a QR code as well.
        #[arg(long)]
        qr: bool,
        /// Print them as JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        unlock: Unlock,
    },
}

/// How new private keys are kept.
#[derive(Debug, clap::Args)]
pub(crate) struct Protect {
    /// Keep the private keys unencrypted: for trying things out, and for online keys that nobody unlocks. Without a
    /// terminal and without --passphrase-file they are kept so as well, with a warning.
    #[arg(long, conflicts_with = "passphrase_file")]
    pub(crate) plain: bool,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

/// Where passphrases come from.
#[derive(Debug, clap::Args)]
pub(crate) struct Unlock {
    /// A file with the passphrase, which its owner alone may read. Without it you are asked on the terminal.
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// The folders of keys with which to sign.
#[derive(Debug, clap::Args)]
pub(crate) struct Folders {
    /// A folder of signing keys; can be given several times.
    #[arg(long, value_name = "KEYS")]
    pub(crate) keys: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Role {
    /// Says who signs for what.
    Root,
    /// Says which editions there are.
    Targets,
    /// Says which metadata belongs together.
    Snapshot,
    /// Says what is newest.
    Timestamp,
}

impl Role {
    pub(crate) const fn role(self) -> TopRole {
        match self {
            Self::Root => TopRole::Root,
            Self::Targets => TopRole::Targets,
            Self::Snapshot => TopRole::Snapshot,
            Self::Timestamp => TopRole::Timestamp,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// The folder of the staged set to write: it goes from one root holder to the next, to be signed.
    #[arg(long, value_name = "STAGED")]
    pub(crate) stage: PathBuf,
    /// The folder that will be the repository.
    #[arg(long, value_name = "DIR")]
    pub(crate) repo: PathBuf,
    /// The public keys (.pub) of those who say who signs for what.
    #[arg(long, required = true, num_args = 1.., value_name = "PUB")]
    pub(crate) root: Vec<PathBuf>,
    /// How many of them must sign. Needed where there are several.
    #[arg(long, value_name = "N")]
    pub(crate) root_threshold: Option<u32>,
    /// The public keys of those who approve editions.
    #[arg(long, required = true, num_args = 1.., value_name = "PUB")]
    pub(crate) targets: Vec<PathBuf>,
    /// How many of them must sign. Needed where there are several.
    #[arg(long, value_name = "N")]
    pub(crate) targets_threshold: Option<u32>,
    /// The public key of the machine that signs snapshots.
    #[arg(long, value_name = "PUB")]
    pub(crate) snapshot: PathBuf,
    /// The public key of the machine that signs timestamps.
    #[arg(long, value_name = "PUB")]
    pub(crate) timestamp: PathBuf,
    /// How long the root holds, in days.
    #[arg(long, default_value = "365d", value_name = "DAYS", value_parser = days)]
    pub(crate) expires: u16,
    /// Print what is staged as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Rotate {
    /// The role. Without a change to it, its root is only prolonged.
    #[arg(value_enum)]
    pub(crate) role: Role,
    /// The repository's folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) repo: PathBuf,
    /// The folder of the staged set to write; a change that is staged there already is added to.
    #[arg(long, value_name = "STAGED")]
    pub(crate) stage: PathBuf,
    /// Public keys (.pub) that may sign from now on.
    #[arg(long, num_args = 1.., value_name = "PUB")]
    pub(crate) add: Vec<PathBuf>,
    /// Keys that may not sign any more: their public keys (.pub), their ids, or the first digits of an id, eight at least.
    #[arg(long, num_args = 1.., value_name = "PUB|KEY_ID")]
    pub(crate) remove: Vec<String>,
    /// How many must sign from now on.
    #[arg(long, value_name = "N")]
    pub(crate) threshold: Option<u32>,
    /// How long the next root holds, in days.
    #[arg(long, default_value = "365d", value_name = "DAYS", value_parser = days)]
    pub(crate) expires: u16,
    /// Print what is staged as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Sign {
    /// The folder of the staged set.
    pub(crate) staged: PathBuf,
    #[command(flatten)]
    pub(crate) folders: Folders,
    /// Another copy of the same set, whose signatures are taken over.
    #[arg(long, value_name = "STAGED")]
    pub(crate) from: Vec<PathBuf>,
    /// Print the bytes that a key in a device of its own must sign (Ed25519), and nothing else.
    #[arg(long, value_enum, value_name = "ROLE", conflicts_with_all = ["keys", "json", "from"])]
    pub(crate) message: Option<Role>,
    /// A file with the 64 bytes of a signature that was made elsewhere.
    #[arg(long, value_name = "FILE", requires = "by")]
    pub(crate) signature: Option<PathBuf>,
    /// The public key (.pub) with which that signature was made.
    #[arg(long, value_name = "PUB", requires = "signature")]
    pub(crate) by: Option<PathBuf>,
    /// Your own copy of the first root: refuse to sign for any other repository.
    #[arg(long, value_name = "ROOT")]
    pub(crate) root: Option<PathBuf>,
    /// Print what is signed and what is missing as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Publish {
    /// The edition file, or the folder of a staged set. Without it the list that is there is signed anew.
    pub(crate) edition: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) folders: Folders,
    /// The repository's folder; it is made, or added to.
    #[arg(long, value_name = "DIR")]
    pub(crate) repo: PathBuf,
    /// A key set of certificates (`hongbang certificate key` makes one), published beside the edition or alone; the newest
    /// is the one by which readers verify.
    #[arg(long, value_name = "KEYSET")]
    pub(crate) certificate_keys: Option<PathBuf>,
    /// Publish nothing yet: write a staged set for several people to sign, or add to the one that is there.
    #[arg(long, value_name = "STAGED", conflicts_with = "keys")]
    pub(crate) stage: Option<PathBuf>,
    /// How long what is signed now counts as fresh, in days.
    #[arg(long, default_value = "35d", value_name = "DAYS", value_parser = days)]
    pub(crate) expires: u16,
    /// Print what was published as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Status {
    /// The repository: its folder, or its http(s) address to see what readers find there.
    #[arg(value_name = "DIR|URL")]
    pub(crate) repo: String,
    /// Your own copy of the first root: refuse any other repository.
    #[arg(long, value_name = "ROOT")]
    pub(crate) root: Option<PathBuf>,
    /// How many days ahead an expiry counts as near.
    #[arg(long, default_value = "14d", value_name = "DAYS", value_parser = days)]
    pub(crate) within: u16,
    /// Print it as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}
