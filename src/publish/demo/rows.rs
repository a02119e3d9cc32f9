//! From a draft to the row that a bulletin prints.

use super::Demo;
use super::calendar::Campaign;
use super::dice::Dice;
use super::firms::MadeFirm;
use super::histories::{Draft, Naming};
use super::trades::Goods;
use super::words::{NO_FIRM, NOTHING, TRADITIONAL};
use crate::Day;
use crate::number::{index, place};
use crate::publish::ledger::{LedgerRow, Party, Reason};
use crate::sampling::{Outcome, Role};

/// Prints row `row` of a bulletin. All chance comes from the draft's own number, so that a repetition says what the
/// first print said.
pub(super) fn row(demo: &Demo, draft: &Draft, row: u32) -> LedgerRow {
    let mut dice = Dice::new(demo.seed, super::streams::ROWS + u64::from(draft.id));
    let firm = &demo.firms[index(draft.firm)];
    let goods = firm.trade.goods();
    let class = &goods.classes[index(draft.class)];
    let Producer { printed, parties, set_aside } = producer(demo, draft, firm, &mut dice);
    LedgerRow {
        row,
        parties,
        set_aside,
        producer_printed: printed,
        product: (dice.pick(class.products)).into(),
        product_class: class.name.into(),
        brand: brand(firm, &mut dice),
        model: model(draft, goods, &mut dice),
        batch: batch(draft.day, &mut dice),
        sample_number: sample_number(demo, draft),
        day: draft.day,
        day_from: demo.calendar.campaigns[index(draft.campaign)].dating,
        first_test: (draft.naming != Naming::Nobody(Reason::OutcomeUnclear))
            .then_some(draft.finding.first_test()),
        retest: draft.finding.retest(),
        follow_up: draft.finding.follow_up(),
        standing: draft.finding.standing(),
        failed_items: failed_items(draft, goods, &mut dice),
        remark: remark(draft).into(),
    }
}

/// The producer's cell, and what it means.
struct Producer {
    printed: String,
    parties: Vec<Party>,
    set_aside: Option<Reason>,
}

fn producer(demo: &Demo, draft: &Draft, firm: &MadeFirm, dice: &mut Dice) -> Producer {
    let name = printed(firm.name_on(draft.day), draft.is_decisive, dice);
    let alone = |printed: String, name: String, role| Producer {
        printed,
        parties: vec![Party { name, role }],
        set_aside: None,
    };
    match draft.naming {
        Naming::Producer => alone(name.clone(), name, Role::Producer),
        Naming::Principal { contractor } => {
            let other = printed(demo.firms[index(contractor)].name_on(draft.day), draft.is_decisive, dice);
            let cell = match dice.below(2) {
                0 => format!("{name}（委托{other}）"),
                _ => format!("委托方：{name} 受托方：{other}"),
            };
            let parties =
                vec![Party { name, role: Role::Principal }, Party { name: other, role: Role::Contractor }];
            Producer { printed: cell, parties, set_aside: None }
        }
        Naming::As(role) => {
            let word = match role {
                Role::Importer => "进口商",
                Role::Filler => "分装",
                _ => dice.pick(&["经销商", "销售商"]),
            };
            alone(format!("{word}：{name}"), name, role)
        }
        Naming::Nobody(reason) => {
            let printed = nobody(demo, firm, reason, dice);
            Producer { printed, parties: vec![], set_aside: Some(reason) }
        }
    }
}

/// A cell that books a row to nobody.
fn nobody(demo: &Demo, firm: &MadeFirm, reason: Reason, dice: &mut Dice) -> String {
    match reason {
        Reason::ProducerMissing => (dice.pick(NOTHING)).into(),
        Reason::NotAFirm if dice.chance(500) => format!("{}牌", firm.core),
        Reason::NotAFirm => (dice.pick(NO_FIRM)).into(),
        Reason::SeveralProducers => {
            let other = &demo.firms[index(dice.below(place(demo.firms.len())))];
            format!("{}{}{}", firm.name, dice.pick(&["", "/", " "]), other.name)
        }
        Reason::OutcomeUnclear | Reason::Corrected => firm.name.clone(),
        Reason::RowBroken => firm.name.chars().take(4).collect(),
    }
}

