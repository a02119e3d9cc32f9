//! Every field of an edition as text, a line each; the second reader writes the same lines.

use hongbang::Edition;
use hongbang::edition::Alphabet;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The lines, each with its line feed.
pub(crate) fn dump(edition: &Edition) -> String {
    let bulletins = (0..edition.bulletins.len()).map(|at| bulletin(edition, at));
    let terms =
        [&edition.product_classes, &edition.failed_items].map(|column| column.iter().collect::<Vec<_>>());
    let firms = (0..edition.firms.len()).map(|at| firm(edition, at));
    let values = bulletins.chain([json!(terms)]).chain(firms).chain([alphabet(&edition.alphabet)]);
    values.fold(format!("{}\n", head(edition)), |text, value| text + &value.to_string() + "\n")
}

fn alphabet(alphabet: &Alphabet) -> Value {
    let spellings: Vec<&str> = alphabet.spellings().iter().collect();
    let characters: Vec<Value> = alphabet
        .characters()
        .iter()
        .enumerate()
        .map(|(at, character)| json!([character, alphabet.readings(at)]))
        .collect();
    let variants: Vec<Value> = alphabet
        .variants()
        .iter()
        .map(|variant| json!([variant.form, variant.of, variant.kin.index()]))
        .collect();
    json!([spellings, characters, variants])
}

/// What the second reader says in short.
pub(crate) fn summary(edition: &Edition) -> Value {
    let digest = Sha256::digest(dump(edition));
    let names = &edition.firms.names;
    json!({
        "number": edition.number,
        "as_of": edition.as_of,
        "bulletins": edition.bulletins.len(),
        "firms": edition.firms.len(),
        "samplings": edition.samplings.len(),
        "first": names.iter().next(),
        "last": names.iter().last(),
        "sha256": digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")),
    })
}

/// Keys in the order of the alphabet, whatever map `serde_json` uses.
fn head(edition: &Edition) -> String {
    let policy = &edition.policy;
    let roles: Vec<&str> = policy.responsible_roles.iter().map(|role| role.word()).collect();
    let tiers: Vec<Value> = policy.tiers.iter().map(|tier| json!([tier.years, tier.name])).collect();
    let of_policy = [
        ("continuity", json!(policy.continuity)),
        ("corrected_failure", json!(policy.treatment.corrected_failure)),
        ("data_from", json!(policy.data_from)),
        ("disowned", json!(policy.treatment.disowned)),
        ("division", json!(policy.division.as_deref().unwrap_or(""))),
        ("label", json!(policy.label)),
        ("max_gap_months", json!(policy.max_gap_months.unwrap_or(0))),
        ("min_samplings", json!(policy.min_samplings)),
        ("name", json!(policy.name)),
        ("pending", json!(policy.treatment.pending)),
        ("responsible_roles", json!(roles)),
        ("tiers", json!(tiers)),
    ];
    let fields = [
        ("as_of", json!(edition.as_of).to_string()),
        ("number", edition.number.to_string()),
        ("policy", object(of_policy.map(|(key, value)| (key, value.to_string())))),
        ("reality", json!(edition.reality).to_string()),
        ("scope", json!(edition.scope).to_string()),
    ];
    object(fields)
}

fn object<const N: usize>(fields: [(&str, String); N]) -> String {
    format!("{{{}}}", fields.map(|(key, value)| format!("\"{key}\":{value}")).join(","))
}

fn bulletin(edition: &Edition, at: usize) -> Value {
    let bulletin = &edition.bulletins[at];
    json!([
        bulletin.id,
        bulletin.published_on,
        bulletin.body,
        bulletin.level.index(),
        bulletin.division.number(),
        bulletin.inspection_year,
        bulletin.lists.index(),
        bulletin.rows,
        bulletin.title,
        bulletin.url,
    ])
}

fn firm(edition: &Edition, at: usize) -> Value {
    let firms = &edition.firms;
    let samplings: Vec<Value> = firms.sampling_range(at).map(|at| sampling(edition, at)).collect();
    json!([
        firms.codes[at],
        firms.names.get(at),
        firms.divisions[at].map(hongbang::Division::number),
        firms.stated_tiers[at],
        firms.former_names.get(at),
        firms.trade_marks.get(at),
        firms.gs1_prefixes.get(at),
        firms.labels.get(at),
        samplings,
    ])
}

fn sampling(edition: &Edition, at: usize) -> Value {
    let sampling = edition.samplings.get(at);
    let facts = sampling.facts;
    let numbers = [
        facts.day_from.index(),
        facts.first_test.index(),
        facts.retest.index(),
        facts.follow_up.index(),
        facts.standing.index(),
        facts.role.index(),
    ];
    json!([
        sampling.day,
        numbers,
        sampling.bulletin,
        sampling.row,
        sampling.product_class,
        sampling.failed_items
    ])
}
