//! What an endpoint asks its callers for, and the header that it comes in.

use super::value;
use crate::finding::Place;
use crate::json::{Kind, Member, Text, Value};

/// What KrakenD calls its check of tokens: now, and before version 2.
pub(super) const VALIDATORS: [&str; 3] = [
    "auth/validator",
    "github.com/devopsfaith/krakend-jose/validator",
    "github_com/devopsfaith/krakend-jose/validator",
];
pub(super) const API_KEYS: &str = "auth/api-keys";
const BASIC: &str = "auth/basic";

/// A token, a key or a password that an endpoint asks for.
pub(crate) struct Token<'a> {
    /// As a sentence has it.
    pub(crate) what: &'static str,
    /// The key of the section that asks for it.
    pub(crate) key: Place,
    header: Option<Text<'a>>,
    pub(crate) instead: Instead<'a>,
}

/// What browsers may send in place of the header while credentials are on.
pub(crate) enum Instead<'a> {
    Nothing,
    /// A cookie that the section names.
    Cookie(Text<'a>),
    /// Something that the file does not name: the cookie `access_token`, which KrakenD reads by default,
    /// or a password that the browser knows.
    Unnamed,
}

impl Token<'_> {
    /// The header that has it.
    pub(crate) fn header(&self) -> &str {
        self.header.as_ref().map_or("Authorization", Text::as_str)
    }
}

/// Where API keys come in.
pub(super) struct ApiKeys<'a> {
    strategy: Option<Text<'a>>,
    identifier: Option<Text<'a>>,
}

impl<'a> ApiKeys<'a> {
    pub(super) fn read(section: &Value<'a>) -> Self {
        let [strategy, identifier] = named(section, ["strategy", "identifier"]);
        Self {
            strategy,
            identifier,
        }
    }
}

/// What the sections of an endpoint ask for. `api_keys` is what the root says of them.
pub(super) fn tokens<'a>(
    sections: &[Member<'a>],
    api_keys: Option<&ApiKeys<'a>>,
) -> Vec<Token<'a>> {
    let sections = sections.iter();
    let objects = sections.filter(|section| section.value.kind() == Kind::Object);
    objects
        .filter_map(|section| match section.key.as_str() {
            name if VALIDATORS.contains(&name) => Some(validator(section)),
            API_KEYS => api_key(section, api_keys?),
            BASIC => Some(Token {
                what: "a password",
                key: section.key.place(),
                header: None,
                instead: Instead::Unnamed,
            }),
            _ => None,
        })
        .collect()
}

fn validator<'a>(section: &Member<'a>) -> Token<'a> {
    let [header, cookie] = named(&section.value, ["auth_header_name", "cookie_key"]);
    Token {
        what: "a token",
        key: section.key.place(),
        header,
        instead: cookie.map_or(Instead::Unnamed, Instead::Cookie),
    }
}

/// An endpoint may have settings of its own in place of the root's.
fn api_key<'a>(section: &Member<'a>, root: &ApiKeys<'a>) -> Option<Token<'a>> {
    let own = ApiKeys::read(&section.value);
    let strategy = own.strategy.as_ref().or(root.strategy.as_ref());
    let in_header = strategy.is_none_or(|strategy| strategy.as_str() == "header");
    in_header.then(|| Token {
        what: "an API key",
        key: section.key.place(),
        header: own.identifier.or_else(|| root.identifier.clone()),
        instead: Instead::Nothing,
    })
}

/// The settings that are texts, and not the empty one, which Go takes for a missing one.
fn named<'a, const N: usize>(section: &Value<'a>, names: [&str; N]) -> [Option<Text<'a>>; N] {
    let settings = section.members();
    names.map(|name| {
        let text = value(&settings, name)?.text()?;
        (!text.as_str().is_empty()).then_some(text)
    })
}
