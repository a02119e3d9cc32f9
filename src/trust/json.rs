//! JSON as signed metadata needs it: a parser that refuses what two readers could understand differently, and the
//! canonical form over which signatures are made.
//!
//! The canonical form is OLPC's, exactly as TUF's reference implementation (securesystemslib) writes it: members
//! sorted by code point, no white space, and in strings only `"` and `\` escaped, so that a line break stands there
//! raw. It is not always JSON, and it is never parsed.
//!
//! ```
//! use hongbang::trust::json;
//! let value = json::parse(br#" { "b": 1, "a": "x\ny" } "#, 100).unwrap();
//! assert_eq!(value.canonical(), b"{\"a\":\"x\ny\",\"b\":1}");
//! assert_eq!(value.to_json(), r#"{"a":"x\ny","b":1}"#);
//! ```

use std::fmt;

use crate::Problem;

/// A JSON value without fractions.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Value {
    /// An ordered list.
    Array(Vec<Value>),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number between -[`MAX_INTEGER`] and [`MAX_INTEGER`].
    Integer(i64),
    /// `null`.
    Null,
    /// Named members.
    Object(Object),
    /// A string.
    Text(String),
}

impl Value {
    /// The elements, of an array.
    pub fn array(&self) -> Option<&[Value]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The truth value, of a boolean.
    pub fn boolean(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The number, of a whole number.
    pub fn integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }

    /// The members, of an object.
    pub fn object(&self) -> Option<&Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// The characters, of a string.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The member with this name, of an object that has it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.object()?.get(name)
    }

    /// The bytes that are signed: OLPC canonical JSON as TUF's reference writes it.
    pub fn canonical(&self) -> Vec<u8> {
        let mut out = String::new();
        write(self, &mut out, escape_canonical);
        out.into_bytes()
    }

    /// Compact JSON text, members sorted: what a publisher writes into a file.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        write(self, &mut out, escape_json);
        out
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

/// The members of an object: every name once, sorted by code point.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    /// An object with these members; of two with the same name, the later.
    pub fn of<const N: usize>(members: [(&str, Value); N]) -> Self {
        let mut object = Self::default();
        for (name, value) in members {
            object.set(name, value);
        }
        object
    }

    /// The member with this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let at = self.find(name).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// Puts a member in, or in the place of the one with the same name.
    pub fn set(&mut self, name: &str, value: Value) {
        match self.find(name) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (name.into(), value)),
        }
    }

    /// The members in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(member, _)| member.as_str().cmp(name))
    }
}

/// Reads one JSON text of at most `limit` bytes; the length is looked at before anything else.
pub fn parse(bytes: &[u8], limit: u64) -> Result<Value, JsonError> {
    let found = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if found > limit {
        return Err(JsonError::TooLong { limit, found });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| JsonError::NotUtf8 { at: error.valid_up_to() })?;
    let mut parser = Parser { text, at: 0, depth: 0 };
    let value = parser.value()?;
    parser.skip_space();
    if parser.peek().is_some() { Err(parser.expected("the end of the text")) } else { Ok(value) }
}

/// Why a text is not JSON that can be signed. Positions are bytes from the start.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum JsonError {
    /// Two members of one object have the same name.
    DuplicateName {
        /// The name.
        name: String,
        /// Where the object ends.
        at: usize,
    },
    /// A number with a fraction or an exponent: encoders disagree on them.
    Fraction {
        /// Where the number begins.
        at: usize,
    },
    /// A whole number beyond [`MAX_INTEGER`]: some readers would round it.
    IntegerTooLarge {
        /// Where the number begins.
        at: usize,
    },
    /// The bytes are not UTF-8.
    NotUtf8 {
        /// The first byte that does not fit.
        at: usize,
    },
    /// The text breaks off or says something else than JSON allows here.
    Syntax {
        /// What could have stood here.
        expected: &'static str,
        /// Where.
        at: usize,
    },
    /// Objects and arrays lie deeper inside each other than [`MAX_DEPTH`].
    TooDeep {
        /// Where the one too many begins.
        at: usize,
    },
    /// More bytes than the limit for this kind of text.
    TooLong {
        /// The limit in bytes.
        limit: u64,
        /// The length in bytes.
        found: u64,
    },
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateName { name, at } => {
                write!(f, "expected every name once in an object, found {name:?} twice before byte {at}")
            }
            Self::Fraction { at } => write!(f, "expected a whole number, found a fraction at byte {at}"),
            Self::IntegerTooLarge { at } => {
                write!(f, "expected a whole number up to 2^53-1, found a larger one at byte {at}")
            }
            Self::NotUtf8 { at } => write!(f, "expected UTF-8, found another byte at {at}"),
            Self::Syntax { expected, at } => write!(f, "expected {expected} at byte {at} of the JSON text"),
            Self::TooDeep { at } => {
                write!(f, "expected at most {MAX_DEPTH} levels, found one more at byte {at}")
            }
            Self::TooLong { limit, found } => write!(f, "expected at most {limit} bytes, found {found}"),
        }
    }
}

