//! Mistakes in the file as a whole.

#[cfg(test)]
use super::Example::*;
use super::rules;
#[cfg(test)]
use super::sources::*;

rules! { DOCUMENT:
UNREADABLE_FILE = "unreadable_file", Error {
    meaning: "the file is not there, is a folder, is far too large, or may not be read",
    example: Nothing,
    remedy: "name a file that exists, as seen from the crate's `Cargo.toml` or from the calling source file",
    source: KRAKEND,
}
NOT_UTF8 = "not_utf8", Error {
    meaning: "the file is not UTF-8, the only encoding of JSON",
    example: Nothing,
    remedy: "save the file as UTF-8",
    source: JSON,
}
EMPTY_FILE = "empty_file", Error {
    meaning: "there is nothing in the file",
    example: Nothing,
    remedy: "write a configuration, or name another file",
    source: JSON,
}
TEMPLATE = "template", Error {
    meaning: "the file is a template of KrakenD's flexible configuration. What it becomes depends on settings and environment variables",
    example: File("{ \"endpoints\": {{ include \"endpoints.tmpl\" }} }"),
    remedy: "render it, `FC_ENABLE=1 FC_OUT=out.json krakend check -c krakend.json`, and name the result",
    source: FLEXIBLE,
}
OTHER_FORMAT = "other_format", Error {
    meaning: "the file is YAML, TOML or XML. KrakenD reads some of these; the policy is compiled from JSON alone",
    example: File("version: 3\nextra_config: {}"),
    remedy: "convert it to JSON",
    source: JSON,
}
FRAGMENT = "fragment", Error {
    meaning: "a member of an object without the object around it, such as a partial that templates include",
    example: File("\"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] }"),
    remedy: "name the whole configuration",
    source: JSON,
}
COMMENT = "comment", Error {
    meaning: "JSON has no comments, and KrakenD refuses them",
    example: File("{ // our gateway\n \"version\": 3 }"),
    remedy: "a key that begins with `@`, `$`, `_` or `#`: KrakenD ignores it",
    source: JSON,
}
TRAILING_COMMA = "trailing_comma", Error {
    meaning: "a comma before `}` or `]`. KrakenD refuses the file",
    example: File("{ \"version\": 3, }"),
    remedy: "remove the comma",
    source: JSON,
}
NOT_JSON = "not_json", Error {
    meaning: "the file is not JSON in some other way: a missing comma, bracket or quotation mark",
    example: File("{ \"version\" 3 }"),
    remedy: "write it as JSON does",
    source: JSON,
}
NO_CORS_SECTION = "no_cors_section", Error {
    meaning: "KrakenD reads its CORS settings from `security/cors` in the root's `extra_config` and from nowhere else; without them it sends no CORS headers, and browsers let no other origin read a response",
    example: File("{ \"version\": 3, \"extra_config\": {} }"),
    remedy: "write `\"extra_config\": { \"security/cors\": { … } }` at the root",
    source: KRAKEND,
}
SECTION_WITHOUT_EFFECT = "section_without_effect", Warning {
    meaning: "KrakenD has one CORS policy for the whole gateway, which is in the root's `extra_config`; it ignores CORS settings anywhere else, for example in an endpoint",
    example: File("{ \"version\": 3, \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] } }, \"endpoints\": [{ \"endpoint\": \"/a\", \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"*\"] } } }] }"),
    remedy: "remove it, or move its settings to the section at the root",
    source: KRAKEND,
}
EXTRA_CONFIG_CASE = "extra_config_case", Warning {
    meaning: "KrakenD ignores case in the keys at the root, so it reads this `extra_config`; its JSON schema and other tools do not",
    example: File("{ \"version\": 3, \"Extra_Config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] } } }"),
    remedy: "write `extra_config`",
    source: KRAKEND,
}
BOTH_NAMESPACES = "both_namespaces", Denied {
    meaning: "only one of `security/cors` and the older `github_com/devopsfaith/krakend-cors` can count, and which one depends on the version of KrakenD; with `allow`, the newer does",
    example: File("{ \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] }, \"github_com/devopsfaith/krakend-cors\": { \"allow_origins\": [\"https://app.example.com\"] } } }"),
    remedy: "keep `security/cors` for KrakenD 2.x, the older name for 1.x",
    source: KRAKEND,
}
VERSION_AND_NAMESPACE = "version_and_namespace", Denied {
    meaning: "KrakenD 1.x reads version 2 of the configuration and does not know `security/cors`, so it sends no CORS headers; KrakenD 2.x knows the name and does not start with version 2",
    example: File("{ \"version\": 2, \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] } } }"),
    remedy: "write `\"version\": 3` for KrakenD 2.x, or call the section `github_com/devopsfaith/krakend-cors` for 1.x",
    source: KRAKEND,
}
UNKNOWN_KEY = "unknown_key", Error {
    meaning: "KrakenD ignores a key that is not spelt exactly as a setting, also one in another case; without `allow_origins` it allows every origin, and without `allow_headers` every header",
    example: Cors("\"allow_origin\": [\"https://app.example.com\"]"),
    remedy: "write the setting as KrakenD does",
    source: KRAKEND,
}
UNRELATED_KEY = "unrelated_key", Denied {
    meaning: "KrakenD ignores a key in the CORS section that is none of its settings, so what it says does not happen; a key that begins with `@`, `$`, `_` or `#` is a remark",
    example: Cors("\"input_headers\": [\"X-Request-Id\"]"),
    remedy: "remove it, or write it where it belongs",
    source: KRAKEND,
}
WRONG_TYPE = "wrong_type", Error {
    meaning: "a value of another JSON type than KrakenD expects; it silently takes a list or a status for missing and a switch for `false`, and skips an element of a list; a `max_age` that is not a string makes it crash",
    example: Cors("\"allow_credentials\": \"true\""),
    remedy: "write a value of the right type",
    source: KRAKEND,
}
DUPLICATE_KEY = "duplicate_key", Error {
    meaning: "the same key twice in one object. KrakenD keeps the last, other readers the first",
    example: Cors("\"allow_methods\": [\"GET\"], \"allow_methods\": [\"GET\", \"PUT\"]"),
    remedy: "keep one of the two",
    source: JSON,
}
PLACEHOLDER = "placeholder", Error {
    meaning: "a template, a shell or a deployment tool was to fill this and did not; KrakenD expands variables only in templates, and only when `FC_ENABLE` is set, so it takes the text literally and nothing ever matches it",
    example: Cors("\"allow_origins\": [\"${APP_ORIGIN}\"]"),
    remedy: "write the value, or name the file that the tool writes",
    source: FLEXIBLE,
}
}
