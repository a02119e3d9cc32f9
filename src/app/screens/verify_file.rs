//! A file that a reader brings: a picture with a certificate in it, a list, or any file of the publisher's repository.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::verify::{broken, told};
use super::waiting;
use crate::app::icons::Icon;
use crate::app::list::{InUse, List, targets};
use crate::app::pace::Considerate;
use crate::app::route::Route;
use crate::app::scanner::{Scanner, photo};
use crate::app::view::{View, el};
use crate::app::{App, Text, go};
use crate::checker::{Checker, EditionAnswer, Provenance};
use crate::scan::is_certificate;
use crate::trust::{Header, TopRole, to_hex};

/// The longest file that is looked at, far above any list.
const MOST_BYTES: f64 = 64_000_000.0;

/// What there is to say of a file.
pub(crate) async fn look_at(app: &'static App, file: &File) -> Vec<View> {
    if file.type_().starts_with("image/") {
        return picture(app, file).await;
    }
    let list = match app.list() {
        List::InUse(list) => list,
        List::Loading(progress) => return vec![waiting::loading(app, progress)],
        List::Missing(fault) => return vec![waiting::missing(app, &fault)],
    };
    match bytes_of(file).await {
        Some(bytes) => FileIs::of(&list, &bytes).await.view(app, &list),
        None => unknown(app),
    }
}

async fn picture(app: &'static App, file: &File) -> Vec<View> {
    let Some(photo) = photo(file).await else {
        return vec![told(Icon::Damaged, app.text(Text::ScanNoPhoto), None)];
    };
    let Ok(texts) = Scanner::default().read(&photo).await else {
        return vec![broken(app)];
    };
    match texts.iter().find(|text| is_certificate(text)) {
        Some(text) => {
            go(&Route::Verify(text.trim().into()));
            Vec::new()
        }
        None if texts.is_empty() => {
            vec![told(Icon::Dash, app.text(Text::ScanNothing), Some(app.text(Text::ScanAdvice)))]
        }
        None => vec![told(Icon::Damaged, app.text(Text::PaperNone), Some(app.text(Text::PaperNoneBody)))],
    }
}

async fn bytes_of(file: &File) -> Option<Vec<u8>> {
    if file.size() > MOST_BYTES {
        return None;
    }
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// What a file is to the list in use.
enum FileIs {
    /// A list, whole, and not among what the publisher signs now.
    Bare(EditionAnswer),
    /// What signed metadata describes, under this name.
    Signed {
        /// The name there.
        name: String,
        /// Its fingerprint.
        sha256: String,
    },
    /// Metadata of the repository, which says who vouches for what.
    Metadata {
        /// Whose signatures it bears.
        role: TopRole,
        /// Its version and times.
        header: Header,
        /// Whether the list in use was verified by this very file.
        is_used: bool,
    },
    /// Nothing that anything can be said about.
    Unknown,
}

impl FileIs {
    async fn of(list: &InUse, bytes: &[u8]) -> Self {
        if let Some((role, header)) = list.trusted.recognise(bytes) {
            let store = list.store();
            let metadata = [&store.timestamp, &store.snapshot, &store.targets];
            let is_used = metadata.into_iter().chain(&store.roots).any(|file| file == bytes);
            return Self::Metadata { role, header, is_used };
        }
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        for target in targets(&list.trusted).into_iter().filter(|target| target.length() == length) {
            let (name, sha256) = (target.name().to_owned(), to_hex(target.sha256()));
            if target.verify(bytes.to_vec()).is_ok() {
                return Self::Signed { name, sha256 };
            }
        }
        match Checker::open_at(bytes, Provenance::Unverified, &Considerate).await {
            Ok(checker) => Self::Bare(checker.edition_answer()),
            Err(_) => Self::Unknown,
        }
    }

    fn view(&self, app: &App, list: &InUse) -> Vec<View> {
        match self {
            Self::Bare(edition) => {
                let (number, day) = (edition.number.to_string(), app.day(edition.as_of));
                let body = app.fill(Text::FileBareBody, &[("n", &number), ("day", &day)]);
                let told = told(Icon::ShieldBroken, app.text(Text::FileBare), Some(&body));
                vec![told.class("verdict--care").attr("data-kind", "bare")]
            }
            Self::Signed { name, sha256 } => {
                let body = app.fill(Text::FileSignedBody, &[("name", name)]);
                let header = header_of(list, TopRole::Targets);
                vec![signed(app, list, (TopRole::Targets, header), &body, Some(sha256))]
            }
            Self::Metadata { role, header, is_used } => {
                let body = if *is_used {
                    app.text(Text::FileUsed).into()
                } else {
                    let used = header_of(list, *role).version.to_string();
                    app.fill(Text::FileNotUsed, &[("version", &used)])
                };
                vec![signed(app, list, (*role, header), &body, None)]
            }
            Self::Unknown => unknown(app),
        }
    }
}

fn unknown(app: &App) -> Vec<View> {
    let told = told(Icon::Dash, app.text(Text::FileUnknown), Some(app.text(Text::FileUnknownBody)));
    vec![told.attr("data-kind", "unknown")]
}

/// The metadata of a role in the list in use.
fn header_of(list: &InUse, role: TopRole) -> &Header {
    match role {
        TopRole::Root => list.trusted.root().header(),
        TopRole::Snapshot => list.trusted.snapshot().header(),
        TopRole::Targets => list.trusted.top_level().header(),
        TopRole::Timestamp => list.trusted.timestamp().header(),
    }
}

/// Which metadata says so, who signed it, with which keys, until when.
fn signed(
    app: &App,
    list: &InUse,
    (role, header): (TopRole, &Header),
    body: &str,
    sha256: Option<&str>,
) -> View {
    let name = role.name();
    let role = list.trusted.root().signed().role(role);
    let version = header.version.to_string();
    let day = app.day(header.expires.day_in_china());
    let threshold = role.threshold().to_string();
    let values = [("role", name), ("version", &version), ("threshold", &threshold), ("day", &day)];
    let codes = |title: Text, codes: &[&str]| {
        let codes = codes.iter().map(|code| el("dd").child(el("code").text(code)));
        el("div").child(el("dt").say(app, title)).children(codes)
    };
    let ids: Vec<&str> = role.key_ids().iter().map(String::as_str).collect();
    let facts = el("dl.facts")
        .children(sha256.map(|sha256| codes(Text::VerifyFingerprint, &[sha256])))
        .child(codes(Text::VerifyKeys, &ids));
    told(Icon::Shield, app.text(Text::FileSigned), Some(body))
        .class("verdict--good")
        .attr("data-kind", "signed")
        .child(el("p").text(app.fill(Text::FileMetadata, &values)))
        .child(facts)
}