impl std::error::Error for JsonError {}

impl Problem for JsonError {
    fn code(&self) -> &'static str {
        "bad_json"
    }

    fn advice(&self) -> String {
        "fetch the file again; if it stays so, tell the publisher that it is damaged".into()
    }
}

/// The largest whole number that every reader keeps exactly: 2^53 - 1.
pub const MAX_INTEGER: i64 = (1 << 53) - 1;
/// How deep arrays and objects may lie inside each other. TUF's own metadata needs seven levels.
pub const MAX_DEPTH: u32 = 32;

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
}

impl Parser<'_> {
    fn value(&mut self) -> Result<Value, JsonError> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(self.expected("a value")),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, JsonError>) -> Result<Value, JsonError> {
        if self.depth == MAX_DEPTH {
            return Err(JsonError::TooDeep { at: self.at });
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    /// What follows `{`.
    fn object(&mut self) -> Result<Value, JsonError> {
        let mut members = Vec::new();
        self.skip_space();
        if self.take(b'}') {
            return Ok(Value::Object(Object(members)));
        }
        loop {
            self.skip_space();
            let name = self.string()?;
            self.skip_space();
            if !self.take(b':') {
                return Err(self.expected("':'"));
            }
            members.push((name, self.value()?));
            self.skip_space();
            if self.take(b'}') {
                break;
            }
            if !self.take(b',') {
                return Err(self.expected("',' or '}'"));
            }
        }
        members.sort_by(|(left, _), (right, _)| left.cmp(right));
        match members.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(JsonError::DuplicateName { name: pair[0].0.clone(), at: self.at }),
            None => Ok(Value::Object(Object(members))),
        }
    }

    /// What follows `[`.
    fn array(&mut self) -> Result<Value, JsonError> {
        let mut items = Vec::new();
        self.skip_space();
        if self.take(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value()?);
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::Array(items));
            }
            if !self.take(b',') {
                return Err(self.expected("',' or ']'"));
            }
        }
    }

    fn string(&mut self) -> Result<String, JsonError> {
        if !self.take(b'"') {
            return Err(self.expected("a string"));
        }
        let mut out = String::new();
        let mut plain_from = self.at;
        loop {
            match self.peek() {
                Some(b'"') => {
                    out.push_str(&self.text[plain_from..self.at]);
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    out.push_str(&self.text[plain_from..self.at]);
                    self.at += 1;
                    out.push(self.escape()?);
                    plain_from = self.at;
                }
                Some(0x20..) => self.at += 1,
                _ => return Err(self.expected("'\"' or a printable character")),
            }
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Result<char, JsonError> {
        let escaped = match self.peek() {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.escaped_code_point();
            }
            _ => return Err(self.expected("an escape sequence")),
        };
        self.at += 1;
        Ok(escaped)
    }

    /// What follows `\u`: one code unit, or a surrogate and its partner.
    fn escaped_code_point(&mut self) -> Result<char, JsonError> {
        let first = self.code_unit()?;
        let code_point = if (0xd800..0xdc00).contains(&first) && self.take(b'\\') && self.take(b'u') {
            match self.code_unit()? {
                second @ 0xdc00..0xe000 => 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00),
                _ => first,
            }
        } else {
            first
        };
        char::from_u32(code_point).ok_or_else(|| self.expected("a surrogate together with its partner"))
    }

    fn code_unit(&mut self) -> Result<u32, JsonError> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            unit = unit << 4 | digit.ok_or_else(|| self.expected("four hexadecimal digits"))?;
            self.at += 1;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<Value, JsonError> {
        let from = self.at;
        let negative = self.take(b'-');
        let leading_zero = self.peek() == Some(b'0');
        let mut number = 0i64;
        let digits_from = self.at;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            self.at += 1;
            number = number.saturating_mul(10).saturating_add(i64::from(digit - b'0'));
        }
        let digits = self.at - digits_from;
        match self.peek() {
            _ if digits == 0 => Err(self.expected("a digit")),
            Some(b'.' | b'e' | b'E') => Err(JsonError::Fraction { at: from }),
            _ if leading_zero && digits > 1 => {
                Err(JsonError::Syntax { expected: "a number without leading zeros", at: from })
            }
            _ if number > MAX_INTEGER => Err(JsonError::IntegerTooLarge { at: from }),
            _ => Ok(Value::Integer(if negative { -number } else { number })),
        }
    }

    fn word(&mut self, word: &'static str, value: Value) -> Result<Value, JsonError> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.expected(word));
        }
        self.at += word.len();
        Ok(value)
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let taken = self.peek() == Some(byte);
        self.at += usize::from(taken);
        taken
    }

    fn expected(&self, expected: &'static str) -> JsonError {
        JsonError::Syntax { expected, at: self.at }
    }
}

