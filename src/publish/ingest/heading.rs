//! What the headings of a table mean.

/// The meaning of a column.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Column {
    ActualMaker,
    Batch,
    Brand,
    Contractor,
    Dealer,
    FailedItems,
    Filler,
    FollowUp,
    Importer,
    Inspected,
    Model,
    Outcome,
    Principal,
    Producer,
    Product,
    ProductClass,
    Remark,
    Retest,
    SampleNumber,
    SamplingDay,
    Sequence,
}

/// Headings without white space, brackets and strokes, and without the words of [`PREFIXES`] and [`SUFFIXES`] where
/// they are not part of the meaning. The earlier heading of a line wins where a table has two of them.
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::Sequence, &["序号", "序", "编号", "NO", "No"]),
    (
        Column::Producer,
        &[
            "生产单位",
            "生产者",
            "生产企业",
            "生产厂家",
            "生产厂",
            "生产商",
            "制造商",
            "制造单位",
            "制造企业",
            "生产单位标称",
            "生产者标称",
            "生产企业标称",
            "生产企业名称标称",
            "生产单位名称标称",
            "生产者名称标称",
            "企业名称",
        ],
    ),
    (Column::Principal, &["委托方", "委托单位", "委托企业", "委托者", "委托生产企业"]),
    (
        Column::Contractor,
        &[
            "受托方",
            "受托单位",
            "受托企业",
            "受托生产企业",
            "受托者",
            "受委托方",
            "受委托单位",
            "受委托企业",
            "受委托生产企业",
            "被委托方",
            "被委托单位",
            "被委托企业",
        ],
    ),
    (Column::ActualMaker, &["实际生产单位", "实际生产者", "实际生产企业", "实际生产厂家"]),
    (Column::Filler, &["分装单位", "分装企业", "分装商", "分装厂", "灌装厂", "灌装单位", "灌装企业"]),
    (Column::Importer, &["进口商", "进口单位", "进口企业"]),
    (Column::Dealer, &["经销商", "销售商", "总经销", "代理商", "经销单位"]),
    (
        Column::Inspected,
        &[
            "受检单位",
            "受检企业",
            "受检者",
            "被抽样单位",
            "被抽样企业",
            "被抽样者",
            "被抽查单位",
            "被抽查企业",
            "被检单位",
            "被检查单位",
            "销售单位",
            "经营单位",
        ],
    ),
    (
        Column::Product,
        &[
            "产品名称",
            "样品名称",
            "样品标称名称",
            "产品标称名称",
            "商品名称",
            "抽查产品名称",
            "抽样产品名称",
            "名称",
        ],
    ),
    (
        Column::ProductClass,
        &[
            "产品种类",
            "产品类别",
            "产品大类",
            "产品品种",
            "样品种类",
            "抽查产品",
            "抽查品种",
            "种类",
            "类别",
            "品种",
        ],
    ),
    (Column::Brand, &["商标", "注册商标", "商标品牌", "品牌", "商标或品牌"]),
    (
        Column::Model,
        &[
            "规格型号",
            "型号规格",
            "规格型号等级",
            "型号规格等级",
            "规格型号或等级",
            "规格",
            "型号",
            "规格等级",
        ],
    ),
    (
        Column::Batch,
        &[
            "生产日期批号",
            "生产日期或批号",
            "生产日期或生产批号",
            "生产日期批次",
            "批号生产日期",
            "生产日期",
            "生产批号",
            "批号",
            "生产批次",
            "批次",
            "出厂日期",
            "出厂日期批号",
            "生产日期货号",
            "生产日期编号",
        ],
    ),
    (
        Column::SampleNumber,
        &["样品编号", "抽样单编号", "抽样单号", "抽样编号", "报告编号", "检验报告编号", "报告号"],
    ),
    (
        Column::SamplingDay,
        &["抽样日期", "抽查日期", "采样日期", "抽采样日期", "抽样时间", "抽查时间", "抽检日期", "检查日期"],
    ),
    (
        Column::Outcome,
        &[
            "抽查结果",
            "检验结果",
            "检验结论",
            "综合判定",
            "结果",
            "判定结果",
            "结论",
            "抽检结果",
            "检测结果",
            "检测结论",
            "抽查结论",
            "综合结论",
            "检验判定",
            "质量判定",
            "是否合格",
            "监督抽查结果",
            "结果判定",
        ],
    ),
    (
        Column::FailedItems,
        &[
            "不合格项目",
            "主要不合格项目",
            "主要不合格项目或主要问题",
            "不符合项目",
            "不符合标准规定项",
            "不合格项",
            "不符合项",
            "不合格指标",
            "不合格检验项目",
            "检验不合格项目",
            "不合格项目或主要问题",
            "不符合标准规定项目",
        ],
    ),
    (Column::Retest, &["复检结果", "复检情况", "复检结论"]),
    (Column::FollowUp, &["复查结果", "复查情况", "整改复查情况", "整改情况", "后处理情况", "处理情况"]),
    (Column::Remark, &["备注", "备注说明", "说明", "注"]),
];

/// Words before a heading that say only that the label is the source.
const PREFIXES: &[&str] = &["样品标称", "产品标称", "标称", "标示", "标注"];
/// Words after a heading that add nothing.
const SUFFIXES: &[&str] = &["名称"];

/// Which column stands where.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Columns {
    /// Column, rank of its heading, place; at most one of each column but [`Column::Batch`] and the remarks.
    known: Vec<(Column, usize, usize)>,
    /// How many cells the heading has.
    pub(super) width: usize,
}

