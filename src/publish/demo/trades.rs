//! What is made: trades and their product classes, about two hundred of them, all industrial goods. Food, cosmetics,
//! measuring instruments and special equipment are outside the list and therefore outside the demo.

/// A product class and what things of it are called.
pub(super) struct Class {
    /// As the bulletins print it.
    pub(super) name: &'static str,
    /// Names of products.
    pub(super) products: &'static [&'static str],
}

/// All that texts need to know of a trade.
pub(super) struct Goods {
    /// What firms of this trade call their business.
    pub(super) firm_words: &'static [&'static str],
    /// Specifications that follow a model number.
    pub(super) specifications: &'static [&'static str],
    /// Items that such goods fail.
    pub(super) items: &'static [&'static str],
    /// Its product classes.
    pub(super) classes: &'static [Class],
}

/// A trade: what a firm makes, and what a campaign inspects.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Trade {
    /// 家用电器
    Appliances,
    /// 照明灯具
    Lighting,
    /// 电子产品
    Electronics,
    /// 家具
    Furniture,
    /// 陶瓷
    Ceramics,
    /// 玩具
    Toys,
    /// 服装纺织
    Clothing,
    /// 箱包皮具
    Bags,
    /// 鞋类
    Footwear,
    /// 五金制品
    Hardware,
    /// 建材
    Building,
    /// 电线电缆
    Cable,
    /// 化工产品
    Chemicals,
    /// 车辆配件
    Vehicles,
    /// 纸制品
    Paper,
    /// 包装制品
    Packaging,
    /// 塑料橡胶制品
    Plastics,
    /// 儿童用品
    Children,
    /// 机械设备
    Machinery,
    /// 石材
    Stone,
}

impl Trade {
    /// All of them.
    pub(super) const ALL: [Self; 20] = [
        Self::Appliances,
        Self::Lighting,
        Self::Electronics,
        Self::Furniture,
        Self::Ceramics,
        Self::Toys,
        Self::Clothing,
        Self::Bags,
        Self::Footwear,
        Self::Hardware,
        Self::Building,
        Self::Cable,
        Self::Chemicals,
        Self::Vehicles,
        Self::Paper,
        Self::Packaging,
        Self::Plastics,
        Self::Children,
        Self::Machinery,
        Self::Stone,
    ];

    /// The place in [`Self::ALL`].
    pub(super) fn index(self) -> usize {
        Self::ALL.iter().position(|known| *known == self).unwrap_or_default()
    }

    /// The texts of this trade.
    pub(super) const fn goods(self) -> &'static Goods {
        match self {
            Self::Appliances => &APPLIANCES,
            Self::Lighting => &LIGHTING,
            Self::Electronics => &ELECTRONICS,
            Self::Furniture => &FURNITURE,
            Self::Ceramics => &CERAMICS,
            Self::Toys => &TOYS,
            Self::Clothing => &CLOTHING,
            Self::Bags => &BAGS,
            Self::Footwear => &FOOTWEAR,
            Self::Hardware => &HARDWARE,
            Self::Building => &BUILDING,
            Self::Cable => &CABLE,
            Self::Chemicals => &CHEMICALS,
            Self::Vehicles => &VEHICLES,
            Self::Paper => &PAPER,
            Self::Packaging => &PACKAGING,
            Self::Plastics => &PLASTICS,
            Self::Children => &CHILDREN,
            Self::Machinery => &MACHINERY,
            Self::Stone => &STONE,
        }
    }
}

