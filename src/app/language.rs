//! The three languages of the app.

/// A language that every text of the app exists in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Language {
    /// Simplified Chinese.
    Hans,
    /// Traditional Chinese as written in Hong Kong, also for Macau and Taiwan.
    HantHk,
    /// English.
    English,
}

impl Language {
    /// Every language, in the order in which a reader is offered them.
    pub const ALL: [Self; 3] = [Self::Hans, Self::HantHk, Self::English];

    /// The BCP 47 tag for `lang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Hans => "zh-Hans",
            Self::HantHk => "zh-Hant-HK",
            Self::English => "en",
        }
    }

    /// Its own name in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hans => "简体中文",
            Self::HantHk => "繁體中文（香港）",
            Self::English => "English",
        }
    }

    /// The language for a tag of the browser: Traditional for what is written so, Simplified for other Chinese.
    pub fn for_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase();
        let parts: Vec<&str> = tag.split(['-', '_']).collect();
        match parts.first().copied() {
            Some("zh" | "yue") => {
                let has = |word: &str| parts.contains(&word);
                let traditional =
                    has("hant") || (!has("hans") && (has("hk") || has("mo") || has("tw") || has("yue")));
                Some(if traditional { Self::HantHk } else { Self::Hans })
            }
            Some("en") => Some(Self::English),
            _ => None,
        }
    }

    /// The first language that a reader prefers and the app has; English for readers of other languages.
    pub fn preferred<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        tags.into_iter().find_map(Self::for_tag).unwrap_or(Self::English)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_browsers_find_their_language() {
        for (tag, language) in [
            ("zh-CN", Language::Hans),
            ("zh", Language::Hans),
            ("zh-Hans-HK", Language::Hans),
            ("zh-HK", Language::HantHk),
            ("zh-Hant", Language::HantHk),
            ("zh_TW", Language::HantHk),
            ("yue", Language::HantHk),
            ("en-GB", Language::English),
        ] {
            assert_eq!(Language::for_tag(tag), Some(language), "{tag}");
            assert_eq!(Language::for_tag(language.tag()), Some(language));
        }
        assert_eq!(Language::preferred(["pt-PT", "zh-MO"]), Language::HantHk);
        assert_eq!(Language::preferred(["pt-PT"]), Language::English);
    }
}
