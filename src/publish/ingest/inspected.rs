//! The inspected firm as the producer, where a body leaves the producer's cell empty because it took the sample at the
//! plant.

use super::{firm_name, producer};

/// Bodies whose tables do so. Another one is one line more, or `empty_producer` = `inspected` in `index.csv`.
const BODIES: &[&str] = &["深圳市市场监督管理局"];

/// How the names of those end who sell what others make.
const SHOPS: &[&str] = &[
    "店",
    "超市",
    "商行",
    "经营部",
    "门市部",
    "门市",
    "批发部",
    "零售部",
    "销售部",
    "商场",
    "商店",
    "加油站",
    "车行",
    "批发中心",
    "配件部",
    "服务站",
    "行",
];
/// Words in the names of those who sell what others make.
const SELLING: &[&str] = &[
    "贸易",
    "商贸",
    "销售",
    "百货",
    "便利",
    "零售",
    "连锁",
    "加油",
    "电子商务",
    "商业",
    "批发",
    "购物",
    "超市",
    "物流",
    "供应链",
];

/// Whether an empty producer's cell of this body means the inspected firm.
pub(super) fn is_meant_by(body: &str) -> bool {
    BODIES.contains(&body)
}

/// The name in the cell of the inspected firm, where it is that of one firm that may have made the thing.
pub(super) fn maker(cell: &str) -> Option<String> {
    let parties = producer::parties(cell).ok()?;
    let [party] = parties.as_slice() else { return None };
    let sells = SHOPS.iter().any(|end| party.name.ends_with(end))
        || SELLING.iter().any(|word| party.name.contains(word));
    (firm_name::is_one(&party.name) && !sells).then(|| party.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plant_may_be_the_maker_and_a_shop_never() {
        assert_eq!(maker("云帆灯饰有限公司").as_deref(), Some("云帆灯饰有限公司"));
        for cell in ["云帆灯具店", "云州百货有限公司", "云帆商贸有限公司", "星海商行", "（略）", "", "某处"]
        {
            assert_eq!(maker(cell), None, "{cell}");
        }
    }
}
