//! CORS headers of backends, which the gateway adds to its own.

use super::{FILE, File};
use crate::rules;

#[test]
fn headers_of_backends() {
    let rule = rules::DOUBLE_CORS_HEADERS.name;
    let no_op = r#""version": 3, "output_encoding": "no-op""#;
    for (root, endpoint, expected) in [
        (
            FILE.root,
            r#""output_encoding": "no-op", "input_headers": ["*"]"#,
            vec![rule],
        ),
        (
            FILE.root,
            r#""output_encoding": "no-op", "input_headers": ["origin"]"#,
            vec![rule],
        ),
        (
            FILE.root,
            r#""output_encoding": "no-op", "input_headers": ["Content-Type"]"#,
            vec![],
        ),
        (FILE.root, r#""output_encoding": "no-op""#, vec![]),
        (
            FILE.root,
            r#""output_encoding": "json", "input_headers": ["*"]"#,
            vec![],
        ),
        (FILE.root, r#""input_headers": ["*"]"#, vec![]),
        (no_op, r#""input_headers": ["*"]"#, vec![rule]),
        (
            no_op,
            r#""output_encoding": "json", "input_headers": ["*"]"#,
            vec![],
        ),
    ] {
        let file = File {
            root,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{root} {endpoint}");
    }
}

/// What martian removes on the way reaches nobody.
#[test]
fn headers_that_the_gateway_removes() {
    let rule = rules::DOUBLE_CORS_HEADERS.name;
    let martian = "modifier/martian";
    let removes_origin =
        r#"{ "header.Blacklist": { "scope": ["request"], "names": ["X-A", "origin"] } }"#;
    for (section, modifier, expected) in [
        (
            martian,
            r#"{ "header.Blacklist": { "scope": ["response"], "names": ["Access-Control-Allow-Origin"] } }"#,
            vec![],
        ),
        (martian, removes_origin, vec![]),
        (
            "github.com/devopsfaith/krakend-martian",
            removes_origin,
            vec![],
        ),
        (
            martian,
            r#"{ "fifo.Group": { "scope": ["request"], "modifiers": [
                { "header.Modifier": { "scope": ["request"], "name": "Origin", "value": "" } },
                { "header.Blacklist": { "scope": ["request", "response"], "names": ["Origin"] } }
            ] } }"#,
            vec![],
        ),
        (
            martian,
            r#"{ "header.Blacklist": { "names": ["Origin"] } }"#,
            vec![],
        ),
        (
            martian,
            r#"{ "header.Blacklist": { "scope": ["response"], "names": ["Origin"] } }"#,
            vec![rule],
        ),
        (
            martian,
            r#"{ "header.Blacklist": { "scope": ["request"], "names": ["X-Origin"] } }"#,
            vec![rule],
        ),
        (
            martian,
            r#"{ "header.Copy": { "scope": ["request"], "from": "Origin", "to": "X-Origin" } }"#,
            vec![rule],
        ),
        (martian, r#""header.Blacklist Origin request""#, vec![rule]),
        // Nobody reads this.
        ("backend/http", removes_origin, vec![rule]),
    ] {
        let text = format!(
            r#""output_encoding": "no-op", "input_headers": ["*"],
            "backend": [{{ "extra_config": {{ "{section}": {modifier} }} }}]"#
        );
        let endpoint = text.leak();
        assert_eq!(File { endpoint, ..FILE }.rules(), expected, "{endpoint}");
    }
    // A second backend gets it all the same.
    let backend = format!(r#"{{ "extra_config": {{ "{martian}": {removes_origin} }} }}"#);
    for (backends, expected) in [
        (format!("{backend}, {backend}"), vec![]),
        (format!("{backend}, {{}}"), vec![rule]),
        (String::new(), vec![rule]),
    ] {
        let text = format!(
            r#""output_encoding": "no-op", "input_headers": ["Origin"], "backend": [{backends}]"#
        );
        let endpoint = text.leak();
        assert_eq!(File { endpoint, ..FILE }.rules(), expected, "{endpoint}");
    }
}