/// A name as bulletins print it: mostly as registered, else with other brackets, a space or a line break, which the
/// normal form takes away; once in a while in Traditional characters, which only the publisher's tables fold.
fn printed(name: &str, is_decisive: bool, dice: &mut Dice) -> String {
    match dice.below(1_000) {
        0..=59 if name.contains('（') => name.replace('（', "(").replace('）', ")"),
        60..=79 if name.contains('（') => name.replace('（', "〔").replace('）', "〕"),
        80..=89 if name.contains("LED") => name.replace("LED", "ＬＥＤ"),
        90..=109 => spaced(name, " ", dice),
        110..=115 => spaced(name, "\n", dice),
        116 if !is_decisive => name.chars().map(traditional).collect(),
        _ => name.into(),
    }
}

fn spaced(name: &str, space: &str, dice: &mut Dice) -> String {
    let characters: Vec<char> = name.chars().collect();
    let (head, tail) = characters.split_at(characters.len() / 2 + index(dice.below(3)));
    head.iter().copied().chain(space.chars()).chain(tail.iter().copied()).collect()
}

fn traditional(character: char) -> char {
    TRADITIONAL
        .iter()
        .find(|(simple, _)| *simple == character)
        .map_or(character, |(_, traditional)| *traditional)
}

fn brand(firm: &MadeFirm, dice: &mut Dice) -> String {
    match dice.below(10) {
        0..=5 => firm.core.clone(),
        6 => "图形商标".into(),
        _ => (dice.pick(NOTHING)).into(),
    }
}

/// A model that the firm has only once, so that two of its samplings are never the same batch.
fn model(draft: &Draft, goods: &Goods, dice: &mut Dice) -> String {
    let letters = ['A', 'B', 'C', 'D', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'Q', 'S', 'T', 'W', 'X', 'Y', 'Z'];
    let (first, second) = (dice.pick(&letters), dice.pick(&letters));
    let specification = dice.pick(goods.specifications);
    format!("{first}{second}-{} {specification}", 101 + draft.nth)
}

/// A production date in one of the shapes that cells have.
fn batch(day: Day, dice: &mut Dice) -> String {
    let age = i32::try_from(dice.between(12, 260)).unwrap_or(0);
    let made = day.add_days(-age).unwrap_or(day);
    let (year, month, of_month) = made.civil();
    match dice.below(6) {
        0 => format!("{year}{month:02}{of_month:02}"),
        1 => format!("{year}.{month:02}.{of_month:02}"),
        2 => format!("{made}/{year}{month:02}{of_month:02}{:02}", dice.between(1, 12)),
        3 => format!("{year}年{month}月{of_month}日"),
        4 => (dice.pick(NOTHING)).into(),
        _ => made.to_string(),
    }
}

/// The number that the body which took the sample gave it.
fn sample_number(demo: &Demo, draft: &Draft) -> String {
    let campaign: &Campaign = &demo.calendar.campaigns[index(draft.origin)];
    if !campaign.is_numbered {
        return String::new();
    }
    let division = demo.calendar.bodies[campaign.body].division;
    format!("SL{division}-{}-{:07}", campaign.published_on.year() % 100, draft.id)
}

fn failed_items(draft: &Draft, goods: &Goods, dice: &mut Dice) -> Vec<String> {
    if draft.finding.first_test() == Outcome::Conforming {
        return vec![];
    }
    let count = index(dice.weighted(&[(1, 6), (2, 3), (3, 1)]));
    let start = index(dice.below(place(goods.items.len())));
    let in_turn = goods.items.iter().cycle().skip(start).take(count);
    in_turn.map(|item| (*item).to_owned()).collect()
}

fn remark(draft: &Draft) -> &'static str {
    match draft.naming {
        Naming::Nobody(Reason::OutcomeUnclear) => "检验结论见报告",
        _ => draft.finding.remark(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::firm::normal_form;

    #[test]
    fn the_normal_form_joins_every_print_of_a_name_on_which_a_tier_hangs() {
        let mut dice = Dice::new(8, 0);
        let name = "霁·岫榫（佛山）LED照明有限公司";
        let prints: std::collections::BTreeSet<String> =
            (0..2_000).map(|_| printed(name, true, &mut dice)).collect();
        assert!(prints.len() > 6, "{prints:?}");
        for print in prints {
            assert_eq!(normal_form(&print), normal_form(name));
        }
    }

    #[test]
    fn traditional_characters_appear_where_nothing_hangs_on_them() {
        let mut dice = Dice::new(9, 0);
        let print = |dice: &mut Dice| printed("东莞市霁榫电器厂", false, dice);
        assert!((0..5_000).any(|_| print(&mut dice) == "東莞市霁榫電器廠"));
    }
}
