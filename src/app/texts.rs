//! Every text of the app in every language, in one table: a row is a line, `Name: "简", "繁", "English";`.
//!
//! The browser is sent one language and not three: `www/hooks/post_build.mjs` reads this table and writes two files a
//! language, and `www/boot.js` fetches the first of the one that is wanted while the program is still on its way. The
//! second has what only the rest of the program says, and comes with it.
//!
//! "Red" is honour in the mainland and danger elsewhere, so Hong Kong Chinese and English say what kind of list it is
//! wherever its name stands alone. `{name}` is a gap that [`Language::fill`](super::Language::fill) fills.

#[cfg(target_arch = "wasm32")]
use std::sync::OnceLock;

use super::Language;

macro_rules! texts {
    (
        first { $($first:ident: $first_hans:literal, $first_hant_hk:literal, $first_english:literal;)+ }
        rest { $($name:ident: $hans:literal, $hant_hk:literal, $english:literal;)+ }
    ) => {
        /// The name of a text.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        #[allow(missing_docs, reason = "each name is explained by its texts in the table")]
        pub enum Text { $($first,)+ $($name,)+ }

        impl Text {
            /// Every text.
            pub const ALL: &'static [Self] = &[$(Self::$first,)+ $(Self::$name,)+];

            /// How many of them the first file holds.
            pub const FIRST: usize = [$(Self::$first,)+].len();

            /// The texts of a language in this order.
            #[cfg(not(target_arch = "wasm32"))]
            const fn table(language: Language) -> &'static [&'static str] {
                match language {
                    Language::Hans => &[$($first_hans,)+ $($hans,)+],
                    Language::HantHk => &[$($first_hant_hk,)+ $($hant_hk,)+],
                    Language::English => &[$($first_english,)+ $($english,)+],
                }
            }
        }
    };
}

/// What of the table a file holds.
#[cfg(target_arch = "wasm32")]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Part {
    /// What the first part of the program says.
    First,
    /// What only the rest of it says.
    Rest,
}

#[cfg(target_arch = "wasm32")]
static FETCHED: [[OnceLock<Vec<&'static str>>; 3]; 2] = [const { [const { OnceLock::new() }; 3] }; 2];

#[cfg(target_arch = "wasm32")]
impl Part {
    /// What the names of its files begin with.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::First => "texts",
            Self::Rest => "more",
        }
    }

    fn fetched(self, language: Language) -> &'static OnceLock<Vec<&'static str>> {
        let of_part = &FETCHED[usize::from(self == Self::Rest)];
        &of_part[Language::ALL.iter().position(|known| *known == language).unwrap_or_default()]
    }

    const fn texts(self) -> usize {
        match self {
            Self::First => Text::FIRST,
            Self::Rest => Text::ALL.len() - Text::FIRST,
        }
    }
}

/// A file of texts that is not of this version of the program.
#[cfg(target_arch = "wasm32")]
pub(crate) struct OtherTexts;

impl Language {
    /// A text in this language.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn text(self, text: Text) -> &'static str {
        Text::table(self)[text.place()]
    }

    /// A text in this language; nothing while its file is not here.
    #[cfg(target_arch = "wasm32")]
    pub fn text(self, text: Text) -> &'static str {
        let (part, place) = match text.place().checked_sub(Text::FIRST) {
            None => (Part::First, text.place()),
            Some(place) => (Part::Rest, place),
        };
        part.fetched(self).get().and_then(|texts| texts.get(place)).copied().unwrap_or_default()
    }

    /// Whether this part of the language's texts is here.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn is_fetched(self, part: Part) -> bool {
        part.fetched(self).get().is_some()
    }

    /// Takes a file of this language's texts, a line each. They stay as long as the page does.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn take_texts(self, part: Part, file: String) -> Result<(), OtherTexts> {
        let lines: Vec<&'static str> = file.leak().lines().collect();
        if lines.len() != part.texts() {
            return Err(OtherTexts);
        }
        // Whoever came first brought the same.
        let _ = part.fetched(self).set(lines);
        Ok(())
    }
}

impl Text {
    fn place(self) -> usize {
        Self::ALL.iter().position(|known| *known == self).unwrap_or_default()
    }
}