const fn class(name: &'static str, products: &'static [&'static str]) -> Class {
    Class { name, products }
}

const APPLIANCES: Goods = Goods {
    firm_words: &["电器", "家用电器", "智能电器", "厨卫电器", "电器科技", "小家电"],
    specifications: &["220V~ 1500W", "220V~ 800W", "220V~ 2000W", "220V~ 1200W", "标准型", "豪华型"],
    items: &[
        "对触及带电部件的防护",
        "输入功率和电流",
        "发热",
        "非正常工作",
        "结构",
        "接地措施",
        "能效等级",
        "标志和说明",
    ],
    classes: &[
        class("电热水壶", &["电热水壶", "电水壶"]),
        class("电饭锅", &["电饭锅", "电饭煲"]),
        class("电磁灶", &["电磁炉", "电磁灶"]),
        class("室内加热器", &["暖风机", "电热油汀"]),
        class("电风扇", &["落地扇", "台扇", "壁扇"]),
        class("电热水器", &["储水式电热水器", "即热式电热水器"]),
        class("燃气热水器", &["家用燃气快速热水器"]),
        class("家用燃气灶具", &["台式燃气灶", "嵌入式燃气灶"]),
        class("吸油烟机", &["侧吸式吸油烟机", "欧式吸油烟机"]),
        class("食品加工器具", &["搅拌机", "料理机"]),
        class("电吹风", &["电吹风"]),
        class("电熨斗", &["蒸汽电熨斗", "挂烫机"]),
        class("消毒柜", &["食具消毒柜"]),
        class("空气净化器", &["空气净化器"]),
        class("净水机", &["反渗透净水机"]),
        class("电烤箱", &["电烤箱", "空气炸锅"]),
    ],
};

const LIGHTING: Goods = Goods {
    firm_words: &["照明", "灯饰", "光电", "LED照明", "照明科技", "灯饰电器"],
    specifications: &["12W 6500K", "24W", "36W 4000K", "9W E27", "50W IP65", "5W"],
    items: &["接触电流", "骚扰电压", "功率因数", "初始光效", "标记", "结构", "内部接线", "色品容差"],
    classes: &[
        class("固定式通用灯具", &["LED吸顶灯", "装饰吊灯"]),
        class("嵌入式灯具", &["LED筒灯", "LED平板灯"]),
        class("可移式通用灯具", &["台灯", "落地灯"]),
        class("读写作业台灯", &["护眼台灯", "读写作业台灯"]),
        class("LED球泡灯", &["普通照明用自镇流LED灯"]),
        class("LED灯管", &["双端LED灯"]),
        class("灯用控制装置", &["LED驱动电源"]),
        class("路灯", &["道路照明灯具"]),
        class("灯串", &["装饰灯串"]),
        class("投光灯具", &["LED投光灯"]),
    ],
};

const ELECTRONICS: Goods = Goods {
    firm_words: &["电子", "电子科技", "科技", "通讯科技", "数码科技", "智能科技", "电子实业"],
    specifications: &["5V 2A", "5V 1A", "黑色", "白色", "标准版", "12V 3A"],
    items: &[
        "过充电保护",
        "短路",
        "耐异常热",
        "抗电强度",
        "辐射骚扰",
        "有效输出容量",
        "元器件",
        "防火防护外壳",
    ],
    classes: &[
        class("移动电源", &["移动电源", "便携式充电宝"]),
        class("电源适配器", &["电源适配器", "USB充电器"]),
        class("无线充电器", &["无线充电器"]),
        class("锂离子电池", &["锂离子电池组"]),
        class("蓝牙耳机", &["真无线耳机", "头戴式耳机"]),
        class("音频功放", &["有源音箱", "蓝牙音箱"]),
        class("电子词典", &["电子词典"]),
        class("机顶盒", &["网络机顶盒"]),
        class("路由器", &["无线路由器"]),
        class("平板电脑", &["平板电脑"]),
        class("监控摄像机", &["网络摄像机"]),
        class("数据线", &["数据线"]),
        class("扫地机器人", &["扫地机器人"]),
        class("儿童手表", &["儿童智能手表"]),
        class("显示器", &["液晶显示器"]),
        class("投影机", &["微型投影机"]),
    ],
};

const FURNITURE: Goods = Goods {
    firm_words: &["家具", "家居", "家具实业", "木业", "家居用品", "家具制造"],
    specifications: &["1500×2000mm", "600×400×750mm", "Φ900×750mm", "1.8m", "三人位", "单人位"],
    items: &["甲醛释放量", "力学性能", "漆膜附着力", "结构安全", "阻燃性", "重金属", "稳定性"],
    classes: &[
        class("木制家具", &["实木餐椅", "板式书柜", "床头柜"]),
        class("软体家具", &["沙发", "弹簧软床垫"]),
        class("办公家具", &["办公椅", "办公桌"]),
        class("儿童家具", &["儿童书桌", "儿童床"]),
        class("金属家具", &["折叠椅", "金属货架"]),
        class("红木家具", &["红木圈椅"]),
        class("学校课桌椅", &["课桌椅"]),
        class("浴室柜", &["浴室柜"]),
        class("人造板", &["刨花板", "细木工板"]),
        class("木地板", &["强化木地板", "实木复合地板"]),
    ],
};

const CERAMICS: Goods = Goods {
    firm_words: &["陶瓷", "陶瓷实业", "陶瓷科技", "瓷业", "陶瓷制品"],
    specifications: &["一级品", "优等品", "白色", "标准型", "A款", "定制款"],
    items: &[
        "破坏强度",
        "断裂模数",
        "吸水率",
        "用水量",
        "铅溶出量",
        "放射性核素限量",
        "安装尺寸",
        "抗热震性",
    ],
    classes: &[
        class("陶瓷砖", &["抛釉砖", "瓷质砖", "仿古砖"]),
        class("陶瓷坐便器", &["连体坐便器", "智能坐便器"]),
        class("洗面器", &["台上盆", "立柱盆"]),
        class("日用陶瓷", &["陶瓷碗", "陶瓷盘", "陶瓷杯"]),
        class("蹲便器", &["蹲便器"]),
        class("卫浴水箱配件", &["坐便器水箱配件"]),
        class("瓷质酒具茶具", &["功夫茶具"]),
        class("陶瓷岩板", &["陶瓷岩板"]),
    ],
};

const TOYS: Goods = Goods {
    firm_words: &["玩具", "玩具实业", "塑胶玩具", "动漫玩具", "益智玩具", "工艺玩具"],
    specifications: &["3岁以上", "6岁以上", "12件装", "1:16", "大号", "18个月以上"],
    items: &["小零件", "锐利边缘", "邻苯二甲酸酯", "突出物", "绳索", "标识和使用说明", "可触及元素的迁移"],
    classes: &[
        class("塑胶玩具", &["积木玩具", "过家家玩具"]),
        class("电玩具", &["电动遥控车", "声光玩具"]),
        class("毛绒布制玩具", &["毛绒公仔"]),
        class("弹射玩具", &["软弹枪"]),
        class("玩具滑板车", &["儿童滑板车"]),
        class("娃娃玩具", &["洋娃娃"]),
        class("磁力玩具", &["磁力片"]),
        class("水上玩具", &["充气游泳圈"]),
        class("泥胶玩具", &["彩泥"]),
        class("竹木玩具", &["木制拼图"]),
    ],
};

const CLOTHING: Goods = Goods {
    firm_words: &["服饰", "制衣", "服装", "针织", "纺织", "服饰实业"],
    specifications: &["170/92A", "165/88A", "110/56", "M", "XL", "90cm"],
    items: &["纤维含量", "色牢度", "pH值", "甲醛含量", "绳带", "可分解致癌芳香胺染料", "使用说明"],
    classes: &[
        class("羽绒服装", &["羽绒服"]),
        class("针织服装", &["针织T恤", "针织衫"]),
        class("牛仔服装", &["牛仔裤"]),
        class("西服大衣", &["西服", "大衣"]),
        class("婴幼儿及儿童服装", &["儿童连衣裙", "婴幼儿套装"]),
        class("校服", &["小学生校服", "中学生校服"]),
        class("内衣", &["文胸", "针织内裤"]),
        class("床上用品", &["四件套", "棉被"]),
        class("毛巾", &["毛巾", "浴巾"]),
        class("袜子", &["棉袜"]),
        class("围巾披肩", &["围巾"]),
        class("睡衣居家服", &["睡衣"]),
        class("窗帘", &["窗帘"]),
    ],
};

const BAGS: Goods = Goods {
    firm_words: &["皮具", "箱包", "皮具制品", "皮革制品", "手袋"],
    specifications: &["20寸", "24寸", "均码", "28×12×20cm", "棕色", "黑色"],
    items: &["拉杆耐疲劳", "振荡冲击性能", "缝合强度", "摩擦色牢度", "五金配件", "标识"],
    classes: &[
        class("旅行箱包", &["拉杆箱", "旅行袋"]),
        class("背提包", &["单肩包", "双肩包"]),
        class("学生书包", &["学生书包"]),
        class("皮带", &["牛皮皮带"]),
        class("钱包", &["钱包"]),
        class("皮革手套", &["皮手套"]),
    ],
};

const FOOTWEAR: Goods = Goods {
    firm_words: &["鞋业", "制鞋", "鞋材", "体育用品", "皮鞋"],
    specifications: &["245(1.5)", "250(2)", "38码", "170(1.5)", "42码"],
    items: &["耐磨性能", "剥离强度", "耐折性能", "标识", "勾心", "鞋跟结合力", "邻苯二甲酸酯"],
    classes: &[
        class("皮鞋", &["男皮鞋", "女皮鞋"]),
        class("运动鞋", &["休闲运动鞋", "跑步鞋"]),
        class("儿童鞋", &["儿童运动鞋", "儿童皮鞋"]),
        class("布鞋", &["布鞋"]),
        class("塑料拖凉鞋", &["塑料拖鞋"]),
        class("安全鞋", &["职业防护鞋"]),
        class("胶鞋", &["胶鞋"]),
    ],
};

const HARDWARE: Goods = Goods {
    firm_words: &["五金", "五金制品", "不锈钢制品", "金属制品", "五金塑料"],
    specifications: &["不锈钢304", "标准型", "A型", "银色", "加厚型"],
    items: &["耐腐蚀性能", "硬度", "密封性能", "防盗功能", "表面涂层", "灵敏度", "铅析出量"],
    classes: &[
        class("防盗锁", &["机械防盗锁", "电子防盗锁"]),
        class("水嘴", &["陶瓷片密封水嘴"]),
        class("不锈钢压力锅", &["不锈钢压力锅"]),
        class("炒锅", &["不粘炒锅"]),
        class("厨用刀剪", &["厨刀", "剪刀"]),
        class("不锈钢器皿", &["不锈钢保温杯", "不锈钢碗"]),
        class("合页铰链", &["合页"]),
        class("花洒", &["淋浴用花洒"]),
        class("阀门", &["铜质球阀"]),
        class("地漏", &["不锈钢地漏"]),
        class("自行车锁", &["自行车锁"]),
        class("紧固件", &["六角螺栓"]),
    ],
};

const BUILDING: Goods = Goods {
    firm_words: &["建材", "新型建材", "建筑材料", "装饰材料", "建材实业"],
    specifications: &["Ⅰ型", "Ⅱ型", "A级", "标准型", "6m", "优等品"],
    items: &["壁厚", "静液压强度", "甲醛释放量", "拉伸强度", "低温柔性", "膜厚", "传热系数"],
    classes: &[
        class("铝合金建筑型材", &["铝合金型材"]),
        class("PVC电工套管", &["PVC电工套管"]),
        class("给水用塑料管材", &["PP-R管材", "PE给水管"]),
        class("防水卷材", &["改性沥青防水卷材"]),
        class("建筑防水涂料", &["聚合物水泥防水涂料"]),
        class("胶粘剂", &["硅酮密封胶", "白乳胶"]),
        class("建筑玻璃", &["钢化玻璃", "夹层玻璃"]),
        class("铝合金门窗", &["铝合金窗"]),
        class("石膏板", &["纸面石膏板"]),
        class("砌块", &["加气混凝土砌块"]),
        class("钢筋", &["热轧带肋钢筋"]),
        class("水泥", &["普通硅酸盐水泥"]),
        class("保温材料", &["挤塑聚苯板"]),
    ],
};

const CABLE: Goods = Goods {
    firm_words: &["电工", "电气", "线缆", "电线电器", "电工科技", "电缆"],
    specifications: &["10A 250V", "16A 250V", "2.5mm²", "4mm²", "标准型"],
    items: &["导体电阻", "绝缘厚度", "老化前抗张强度", "不延燃试验", "拔出插头所需的力", "温升", "标志"],
    classes: &[
        class("电线电缆", &["铜芯聚氯乙烯绝缘电线", "护套软电缆"]),
        class("插头插座", &["移动式插座", "墙壁插座"]),
        class("墙壁开关", &["墙壁开关"]),
        class("断路器", &["小型断路器"]),
        class("剩余电流保护器", &["剩余电流动作断路器"]),
        class("电力电缆", &["交联聚乙烯电力电缆"]),
        class("延长线", &["延长线插座"]),
        class("配电箱", &["低压配电箱"]),
    ],
};

const CHEMICALS: Goods = Goods {
    firm_words: &["化工", "精细化工", "新材料", "化工科技", "化工实业"],
    specifications: &["20kg/桶", "4L", "5kg/桶", "1.5L/瓶", "0.75kg/瓶", "200kg/桶"],
    items: &["挥发性有机化合物含量", "游离甲醛", "冰点", "运动黏度", "总活性物含量", "对比率", "耐洗刷性"],
    classes: &[
        class("内墙涂料", &["合成树脂乳液内墙涂料"]),
        class("木器涂料", &["水性木器涂料", "聚氨酯木器漆"]),
        class("润滑油", &["柴油机油", "汽油机油"]),
        class("机动车冷却液", &["乙二醇型冷却液"]),
        class("车用尿素", &["柴油车用尿素溶液"]),
        class("制动液", &["机动车制动液"]),
        class("玻璃清洗液", &["汽车风窗玻璃清洗液"]),
        class("洗衣液", &["洗衣液"]),
        class("洗洁精", &["餐具洗涤剂"]),
        class("洗手液", &["洗手液"]),
        class("油墨", &["凹版油墨"]),
        class("复合肥料", &["复合肥料"]),
        class("胶水", &["万能胶"]),
    ],
};

const VEHICLES: Goods = Goods {
    firm_words: &["车业", "车辆科技", "车辆配件", "汽车用品", "交通器材"],
    specifications: &["通用型", "标准型", "L码", "12V", "48V", "26寸"],
    items: &["整车质量", "最高车速", "刚度性能", "吸收碰撞能量", "摩擦性能", "制动性能", "充电器保护"],
    classes: &[
        class("电动自行车", &["电动自行车"]),
        class("头盔", &["摩托车乘员头盔", "电动自行车乘员头盔"]),
        class("制动器衬片", &["汽车用制动器衬片"]),
        class("轮胎", &["轿车轮胎"]),
        class("自行车", &["山地自行车"]),
        class("电动车充电器", &["电动自行车充电器"]),
        class("车用灯具", &["汽车前照灯"]),
        class("儿童安全座椅", &["机动车儿童乘员用约束系统"]),
        class("汽车坐垫", &["汽车坐垫"]),
    ],
};

const PAPER: Goods = Goods {
    firm_words: &["纸业", "纸品", "纸制品", "生活用纸", "纸品实业"],
    specifications: &["100张", "10包装", "大号", "中号", "A4", "标准装"],
    items: &["细菌菌落总数", "抗张指数", "荧光性物质", "吸水时间", "定量", "D65亮度", "可迁移元素"],
    classes: &[
        class("卫生纸", &["卫生纸"]),
        class("纸巾纸", &["面巾纸", "餐巾纸"]),
        class("卫生巾", &["卫生巾"]),
        class("纸尿裤", &["婴儿纸尿裤"]),
        class("复印纸", &["静电复印纸"]),
        class("学生作业本", &["课业簿册"]),
        class("瓦楞纸箱", &["瓦楞纸箱"]),
        class("湿巾", &["湿巾"]),
        class("不干胶标签", &["标签纸"]),
    ],
};

const PACKAGING: Goods = Goods {
    firm_words: &["包装", "包装材料", "包装制品", "塑料包装", "印务"],
    specifications: &["大号", "中号", "小号", "100只装", "50只装", "0.06mm"],
    items: &["水蒸气透过量", "跌落性能", "拉伸强度", "感官", "总迁移量", "高锰酸钾消耗量"],
    classes: &[
        class("塑料购物袋", &["塑料购物袋"]),
        class("快递包装袋", &["快递封套", "快递包装袋"]),
        class("复合膜袋", &["复合膜袋"]),
        class("一次性塑料餐具", &["一次性塑料餐盒"]),
        class("纸杯", &["纸杯"]),
        class("保鲜膜", &["食品接触用保鲜膜"]),
        class("降解餐具", &["生物降解餐盒"]),
        class("气泡膜", &["气泡缓冲袋"]),
    ],
};

const PLASTICS: Goods = Goods {
    firm_words: &["塑胶", "塑料制品", "塑胶制品", "硅胶制品", "橡塑", "注塑"],
    specifications: &["大号", "中号", "小号", "蓝色", "透明", "十件装"],
    items: &["负重性能", "耐热性", "总迁移量", "脱色试验", "落锤冲击", "尺寸偏差"],
    classes: &[
        class("塑料家居用品", &["收纳箱", "塑料椅"]),
        class("食品接触用塑料制品", &["塑料水杯", "保鲜盒"]),
        class("密胺餐具", &["密胺碗", "密胺盘"]),
        class("硅胶制品", &["硅胶铲", "硅胶垫"]),
        class("瑜伽垫", &["瑜伽垫"]),
        class("学生文具", &["水彩笔", "橡皮擦"]),
        class("书写笔", &["中性笔"]),
        class("塑料编织袋", &["塑料编织袋"]),
        class("聚乙烯吹塑桶", &["塑料桶"]),
        class("橡胶手套", &["橡胶手套"]),
        class("可降解地膜", &["农用地膜"]),
    ],
};

const CHILDREN: Goods = Goods {
    firm_words: &["婴童用品", "母婴用品", "儿童用品", "婴儿用品", "童品"],
    specifications: &["0-3岁", "1-6岁", "粉色", "蓝色", "标准型"],
    items: &["动态耐久性", "结构安全", "邻苯二甲酸酯", "挤夹点", "约束系统", "使用说明", "重金属"],
    classes: &[
        class("童车", &["婴儿推车", "儿童三轮车"]),
        class("儿童自行车", &["儿童自行车"]),
        class("奶瓶", &["婴幼儿奶瓶"]),
        class("婴儿学步车", &["婴儿学步车"]),
        class("儿童高椅", &["儿童餐椅"]),
        class("婴儿床", &["婴儿床"]),
        class("儿童口罩", &["儿童口罩"]),
        class("安抚奶嘴", &["安抚奶嘴"]),
        class("爬行垫", &["爬行垫"]),
        class("儿童雨具", &["儿童雨衣", "儿童雨伞"]),
    ],
};

const MACHINERY: Goods = Goods {
    firm_words: &["机械", "机电", "机械设备", "精密机械", "机电设备"],
    specifications: &["1.1kW", "0.75kW", "2.2kW", "220V 550W", "标准型"],
    items: &["机械防护", "绝缘电阻", "能效", "噪声", "保护接地", "温升", "扬程"],
    classes: &[
        class("电动工具", &["手持式电钻", "角向磨光机"]),
        class("电动机", &["三相异步电动机"]),
        class("水泵", &["潜水电泵", "自吸泵"]),
        class("空气压缩机", &["微型空气压缩机"]),
        class("电焊机", &["手工电弧焊机"]),
        class("割草机", &["割草机"]),
        class("工业风扇", &["轴流通风机"]),
        class("砂轮", &["砂轮"]),
    ],
};

const STONE: Goods = Goods {
    firm_words: &["石材", "石业", "石材工艺"],
    specifications: &["600×600×20mm", "18mm", "规格板", "800×800mm"],
    items: &["弯曲强度", "吸水率", "放射性核素限量", "镜向光泽度", "尺寸偏差"],
    classes: &[
        class("天然花岗石板材", &["花岗石板材"]),
        class("天然大理石板材", &["大理石板材"]),
        class("人造石", &["石英石台面板"]),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_class_belongs_to_one_trade_and_has_products() {
        let classes: Vec<&Class> = Trade::ALL.iter().flat_map(|trade| trade.goods().classes).collect();
        let names: BTreeSet<&str> = classes.iter().map(|class| class.name).collect();
        assert_eq!(names.len(), classes.len());
        assert!((180..=220).contains(&names.len()), "{}", names.len());
        assert!(classes.iter().all(|class| !class.products.is_empty()));
    }
}
