//! What `SECURITY.md` promises of builds, with credentials and without.

use serde_json::Value;

use super::recorded::ALL;
use super::{checked, faults, file, is_fault};
use crate::policy::{Headers, Origins};
use crate::rules::Level;

/// The highest level of what is found in a policy for one origin.
fn level(origin: &str, credentials: bool) -> Option<Level> {
    let text = file(&format!(
        r#""allow_origins": [{origin}], "allow_headers": ["Content-Type"], "allow_credentials": {credentials}"#
    ));
    let found = faults(&text);
    found.iter().map(|finding| finding.rule.level).max()
}

#[test]
fn credentials_for_everyone_need_to_be_accepted_by_name() {
    use Level::{Denied, Warning};
    for (origin, without, with) in [
        // Every site.
        (r#""*""#, None, Some(Denied)),
        ("", Some(Warning), Some(Denied)),
        (r#""https://*""#, Some(Warning), Some(Denied)),
        (r#""https://*.""#, Some(Warning), Some(Denied)),
        (r#""http*""#, Some(Warning), Some(Denied)),
        // What anybody can register.
        (r#""https://*.com""#, Some(Warning), Some(Denied)),
        (r#""https://*.github.io""#, Some(Warning), Some(Denied)),
        (r#""https://*.co.uk:8443""#, Some(Warning), Some(Denied)),
        (r#""https://*example.com""#, Some(Warning), Some(Denied)),
        (r#""https://example.*""#, Some(Warning), Some(Denied)),
        (r#""https://app.example.co*""#, Some(Warning), Some(Denied)),
        (
            r#""https://*s3.amazonaws.com""#,
            Some(Warning),
            Some(Denied),
        ),
        (r#""moz-extension://*""#, Some(Warning), Some(Denied)),
        // What every site can use, and what anybody in the network can be.
        (r#""null""#, Some(Denied), Some(Denied)),
        (r#""file://""#, Some(Denied), Some(Denied)),
        (r#""http://app.example.com""#, None, Some(Denied)),
        (r#""*://app.example.com""#, Some(Warning), Some(Denied)),
        // What is right.
        (r#""https://app.example.com""#, None, None),
        (r#""https://*.example.com""#, None, None),
    ] {
        assert_eq!(
            level(origin, false),
            without,
            "{origin} without credentials"
        );
        assert_eq!(level(origin, true), with, "{origin} with credentials");
    }
}

/// Each of these is compiled to something else than what is written.
#[test]
fn what_is_not_taken_as_it_is_written_is_at_least_a_warning() {
    const ORIGIN: &str = r#""allow_origins": ["https://app.example.com"]"#;
    const NAMES: &str = r#""allow_headers": ["Content-Type"]"#;
    for written in [
        format!(r#"{ORIGIN}, {NAMES}, "max_age": "1.9s""#),
        format!(r#"{ORIGIN}, {NAMES}, "max_age": "0.333h""#),
        format!(r#"{ORIGIN}, {NAMES}, "max_age": "86401.5s""#),
        format!(r#"{ORIGIN}, {NAMES}, "max_age": "0s""#),
        format!(r#"{ORIGIN}, {NAMES}, "max_age": "-0.5s""#),
        format!(r#"{ORIGIN}, {NAMES}, "max_age": "-90s""#),
        format!(r#"{ORIGIN}, {NAMES}, "max_age": "500ms""#),
        format!(r#"{ORIGIN}, {NAMES}, "options_success_status": 0"#),
        format!(r#"{ORIGIN}, {NAMES}, "options_success_status": 204.5"#),
        format!(r#"{ORIGIN}, {NAMES}, "options_success_status": 200, "options_passthrough": true"#),
        format!(r#"{ORIGIN}, {NAMES}, "allow_credentials": null"#),
        format!(r#"{ORIGIN}, {NAMES}, "allow_methods": []"#),
        format!(r#"{ORIGIN}, {NAMES}, "allow_methods": ["GET", "GET"]"#),
        format!(r#"{ORIGIN}, {NAMES}, "allow_methods": ["GET", "put"]"#),
        format!(r#"{ORIGIN}, {NAMES}, "expose_headers": ["X-A", "x-a"]"#),
        format!(r#"{ORIGIN}, {NAMES}, "expose_headers": ["X-A\ud800"]"#),
        format!(r#"{ORIGIN}, {NAMES}, "expose_headers": [" X-A"]"#),
        format!(r#"{ORIGIN}, {NAMES}, "allow_methods": [" GET"]"#),
        format!(r#""allow_origins": [" https://app.example.com"], {NAMES}"#),
        format!(r#"{ORIGIN}, "allow_headers": []"#),
        format!(r#"{ORIGIN}, "allow_headers": ["X-A", "x-a"]"#),
        format!(r#"{ORIGIN}, "allow_headers": ["*", "X-A"]"#),
        format!(r#""allow_origins": [], {NAMES}"#),
        format!(r#""allow_origins": ["https://App.example.com"], {NAMES}"#),
        format!(r#""allow_origins": ["https://*.Example.com"], {NAMES}"#),
        format!(r#""allow_origins": ["*", "https://app.example.com"], {NAMES}"#),
        format!(r#""allow_origins": ["https://a.test", "https://a.test"], {NAMES}"#),
        format!(r#""allow_origins": ["https://*.a.test", "https://b.a.test"], {NAMES}"#),
        format!(r#""allow_origins": ["*"], {NAMES}, "allow_credentials": true"#),
        format!(r#"{ORIGIN}, {NAMES}, "allow_origin": ["https://b.test"]"#),
        format!(r#"{ORIGIN}, {NAMES}, {ORIGIN}"#),
    ] {
        assert!(!faults(&file(&written)).is_empty(), "{written}");
    }
}

/// A list of strings in the configuration.
fn list<'a>(config: &'a Value, setting: &str) -> Vec<&'a str> {
    let items = config[setting].as_array().into_iter().flatten();
    items.filter_map(Value::as_str).collect()
}

/// The policy of a configuration without a warning is what the configuration says.
#[test]
fn what_is_right_is_compiled_as_it_is_written() {
    let mut compared = 0;
    for case in ALL.iter() {
        let config = &case.0["config"];
        let text = format!("{{ \"extra_config\": {{ \"security/cors\": {config} }} }}");
        let (_, found, policy) = checked("krakend.json", text.as_bytes());
        // That headers are missing says nothing of what is there.
        let mut faults = found.iter().filter(|finding| is_fault(finding));
        if faults.any(|finding| finding.rule.name != "no_allow_headers") {
            continue;
        }
        let (policy, name) = (policy.unwrap(), case.0["name"].as_str().unwrap());
        let origins = list(config, "allow_origins");
        match &policy.origins {
            Origins::Any => assert_eq!(origins, ["*"], "{name}"),
            Origins::Listed { exact, patterns } => {
                let patterns = patterns.iter().map(|pattern| &pattern.text);
                let mut compiled: Vec<&str> =
                    exact.iter().chain(patterns).map(|text| &**text).collect();
                let mut written = origins;
                compiled.sort_unstable();
                written.sort_unstable();
                assert_eq!(compiled, written, "{name}");
            }
        }
        match list(config, "allow_methods").as_slice() {
            [] => assert_eq!(policy.methods, ["GET", "HEAD", "POST"], "{name}"),
            methods => assert_eq!(policy.methods, methods, "{name}"),
        }
        match (&policy.headers, list(config, "allow_headers").as_slice()) {
            (Headers::Any, names) => assert!(names.is_empty() || names.contains(&"*"), "{name}"),
            (Headers::Listed(compiled), names) => assert_eq!(compiled, names, "{name}"),
        }
        assert_eq!(policy.exposed, list(config, "expose_headers"), "{name}");
        for (setting, compiled) in [
            ("allow_credentials", policy.credentials),
            ("allow_private_network", policy.private_network),
            ("options_passthrough", policy.passthrough),
            ("debug", policy.debug),
        ] {
            assert_eq!(config[setting] == true, compiled, "{name}: {setting}");
        }
        let status = config["options_success_status"].as_f64().unwrap_or(204.0);
        assert_eq!(f64::from(policy.status), status, "{name}");
        let seconds = case.0["parsed"]["max_age_seconds"].as_u64().unwrap();
        assert_eq!(policy.max_age.unwrap_or(0), seconds, "{name}");
        compared += 1;
    }
    assert!(compared > 60, "{compared}");
}
