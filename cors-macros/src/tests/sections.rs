//! Where the CORS section is found, and which other objects are taken for one.

use super::suggestions::mended;
use super::{faults, names};

const SECTION: &str =
    r#"{ "allow_origins": ["https://app.example.com"], "allow_headers": ["X-A"] }"#;

fn found(text: &str) -> Vec<&'static str> {
    names(&faults(text))
}

#[test]
fn a_misspelt_namespace_is_renamed() {
    for name in [
        "security/cross",
        "security/cor",
        "security/Cors",
        "SECURITY/CORS",
        "security_cors",
        "security.cors",
        "security/http-cors",
        "qos/cors",
        "cors",
        "CORS",
        "github.com/devopsfaith/krakend-cors",
        "github_com/devopsfaith/krakend-cor",
        "github_com/krakendio/krakend-cors",
        "middleware",
    ] {
        for (version, right) in [
            ("3", "security/cors"),
            ("2", "github_com/devopsfaith/krakend-cors"),
        ] {
            let text =
                format!(r#"{{ "version": {version}, "extra_config": {{ "{name}": {SECTION} }} }}"#);
            assert_eq!(found(&text), ["no_cors_section"], "{text}");
            let finding = &faults(&text)[0];
            let mended = mended(&text, finding).unwrap();
            assert!(
                mended.contains(&format!("\"{right}\": {SECTION}")),
                "{mended}"
            );
            assert_eq!(found(&mended), [""; 0], "{mended}");
        }
    }
}

#[test]
fn a_misspelt_extra_config_is_renamed() {
    for name in [
        "extra_configs",
        "extraConfig",
        "extra-config",
        "extra_confg",
        "ExtraConfig",
        "extras_config",
    ] {
        let text = format!(r#"{{ "version": 3, "{name}": {{ "security/cors": {SECTION} }} }}"#);
        assert_eq!(found(&text), ["no_cors_section"], "{text}");
        let finding = &faults(&text)[0];
        assert_eq!(found(&mended(&text, finding).unwrap()), [""; 0], "{text}");
    }
}

#[test]
fn the_headline_says_where_the_section_is() {
    let cases: &[(&str, &str)] = &[
        (
            r#""endpoints": [{ "backend": [{ "extra_config": { "security/cors": {} } }] }]"#,
            "KrakenD does not read `security/cors` in a backend",
        ),
        (
            r#""endpoints": [{ "extra_config": { "security/cors": {} } }]"#,
            "KrakenD does not read `security/cors` in an endpoint",
        ),
        (
            r#""async_agent": [{ "backend": [{ "extra_config": { "security/cors": {} } }] }]"#,
            "KrakenD does not read `security/cors` in a backend",
        ),
        (
            r#""async_agent": [{ "extra_config": { "security/cors": {} } }]"#,
            "KrakenD does not read `security/cors` in an async agent",
        ),
        // Only a name that is nearly `extra_config` is taken for it, and only with a section in it.
        (
            r#""gateway": { "security/cors": {} }"#,
            "KrakenD does not read `security/cors` in `gateway`",
        ),
        (
            r#""extra-config": { "router": {} }"#,
            "there is no `security/cors` in the root's `extra_config`",
        ),
        (
            r#""extra-config": { "security/cors": {} }"#,
            "KrakenD does not read `extra-config`",
        ),
    ];
    for (member, expected) in cases {
        let text = format!(r#"{{ "version": 3, {member} }}"#);
        let title = faults(&text)[0].title();
        assert_eq!(title, *expected, "{member}");
    }
}

/// Files with a right section and something beside it.
#[test]
fn what_is_beside_the_section() {
    let silent: &[&str] = &[
        r#""plugin/http-server": { "name": ["cors"], "cors": { "allow_origins": ["*"] } }"#,
        r#""plugin/http-server": { "name": ["security"], "my-cors": { "headers": [] } }"#,
        r#""security/http": { "allowed_hosts": ["a.test"], "ssl_redirect": true }"#,
        r#""@security/cors": { "allow_origins": ["*"] }"#,
        r#""_cors": { "allow_origins": ["*"] }"#,
        r#""router": { "auto_options": true }"#,
        r#""telemetry/logging": { "prefix": "[cors]" }"#,
        r#""cors-proxy": { "url": "https://a.test" }"#,
        r#""security": { "policies": { "cors": true } }"#,
    ];
    let astray: &[&str] = &[
        r#""Security/Cors": {}"#,
        r#""cors": { "origins": ["*"] }"#,
        r#""security": { "cors": {} }"#,
        r#""security": [{ "cors": {} }]"#,
        r#""extra_config": { "security/cors": {} }"#,
        r#""extra_config": { "security_cors": {} }"#,
        r#""allow_origins": ["*"], "allow_headers": []"#,
    ];
    let file = |beside: &str| {
        format!(r#"{{ "version": 3, "extra_config": {{ "security/cors": {SECTION}, {beside} }} }}"#)
    };
    for beside in silent {
        assert_eq!(found(&file(beside)), [""; 0], "{beside}");
    }
    for beside in astray {
        assert_eq!(found(&file(beside)), ["section_without_effect"], "{beside}");
    }
}

#[test]
fn no_member_of_the_root_is_taken_for_extra_config() {
    let text = format!(
        r#"{{ "version": 3, "stats": {{ "inner": {SECTION} }}, "extra_config": {{ "security/cors": {SECTION} }} }}"#
    );
    assert_eq!(found(&text), [""; 0]);
}

#[test]
fn a_section_is_found_as_deep_as_a_configuration_goes() {
    let nested = |depth: usize| {
        let (open, close) = ("{ \"a\": ".repeat(depth), " }".repeat(depth));
        format!(
            r#"{{ "version": 3, "extra_config": {{ "security/cors": {SECTION} }}, "b": {open}{{ "security/cors": {{}} }}{close} }}"#
        )
    };
    assert_eq!(found(&nested(7)), ["section_without_effect"]);
    assert_eq!(found(&nested(8)), [""; 0]);
    assert_eq!(found(&nested(1_000)), [""; 0]);
}

#[test]
fn parts_of_a_configuration() {
    let cases: &[(&str, &[&str])] = &[
        (SECTION, &[]),
        (
            r#"{ "allow_origin": ["https://app.example.com"], "allow_headers": ["X-A"] }"#,
            &["unknown_key"],
        ),
        (r#"{ "_": 1, "allow_headers": ["X-A"] }"#, &["no_origins"]),
        // Neither says that it is about CORS.
        (
            r#"{ "debug": true, "max_age": "10m" }"#,
            &["no_cors_section"],
        ),
        (
            r#"{ "origins": ["https://app.example.com"] }"#,
            &["no_cors_section"],
        ),
        // What a whole configuration has, or its `extra_config`.
        (
            r#"{ "port": 8080, "allow_origins": ["*"] }"#,
            &["no_cors_section"],
        ),
        (
            r#"{ "router": {}, "allow_origins": ["*"] }"#,
            &["no_cors_section"],
        ),
        (
            r#"{ "version": 3, "security/cors": {} }"#,
            &["no_cors_section"],
        ),
        (r#"{ "extra_config": null }"#, &["wrong_type"]),
        ("{}", &["no_cors_section"]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text), *expected, "{text}");
    }
}

#[test]
fn versions() {
    let cases: &[(&str, &[&str])] = &[
        (r#""version": 3"#, &[]),
        (r#""version": 4"#, &[]),
        (r#""version": "2""#, &[]),
        (r#""name": "gateway""#, &[]),
        (r#""version": 2"#, &["version_and_namespace"]),
        (r#""Version": 2"#, &["version_and_namespace"]),
    ];
    for (version, expected) in cases {
        let text = format!(r#"{{ {version}, "extra_config": {{ "security/cors": {SECTION} }} }}"#);
        assert_eq!(found(&text), *expected, "{version}");
    }
}

#[test]
fn the_older_name_is_renamed_for_version_3() {
    const OLDER: &str = "github_com/devopsfaith/krakend-cors";
    let section = format!(r#""{OLDER}": {SECTION}"#);
    let cases: &[(&str, &str, &[&str])] = &[
        (r#""version": 3"#, &section, &["older_namespace"]),
        (r#""Version": 3"#, &section, &["older_namespace"]),
        (r#""version": 2"#, &section, &[]),
        (r#""name": "gateway""#, &section, &[]),
    ];
    for (version, section, expected) in cases {
        let text = format!(r#"{{ {version}, "extra_config": {{ {section} }} }}"#);
        assert_eq!(found(&text), *expected, "{version}");
        for finding in faults(&text) {
            let mended = mended(&text, &finding).unwrap();
            assert_eq!(mended, text.replace(OLDER, "security/cors"));
            assert_eq!(found(&mended), [""; 0], "{mended}");
        }
    }
    // A rename of one of two would leave the other, which counts for KrakenD 1.x.
    let twice = format!(r#"{{ "version": 3, "extra_config": {{ {section}, {section} }} }}"#);
    let found = faults(&twice);
    assert_eq!(names(&found), ["duplicate_key", "older_namespace"]);
    assert_eq!(mended(&twice, &found[1]), None);
}

#[test]
fn a_remark_is_no_key() {
    let right = r#""allow_origins": ["https://app.example.com"], "allow_headers": ["X-A"]"#;
    for remark in [
        "//",
        "// origins",
        "//allow_origins",
        "@a",
        "$a",
        "_a",
        "#a",
    ] {
        let value = r#"["*"]"#;
        for text in [
            format!(
                r#"{{ "extra_config": {{ "security/cors": {{ "{remark}": {value}, {right} }} }} }}"#
            ),
            format!(
                r#"{{ "extra_config": {{ "security/cors": {{ {right}, "{remark}": {value} }} }} }}"#
            ),
            format!(r#"{{ "{remark}": {value}, {right} }}"#),
            format!(
                r#"{{ "{remark}": {{ {right} }}, "extra_config": {{ "security/cors": {{ {right} }} }} }}"#
            ),
        ] {
            assert_eq!(found(&text), [""; 0], "{text}");
        }
    }
    // A section that is commented out.
    for name in [
        "//security/cors",
        "// security/cors",
        "@security/cors",
        "_security/cors",
    ] {
        let text = format!(r#"{{ "extra_config": {{ "{name}": {SECTION} }} }}"#);
        let finding = &faults(&text)[0];
        assert_eq!(finding.rule.name, "no_cors_section", "{text}");
        assert_eq!(mended(&text, finding), None, "{text}");
    }
    for name in ["//extra_config", "_extra_config"] {
        let text = format!(r#"{{ "{name}": {{ "security/cors": {SECTION} }} }}"#);
        let finding = &faults(&text)[0];
        assert_eq!(finding.rule.name, "no_cors_section", "{text}");
        assert_eq!(mended(&text, finding), None, "{text}");
    }
}
