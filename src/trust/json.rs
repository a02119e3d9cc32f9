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

mod error;
mod parser;

use std::cmp::Ordering;
use std::collections::BinaryHeap;

pub use error::JsonError;
pub use parser::parse;

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

/// A member in the order of names alone.
struct Member((String, Value));

impl Ord for Member {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.0.cmp(&other.0.0)
    }
}

impl PartialOrd for Member {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Member {}

/// Whether none of these stands twice.
pub(crate) fn are_unique<'a>(texts: impl Iterator<Item = &'a String>) -> bool {
    Object::of_unique(texts.map(|text| (text.clone(), Value::Null)).collect()).is_ok()
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

    /// An object with these members, or a name that two of them have.
    ///
    /// Sorted by a heap, which takes a tenth of the code that `sort` brings into a browser.
    pub(crate) fn of_unique(members: Vec<(String, Value)>) -> Result<Self, String> {
        let heap: BinaryHeap<_> = members.into_iter().map(Member).collect();
        let members: Vec<_> = heap.into_sorted_vec().into_iter().map(|Member(member)| member).collect();
        match members.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(pair[0].0.clone()),
            None => Ok(Self(members)),
        }
    }

    /// Takes the member with this name out, by value.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.find(name).ok()?;
        Some(self.0.remove(at).1)
    }

    /// The member with this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let at = self.find(name).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// The bytes that are signed, see [`Value::canonical`].
    pub fn canonical(&self) -> Vec<u8> {
        let mut out = String::new();
        write_object(self, &mut out, escape_canonical);
        out.into_bytes()
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

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(member, _)| member.as_str().cmp(name))
    }
}

/// The largest whole number that every reader keeps exactly: 2^53 - 1.
pub const MAX_INTEGER: i64 = (1 << 53) - 1;
/// How deep arrays and objects may lie inside each other. TUF's own metadata needs seven levels.
pub const MAX_DEPTH: u32 = 32;

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
        Value::Object(object) => write_object(object, out, escape),
        Value::Text(text) => write_string(text, out, escape),
    }
}

fn write_object(object: &Object, out: &mut String, escape: fn(char, &mut String)) {
    let write_member = |(name, value): &(String, Value), out: &mut String| {
        write_string(name, out, escape);
        out.push(':');
        write(value, out, escape);
    };
    write_list(object.0.iter(), out, ['{', '}'], write_member);
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
        control if control < ' ' => {
            let code = u32::from(control);
            let digit = |shift: u32| char::from_digit(code >> shift & 15, 16).unwrap_or_default();
            out.push_str("\\u00");
            out.extend([digit(4), digit(0)]);
        }
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
        assert!(parse(b"[1]", 3).is_ok());
        let error = parse(b"[1]", 2).unwrap_err();
        assert_eq!(error.to_string(), "expected at most 2 bytes, found 3");
        let advice = "fetch the file again; if it stays so, tell the publisher that it is damaged";
        assert_eq!(crate::Problem::advice(&error), advice);
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

    #[test]
    fn every_escape_of_json_is_read() {
        let text = r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#;
        assert_eq!(read(text), Ok(Value::from("\"\\/\u{8}\u{c}\n\r\té😀")));
    }

    #[test]
    fn control_characters_are_written_as_json_has_them() {
        let written = |text: &str| Value::from(text).to_json();
        assert_eq!(written("\u{0}\t\n\u{1f} \u{7f}"), "\"\\u0000\\u0009\\n\\u001f \u{7f}\"");
        assert_eq!(written("\"\\/"), r#""\"\\/""#);
    }

    #[test]
    fn an_object_is_empty_without_members_alone() {
        assert!(Object::default().is_empty());
        assert!(!Object::of([("", Value::Null)]).is_empty());
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
                    for (name, value) in members {
                        object.set(&name, value);
                    }
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