fn write(value: &Value, out: &mut String, escape: fn(char, &mut String)) {
    match value {
        Value::Array(items) => {
            let write_item = |item: &Value, out: &mut String| write(item, out, escape);
            write_list(items.iter(), out, ['[', ']'], write_item);
        }
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Integer(number) => out.push_str(&number.to_string()),
        Value::Null => out.push_str("null"),
        Value::Object(Object(members)) => {
            let write_member = |(name, value): &(String, Value), out: &mut String| {
                write_string(name, out, escape);
                out.push(':');
                write(value, out, escape);
            };
            write_list(members.iter(), out, ['{', '}'], write_member);
        }
        Value::Text(text) => write_string(text, out, escape),
    }
}

fn write_list<'a, T: 'a>(
    items: impl Iterator<Item = &'a T>,
    out: &mut String,
    [open, close]: [char; 2],
    write_item: impl Fn(&T, &mut String),
) {
    out.push(open);
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_item(item, out);
    }
    out.push(close);
}

fn write_string(text: &str, out: &mut String, escape: fn(char, &mut String)) {
    out.push('"');
    for character in text.chars() {
        escape(character, out);
    }
    out.push('"');
}

fn escape_canonical(character: char, out: &mut String) {
    if matches!(character, '"' | '\\') {
        out.push('\\');
    }
    out.push(character);
}

