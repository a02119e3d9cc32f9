//! One key that signs whatever a fuzzer makes up, so that it gets behind the signatures.

use std::sync::OnceLock;

use hongbang::certificate::{CertificateKey, Claims, KeySet, Sealed, to_be_signed};
use hongbang::edition::Reality;
use hongbang::publish::keys::KeyPair;
use hongbang::trust::json::{Object, Value};
use hongbang::trust::{Reply, TopRole, Trusted, Updater, UtcSeconds, to_hex};
use hongbang::{CreditCode, Day};

fn key() -> &'static KeyPair {
    static KEY: OnceLock<KeyPair> = OnceLock::new();
    KEY.get_or_init(|| KeyPair::from_seed(&[7; 32]))
}

// Metadata

/// Early enough that nothing has expired.
pub fn now() -> UtcSeconds {
    UtcSeconds::start_of(Day::MIN)
}

/// The signed part of the root that the client pins: one key for all.
pub fn root() -> Object {
    let ids = Value::Array(vec![key().key_id().into()]);
    let role: Value = Object::of([("keyids", ids), ("threshold", 1.into())]).into();
    let roles = Object::of(TopRole::ALL.map(|top| (top.name(), role.clone())));
    let keys = Object::of([(key().key_id().as_str(), key().public().to_value())]);
    let fields = [("consistent_snapshot", Value::Bool(true)), ("keys", keys.into()), ("roles", roles.into())];
    with_header("root", 1.into(), fields)
}

/// The root that the client pins.
pub fn pinned() -> &'static [u8] {
    static PINNED: OnceLock<Vec<u8>> = OnceLock::new();
    PINNED.get_or_init(|| signed(root()))
}

/// Signed parts of each kind, to start from.
pub fn examples() -> [Object; 4] {
    let role = |paths: &str, pattern: &str, ends: bool| -> Value {
        let ids = Value::Array(vec![key().key_id().into()]);
        let paths = (paths, Value::Array(vec![pattern.into()]));
        let name = ("name", "helper".into());
        Object::of([name, ("keyids", ids), ("threshold", 1.into()), ("terminating", Value::Bool(ends)), paths]).into()
    };
    let keys = Object::of([(key().key_id().as_str(), key().public().to_value())]);
    let targets = |role: Value| {
        let delegations = Object::of([("keys", keys.clone().into()), ("roles", Value::Array(vec![role]))]);
        let hashes = Object::of([("sha256", "00".repeat(32).into())]);
        let target = Object::of([("hashes", hashes.into()), ("length", 7.into())]);
        let listed = Object::of([("edition", target.into())]);
        with_header("targets", 1.into(), [("delegations", delegations.into()), ("targets", listed.into())])
    };
    [
        listing("timestamp", "snapshot.json", 1.into()),
        listing("snapshot", "targets.json", 1.into()),
        targets(role("paths", "a*?", false)),
        targets(role("path_hash_prefixes", "2c2", true)),
    ]
}

fn with_header<const N: usize>(role: &str, version: Value, fields: [(&str, Value); N]) -> Object {
    let mut object = Object::of(fields);
    object.set("_type", role.into());
    object.set("spec_version", "1.0.31".into());
    object.set("expires", "2030-01-01T00:00:00Z".into());
    object.set("version", version);
    object
}

/// Metadata of which one file lists others, each in the version that it has.
fn listing(role: &str, file: &str, version: Value) -> Object {
    let promise = |version: Value| -> Value { Object::of([("version", version)]).into() };
    let meta = Object::of([(file, promise(version)), ("helper.json", promise(1.into()))]);
    with_header(role, 1.into(), [("meta", meta.into())])
}

/// A metadata file around its signed part, signed by the one key.
pub fn signed(fields: Object) -> Vec<u8> {
    let signed = Value::Object(fields);
    let signature = to_hex(&key().sign(&signed.canonical()));
    let signature = Object::of([("keyid", key().key_id().into()), ("sig", signature.into())]);
    let signatures = Value::Array(vec![signature.into()]);
    Value::Object(Object::of([("signatures", signatures), ("signed", signed)])).to_json().into_bytes()
}

