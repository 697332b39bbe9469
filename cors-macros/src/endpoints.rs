//! The endpoints of a gateway's configuration, as far as CORS concerns them.
//!
//! What is wrong with an endpoint otherwise is KrakenD's business: the endpoint is left out.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::finding::Place;
use crate::json::{Document, Kind, Member, Text, Value};

/// What KrakenD calls its check of tokens: now, and before version 2.
const VALIDATORS: [&str; 3] = [
    "auth/validator",
    "github.com/devopsfaith/krakend-jose/validator",
    "github_com/devopsfaith/krakend-jose/validator",
];

/// What the names of sections have in them that may set request headers on the way to a backend.
const MODIFIERS: [&str; 4] = ["martian", "lua", "modifier", "plugin"];

/// What the gateway does besides CORS.
#[derive(Default)]
pub(crate) struct Gateway<'a> {
    pub(crate) endpoints: Vec<Endpoint<'a>>,
    /// Whether something beside the endpoints may respond to OPTIONS requests.
    pub(crate) responds_to_options: bool,
    extra: Option<Value<'a>>,
    /// The words of sections that may set request headers, in lower case; read when the first is asked
    /// for.
    modifiers: OnceCell<HashSet<String>>,
}

/// A path and a method that the gateway serves.
pub(crate) struct Endpoint<'a> {
    pub(crate) path: Text<'a>,
    /// In upper case, as KrakenD reads it.
    pub(crate) method: String,
    /// Where the method is written; the path, where it is not.
    pub(crate) place: Place,
    /// The names of the request headers that the backends get.
    pub(crate) forwards: Vec<Text<'a>>,
    pub(crate) validator: Option<Validator<'a>>,
    /// Whether the backend's response headers are passed on.
    pub(crate) is_no_op: bool,
    /// Whether it becomes a WebSocket: browsers do not ask CORS for these.
    pub(crate) is_websocket: bool,
    extra: Option<Value<'a>>,
    backend: Option<Value<'a>>,
}

/// What an endpoint reads tokens from.
pub(crate) struct Validator<'a> {
    pub(crate) key: Place,
    header: Option<Text<'a>>,
    /// The cookie that may have the token, if the header has none.
    pub(crate) cookie: Option<Text<'a>>,
}

/// Reads the endpoints of a configuration.
pub(crate) fn read<'a>(document: &Document<'a>) -> Gateway<'a> {
    let root = &document.members;
    let is_version_2 = get(root, "version").is_some_and(|version| version.raw() == "2");
    let defaults = Defaults {
        forwards: match is_version_2 {
            true => "headers_to_pass",
            false => "input_headers",
        },
        is_no_op: is_no_op(root).unwrap_or(false),
    };
    let extra = get(root, "extra_config");
    let lists = root.iter().zip(&document.objects).rev();
    let mut named =
        lists.filter(|(member, _)| member.key.as_str().eq_ignore_ascii_case("endpoints"));
    let endpoints = named.next().into_iter().flat_map(|(_, objects)| objects);
    Gateway {
        endpoints: endpoints
            .filter_map(|members| defaults.endpoint(members))
            .collect(),
        responds_to_options: extra.is_some_and(|extra| responds_to_options(&extra.members())),
        extra,
        modifiers: OnceCell::new(),
    }
}

/// What the root says for all endpoints.
struct Defaults {
    /// The key with the request headers to forward.
    forwards: &'static str,
    is_no_op: bool,
}

impl Defaults {
    fn endpoint<'a>(&self, members: &[Member<'a>]) -> Option<Endpoint<'a>> {
        let path = get(members, "endpoint")?.text()?;
        let method = match get(members, "method") {
            Some(method) => Some(method.text()?).filter(|method| !method.as_str().is_empty()),
            None => None,
        };
        let forwards = get(members, self.forwards);
        let forwards = forwards.iter().flat_map(Value::items);
        let extra = get(members, "extra_config");
        let sections = extra.map(|extra| extra.members()).unwrap_or_default();
        let is_websocket = |section: &Member<'_>| section.key.as_str() == "websocket";
        Some(Endpoint {
            place: method.as_ref().unwrap_or(&path).place(),
            method: method.map_or_else(
                || "GET".to_owned(),
                |method| method.as_str().to_ascii_uppercase(),
            ),
            forwards: forwards.filter_map(|name| name.text()).collect(),
            validator: validator(&sections),
            is_websocket: sections.iter().any(is_websocket),
            is_no_op: is_no_op(members).unwrap_or(self.is_no_op),
            path,
            extra,
            backend: get(members, "backend"),
        })
    }
}