texts! {
    first {
        // The frame around every screen.
        AppName: "红榜", "紅榜", "Quality Red List";
        AppSubtitle: "产品质量信用优良企业", "產品質量信用優良名單", "honour list of makers";
        Skip: "跳到内容", "跳到內容", "Skip to content";
        Navigation: "主要页面", "主要頁面", "Main pages";
        NavSearch: "查企业", "查企業", "Look up";
        NavList: "看榜单", "看榜單", "The list";
        NavAbout: "说明设置", "說明設定", "About";
        LanguageLabel: "语言", "語言", "Language";
        LanguageMissing: "这种语言的文字还没有下载，请联网后再选。", "這種語言的文字尚未下載，請連線後再選。", "The texts of that language are not here yet. Choose it again with a network.";
        ElderOn: "长辈版", "長者版", "Larger text";
        ElderOff: "标准版", "標準版", "Normal text";
        DemoMark: "示例", "示例", "Sample";
        DemoBanner: "示例名单：企业、代码和记录都是虚构的，只供试用。", "示例名單：企業、代碼和紀錄均為虛構，只供試用。", "Sample list (示例): firms, codes and records are made up, for trying things out.";
        FooterPrivacy: "查询只在本机进行，不发给任何人。", "查詢只在本機進行，不會發給任何人。", "Look-ups stay on this device. Nobody is told.";
        FooterLabel: "榜单说明过去的抽检记录，不是对任何一件产品的保证。", "榜單說明過往的抽檢紀錄，並非對任何一件產品的保證。", "The list tells of past samplings. It is no guarantee of any one product.";
        Close: "关闭", "關閉", "Close";

        // How the list on this device stands; always in sight.
        StandingFresh: "名单截至 {day}", "名單截至 {day}", "List as of {day}";
        StandingFreshWord: "已验证", "已驗證", "Verified";
        StandingAgeing: "名单截至 {day}，应在 {expired} 前更新", "名單截至 {day}，應在 {expired} 前更新", "List as of {day}, was due for renewal by {expired}";
        StandingAgeingWord: "待更新", "待更新", "Ageing";
        StandingOutOfDate: "名单截至 {day}，早已过期，不代表现在的情况", "名單截至 {day}，早已過期，不代表現時情況", "List as of {day}, long expired: not how things stand now";
        StandingOutOfDateWord: "已过期", "已過期", "Out of date";
        StandingUnverified: "名单截至 {day}，没有核对签名", "名單截至 {day}，沒有核對簽名", "List as of {day}, signatures not checked";
        StandingUnverifiedWord: "未验证", "未驗證", "Not verified";
        StandingNone: "本机还没有名单", "本機還沒有名單", "No list on this device yet";
        StandingLoading: "正在取得名单", "正在取得名單", "Getting the list";

        // Search.
        SearchTitle: "这家企业在红榜上吗？", "這家企業在紅榜上嗎？", "Is this maker on the honour list?";
        SearchIntro: "看看手里这件东西的生产企业，是不是连续多年抽检无不合格。", "看看手上這件東西的生產企業，是否連續多年抽檢沒有不合格。", "See whether the maker of the thing in your hand has passed every official sampling for years.";
        SearchLabel: "企业名称、统一社会信用代码或商标", "企業名稱、統一社會信用代碼或商標", "Name of the firm, its credit code, or a trade mark";
        SearchButton: "查询", "查詢", "Check";
        SearchClear: "清空", "清除", "Clear";
        SearchHelp: "输入名称的任何一部分即可；产品上写的“生产者”或“制造商”才是生产企业。", "輸入名稱的任何部分即可；產品上的「生產者」或「製造商」才是生產企業。", "Any part of the name will do, in Chinese or pinyin. Look for 生产者 or 制造商 on the product.";
        ResultsLabel: "查找结果", "查找結果", "Results";
        ResultsAsTyped: "按原字没有找到；拼音、代码和错字要等程序到齐后再找。", "按原字沒有找到；拼音、代碼和錯字要等程式到齊後再找。", "Not found as typed. Pinyin, codes and slips wait for the rest of the program.";
        ResultsCount: "找到 {n} 家企业", "找到 {n} 家企業", "{n} found";
        ResultsFirst: "先显示最接近的 {n} 家；多输入几个字可以缩小范围。", "先顯示最接近的 {n} 家；多輸入幾個字可縮小範圍。", "The {n} closest are shown. Type more to narrow them down.";
        ResultsNone: "名单里没有找到“{query}”。这不代表该企业有问题。", "名單中沒有找到「{query}」。這不代表該企業有問題。", "“{query}” is not in the list. That says nothing against the firm.";
        MatchedFormerName: "曾用名", "曾用名", "Former name";
        MatchedTradeMark: "商标", "商標", "Trade mark";
        MatchedCode: "代码", "代碼", "Code";
        MatchedBarcode: "条码属于", "條碼屬於", "Barcode belongs to";
        HomeTiers: "榜上现有", "榜上現有", "On the list now";
        HomeFirms: "{n} 家", "{n} 家", "{n} listed";
        WhatTitle: "红榜是什么", "紅榜是甚麼", "What the Red List is";
        WhatBody: "市场监管部门从市场和工厂抽取产品检验，并公布结果。连续三年以上抽检没有发现不合格的生产企业，列入红榜，按连续时长分为三年榜、五年榜、十年榜。", "市場監管部門從市場和工廠抽取產品檢驗，並公布結果。連續三年或以上抽檢沒有發現不合格的生產企業列入紅榜，按連續時間分為三年榜、五年榜、十年榜。「紅」在這裡是表揚，不是警告。", "Market regulators take products from shops and factories, test them and publish the results. Makers without a failed sampling for three years or more are put on the Red List (红榜), by length of the streak: three, five or ten years. Red stands for honour here, not for danger.";
        WhatNot: "不在榜上不说明任何问题：多数企业从未被抽查。", "不在榜上不說明任何問題：多數企業從未被抽查。", "Not being on it means nothing: most firms are never sampled.";

        // The scan.
        ScanOpen: "扫一扫：营业执照、商品条码", "掃一掃：營業執照、商品條碼", "Scan a business licence or a barcode";

        // Certificates on paper, and files.
        PaperOpen: "核对证书或文件", "核對證書或文件", "Check a certificate or file";

        // A firm on the list.
        TierOf: "{name}", "{name}", "{years}-year tier";

        // What the other readings of 连续 would say.
        ReadingNoTier: "不上榜", "不上榜", "not on the list";

        // The cities of the province.
        Guangzhou: "广州", "廣州", "Guangzhou";
        Shaoguan: "韶关", "韶關", "Shaoguan";
        Shenzhen: "深圳", "深圳", "Shenzhen";
        Zhuhai: "珠海", "珠海", "Zhuhai";
        Shantou: "汕头", "汕頭", "Shantou";
        Foshan: "佛山", "佛山", "Foshan";
        Jiangmen: "江门", "江門", "Jiangmen";
        Zhanjiang: "湛江", "湛江", "Zhanjiang";
        Maoming: "茂名", "茂名", "Maoming";
        Zhaoqing: "肇庆", "肇慶", "Zhaoqing";
        Huizhou: "惠州", "惠州", "Huizhou";
        Meizhou: "梅州", "梅州", "Meizhou";
        Shanwei: "汕尾", "汕尾", "Shanwei";
        Heyuan: "河源", "河源", "Heyuan";
        Yangjiang: "阳江", "陽江", "Yangjiang";
        Qingyuan: "清远", "清遠", "Qingyuan";
        Dongguan: "东莞", "東莞", "Dongguan";
        Zhongshan: "中山", "中山", "Zhongshan";
        Chaozhou: "潮州", "潮州", "Chaozhou";
        Jieyang: "揭阳", "揭陽", "Jieyang";
        Yunfu: "云浮", "雲浮", "Yunfu";

        // About: verification, settings, privacy.
        UpdateButton: "检查新名单", "檢查新名單", "Check for a newer list";
        UpdateRunning: "正在检查……", "正在檢查……", "Checking…";

        // While there is no list, and when something is wrong. Red means honour here, so faults never use it.
        LoadingTitle: "正在取得名单", "正在取得名單", "Getting the list";
        LoadingBytes: "已收到 {received}，共 {total}", "已收到 {received}，共 {total}", "{received} of {total}";
        LoadingStart: "正在连接", "正在連接", "Connecting";
        LoadingVerify: "正在核实", "正在核實", "Verifying";
        FaultOffline: "还没有名单，也连不上网络", "還沒有名單，也連不上網絡", "No list yet, and no network";
        FaultOfflineBody: "第一次使用需要联网取一次名单，之后没有网络也能查。", "第一次使用需要連線取一次名單，之後沒有網絡也能查詢。", "The list has to be fetched once. After that everything works offline.";
        FaultUnavailable: "网站上取不到名单", "網站上取不到名單", "The list cannot be had from the site";
        FaultUnavailableBody: "网站没有给出名单文件，请过一会儿再试。", "網站沒有提供名單文件，請稍後再試。", "The site did not hand out the list. Try again in a while.";
        FaultNotVerified: "名单没有通过验证", "名單沒有通過驗證", "The list could not be verified";
        FaultNotVerifiedBody: "签名与本程序信任的发布者不符，所以没有使用它，也没有任何查询结果。", "簽名與本程式信任的發布者不符，所以沒有使用它，也沒有任何查詢結果。", "Its signatures are not those of the publisher that this program trusts. It is not used, and there is no answer.";
        FaultRolledBack: "收到的是更旧的名单", "收到的是更舊的名單", "An older list was offered";
        FaultRolledBackBody: "网站给出的名单比本机见过的还旧，所以没有使用。", "網站提供的名單比本機見過的還舊，所以沒有使用。", "The site offers a list older than one that was here before. It is not used.";
        FaultDamaged: "名单损坏了", "名單損壞了", "The list is damaged";
        FaultDamagedBody: "收到的文件与签名所说的不一样，所以没有使用。请再试一次。", "收到的文件與簽名所述不同，所以沒有使用。請再試一次。", "The file received is not the one that was signed. It is not used. Try again.";
        FaultUnsupported: "名单的格式比本程序新", "名單的格式比本程式新", "The list is newer than this program";
        FaultUnsupportedBody: "请重新打开页面，以换用新版程序。", "請重新開啟頁面，以換用新版程式。", "Open the page again to get the newer program.";
        FaultDisagrees: "名单自相矛盾", "名單自相矛盾", "The list contradicts itself";
        FaultDisagreesBody: "发布者所列的级别与按依据算出的不同，所以没有使用它。", "發布者所列的級別與按依據算出的不同，所以沒有使用它。", "A published tier is not the one that the evidence gives. The list is not used.";
        FaultExpired: "网站上的名单已经过期", "網站上的名單已經過期", "The list on the site has expired";
        FaultExpiredBody: "发布者还没有续签。已有的名单照常可查，并标明日期。", "發布者還沒有續簽。已有的名單照常可查，並標明日期。", "The publisher has not renewed it. The list already here still answers, with its date.";
        KeptOld: "继续使用截至 {day}的名单。", "繼續使用截至 {day}的名單。", "The list as of {day} stays in use.";
        RestTitle: "正在打开", "正在開啟", "Opening";
        RestMissing: "这一页没能打开", "未能開啟這一頁", "This page did not open";
        RestMissingBody: "程序的这一部分还没有下载下来。搜索照常可用；请联网后再试一次。", "程式的這一部分尚未下載。搜尋照常可用；請連線後再試一次。", "This part of the program is not here yet. Searching works as before. Try again with a network.";
        TryAgain: "再试一次", "再試一次", "Try again";
        Details: "技术细节：{code}", "技術細節：{code}", "Details: {code}";
        NewVersion: "程序有新版本", "程式有新版本", "A new version of this program is ready";
        NewVersionUse: "现在换用", "立即換用", "Use it now";
    }
    rest {
        // The scan.
        ScanTitle: "扫一扫", "掃一掃", "Scan a code";
        ScanIntro: "对准营业执照上的二维码，或商品上的条码。画面只在本机识别，不会上传。", "對準營業執照上的二維碼，或商品上的條碼。畫面只在本機識別，不會上傳。", "Point at the QR code of a business licence or at a product’s barcode. Pictures are read on this device and sent nowhere.";
        ScanView: "摄像头画面", "鏡頭畫面", "What the camera sees";
        ScanStart: "打开摄像头", "開啟鏡頭", "Start the camera";
        ScanStop: "关闭摄像头", "關閉鏡頭", "Stop the camera";
        ScanPhoto: "从照片识别", "從相片識別", "Read a photo";
        ScanType: "自己输入", "自行輸入", "Type it instead";
        ScanAsking: "请允许使用摄像头", "請容許使用鏡頭", "Please allow the camera";
        ScanLooking: "正在寻找二维码或条码……", "正在尋找二維碼或條碼……", "Looking for a code…";
        ScanReading: "正在识别照片……", "正在識別相片……", "Reading the photo…";
        ScanAdvice: "走近一些，拿稳，避开反光，让整个码都在画面里。", "走近一點，拿穩，避開反光，讓整個碼都在畫面內。", "Go nearer, hold still, avoid glare, and keep the whole code in the picture.";
        ScanNothing: "照片里没有找到二维码或条码", "相片中沒有找到二維碼或條碼", "No code was found in the photo";
        ScanNoPhoto: "打不开这张照片", "無法開啟這張相片", "This photo cannot be opened";
        ScanRefused: "摄像头没有得到允许", "鏡頭未獲容許", "The camera was not allowed";
        ScanRefusedBody: "可以在浏览器设置中允许，或者从照片识别、自己输入。", "可在瀏覽器設定中容許，或者從相片識別、自行輸入。", "Allow it in the browser’s settings, read a photo, or type the code.";
        ScanNoCamera: "没有可用的摄像头", "沒有可用的鏡頭", "No camera can be used";
        ScanNoCameraBody: "可能没有摄像头，或者正被别的程序占用。可以从照片识别，或者自己输入。", "可能沒有鏡頭，或者正被其他程式使用。可從相片識別，或者自行輸入。", "There may be none, or another program uses it. Read a photo, or type the code.";
        ScanInsecure: "这个网址不能用摄像头", "這個網址不能使用鏡頭", "No camera at this address";
        ScanInsecureBody: "浏览器只在加密的网址（https）上开放摄像头。可以从照片识别，或者自己输入。", "瀏覽器只在加密的網址（https）上開放鏡頭。可從相片識別，或者自行輸入。", "Browsers offer cameras at encrypted addresses (https) only. Read a photo, or type the code.";
        ScanFailed: "识别程序没有打开", "識別程式未能開啟", "The reader did not start";
        ScanFailedBody: "请联网后再试，或者自己输入。", "請連線後再試，或者自行輸入。", "Try again with a network, or type the code.";
        ScanCodes: "这里有几个代码，请选择要查的企业", "這裡有幾個代碼，請選擇要查的企業", "There are several codes. Choose the firm you mean";
        ScanLicence: "这张执照的二维码里没有可读的代码", "這張執照的二維碼中沒有可讀的代碼", "This licence code has no readable credit code";
        ScanLicenceBody: "请输入印在执照上的 18 位统一社会信用代码。", "請輸入印在執照上的 18 位統一社會信用代碼。", "Type the 18 characters of the credit code printed on it.";
        ScanText: "读到了这段文字", "讀到了這段文字", "This is what the code says";
        ScanTextBody: "其中没有信用代码或条码。网址不会自动打开。", "其中沒有信用代碼或條碼。網址不會自動開啟。", "There is no credit code or barcode in it. Links are never opened.";
        ScanLookUp: "按这段文字查找", "按這段文字查找", "Look this text up";
        ScanTorchOn: "打开手电", "開啟電筒", "Torch on";
        ScanTorchOff: "关闭手电", "關閉電筒", "Torch off";
        ScanWeChat: "用微信扫一扫", "用微信掃一掃", "Scan with WeChat";

        // What a reader keeps on the device.
        Favourites: "收藏的企业", "收藏的企業", "Your firms";
        FavouritesChanged: "{n} 家中有 {m} 家有变化", "{n} 家中有 {m} 家有變化", "{m} of your {n} changed";
        FavouritesSame: "{n} 家都没有变化", "{n} 家都沒有變化", "None changed ({n})";
        FavouriteMoved: "从“{was}”变为“{now}”", "由「{was}」變為「{now}」", "From “{was}” to “{now}”";
        FavouriteAnew: "连续时长重新算起", "連續時間重新計起", "The streak begins anew";
        FavouriteAdd: "收藏", "收藏", "Add to your firms";
        QrShow: "二维码", "二維碼", "QR code";
        QrAlt: "本页网址的二维码", "本頁網址的二維碼", "QR code of this page’s address";
        FavouriteAdded: "已收藏", "已收藏", "In your firms";
        Recent: "最近查过", "最近查過", "Recent look-ups";
        RecentNote: "只记在本机，不发给任何人。", "只記在本機，不會發給任何人。", "Kept on this device only. Nobody is told.";
        RecentForget: "忘记“{name}”", "忘記「{name}」", "Forget “{name}”";
        RecentForgetAll: "全部忘记", "全部忘記", "Forget all";
        RecentSetting: "最近查过的企业", "最近查過的企業", "Recent look-ups";
        RecentOn: "记在本机", "記在本機", "Keep on this device";
        RecentOff: "不记", "不記", "Do not keep";

        // Certificates on paper, and files.
        PaperTitle: "核对证书", "核對證書", "Check a certificate";
        PaperIntro: "看一张红榜证书是不是发布者签发的，现在还算不算数。核对只在本机进行。", "看一張紅榜證書是否由發布者簽發，現在是否仍然有效。核對只在本機進行。", "See whether a certificate was signed by the publisher of the list, and whether it still holds. All of that happens on this device.";
        PaperText: "证书上的文字", "證書上的文字", "Text of the certificate";
        PaperTextHelp: "粘贴二维码里的网址，或以 HB1: 开头的文字。", "貼上二維碼中的網址，或以 HB1: 開頭的文字。", "Paste the link in its QR code, or the text that begins with HB1:.";
        PaperButton: "核对", "核對", "Check";
        PaperFile: "选择图片或文件", "選擇圖片或文件", "Choose a picture or file";
        PaperDrop: "也可以把证书的图片、名单文件或发布者网站上的任何文件拖到这里。", "也可以把證書的圖片、名單文件或發布者網站上的任何文件拖到這裡。", "Or drop a picture of a certificate, a list, or any file of the publisher’s site here.";
        PaperChecking: "正在核对……", "正在核對……", "Checking…";
        PaperValid: "证书有效", "證書有效", "The certificate is good";
        PaperValidBody: "它由发布者签发，在有效期内，本机的名单也没有相反的说法。请看清名称和代码，是不是您面前的这家企业。", "它由發布者簽發，在有效期內，本機的名單亦沒有相反的說法。請看清名稱和代碼，是否您面前的這家企業。", "The publisher signed it, its term runs, and the list on this device says nothing else. Make sure that name and code are those of the firm before you.";
        PaperExpired: "证书已过期", "證書已過期", "The certificate has expired";
        PaperExpiredBody: "它由发布者签发，但有效期已过，不代表现在的情况。请以名单为准。", "它由發布者簽發，但有效期已過，不代表現時情況。請以名單為準。", "The publisher signed it, but its term is over. For how things stand now, see the list.";
        PaperEarly: "证书还没有生效", "證書尚未生效", "The certificate is not valid yet";
        PaperEarlyBody: "它由发布者签发，但有效期还没有开始。请看看本机的日期对不对。", "它由發布者簽發，但有效期尚未開始。請看看本機的日期是否正確。", "The publisher signed it, but its term has not begun. Is the date of this device right?";
        PaperOutranked: "名单的说法不同，以名单为准", "名單的說法不同，以名單為準", "The list says otherwise, and the list holds";
        PaperOutrankedBody: "证书由发布者签发，但本机的名单不比它旧，说法不同。", "證書由發布者簽發，但本機的名單不比它舊，說法不同。", "The publisher signed this certificate, but the list on this device is not older and says something else.";
        PaperUnknownKey: "不认识签发它的钥匙", "不認識簽發它的鑰匙", "Signed with an unknown key";
        PaperUnknownKeyBody: "它写明的钥匙不在发布者公布的钥匙之中：可能是新换的，也可能不是发布者签发的。请检查新名单后再核对；仍不认识，就不要相信它。", "它寫明的鑰匙不在發布者公布的鑰匙之中：可能是新換的，也可能不是由發布者簽發。請檢查新名單後再核對；仍不認識，就不要相信它。", "Its key is none of those that the publisher states: a new one, or not the publisher’s at all. Check for a newer list and try again; if that does not help, do not rely on it.";
        PaperWrongKey: "这把钥匙无权签发它", "這把鑰匙無權簽發它", "Its key may not sign this";
        PaperWrongKeyBody: "钥匙是发布者的，但不用于这份名单，或不在那一天使用。请不要相信它。", "鑰匙是發布者的，但不用於這份名單，或不在那一天使用。請不要相信它。", "The key is the publisher’s, but not for this list or not on that day. Do not rely on it.";
        PaperBadSignature: "签名不符", "簽名不符", "The signature is wrong";
        PaperBadSignatureBody: "写明的钥匙没有签过这些内容：它被改动过，或是伪造的。请不要相信它上面的任何内容。", "寫明的鑰匙沒有簽過這些內容：它被改動過，或是偽造的。請不要相信它上面的任何內容。", "The key that it names did not sign this: it was changed, or forged. Believe nothing that it says.";
        PaperNone: "不是完整的红榜证书", "不是完整的紅榜證書", "Not a whole certificate of the list";
        PaperNoneBody: "这是别的东西，或者只有一部分。请重新扫描，让整个码都在画面里。", "這是別的東西，或者只有一部分。請重新掃描，讓整個碼都在畫面內。", "It is something else, or only part of one. Scan it again with the whole code in the picture.";
        PaperNoKeys: "现在不能核对证书", "現在不能核對證書", "Certificates cannot be checked now";
        PaperNoKeysBody: "本机没有发布者的证书钥匙，所以不作判断。请联网检查新名单；也可能发布者没有公布钥匙。", "本機沒有發布者的證書鑰匙，所以不作判斷。請連線檢查新名單；也可能發布者沒有公布鑰匙。", "The publisher’s keys for certificates are not on this device, so nothing is said. Check for a newer list; the publisher may also have none.";
        PaperDemo: "示例证书：企业和内容都是虚构的。", "示例證書：企業和內容均為虛構。", "Sample certificate: the firm and all else in it are made up.";
        PaperIssuer: "签发的名单", "簽發的名單", "Issued for the list";
        PaperKey: "钥匙指纹", "鑰匙指紋", "Key fingerprint";
        PaperIssued: "签发日", "簽發日", "Issued on";
        PaperUntil: "有效至", "有效至", "Valid until";
        PaperEdition: "依据的名单", "依據的名單", "Taken from";
        PaperEditionOf: "第 {n} 期，截至 {day}", "第 {n} 期，截至 {day}", "Edition {n}, as of {day}";
        PaperSeeFirm: "在名单中查这家企业", "在名單中查這家企業", "Look this firm up in the list";
        PaperChecked: "核对了什么", "核對了甚麼", "What was checked";
        PaperStepForm: "证书完整", "證書完整", "A whole certificate";
        PaperStepKey: "钥匙由发布者公布", "鑰匙由發布者公布", "The key is the publisher’s";
        PaperStepSignature: "签名与内容相符", "簽名與內容相符", "The signature fits the content";
        PaperStepRight: "钥匙可以签这份名单、这一天", "鑰匙可以簽這份名單、這一天", "The key may sign for this list on that day";
        PaperStepTerm: "在有效期内", "在有效期內", "Within its term";
        PaperStepList: "本机的名单没有相反的说法", "本機的名單沒有相反的說法", "The list on this device does not say otherwise";
        PaperPassed: "符合", "符合", "Yes";
        PaperFailed: "不符合", "不符合", "No";
        PaperSkipped: "没有核对", "沒有核對", "Not checked";
        PaperTerm: "{from}至{to}", "{from}至{to}", "{from} to {to}";
        PaperListConfirms: "名单截至 {day}，说法相同", "名單截至 {day}，說法相同", "It says the same, as of {day}";
        PaperListTier: "名单截至 {day}，列为{tier}", "名單截至 {day}，列為{tier}", "It has the firm in the {tier}, as of {day}";
        PaperListAbsent: "名单截至 {day}，没有列出这家企业", "名單截至 {day}，沒有列出這家企業", "It does not list the firm, as of {day}";
        PaperListOlder: "名单截至 {day}，比证书旧，不能作准", "名單截至 {day}，比證書舊，不能作準", "It is older than the certificate (as of {day}) and decides nothing";
        PaperListAnother: "证书属于另一份名单，本机的名单不能作准", "證書屬於另一份名單，本機的名單不能作準", "The certificate is of another list, so this one decides nothing";
        FileSigned: "发布者签发的文件", "發布者簽發的文件", "Signed by the publisher";
        FileSignedBody: "它与签名的清单所写一字节不差：{name}。", "它與簽名的清單所寫一個位元組不差：{name}。", "It is to the byte what the signed contents promise: {name}.";
        FileMetadata: "{role} 元数据第 {version} 版，需要 {threshold} 把钥匙签名，签名相符，有效至 {day}。", "{role} 元數據第 {version} 版，需要 {threshold} 把鑰匙簽名，簽名相符，有效至 {day}。", "Metadata of {role}, version {version}: signatures needed {threshold}, and they are good; valid until {day}.";
        FileNotUsed: "它由发布者签名，但本机的名单不是用它核实的，而是用第 {version} 版。", "它由發布者簽名，但本機的名單不是用它核實的，而是用第 {version} 版。", "The publisher signed it, but the list on this device was not verified by it: version {version} was used.";
        FileUsed: "本机的名单正是用这个文件核实的。", "本機的名單正是用這個文件核實的。", "It is one of the files by which the list on this device was verified.";
        FileBare: "没有人签名的名单", "沒有人簽名的名單", "A list that nobody signed";
        FileBareBody: "文件完整，级别与其中的依据一致，但发布者现在没有为它签名。它自称第 {n} 期，截至 {day}；这没有人担保。", "文件完整，級別與其中的依據一致，但發布者現在沒有為它簽名。它自稱第 {n} 期，截至 {day}；這沒有人擔保。", "The file is whole and its tiers follow from its evidence, but the publisher does not sign it now. It calls itself edition {n}, as of {day}; nobody vouches for that.";
        FileUnknown: "不是这份名单的文件", "不是這份名單的文件", "Not a file of this list";
        FileUnknownBody: "发布者现在没有为它签名，它也不是名单。对它不作判断。", "發布者現在沒有為它簽名，它也不是名單。對它不作判斷。", "The publisher does not sign it now, and it is no list. Nothing is said about it.";

        // A firm on the list.
        Back: "返回", "返回", "Back";
        Listed: "在红榜上", "在紅榜（優良名單）上", "On the Quality Red List";
        CleanFor: "连续 {years}抽检无不合格", "連續 {years}抽檢沒有不合格", "No failed sampling for {years}";
        AsOf: "名单截至", "名單截至", "List as of";
        StreakStart: "连续合格自", "連續合格自", "Clean since";
        StreakLength: "连续时长", "連續時間", "Length";
        StreakDays: "{years}（共 {days} 天）", "{years}（共 {days} 天）", "{years} ({days} days)";
        SamplingsInStreak: "其间抽检", "期間抽檢", "Samplings in it";
        Batches: "{n} 批次", "{n} 批次", "{n}";
        BatchesUncounted: "{n} 批次，另有 {u} 批次不计入", "{n} 批次，另有 {u} 批次不計入", "{n}, and {u} that do not count";
        NextTier: "下一级", "下一級", "Next tier";
        NextTierOn: "如一直无不合格，{day}升入{tier}", "如一直沒有不合格，{day}升入{tier}", "{tier} on {day}, if no sampling fails";
        NextTierNone: "已是最高一级", "已是最高一級", "This is the highest tier";
        CreditCode: "统一社会信用代码", "統一社會信用代碼", "Credit code";
        NoCreditCode: "名单里没有代码，只按名称识别", "名單中沒有代碼，只按名稱識別", "None in the list: known by name only";
        Place: "登记地", "登記地", "Registered in";
        PlaceUnknown: "未知", "未知", "Unknown";
        PlaceCode: "行政区划 {code}", "行政區劃 {code}", "division {code}";
        Print: "打印", "列印", "Print";
        Share: "分享", "分享", "Share";
        ShareCopied: "链接已复制", "連結已複製", "Link copied";
        ShareFailed: "浏览器不让复制，请手动复制地址栏", "瀏覽器不容許複製，請手動複製網址", "The browser refused to copy; copy the address bar instead";
        ShareText: "{name}：{status}（名单截至 {day}）", "{name}：{status}（名單截至 {day}）", "{name}: {status} (list as of {day})";

        // The picture of samplings by year.
        TimelineTitle: "历年抽检", "歷年抽檢", "Samplings by year";
        TimelineAlt: "{from} 至 {to} 年共抽检 {n} 批次，不合格 {f} 批次，不计入 {u} 批次。", "{from} 至 {to} 年共抽檢 {n} 批次，不合格 {f} 批次，不計入 {u} 批次。", "{n} samplings from {from} to {to}: {f} failed, {u} do not count.";
        TimelineStreak: "连续合格的时间", "連續合格的時間", "the clean streak";
        TimelineTable: "用表格看", "以表格查看", "As a table";
        Year: "年份", "年份", "Year";
        Clean: "合格", "合格", "Passed";
        Failed: "不合格", "不合格", "Failed";
        Uncounted: "不计入", "不計入", "Not counted";

        // The evidence.
        EvidenceTitle: "依据：{n} 批次抽检", "依據：{n} 批次抽檢", "The evidence: {n} samplings";
        EvidenceOrder: "最近的在前。", "最近的在前。", "Newest first.";
        EvidenceAll: "显示全部 {n} 批次", "顯示全部 {n} 批次", "Show all {n}";
        EvidencePrinted: "这里只印最近的 {n} 批次，全部见 {address}", "這裡只印最近的 {n} 批次，全部見 {address}", "Only the newest {n} are printed; all of them: {address}";
        SourceRow: "{title}，第 {row} 行", "{title}，第 {row} 行", "{title}, row {row}";
        SourceOpen: "打开公告原文", "打開公告原文", "Open the bulletin";
        FailedItems: "不合格项目：{items}", "不合格項目：{items}", "Failed items: {items}";
        DaySampled: "抽样日", "抽樣日", "day of sampling";
        DayPublished: "公布日", "公布日", "day of publication";
        DayYearEnd: "检验年度末", "檢驗年度末", "end of the inspection year";
        RetestUpheld: "复检仍不合格", "複檢仍不合格", "Re-test confirmed the failure";
        RetestOverturned: "初检不合格，复检合格，以复检为准", "初檢不合格，複檢合格，以複檢為準", "First test failed, re-test passed; the re-test is final";
        FollowUpPassed: "整改后复查合格；该次不合格仍然计入", "整改後複查合格；該次不合格仍然計入", "Corrected and passed a follow-up; the failure itself stays";
        FollowUpFailed: "整改后复查仍不合格", "整改後複查仍不合格", "Failed the follow-up as well";
        FollowUpOpen: "尚未完成整改", "尚未完成整改", "Not corrected yet";
        StandingPending: "有异议或正在复检，结果未定", "有異議或正在複檢，結果未定", "Contested or being re-tested: not final";
        StandingDisowned: "疑为假冒，或企业否认生产", "懷疑假冒，或企業否認生產", "Suspected counterfeit, or the firm denies having made it";
        StandingWithdrawn: "公布机关已撤回", "公布機關已撤回", "Withdrawn by the authority";
        RolePrincipal: "作为委托方", "作為委託方", "as the principal who had it made";
        RoleContractor: "作为受托方", "作為受託方", "as the contractor who made it";
        RoleFiller: "作为分装方", "作為分裝方", "as the filler or packer";
        RoleImporter: "作为进口商", "作為進口商", "as the importer";
        RoleDealer: "作为经销商", "作為經銷商", "as the dealer";
        NotCounted: "不计入：{why}", "不計入：{why}", "Does not count: {why}";
        WhyPending: "结果未定，不能据以上榜，也不能据以下榜", "結果未定，不能據此上榜，也不能據此下榜", "the result is not final, and nobody may gain or lose by it";
        WhyDisowned: "可能不是这家企业的产品", "可能不是這家企業的產品", "it may not be this firm’s product";
        WhyWithdrawn: "结果已被撤回", "結果已被撤回", "the result was withdrawn";
        WhyNotResponsible: "这家企业在该批产品中不承担生产责任", "這家企業在該批產品中不承擔生產責任", "the firm is not responsible for that batch as its maker";
        WhyCorrected: "已整改并复查合格", "已整改並複查合格", "it was corrected and passed the follow-up";
        WhyBeforeDataFrom: "早于名单开始计算的日子", "早於名單開始計算的日子", "it is older than the first day that counts";
        WhyAfterAsOf: "晚于名单的截止日", "晚於名單的截止日", "it is later than the day of the list";

        // What the other readings of 连续 would say.
        ReadingsTitle: "“连续”的四种读法", "「連續」的四種讀法", "Four readings of “running”";
        ReadingsIntro: "公开的规则没有说明“连续”怎样计算。本名单采用标明的读法；其他读法会得出：", "公開的規則沒有說明「連續」怎樣計算。本名單採用標明的讀法；其他讀法會得出：", "The published rule does not say how a streak is counted. This list uses the marked reading; the others would say:";
        ReadingUsed: "本名单采用", "本名單採用", "Used by this list";
        ReadingElapsed: "从首次合格算到名单截止日", "由首次合格計至名單截止日", "From the first pass to the day of the list";
        ReadingSpanned: "从首次合格算到最近一次合格", "由首次合格計至最近一次合格", "From the first pass to the latest pass";
        ReadingDistinctYears: "有抽检且全部合格的年份数", "有抽檢且全部合格的年份數", "Number of years with samplings and no failure";
        ReadingEveryYear: "每年都有抽检且全部合格", "每年都有抽檢且全部合格", "Every single year sampled, without failure";
        ReadingGives: "{years}，{tier}", "{years}，{tier}", "{years}: {tier}";
        ReadingNoStreak: "没有连续记录，不上榜", "沒有連續紀錄，不上榜", "no streak, not on the list";
        StartsAfterFailure: "{day}曾不合格，之后重新算起", "{day}曾不合格，其後重新計起", "begins again after the failure of {day}";
        StartsAfterMissingYear: "{year} 年没有抽检，之后重新算起", "{year} 年沒有抽檢，其後重新計起", "begins again after {year}, a year without a sampling";
        StartsAfterSilence: "{day}之后太久没有抽检，重新算起", "{day}之後太久沒有抽檢，重新計起", "begins again after the silence since {day}";
        StartsFirst: "从第一次抽检算起", "由第一次抽檢計起", "begins with the first sampling";
        NoneChainEnded: "{day}之后有整年没有抽检", "{day}之後有整年沒有抽檢", "whole years without a sampling after {day}";
        NoneSinceFailure: "{day}不合格之后还没有合格的抽检", "{day}不合格之後還沒有合格的抽檢", "no pass yet since the failure of {day}";
        NoneCounted: "没有计入的抽检", "沒有計入的抽檢", "no sampling counts";
        NoneSilent: "{day}之后太久没有抽检", "{day}之後太久沒有抽檢", "no sampling for too long after {day}";
        NamesTitle: "其他名称", "其他名稱", "Other names";
        FormerNames: "曾用名", "曾用名", "Former names";
        TradeMarks: "商标", "商標", "Trade marks";

        // Answers that are no tier.
        NotListed: "不在本期名单上", "不在本期名單上", "Not on this list";
        NotListedBody: "截至 {day}的名单里没有它。这不说明该企业有任何问题：多数企业从未被抽查，也就不会上榜。", "截至 {day}的名單中沒有它。這不說明該企業有任何問題：多數企業從未被抽查，因此不會上榜。", "It is not in the list as of {day}. That says nothing against the firm: most firms are never sampled, and so cannot be on the list.";
        UnknownBarcode: "名单里没有这个条码", "名單中沒有這個條碼", "This barcode is not in the list";
        UnknownBarcodeBody: "截至 {day}的名单没有记下这个条码属于哪家企业，所以没有查询结果，也不说明任何企业的情况。请按包装上的生产企业名称查。", "截至 {day}的名單沒有記下這個條碼屬於哪家企業，所以沒有查詢結果，也不說明任何企業的情況。請按包裝上的生產企業名稱查詢。", "The list as of {day} does not record whose barcode this is, so there is no answer, and nothing is said about any firm. Look up the maker that is named on the package.";
        NotListedTips: "也许可以再试试", "也許可以再試", "Worth another try";
        NotListedTipMaker: "看产品上的“生产者”“制造商”：品牌方或商店往往不是生产企业。", "看產品上的「生產者」「製造商」：品牌或商店往往不是生產企業。", "Look for the maker on the product (生产者, 制造商): a brand or shop is often somebody else.";
        NotListedTipCode: "用营业执照上 18 位的统一社会信用代码查，最准确。", "用營業執照上 18 位的統一社會信用代碼查詢，最準確。", "The 18-character credit code on the business licence is the surest way.";
        NotListedTipPart: "只输入名称里最特别的两三个字。", "只輸入名稱中最特別的兩三個字。", "Type only the two or three most distinctive characters.";
        Similar: "名称相近的企业", "名稱相近的企業", "Firms with similar names";
        Inspected: "有抽检记录，目前不在榜上", "有抽檢紀錄，目前不在榜上", "Sampled, and not on the list now";
        InspectedWhy: "为什么", "為甚麼", "Why";
        InspectedTooShort: "连续合格 {years}，还不到 {least}", "連續合格 {years}，還不到 {least}", "Clean for {years}, short of {least}";
        InspectedElsewhere: "名单只列本省登记的企业", "名單只列本省登記的企業", "The list holds firms registered in the province only";
        Several: "有 {n} 家企业符合", "有 {n} 家企業符合", "{n} firms fit";
        SeveralFirst: "符合的企业很多，先列 {n} 家", "符合的企業很多，先列 {n} 家", "Many firms fit; here are {n}";
        SeveralBody: "它们是不同的企业，请选择您要查的那一家。", "它們是不同的企業，請選擇您要查的那一家。", "They are different firms. Choose the one you mean.";
        Mistyped: "这个代码写错了", "這個代碼寫錯了", "This code has a mistake";
        MistypedBody: "所以没有查询结果，也不说明任何企业的情况。", "所以沒有查詢結果，也不說明任何企業的情況。", "So there is no answer, and nothing is said about any firm.";
        MistypedAlphabet: "第 {position} 个字符是“{found}”。代码只用数字和大写字母，而且不用 I、O、S、V、Z。", "第 {position} 個字符是「{found}」。代碼只用數字和大寫字母，而且不用 I、O、S、V、Z。", "Character {position} is “{found}”. Codes have digits and capital letters only, and never I, O, S, V or Z.";
        MistypedCheck: "前 17 个字符算出的校验位是 {expected}，这里写的是 {found}：至少有一个字符抄错了。", "前 17 個字符算出的校驗位是 {expected}，這裡寫的是 {found}：至少有一個字符抄錯了。", "The first 17 characters ask for {expected} at the end, but there is {found}: at least one character was copied wrongly.";
        MistypedLength: "应有 18 个字符，这里有 {found} 个。", "應有 18 個字符，這裡有 {found} 個。", "A code has 18 characters; this has {found}.";
        MistypedOrganisation: "第 9 至 16 个字符算出的第 17 位是 {expected}，这里写的是 {found}。", "第 9 至 16 個字符算出的第 17 位是 {expected}，這裡寫的是 {found}。", "Characters 9 to 16 ask for {expected} as character 17, but there is {found}.";
        MistypedAdvice: "请对照营业执照，一个一个字符核对。", "請對照營業執照，逐個字符核對。", "Compare it with the business licence, character by character.";
        MistypedNear: "名单里只差一处的代码", "名單中只差一處的代碼", "Codes in the list that differ in one place";
        SearchAgain: "重新查找", "重新查找", "Search again";

        // The list and its figures.
        ListTitle: "榜单一览", "榜單一覽", "The list at a glance";
        ListTotal: "{n} 家企业在榜", "{n} 家企業在榜", "{n} on the list";
        ListTiers: "按级别", "按級別", "By tier";
        ListCities: "按登记地", "按登記地", "By place of registration";
        ListCoverage: "依据 {samplings} 批次抽检，出自 {bulletins} 份公告（{from} 至 {to} 年）。", "依據 {samplings} 批次抽檢，出自 {bulletins} 份公告（{from} 至 {to} 年）。", "Judged from {samplings} samplings in {bulletins} bulletins ({from} to {to}).";
        ListFailuresOnly: "其中 {n} 份公告只列不合格。", "其中 {n} 份公告只列不合格。", "{n} of them list failures only.";
        ListBrowse: "浏览企业", "瀏覽企業", "Browse the firms";
        ListShown: "{n} 家企业", "{n} 家企業", "Firms: {n}";
        ListMore: "再显示 {n} 家", "再顯示 {n} 家", "Show {n} more";
        ListClasses: "按产品类别", "按產品類別", "By product class";
        ListClassesAll: "显示全部 {n} 类", "顯示全部 {n} 類", "Show all {n} classes";
        ListChanges: "自上一期以来", "自上一期以來", "Since the edition before";
        ListChangesSince: "本机的上一期名单截至 {day}。", "本機的上一期名單截至 {day}。", "The edition that this device had before was as of {day}.";
        ListChangesUnknown: "本机没有更早的名单可以比较；下次更新后，这里会列出变化。", "本機沒有更早的名單可以比較；下次更新後，這裡會列出變化。", "This device has had no earlier edition to compare with. After the next update the changes stand here.";
        ChangeNew: "新上榜", "新上榜", "New on the list";
        ChangeLeft: "离开榜单", "離開榜單", "Left the list";
        ChangeUp: "升级", "升級", "Moved up";
        ChangeDown: "降级", "降級", "Moved down";
        ListOther: "其他或未知", "其他或未知", "Elsewhere or unknown";
        Tier: "级别", "級別", "Tier";

        // About: verification, settings, privacy.
        AboutTitle: "说明与设置", "說明與設定", "About and settings";
        SettingsTitle: "设置", "設定", "Settings";
        TextSize: "文字大小", "文字大小", "Text size";
        TextNormal: "标准", "標準", "Normal";
        TextElder: "长辈版", "長者版", "Larger";
        Theme: "外观", "外觀", "Appearance";
        ThemeSystem: "跟随系统", "跟隨系統", "As the system";
        ThemeLight: "浅色", "淺色", "Light";
        ThemeDark: "深色", "深色", "Dark";
        VerifyTitle: "这份名单是怎样核实的", "這份名單是怎樣核實的", "How this list was verified";
        VerifyIntro: "以下每一步都在本机完成，每次打开都重做一遍。", "以下每一步都在本機完成，每次打開都重做一遍。", "Every step below was done on this device, and is done again each time the app opens.";
        VerifyRoot: "信任的起点", "信任的起點", "Where trust begins";
        VerifyRootBody: "程序内置的根文件，经 {changes} 次换钥到第 {version} 版，有效至 {day}。", "程式內置的根文件，經 {changes} 次換鑰到第 {version} 版，有效至 {day}。", "The root built into this program, through {changes} changes of keys to version {version}, valid until {day}.";
        VerifyTargets: "谁签发了名单", "誰簽發了名單", "Who signed the list";
        VerifyTargetsBody: "清单第 {version} 版，需要 {threshold} 把钥匙签名，签名相符，有效至 {day}。", "清單第 {version} 版，需要 {threshold} 把鑰匙簽名，簽名相符，有效至 {day}。", "Contents, version {version}: signatures needed {threshold}, and they are good; valid until {day}.";
        VerifySnapshot: "没有混搭旧文件", "沒有混搭舊文件", "Nothing mixed in";
        VerifySnapshotBody: "快照第 {version} 版，有效至 {day}。", "快照第 {version} 版，有效至 {day}。", "Snapshot version {version}, valid until {day}.";
        VerifyTimestamp: "不是旧名单", "不是舊名單", "Not an old list";
        VerifyTimestampBody: "时间戳第 {version} 版，有效至 {day}。", "時間戳第 {version} 版，有效至 {day}。", "Timestamp version {version}, valid until {day}.";
        VerifyBytes: "一个字节也没有改动", "一個位元組也沒有改動", "Not a byte was changed";
        VerifyBytesBody: "{name}，{size}，指纹（SHA-256）相符。", "{name}，{size}，指紋（SHA-256）相符。", "{name}, {size}; its fingerprint (SHA-256) is the one that was signed.";
        VerifyTiers: "本机重新算过", "本機重新計算過", "Recomputed here";
        VerifyTiersBody: "从 {samplings} 批次抽检重新计算了 {firms} 家企业的级别，与发布者所列完全一致；用时 {ms} 毫秒。", "從 {samplings} 批次抽檢重新計算了 {firms} 家企業的級別，與發布者所列完全一致；用時 {ms} 毫秒。", "The tiers of {firms} firms were computed again from {samplings} samplings and agree with the published ones; that took {ms} ms.";
        VerifyKeys: "签名钥匙", "簽名鑰匙", "Signing keys";
        VerifyFingerprint: "指纹", "指紋", "Fingerprint";
        UpdateChecked: "最近一次成功检查：{day}", "最近一次成功檢查：{day}", "Last checked successfully: {day}";
        EditionTitle: "本期名单", "本期名單", "This edition";
        EditionNumber: "第 {n} 期", "第 {n} 期", "Edition {n}";
        EditionPolicy: "规则：{policy}", "規則：{policy}", "Policy: {policy}";
        ValidUntil: "有效至 {day}", "有效至 {day}", "Valid until {day}";
        PrivacyTitle: "隐私", "私隱", "Privacy";
        PrivacyBody: "您查什么，只有本机知道。程序只向同一网站取名单文件，任何查询都不离开本机；没有统计、没有 Cookie、没有账号。", "您查甚麼，只有本機知道。程式只向同一網站取名單文件，任何查詢都不會離開本機；沒有統計、沒有 Cookie、沒有帳號。", "Only this device knows what you look up. The app fetches nothing but the list, from the same site; no look-up leaves the device. No statistics, no cookies, no account.";
        OfflineTitle: "没有网络也能用", "沒有網絡也能用", "Works offline";
        OfflineBody: "名单保存在本机。在 iPhone 上，把本页“添加到主屏幕”，浏览器就不会清掉它。", "名單保存在本機。在 iPhone 上，把本頁「加入主畫面」，瀏覽器便不會清除它。", "The list is kept on this device. On an iPhone, “Add to Home Screen” keeps the browser from clearing it.";

        // While there is no list, and when something is wrong. Red means honour here, so faults never use it.
        FaultStorage: "浏览器没有保存名单", "瀏覽器沒有保存名單", "The browser did not keep the list";
        FaultStorageBody: "现在照常可查；下次打开需要重新联网取名单。", "現在照常可查；下次打開需要重新連線取名單。", "Everything works now, but the list must be fetched again next time.";
        NewList: "已换用新名单（截至 {day}）", "已換用新名單（截至 {day}）", "New list in use (as of {day})";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(text: &str) -> Vec<&str> {
        let mut gaps: Vec<&str> =
            text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
        gaps.sort_unstable();
        gaps
    }

    #[test]
    fn no_text_is_missing_in_any_language() {
        for text in Text::ALL {
            for language in Language::ALL {
                assert!(!language.text(*text).trim().is_empty(), "{text:?} in {language:?}");
            }
        }
    }

    #[test]
    fn the_first_part_of_the_program_says_nothing_of_the_rest() {
        for file in [
            include_str!("fault.rs"),
            include_str!("frame.rs"),
            include_str!("places.rs"),
            include_str!("seal.rs"),
            include_str!("standing.rs"),
            include_str!("screens/hits.rs"),
            include_str!("screens/search.rs"),
            include_str!("screens/waiting.rs"),
        ] {
            for text in &Text::ALL[Text::FIRST..] {
                let name = format!("{text:?}");
                let mut said = file.split("Text::").skip(1);
                let is_it = |after: &str| {
                    after.split(|letter: char| !letter.is_alphanumeric()).next() == Some(name.as_str())
                };
                assert!(!said.any(is_it), "{name}");
            }
        }
    }

    #[test]
    fn every_text_is_one_line_of_its_file() {
        for text in Text::ALL {
            for language in Language::ALL {
                assert_eq!(language.text(*text).lines().count(), 1, "{text:?} in {language:?}");
            }
        }
    }

    #[test]
    fn every_language_has_the_same_gaps() {
        for text in Text::ALL {
            // The tier is named by the data in Chinese and counted in English.
            if *text == Text::TierOf {
                continue;
            }
            let expected = gaps(Language::Hans.text(*text));
            for language in Language::ALL {
                assert_eq!(gaps(language.text(*text)), expected, "{text:?} in {language:?}");
            }
        }
    }

    #[test]
    fn each_script_keeps_to_itself() {
        for text in Text::ALL {
            let (simplified, traditional) = (Language::Hans.text(*text), Language::HantHk.text(*text));
            assert!(!simplified.contains(['們', '這', '個', '單', '為', '業']), "{text:?}: {simplified}");
            assert!(!traditional.contains(['们', '这', '个', '单', '为', '业']), "{text:?}: {traditional}");
        }
    }
}
