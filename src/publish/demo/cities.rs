//! The 21 cities of Guangdong with their divisions (GB/T 2260), how many firms of March each has, and what is made
//! there; and a few cities elsewhere.

use super::trades::Trade::{
    self, Appliances, Bags, Building, Cable, Ceramics, Chemicals, Children, Clothing, Electronics, Footwear,
    Furniture, Hardware, Lighting, Machinery, Packaging, Paper, Plastics, Stone, Toys, Vehicles,
};

/// A city of Guangdong.
pub(super) struct City {
    /// Without 市.
    pub(super) name: &'static str,
    /// Its division.
    pub(super) division: u32,
    /// Firms on the demo list of 14 March 2025. Foshan's 823 is the published figure and the largest; the four
    /// largest together hold two thirds, as near to the published 70 % as four numbers up to 823 come.
    pub(super) firms: u32,
    /// What is made there, by weight.
    pub(super) trades: &'static [(Trade, u32)],
    /// Districts that names mention.
    pub(super) districts: &'static [District],
}

/// A district, or a county-level city.
pub(super) struct District {
    /// With 区 or 市.
    pub(super) name: &'static str,
    /// Its division.
    pub(super) division: u32,
    /// Whether its own authority publishes bulletins.
    pub(super) publishes: bool,
}

const fn silent(name: &'static str, division: u32) -> District {
    District { name, division, publishes: false }
}

const fn publishing(name: &'static str, division: u32) -> District {
    District { name, division, publishes: true }
}

/// In the order of their divisions.
pub(super) const CITIES: &[City] = &[
    City {
        name: "广州",
        division: 440_100,
        firms: 821,
        trades: &[
            (Bags, 16),
            (Clothing, 14),
            (Electronics, 12),
            (Vehicles, 12),
            (Chemicals, 12),
            (Furniture, 9),
            (Lighting, 8),
            (Cable, 6),
            (Appliances, 6),
            (Packaging, 5),
        ],
        districts: &[
            silent("天河区", 440_106),
            publishing("白云区", 440_111),
            silent("黄埔区", 440_112),
            publishing("番禺区", 440_113),
            silent("花都区", 440_114),
            silent("增城区", 440_118),
        ],
    },
    City {
        name: "韶关",
        division: 440_200,
        firms: 30,
        trades: &[(Cable, 4), (Machinery, 3), (Toys, 2)],
        districts: &[],
    },
    City {
        name: "深圳",
        division: 440_300,
        firms: 817,
        trades: &[
            (Electronics, 46),
            (Lighting, 10),
            (Appliances, 8),
            (Children, 7),
            (Plastics, 7),
            (Clothing, 6),
            (Furniture, 6),
            (Toys, 5),
            (Packaging, 5),
        ],
        districts: &[
            silent("南山区", 440_305),
            publishing("宝安区", 440_306),
            publishing("龙岗区", 440_307),
            silent("龙华区", 440_309),
            silent("坪山区", 440_310),
            silent("光明区", 440_311),
        ],
    },
    City {
        name: "珠海",
        division: 440_400,
        firms: 120,
        trades: &[(Appliances, 5), (Electronics, 5), (Packaging, 2), (Chemicals, 1)],
        districts: &[silent("香洲区", 440_402), silent("斗门区", 440_403), silent("金湾区", 440_404)],
    },
    City {
        name: "汕头",
        division: 440_500,
        firms: 190,
        trades: &[(Toys, 12), (Clothing, 5), (Packaging, 3), (Plastics, 3)],
        districts: &[silent("龙湖区", 440_507), silent("潮南区", 440_514), publishing("澄海区", 440_515)],
    },
    City {
        name: "佛山",
        division: 440_600,
        firms: 823,
        trades: &[
            (Appliances, 27),
            (Ceramics, 22),
            (Furniture, 15),
            (Building, 13),
            (Lighting, 11),
            (Machinery, 6),
            (Children, 3),
            (Cable, 3),
        ],
        districts: &[
            silent("禅城区", 440_604),
            publishing("南海区", 440_605),
            publishing("顺德区", 440_606),
            silent("三水区", 440_607),
            silent("高明区", 440_608),
        ],
    },
    City {
        name: "江门",
        division: 440_700,
        firms: 215,
        trades: &[(Hardware, 5), (Lighting, 4), (Paper, 4), (Vehicles, 3), (Appliances, 3)],
        districts: &[silent("蓬江区", 440_703), silent("新会区", 440_705), silent("鹤山市", 440_784)],
    },
    City {
        name: "湛江",
        division: 440_800,
        firms: 35,
        trades: &[(Appliances, 4), (Footwear, 2), (Paper, 2)],
        districts: &[],
    },
    City {
        name: "茂名",
        division: 440_900,
        firms: 25,
        trades: &[(Chemicals, 5), (Plastics, 1)],
        districts: &[],
    },
    City {
        name: "肇庆",
        division: 441_200,
        firms: 85,
        trades: &[(Ceramics, 4), (Building, 4), (Vehicles, 2), (Hardware, 2)],
        districts: &[silent("高要区", 441_204), silent("四会市", 441_284)],
    },
    City {
        name: "惠州",
        division: 441_300,
        firms: 190,
        trades: &[(Footwear, 5), (Electronics, 8), (Furniture, 2), (Chemicals, 2)],
        districts: &[silent("惠城区", 441_302), silent("惠阳区", 441_303), silent("博罗县", 441_322)],
    },
    City {
        name: "梅州",
        division: 441_400,
        firms: 25,
        trades: &[(Electronics, 3), (Ceramics, 2)],
        districts: &[],
    },
    City {
        name: "汕尾",
        division: 441_500,
        firms: 15,
        trades: &[(Clothing, 3), (Electronics, 1)],
        districts: &[],
    },
    City {
        name: "河源",
        division: 441_600,
        firms: 30,
        trades: &[(Electronics, 3), (Building, 2)],
        districts: &[],
    },
    City {
        name: "阳江",
        division: 441_700,
        firms: 25,
        trades: &[(Hardware, 9), (Machinery, 1)],
        districts: &[],
    },
    City {
        name: "清远",
        division: 441_800,
        firms: 60,
        trades: &[(Ceramics, 5), (Building, 3), (Cable, 2)],
        districts: &[],
    },
    City {
        name: "东莞",
        division: 441_900,
        firms: 809,
        trades: &[
            (Electronics, 27),
            (Furniture, 17),
            (Toys, 13),
            (Footwear, 9),
            (Paper, 9),
            (Plastics, 8),
            (Clothing, 7),
            (Children, 5),
            (Cable, 5),
        ],
        districts: &[],
    },
    City {
        name: "中山",
        division: 442_000,
        firms: 320,
        trades: &[(Lighting, 15), (Appliances, 8), (Hardware, 5), (Clothing, 3), (Furniture, 3)],
        districts: &[],
    },
    City {
        name: "潮州",
        division: 445_100,
        firms: 130,
        trades: &[(Ceramics, 10), (Packaging, 3), (Hardware, 3), (Footwear, 1)],
        districts: &[silent("湘桥区", 445_102), silent("潮安区", 445_103)],
    },
    City {
        name: "揭阳",
        division: 445_200,
        firms: 110,
        trades: &[(Hardware, 9), (Footwear, 4), (Clothing, 3)],
        districts: &[silent("榕城区", 445_202), silent("普宁市", 445_281)],
    },
    City {
        name: "云浮", division: 445_300, firms: 20, trades: &[(Stone, 4), (Hardware, 1)], districts: &[]
    },
];

