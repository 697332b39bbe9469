//! The rest of a gateway's configuration, as far as it concerns CORS: above all its endpoints.
//!
//! What is wrong with an endpoint otherwise is KrakenD's business: the endpoint is left out.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::finding::Place;
use crate::json::{Document, Kind, Member, Text, Value, get};

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

/// The `version` of a configuration that only KrakenD 1.x reads.
pub(crate) fn older_version<'m, 'a>(root: &'m [Member<'a>]) -> Option<&'m Member<'a>> {
    get(root, "version").filter(|version| version.value.raw() == "2")
}

/// Reads the endpoints of a configuration.
pub(crate) fn read<'a>(document: &Document<'a>) -> Gateway<'a> {
    let root = &document.members;
    let defaults = Defaults {
        forwards: if older_version(root).is_some() {
            "headers_to_pass"
        } else {
            "input_headers"
        },
        is_no_op: is_no_op(root).unwrap_or(false),
    };
    let extra = value(root, "extra_config");
    let endpoints = document.objects("endpoints").iter();
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
        let path = value(members, "endpoint")?.text()?;
        let method = match value(members, "method") {
            Some(method) => Some(method.text()?).filter(|method| !method.as_str().is_empty()),
            None => None,
        };
        let forwards = value(members, self.forwards);
        let forwards = forwards.iter().flat_map(Value::items);
        let extra = value(members, "extra_config");
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
            backend: value(members, "backend"),
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
        let extras = backends.filter_map(|backend| value(&backend, "extra_config"));
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
        let name = value(&settings, key)?.text()?;
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
        if VALIDATORS.contains(&name) {
            // The headers that it makes from a token.
            let mut settings = section.value.members();
            settings.retain(|setting| setting.key.as_str().starts_with("propagate"));
            settings.iter().map(|setting| setting.value.raw()).collect()
        } else if MODIFIERS.iter().any(|part| name.contains(part)) {
            vec![section.value.raw()]
        } else {
            Vec::new()
        }
    });
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let words = parts.flat_map(|part: &str| part.split(move |c| !is_part(c)));
    words.map(str::to_ascii_lowercase).collect()
}

/// Whether responses pass the gateway as the backend sent them.
fn is_no_op(members: &[Member<'_>]) -> Option<bool> {
    let encoding = value(members, "output_encoding")?.text()?;
    Some(encoding.as_str() == "no-op")
}

/// Whether the router responds to OPTIONS for each path, or there is a plugin that may.
fn responds_to_options(extra: &[Member<'_>]) -> bool {
    extra.iter().any(|section| {
        let name = section.key.as_str();
        let is_router = name == "router" || name.ends_with("/router/gin");
        let auto = || {
            value(&section.value.members(), "auto_options").is_some_and(|auto| auto.raw() == "true")
        };
        name == "plugin/http-server" || is_router && auto()
    })
}

fn value<'a>(members: &[Member<'a>], name: &str) -> Option<Value<'a>> {
    get(members, name).map(|member| member.value)
}
