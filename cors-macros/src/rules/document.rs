//! Mistakes in the file as a whole.

#[cfg(any(test, feature = "check"))]
use super::Example::*;
use super::rules;
#[cfg(any(test, feature = "check"))]
use super::sources::*;

/// What keeps a text from being JSON, at its first place.
pub(crate) static SYNTAX: [&super::Rule; 6] = [
    &NOT_UTF8,
    &TEMPLATE,
    &FRAGMENT,
    &COMMENT,
    &TRAILING_COMMA,
    &NOT_JSON,
];

rules! { DOCUMENT:
UNREADABLE_FILE = "unreadable_file", Error {
    meaning: "the path must name one readable file of at most 48 MiB. It is looked up beside the crate's `Cargo.toml`, then beside the calling source file",
    example: Nothing,
    help: "name the gateway's configuration, relative to the crate's `Cargo.toml` or to the calling source file",
    source: CARGO,
}
TWO_FILES = "two_files", Warning {
    meaning: "the path leads to two different files: one beside the crate's `Cargo.toml`, one beside the calling source file. The first is used",
    example: Nothing,
    help: "remove one of them, or give them different names",
    source: CARGO,
}
NOT_UTF8 = "not_utf8", Error {
    meaning: "JSON is UTF-8. KrakenD silently replaces other bytes in a string with U+FFFD, and does not start if they are anywhere else",
    in_limits: "JSON is UTF-8",
    example: Nothing,
    help: "save the file as UTF-8",
    source: JSON,
}
EMPTY_FILE = "empty_file", Error {
    meaning: "the file contains nothing but white space. KrakenD does not start with it",
    in_limits: "the file contains nothing but white space. `{}` limits nothing",
    example: Nothing,
    help: "write the gateway's configuration into it, or name another file",
    help_in_call: "write the CORS object into it, or name another file",
    source: JSON,
}
MERGE_CONFLICT = "merge_conflict", Error {
    meaning: "Git could not merge two versions of the file and wrote both into it. KrakenD does not start with it",
    in_limits: "Git could not merge two versions of the file and wrote both into it",
    example: File("{\n<<<<<<< HEAD\n  \"version\": 3\n=======\n  \"version\": 2\n>>>>>>> main\n}"),
    right: File("{\n  \"version\": 3\n}"),
    help: "keep what is right from both sides, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
    source: JSON,
}
TEMPLATE = "template", Error {
    meaning: "a template becomes JSON only when a tool fills it in, with settings, partials or variables that are not in this file",
    example: File("{ \"endpoints\": {{ include \"endpoints.tmpl\" }} }"),
    right: File("{ \"endpoints\": [{ \"endpoint\": \"/orders\" }] }"),
    help: "render it and name the result. KrakenD renders with `FC_ENABLE=1 FC_OUT=out.json krakend check -c krakend.json` and the folders in `FC_SETTINGS`, `FC_PARTIALS` and `FC_TEMPLATES`, Helm with `helm template`",
    help_in_call: "write the values: nothing renders this object",
    source: FLEXIBLE,
}
ENDPOINTS_NOT_COMPARED = "endpoints_not_compared", Warning {
    meaning: "the CORS section has no actions, so it is compiled as it is. The rest of the template is not JSON yet, so its endpoints are not compared with the policy",
    example: File("{\n  \"version\": 3,\n  \"extra_config\": {\n    \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"], \"allow_headers\": [\"Content-Type\"] }\n  },\n  \"endpoints\": [{{ include \"orders.tmpl\" }}]\n}"),
    right: File("{\n  \"version\": 3,\n  \"extra_config\": {\n    \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"], \"allow_headers\": [\"Content-Type\"] }\n  },\n  \"endpoints\": [{ \"endpoint\": \"/orders\" }]\n}"),
    help: "render the template, and name the file that comes out",
    source: FLEXIBLE,
}
OTHER_FORMAT = "other_format", Error {
    meaning: "the policy is compiled from JSON only, although KrakenD can also read YAML and TOML",
    in_limits: "the limits are read from JSON only",
    example: File("version: 3\nextra_config: {}"),
    right: File("{ \"version\": 3, \"extra_config\": {} }"),
    help: "convert it to JSON, and name the result",
    source: JSON,
}
FRAGMENT = "fragment", Error {
    meaning: "this is a member of an object, such as a partial that templates include. Without braces around it, it is not JSON",
    example: File("\"version\": 3, \"extra_config\": {}"),
    right: File("{ \"version\": 3, \"extra_config\": {} }"),
    help: "name the whole configuration, or write `{` before this and `}` at the end",
    help_in_call: "write `{` before this and `}` at the end",
    source: JSON,
}
COMMENT = "comment", Error {
    meaning: "JSON has no comments, and KrakenD does not start with one. It ignores keys that begin with `@`, `$`, `_` or `#`, so these can hold remarks",
    in_call: "Rust drops `//` and `/* */` before the macro sees its tokens, but makes attributes of doc comments. JSON has neither",
    in_limits: "JSON has no comments. Keys that begin with `@`, `$`, `_` or `#` can hold remarks",
    example: File("{ // our gateway\n \"version\": 3 }"),
    help: "remove the comment",
    source: JSON,
}
TRAILING_COMMA = "trailing_comma", Error {
    meaning: "JSON does not allow a comma after the last element. KrakenD does not start with one",
    in_call: "one comma may follow the last element, as in Rust. A second one is not JSON",
    in_limits: "JSON does not allow a comma after the last element",
    example: File("{ \"version\": 3, }"),
    help: "remove the comma",
    source: JSON,
}
NOT_JSON = "not_json", Error {
    meaning: "KrakenD does not start with a file that its JSON parser rejects",
    in_call: "the object in a call is JSON, except that one comma may follow the last element",
    in_limits: "the limits are one JSON object",
    example: File("{ \"version\" 3 }"),
    help: "write valid JSON",
    source: JSON,
}
NO_CORS_SECTION = "no_cors_section", Error {
    meaning: "KrakenD reads its CORS settings only from the root's `extra_config`: from `security/cors`, or from `github_com/devopsfaith/krakend-cors`, the older name. Without them it sends no CORS headers, so no page on another origin can read a response",
    in_call: "the object in a call is the CORS object itself. The rest of a gateway's configuration has no meaning there",
    in_limits: "the limits are the CORS object itself. The rest of a gateway's configuration has no meaning there",
    example: File("{ \"version\": 3, \"extra_config\": {} }"),
    right: File("{ \"version\": 3, \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] } } }"),
    help: "write `\"extra_config\": { \"security/cors\": { … } }` at the root",
    source: KRAKEND,
}
SECTION_WITHOUT_EFFECT = "section_without_effect", Warning {
    meaning: "KrakenD has one CORS policy for the whole gateway, in the root's `extra_config`. It ignores CORS settings anywhere else, for example in an endpoint",
    example: File("{ \"version\": 3, \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] } }, \"endpoints\": [{ \"endpoint\": \"/a\", \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"*\"] } } }] }"),
    help: "remove it, or move its settings to the section at the root",
    source: KRAKEND,
}
EXTRA_CONFIG_CASE = "extra_config_case", Warning {
    meaning: "KrakenD ignores case in the keys at the root, so it reads this `extra_config`. Its JSON schema and other tools do not",
    example: File("{ \"version\": 3, \"Extra_Config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] } } }"),
    help: "write `extra_config`",
    source: KRAKEND,
}
BOTH_NAMESPACES = "both_namespaces", Denied {
    meaning: "KrakenD reads only one of `security/cors` and the older `github_com/devopsfaith/krakend-cors`, depending on its version. If you allow this, `security/cors` is compiled",
    example: File("{ \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] }, \"github_com/devopsfaith/krakend-cors\": { \"allow_origins\": [\"https://app.example.com\"] } } }"),
    help: "keep `security/cors` for KrakenD 2.x, or the older name for 1.x",
    source: KRAKEND,
}
VERSION_AND_NAMESPACE = "version_and_namespace", Denied {
    meaning: "KrakenD 1.x reads version 2 of the configuration but does not know `security/cors`, so it sends no CORS headers. KrakenD 2.x knows the name but does not start with version 2",
    example: File("{ \"version\": 2, \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] } } }"),
    right: File("{ \"version\": 3, \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] } } }"),
    help: "write `\"version\": 3` for KrakenD 2.x, or rename the section to `github_com/devopsfaith/krakend-cors` for 1.x",
    source: KRAKEND,
}
OLDER_NAMESPACE = "older_namespace", Warning {
    meaning: "KrakenD 2.x reads this name only as an alias of `security/cors`. The branch for KrakenD 3.0 drops the alias: it ignores the section and sends no CORS headers",
    example: File("{ \"version\": 3, \"extra_config\": { \"github_com/devopsfaith/krakend-cors\": { \"allow_origins\": [\"https://app.example.com\"] } } }"),
    help: "rename it to `security/cors`",
    source: KRAKEND,
}
UNKNOWN_KEY = "unknown_key", Error {
    meaning: "KrakenD ignores keys it does not know, even when only the case differs. Without `allow_origins` it allows every origin, and without `allow_headers` every header",
    in_call: "the policy has only the settings of KrakenD's CORS section, spelt exactly as there. Without `allow_origins` it allows every origin, and without `allow_headers` every header",
    example: Cors("\"allow_origin\": [\"https://app.example.com\"]"),
    help: "spell the setting as KrakenD does",
    source: KRAKEND,
}
UNRELATED_KEY = "unrelated_key", Denied {
    meaning: "KrakenD ignores keys that it does not know. To keep a remark, begin its key with `@`, `$`, `_` or `#`",
    in_call: "the policy has only the settings of KrakenD's CORS section. To keep a remark, write a `//` comment, or begin its key with `@`, `$`, `_` or `#`",
    example: Cors("\"input_headers\": [\"X-Request-Id\"]"),
    right: File("{ \"endpoints\": [{ \"endpoint\": \"/orders\", \"input_headers\": [\"X-Request-Id\"] }] }"),
    help: "remove it, or move it to where it belongs",
    source: KRAKEND,
}
WRONG_TYPE = "wrong_type", Error {
    meaning: "KrakenD expects a value of another type here. It does not convert types",
    in_call: "a value of another type is expected here. Types are not converted",
    example: Cors("\"allow_credentials\": \"true\""),
    right: Cors("\"allow_credentials\": true"),
    help: "write a value of the right type",
    source: KRAKEND,
}
DUPLICATE_KEY = "duplicate_key", Error {
    meaning: "KrakenD silently keeps the last of several equal keys in one object. Other readers keep the first",
    in_call: "the same key is in one object more than once, and only one of its values can be meant",
    example: Cors("\"allow_methods\": [\"GET\"], \"allow_methods\": [\"GET\", \"PUT\"]"),
    help: "keep one of them: KrakenD ignores all but the last",
    help_in_call: "keep one of them",
    source: JSON,
}
PLACEHOLDER = "placeholder", Error {
    meaning: "a template, a shell or a deployment tool should have filled this in and did not. KrakenD expands variables only in templates, and only when `FC_ENABLE` is set, so it takes the text literally and nothing ever matches it",
    in_call: "a template, a shell or a deployment tool should fill this in, but none of them reads Rust. The text is taken literally, and nothing ever matches it",
    in_limits: "a template, a shell or a deployment tool should have filled this in and did not. The text is taken literally, and nothing ever matches it",
    example: Cors("\"allow_origins\": [\"${APP_ORIGIN}\"]"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"]"),
    help: "write the value, or name the file that the tool writes",
    help_in_call: "write the value",
    source: FLEXIBLE,
}
}
