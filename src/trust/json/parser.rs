//! Reads JSON, and refuses what two readers could understand differently.

use super::{JsonError, MAX_DEPTH, MAX_INTEGER, Object, Value};

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
            return Ok(Value::Object(Object::default()));
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
        let object = Object::of_unique(members);
        object.map(Value::Object).map_err(|name| JsonError::DuplicateName { name, at: self.at })
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
                    out.push_str(self.text.get(plain_from..self.at).unwrap_or_default());
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    out.push_str(self.text.get(plain_from..self.at).unwrap_or_default());
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
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
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