impl Gateway<'_> {
    /// Whether the gateway itself sets a request header, as far as its configuration tells.
    pub(crate) fn sets(&self, header: &str) -> bool {
        let modifiers = self.modifiers.get_or_init(|| {
            let extras = self.endpoints.iter().flat_map(Endpoint::extras);
            extras
                .chain(self.extra)
                .flat_map(|extra| modifying_words(&extra))
                .collect()
        });
        modifiers.contains(&header.to_ascii_lowercase())
    }
}

impl<'a> Endpoint<'a> {
    /// Whether it does something with headers of CORS itself, such as to remove those of the backend.
    pub(crate) fn names_cors(&self) -> bool {
        let mut parts = [self.extra, self.backend].into_iter().flatten();
        parts.any(|part| {
            part.raw()
                .to_ascii_lowercase()
                .contains("access-control-allow-origin")
        })
    }

    /// Its own `extra_config` and those of its backends.
    fn extras(&self) -> Vec<Value<'a>> {
        let backends = self.backend.iter().flat_map(Value::objects);
        let extras = backends.filter_map(|backend| get(&backend, "extra_config"));
        extras.chain(self.extra).collect()
    }
}

impl Validator<'_> {
    /// The header that has the token.
    pub(crate) fn header(&self) -> &str {
        self.header.as_ref().map_or("Authorization", Text::as_str)
    }
}

fn validator<'a>(extra: &[Member<'a>]) -> Option<Validator<'a>> {
    let section = extra
        .iter()
        .find(|section| VALIDATORS.contains(&section.key.as_str()))?;
    let settings = section.value.members();
    let named = |key| {
        let name = get(&settings, key)?.text()?;
        (!name.as_str().is_empty()).then_some(name)
    };
    (section.value.kind() == Kind::Object).then(|| Validator {
        key: section.key.place(),
        header: named("auth_header_name"),
        cookie: named("cookie_key"),
    })
}

/// The words of those sections that may set request headers: the names are among them.
fn modifying_words(extra: &Value<'_>) -> Vec<String> {
    let sections = extra.members();
    let parts = sections.iter().flat_map(|section| {
        let name = section.key.as_str();
        match VALIDATORS.contains(&name) {
            // The headers that it makes from a token.
            true => {
                let mut settings = section.value.members();
                settings.retain(|setting| setting.key.as_str().starts_with("propagate"));
                settings.iter().map(|setting| setting.value.raw()).collect()
            }
            false if MODIFIERS.iter().any(|part| name.contains(part)) => vec![section.value.raw()],
            false => Vec::new(),
        }
    });
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let words = parts.flat_map(|part: &str| part.split(move |c| !is_part(c)));
    words.map(str::to_ascii_lowercase).collect()
}

/// Whether responses pass the gateway as the backend sent them.
fn is_no_op(members: &[Member<'_>]) -> Option<bool> {
    let encoding = get(members, "output_encoding")?.text()?;
    Some(encoding.as_str() == "no-op")
}

/// Whether the router responds to OPTIONS for each path, or there is a plugin that may.
fn responds_to_options(extra: &[Member<'_>]) -> bool {
    extra.iter().any(|section| {
        let name = section.key.as_str();
        let is_router = name == "router" || name.ends_with("/router/gin");
        let auto = || {
            get(&section.value.members(), "auto_options").is_some_and(|auto| auto.raw() == "true")
        };
        name == "plugin/http-server" || is_router && auto()
    })
}

/// The last member with that name, in any case, as KrakenD reads keys.
fn get<'a>(members: &[Member<'a>], name: &str) -> Option<Value<'a>> {
    let mut members = members.iter().rev();
    let member = members.find(|member| member.key.as_str().eq_ignore_ascii_case(name))?;
    Some(member.value)
}
