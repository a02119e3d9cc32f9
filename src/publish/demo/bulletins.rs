//! From the drafts of a campaign to its bulletins.

use super::Demo;
use super::histories::Draft;
use super::rows::row;
use crate::number::{index, place};
use crate::publish::ledger::{LedgerBulletin, LedgerRow};
use crate::sampling::Bulletin;

/// A bulletin of fewer rows takes in the next trade of the same day.
const FEW_ROWS: usize = 110;

/// The order in which drafts are printed: by campaign, trade and class, and within a class in any order that is the
/// same each time.
pub(super) fn print_order(demo: &Demo, draft: &Draft) -> (u32, usize, u32, u64) {
    let trade = demo.firms[index(draft.firm)].trade.index();
    (draft.campaign, trade, draft.class, scattered(u64::from(draft.id) ^ demo.seed))
}

/// The bulletins of one campaign, whose drafts lie in the order of print. One is printed at a time: in a large demo
/// all rows of a campaign at once would be memory that the allocator spends most of its time on.
pub(super) fn bulletins<'a>(
    demo: &'a Demo,
    drafts: &'a [Draft],
) -> impl Iterator<Item = LedgerBulletin> + 'a {
    let parts = parts(demo, drafts).into_iter();
    (1..).zip(parts).map(|(number, part)| bulletin(demo, part, number))
}

/// Cuts a campaign between its trades, joins what is too short, and divides evenly what is too long.
fn parts<'a>(demo: &Demo, drafts: &'a [Draft]) -> Vec<&'a [Draft]> {
    let most = demo.size.most_rows();
    let trade = |draft: &Draft| demo.firms[index(draft.firm)].trade;
    let mut parts = Vec::new();
    let mut rest = drafts;
    while !rest.is_empty() {
        let mut end = 0;
        for of_trade in rest.chunk_by(|a, b| trade(a) == trade(b)) {
            if end >= FEW_ROWS || (end > 0 && end + of_trade.len() > most) {
                break;
            }
            end += of_trade.len();
        }
        if rest.len() - end < FEW_ROWS / 2 {
            end = rest.len();
        }
        let (part, later) = rest.split_at(end);
        parts.extend(part.chunks(part.len().div_ceil(part.len().div_ceil(most))));
        rest = later;
    }
    parts
}

fn bulletin(demo: &Demo, drafts: &[Draft], number: u32) -> LedgerBulletin {
    let rows: Vec<LedgerRow> = (1..).zip(drafts).map(|(number, draft)| row(demo, draft, number)).collect();
    let campaign = &demo.calendar.campaigns[index(drafts[0].campaign)];
    let body = &demo.calendar.bodies[campaign.body];
    let date = campaign.published_on.to_string().replace('-', "");
    let name = format!("{}-{date}-{number:03}", body.division);
    let bulletin = Bulletin {
        id: format!("demo-{name}"),
        body: body.name.clone(),
        level: body.level,
        division: body.division,
        published_on: campaign.published_on,
        inspection_year: campaign.inspection_year,
        title: title(campaign.inspection_year.unwrap_or(campaign.published_on.year()), &rows),
        url: format!("https://example.invalid/{name}.html"),
        lists: campaign.lists,
        rows: place(rows.len()),
    };
    LedgerBulletin { bulletin, file: format!("{name}.html"), corrects: None, rows }
}

/// Names up to two classes and counts the others.
fn title(year: i32, rows: &[LedgerRow]) -> String {
    let mut classes: Vec<&str> = rows.iter().map(|row| row.product_class.as_str()).collect();
    classes.dedup();
    let what = match classes.as_slice() {
        [] => String::new(),
        [one] => (*one).into(),
        [one, two] => format!("{one}和{two}"),
        [one, two, ..] => format!("{one}、{two}等{}种", classes.len()),
    };
    format!("【{}】{year}年{what}产品质量监督抽查结果", super::MARK)
}

/// Scatters a number (the finaliser of splitmix64).
fn scattered(number: u64) -> u64 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