fn escape_json(character: char, out: &mut String) {
    match character {
        '\n' => out.push_str("\\n"),
        control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
        other => escape_canonical(other, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Value, JsonError> {
        parse(text.as_bytes(), 10_000)
    }

    #[test]
    fn the_canonical_form_is_that_of_the_reference() {
        for (text, canonical) in [
            (r#"{"b": 1, "a": 2}"#, r#"{"a":2,"b":1}"#),
            (r#"{"a": "\n\t\u0001\u007f"}"#, "{\"a\":\"\n\t\u{1}\u{7f}\"}"),
            (r#"{"a": "quote\" back\\slash \/"}"#, r#"{"a":"quote\" back\\slash /"}"#),
            (r#"{"\uff08": 1, "\ud842\udfb7": 2, "z": -3}"#, "{\"z\":-3,\"（\":1,\"\u{20bb7}\":2}"),
            (
                r#"{"a": [ ], "b":{ }, "c":null, "d":[true,false]}"#,
                r#"{"a":[],"b":{},"c":null,"d":[true,false]}"#,
            ),
            (r#"{"n":-0}"#, r#"{"n":0}"#),
            (r#""\uf900e\u0301""#, "\"\u{f900}e\u{301}\""),
        ] {
            assert_eq!(String::from_utf8(read(text).unwrap().canonical()).unwrap(), canonical);
        }
    }

    /// `py.out` holds what securesystemslib made of each line of `cases.jsonl`. We refuse three kinds of lines that
    /// it accepts: integers beyond 2^53-1 (two lines) and a duplicate name (one).
    #[test]
    fn the_reference_agrees_on_all_vectors_that_we_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/vectors/canonical-json/");
        let Ok(cases) = std::fs::read_to_string(format!("{folder}cases.jsonl")) else { return };
        let answers = std::fs::read_to_string(format!("{folder}py.out")).unwrap();
        assert_eq!(cases.lines().count(), answers.lines().count());
        let mut refused = 0;
        for (case, answer) in cases.lines().zip(answers.lines()) {
            match read(case) {
                Ok(value) => assert_eq!(crate::trust::to_hex(&value.canonical()), answer, "{case}"),
                Err(JsonError::Fraction { .. }) => assert!(answer.starts_with("ERR"), "{case}"),
                Err(_) => refused += 1,
            }
        }
        assert_eq!(refused, 3);
    }

    #[test]
    fn what_two_readers_could_understand_differently_is_refused() {
        let text = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(
            text(r#"{"a":1,"\u0061":1}"#),
            "expected every name once in an object, found \"a\" twice before byte 18"
        );
        assert_eq!(text("[1.0]"), "expected a whole number, found a fraction at byte 1");
        assert_eq!(text("1e3"), "expected a whole number, found a fraction at byte 0");
        let too_large = "expected a whole number up to 2^53-1, found a larger one at byte 1";
        for number in
            ["9007199254740992", "-9007199254740992", "18446744073709551615", "99999999999999999999999"]
        {
            assert_eq!(text(&format!(" {number}")), too_large);
        }
        assert_eq!(read("-9007199254740991"), Ok(Value::Integer(-MAX_INTEGER)));
    }

    #[test]
    fn depth_and_length_are_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read(&nested(32)).is_ok());
        let error = read(&nested(33)).unwrap_err();
        assert_eq!(error.to_string(), "expected at most 32 levels, found one more at byte 32");
        assert_eq!(parse(b"[1]", 2).unwrap_err().to_string(), "expected at most 2 bytes, found 3");
        // The length counts before the content: this is not even UTF-8.
        assert_eq!(parse(b"\xff\xff", 1), Err(JsonError::TooLong { limit: 1, found: 2 }));
        assert_eq!(parse(b"\"\xff\"", 9).unwrap_err().to_string(), "expected UTF-8, found another byte at 1");
    }

    #[test]
    fn broken_texts_are_refused_where_they_break() {
        for (text, expected) in [
            ("", "expected a value at byte 0 of the JSON text"),
            ("{", "expected a string at byte 1 of the JSON text"),
            ("{\"a\"}", "expected ':' at byte 4 of the JSON text"),
            ("{\"a\":1,}", "expected a string at byte 7 of the JSON text"),
            ("[1,]", "expected a value at byte 3 of the JSON text"),
            ("[1 2]", "expected ',' or ']' at byte 3 of the JSON text"),
            ("{\"a\":1 2}", "expected ',' or '}' at byte 7 of the JSON text"),
            ("01", "expected a number without leading zeros at byte 0 of the JSON text"),
            ("-", "expected a digit at byte 1 of the JSON text"),
            ("tru", "expected true at byte 0 of the JSON text"),
            ("NaN", "expected a value at byte 0 of the JSON text"),
            ("1 x", "expected the end of the text at byte 2 of the JSON text"),
            ("\u{feff}1", "expected a value at byte 0 of the JSON text"),
            ("\"a\nb\"", "expected '\"' or a printable character at byte 2 of the JSON text"),
            ("\"\\x\"", "expected an escape sequence at byte 2 of the JSON text"),
            ("\"\\u12g4\"", "expected four hexadecimal digits at byte 5 of the JSON text"),
            ("\"\\ud800\"", "expected a surrogate together with its partner at byte 7 of the JSON text"),
            (
                "\"\\udc00\\ud800\"",
                "expected a surrogate together with its partner at byte 7 of the JSON text",
            ),
            (
                "\"\\ud800\\u0041\"",
                "expected a surrogate together with its partner at byte 13 of the JSON text",
            ),
        ] {
            assert_eq!(read(text).unwrap_err().to_string(), expected, "{text}");
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            (-MAX_INTEGER..=MAX_INTEGER).prop_map(Value::Integer),
            any::<String>().prop_map(Value::Text),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
                prop::collection::vec((any::<String>(), inner), 0..5).prop_map(|members| {
                    let mut object = Object::default();
                    members.into_iter().for_each(|(name, value)| object.set(&name, value));
                    Value::Object(object)
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in any_value()) {
            prop_assert_eq!(parse(value.to_json().as_bytes(), u64::MAX), Ok(value));
        }

        #[test]
        fn what_is_accepted_is_json_to_another_parser_too(text in "[\\[\\]{}:,\"a\\\\u0-9. \n-]{0,12}") {
            let other = serde_json::from_str::<serde_json::Value>(&text);
            prop_assert!(parse(text.as_bytes(), 100).is_err() || other.is_ok());
        }
    }
}
