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
    meaning: "there is no `security/cors` in the `extra_config` of the root, so the gateway sends no CORS headers at all. KrakenD does not look for it inside an endpoint",
    example: File("{ \"version\": 3, \"extra_config\": {} }"),
    remedy: "write `\"extra_config\": { \"security/cors\": { … } }` at the root",
    source: KRAKEND,
}
BOTH_NAMESPACES = "both_namespaces", Denied {
    meaning: "`security/cors` and the older `github_com/devopsfaith/krakend-cors` stand side by side; only one can count. With `allow`, the newer does",
    example: File("{ \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] }, \"github_com/devopsfaith/krakend-cors\": { \"allow_origins\": [\"https://app.example.com\"] } } }"),
    remedy: "keep `security/cors`",
    source: KRAKEND,
}
UNKNOWN_KEY = "unknown_key", Error {
    meaning: "KrakenD ignores a key that it does not know. A misspelt `allow_origins` opens the API to every origin",
    example: Cors("\"allow_origin\": [\"https://app.example.com\"]"),
    remedy: "write the key as KrakenD does; begin it with `@`, `$`, `_` or `#` to have it ignored",
    source: KRAKEND,
}
WRONG_TYPE = "wrong_type", Error {
    meaning: "a value of another JSON type than KrakenD reads. It becomes `false`, empty or nothing without a word; a `max_age` that is not a string makes KrakenD crash",
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