impl Columns {
    /// Reads a row as headings; what is none is skipped.
    pub(super) fn of(row: &[String]) -> Self {
        let last = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let mut columns = Self { known: vec![], width: last };
        for (place, cell) in row.iter().enumerate() {
            if let Some((column, rank)) = meaning(cell) {
                columns.add(column, rank, place);
            }
        }
        columns
    }

    /// Whether the row is a heading of samplings: a producer and something of the thing or its outcome.
    pub(super) fn are_headings(&self) -> bool {
        self.has(Column::Producer) && self.len() >= 3 || self.is_short_heading()
    }

    fn is_short_heading(&self) -> bool {
        let of_the_thing = [Column::Product, Column::Outcome, Column::FailedItems, Column::Batch];
        self.has(Column::Producer) && of_the_thing.iter().any(|column| self.has(*column))
    }

    /// How many columns are known.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, column: Column) -> bool {
        self.places(column).next().is_some()
    }

    /// Where the column stands.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places(column).next()
    }

    /// Where all columns of this meaning stand.
    pub(super) fn places(&self, column: Column) -> impl Iterator<Item = usize> + '_ {
        self.known.iter().filter(move |(known, ..)| *known == column).map(|(.., place)| *place)
    }

    /// Whether all of these columns stand in `others` at the same places; a lone 名称 may be part of another heading.
    pub(super) fn are_among(&self, others: &Self) -> bool {
        self.known.iter().all(|(column, _, place)| {
            others.known.iter().any(|(_, _, other)| other == place) && others.has(*column)
        })
    }

    /// Takes over columns of a second heading row where the first has none of that meaning.
    pub(super) fn extend(&mut self, second: &Self) {
        for (column, rank, place) in &second.known {
            if !self.has(*column) {
                self.add(*column, *rank, *place);
            }
        }
        self.width = self.width.max(second.width);
    }

    fn add(&mut self, column: Column, rank: usize, place: usize) {
        let may_repeat = matches!(column, Column::Batch | Column::Remark | Column::FollowUp);
        match self.known.iter_mut().find(|(known, ..)| *known == column) {
            Some(known) if !may_repeat => {
                if rank < known.1 {
                    *known = (column, rank, place);
                }
            }
            _ => self.known.push((column, rank, place)),
        }
    }
}

fn meaning(heading: &str) -> Option<(Column, usize)> {
    let bare: String = heading.chars().filter(|character| character.is_alphanumeric()).collect();
    lookup(&bare).or_else(|| lookup(core(&bare)))
}

fn lookup(heading: &str) -> Option<(Column, usize)> {
    HEADINGS.iter().find_map(|(column, headings)| {
        headings.iter().position(|known| *known == heading).map(|rank| (*column, rank))
    })
}

fn core(heading: &str) -> &str {
    let stem = PREFIXES.iter().find_map(|prefix| heading.strip_prefix(prefix)).unwrap_or(heading);
    let core = SUFFIXES.iter().find_map(|suffix| stem.strip_suffix(suffix)).unwrap_or(stem);
    if core.is_empty() { stem } else { core }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(heading: &str) -> Option<Column> {
        meaning(heading).map(|(column, _)| column)
    }

    #[test]
    fn every_heading_of_a_producer_is_known() {
        for heading in [
            "标称生产单位",
            "标称生产者",
            "标称生产者名称",
            "标称生产企业",
            "标称生产企业名称",
            "标称生产单位名称",
            "生产企业名称",
            "生产单位",
            "企业名称",
            "标称生产厂家",
            "标示生产单位",
            "生产企业(标称)",
            "（标称）生产单位名称",
            "标称\n生产单位",
            "标 称 生 产 者",
        ] {
            assert_eq!(one(heading), Some(Column::Producer), "{heading}");
        }
    }

    #[test]
    fn every_heading_of_an_outcome_and_of_failed_items_is_known() {
        for heading in ["抽查结果", "检验结果", "检验结论", "综合判定", "结果"] {
            assert_eq!(one(heading), Some(Column::Outcome), "{heading}");
        }
        for heading in [
            "不合格项目",
            "主要不合格项目",
            "不合格项目（名称）",
            "主要不合格项目或主要问题",
            "不符合项目",
            "不符合标准规定项",
        ] {
            assert_eq!(one(heading), Some(Column::FailedItems), "{heading}");
        }
    }

    #[test]
    fn whoever_was_inspected_or_where_a_firm_sits_is_no_producer() {
        for heading in
            ["受检单位", "被抽样单位名称", "标称生产单位所在地", "标称生产者地址", "抽样单位", "承检机构"]
        {
            assert_ne!(one(heading), Some(Column::Producer), "{heading}");
        }
        assert_eq!(one("受检单位名称"), Some(Column::Inspected));
        assert_eq!(one("样品标称名称"), Some(Column::Product));
    }

    #[test]
    fn the_better_heading_wins_wherever_it_stands() {
        let row: Vec<String> =
            ["企业名称", "产品名称", "标称生产者", "生产日期", "批号"].map(Into::into).into();
        let columns = Columns::of(&row);
        assert_eq!(columns.place(Column::Producer), Some(2));
        assert_eq!(columns.places(Column::Batch).collect::<Vec<_>>(), [3, 4]);
        assert!(columns.are_headings());
    }
}
