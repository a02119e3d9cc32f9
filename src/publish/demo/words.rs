//! The characters that invented names are made of, and the words around them.

/// How a distinctive part begins: weather, water, woods. No metal, dragon, prosperity or virtue: real firms are
/// called so.
pub(super) const FIRST: &[char] = &[
    '霁', '岫', '澍', '珩', '翎', '筠', '汀', '蘅', '泠', '苇', '蓼', '芷', '葭', '峤', '嵘', '霭', '漪',
    '淙', '濯', '皋', '畹', '砚', '樾', '榛', '杪', '桠', '樨', '荻', '菡', '蒹', '莳', '邈', '逦', '阡',
    '霏', '霰', '颢', '岚',
];

/// How it ends: tools of carpenters, boatmen, weavers and millers, old vessels. Nobody names a firm after them, and
/// after weather *and* an old tool nobody at all.
pub(super) const LAST: &[char] = &[
    '榫', '橹', '砧', '碓', '梭', '耒', '篷', '锛', '杼', '筏', '椽', '檩', '楔', '桨', '篙', '碾', '铎',
    '砣', '甑', '瓯', '匏', '斛', '箩', '篓', '耙', '犁', '杵', '臼', '槌', '箸', '笏', '觚', '罟', '埙',
    '锉', '凿', '锲', '镰',
];

/// What a dealer's name says instead of an industry.
pub(super) const TRADING: &[&str] = &["贸易", "商贸", "进出口", "供应链", "百货"];

/// Simplified characters that occur in names, and their Traditional forms: some bulletins print a few names so.
pub(super) const TRADITIONAL: &[(char, char)] = &[
    ('东', '東'),
    ('门', '門'),
    ('广', '廣'),
    ('庆', '慶'),
    ('云', '雲'),
    ('岚', '嵐'),
    ('霭', '靄'),
    ('电', '電'),
    ('灯', '燈'),
    ('饰', '飾'),
    ('业', '業'),
    ('厂', '廠'),
    ('实', '實'),
    ('团', '團'),
    ('顺', '順'),
    ('华', '華'),
    ('宝', '寶'),
    ('龙', '龍'),
    ('线', '線'),
    ('缆', '纜'),
    ('锉', '銼'),
    ('凿', '鑿'),
    ('铎', '鐸'),
    ('桨', '槳'),
    ('橹', '櫓'),
];

/// Cells that name no firm.
pub(super) const NO_FIRM: &[&str] = &["见包装标识", "图形商标", "自制", "客户来样"];

/// Cells that say nothing.
pub(super) const NOTHING: &[&str] = &["", "/", "—", "---", "无"];
