//! Every field of an edition as text, a line each; the second reader writes the same lines.

use hongbang::Edition;
use hongbang::edition::Alphabet;
use hongbang::sampling::Role;
use serde_json::{Value, json};

/// The lines, each with its line feed.
pub(crate) fn dump(edition: &Edition) -> String {
    let bulletins = (0..edition.bulletins.len()).map(|at| bulletin(edition, at));
    let terms =
        [&edition.product_classes, &edition.failed_items].map(|column| column.iter().collect::<Vec<_>>());
    let firms = (0..edition.firms.len()).map(|at| firm(edition, at));
    let values = bulletins.chain([json!(terms)]).chain(firms).chain([alphabet(&edition.alphabet)]);
    std::iter::once(head(edition))
        .chain(values)
        .fold(String::new(), |text, value| text + &value.to_string() + "\n")
}

fn head(edition: &Edition) -> Value {
    let policy = &edition.policy;
    let treatment = policy.treatment;
    json!([
        edition.number,
        edition.as_of,
        edition.scope,
        edition.reality,
        policy.name,
        policy.label,
        policy.continuity,
        policy.max_gap_months.unwrap_or(0),
        policy.min_samplings,
        policy.data_from,
        policy.division.as_deref().unwrap_or(""),
        Role::ALL.iter().map(|role| u8::from(policy.responsible_roles.contains(role))).collect::<Vec<_>>(),
        treatment.pending,
        treatment.disowned,
        treatment.corrected_failure,
        policy.tiers.iter().map(|tier| (tier.years, &tier.name)).collect::<Vec<_>>(),
    ])
}

fn bulletin(edition: &Edition, at: usize) -> Value {
    let bulletin = &edition.bulletins[at];
    json!([
        bulletin.published_on,
        bulletin.id,
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
        firms.codes[at].map_or(String::new(), |code| code.to_string()),
        firms.names.get(at),
        firms.former_names.get(at),
        firms.trade_marks.get(at),
        firms.gs1_prefixes.get(at),
        firms.labels.get(at),
        firms.divisions[at].map(hongbang::Division::number),
        firms.stated_tiers[at].map_or(0, |place| place + 1),
        samplings,
    ])
}

fn sampling(edition: &Edition, at: usize) -> Value {
    let sampling = edition.samplings.get(at);
    let facts = sampling.facts;
    json!([
        sampling.day,
        sampling.bulletin,
        sampling.row,
        facts.role.index(),
        sampling.product_class,
        [
            facts.day_from.index(),
            facts.role.index(),
            facts.first_test.index(),
            facts.retest.index(),
            facts.follow_up.index(),
            facts.standing.index(),
        ],
        sampling.failed_items
    ])
}

fn alphabet(alphabet: &Alphabet) -> Value {
    let spellings: Vec<&str> = alphabet.spellings().iter().collect();
    let readings = |at| {
        let places = alphabet.readings(at).iter().map(|place| usize::from(*place));
        places.map(|place| spellings[place]).collect::<Vec<_>>()
    };
    let characters = alphabet.characters().iter().enumerate();
    let characters: Vec<Value> = characters.map(|(at, character)| json!([character, readings(at)])).collect();
    let variants = alphabet.variants().iter();
    let variants: Vec<Value> =
        variants.map(|variant| json!([variant.form, variant.of, variant.kin.index()])).collect();
    json!([spellings, characters, variants])
}