/// Offers metadata in the place of its role to a client that has nothing but the pinned root. What comes before it is
/// honest; what comes after it is missing, so that only targets can bring an update to its end.
pub fn offered(fields: Object) -> Option<Trusted> {
    let kind = fields.get("_type").and_then(Value::text).unwrap_or_default().to_owned();
    let version = fields.get("version").cloned().unwrap_or(Value::Null);
    let is_version = version.integer().is_some_and(|number| number > 0);
    let promised = if is_version { version } else { 1.into() };
    let mut updater = Updater::start(pinned(), None, now()).expect("the pinned root is in order");
    let mut file = Some(signed(fields));
    while let Some(request) = updater.request() {
        let role = request.path.trim_end_matches(".json").rsplit('.').next().unwrap_or_default().to_owned();
        let bytes = match role.as_str() {
            same if same == kind => file.take(),
            "timestamp" if kind == "snapshot" => {
                Some(signed(listing("timestamp", "snapshot.json", promised.clone())))
            }
            "timestamp" if kind == "targets" => Some(signed(listing("timestamp", "snapshot.json", 1.into()))),
            "snapshot" if kind == "targets" => {
                Some(signed(listing("snapshot", "targets.json", promised.clone())))
            }
            _ => None,
        };
        updater.reply(bytes.map_or(Reply::NotFound, Reply::Found)).ok()?;
    }
    updater.finish().ok()
}

// Certificates

/// The keys by which the certificates of the one key are verified.
pub fn key_set() -> &'static KeySet {
    static KEYS: OnceLock<KeySet> = OnceLock::new();
    KEYS.get_or_init(|| {
        let public = key().public_bytes();
        let issuer = "hongbang.example".to_owned();
        let key = CertificateKey { public, issuer, first_day: day("2025-01-01"), last_day: None };
        KeySet::new(vec![key]).expect("it is one key")
    })
}

fn day(text: &str) -> Day {
    text.parse().expect("it is a day")
}

/// The signed bytes of a certificate, to start from.
pub fn claims() -> Vec<u8> {
    let claims = Claims {
        issuer: key_set().keys()[0].issuer.clone(),
        code: CreditCode::from_stem(b"91440166MA000000").expect("its characters are those of a code"),
        name: "示例照明（云州）有限公司".into(),
        tier_years: 10,
        streak_start: day("2014-06-18"),
        samplings: 23,
        edition: 8,
        as_of: day("2025-10-31"),
        issued_on: day("2025-11-03"),
        expires_on: day("2026-02-01"),
        reality: Reality::Demo,
    };
    let sealed = Sealed::seal(claims, key_set().keys()[0].id(), sign).expect("it is in order");
    let (bytes, around) = (sealed.encode(), enveloped(&[0; 24]));
    let before = around.len() - SIGNATURE - 24;
    bytes[before..bytes.len() - SIGNATURE].to_vec()
}

/// With the two bytes that say how long it is.
const SIGNATURE: usize = 66;

/// Signs as certificates are signed.
pub fn sign(message: &[u8]) -> [u8; 64] {
    key().sign(message)
}

/// An envelope as it should be around claims that need not be.
pub fn enveloped(claims: &[u8]) -> Vec<u8> {
    let id = key_set().keys()[0].id();
    let protected = [&[0xa2, 0x01, 0x32, 0x04, 0x48][..], id.as_bytes()].concat();
    let signature = sign(&to_be_signed(&protected, claims));
    let mut bytes = vec![0xd2, 0x84, 0x4d];
    bytes.extend(protected);
    bytes.push(0xa0);
    match u8::try_from(claims.len()) {
        Ok(length @ 0..24) => bytes.push(0x40 + length),
        Ok(length) => bytes.extend([0x58, length]),
        Err(_) => bytes.extend([&[0x59][..], &u16::try_from(claims.len()).unwrap_or(u16::MAX).to_be_bytes()].concat()),
    }
    bytes.extend(claims);
    bytes.extend([0x58, 0x40]);
    bytes.extend(signature);
    bytes
}