/// A city outside Guangdong, of which firms are sampled too.
pub(super) struct Elsewhere {
    /// Its province, without 省.
    pub(super) province: &'static str,
    /// Without 市.
    pub(super) name: &'static str,
    /// Its division.
    pub(super) division: u32,
    /// What is made there, by weight.
    pub(super) trades: &'static [(Trade, u32)],
}

/// Firms from there have clean streaks as well, and a policy with division `44` lists none of them.
pub(super) const ELSEWHERE: &[Elsewhere] = &[
    Elsewhere {
        province: "上海",
        name: "上海",
        division: 310_115,
        trades: &[(Electronics, 2), (Chemicals, 2)],
    },
    Elsewhere {
        province: "江苏", name: "苏州", division: 320_500, trades: &[(Electronics, 3), (Cable, 1)]
    },
    Elsewhere {
        province: "江苏", name: "常州", division: 320_400, trades: &[(Lighting, 2), (Machinery, 2)]
    },
    Elsewhere {
        province: "浙江",
        name: "宁波",
        division: 330_200,
        trades: &[(Appliances, 4), (Plastics, 2)],
    },
    Elsewhere {
        province: "浙江", name: "温州", division: 330_300, trades: &[(Footwear, 4), (Hardware, 2)]
    },
    Elsewhere { province: "浙江", name: "金华", division: 330_700, trades: &[(Toys, 2), (Hardware, 3)] },
    Elsewhere { province: "福建", name: "泉州", division: 350_500, trades: &[(Footwear, 3), (Stone, 1)] },
    Elsewhere { province: "江西", name: "景德镇", division: 360_200, trades: &[(Ceramics, 1)] },
    Elsewhere {
        province: "山东",
        name: "青岛",
        division: 370_200,
        trades: &[(Appliances, 2), (Chemicals, 2)],
    },
    Elsewhere {
        province: "湖南", name: "长沙", division: 430_100, trades: &[(Machinery, 2), (Building, 2)]
    },
    Elsewhere { province: "广西", name: "南宁", division: 450_100, trades: &[(Paper, 2), (Building, 1)] },
];

/// Provinces whose authorities publish results of Guangdong's goods too: name with 省 or 市, and division.
pub(super) const SISTERS: &[(&str, u32)] = &[
    ("上海市", 310_000),
    ("江苏省", 320_000),
    ("浙江省", 330_000),
    ("福建省", 350_000),
    ("湖南省", 430_000),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cities_hold_the_firms_of_march_and_foshan_the_most() {
        assert_eq!(CITIES.len(), 21);
        assert_eq!(CITIES.iter().map(|city| city.firms).sum::<u32>(), 4_895);
        let most = CITIES.iter().max_by_key(|city| city.firms).unwrap();
        assert_eq!((most.name, most.firms), ("佛山", 823));
        assert!(CITIES.is_sorted_by(|a, b| a.division < b.division));
        for city in CITIES {
            assert!(city.districts.iter().all(|district| district.division / 100 == city.division / 100));
        }
    }
}
