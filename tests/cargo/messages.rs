//! What cargo shows of a workspace with several services: everything in one build, with places that
//! can be opened from where cargo is run.

use std::fs;

use crate::scratch::Scratch;

/// An error and a warning: a path behind the origin, and `debug`.
const MISTAKES: &str = r#"{
  "version": 3,
  "extra_config": {
    "security/cors": {
      "allow_origins": ["https://app.example.com/"],
      "allow_headers": ["Content-Type"],
      "debug": true
    }
  }
}
"#;

/// Where the two are.
const PLACES: [&str; 2] = ["5:49", "7:7"];

/// The services, the path that each writes, and the file as it is shown.
const SERVICES: [(&str, &str, &str); 3] = [
    (
        "orders",
        r#""../../gateway/krakend.json""#,
        "gateway/krakend.json",
    ),
    ("users", r#""krakend.json""#, "services/users/krakend.json"),
    (
        "reports",
        r#"concat!(env!("OUT_DIR"), "/krakend.json")"#,
        "$OUT_DIR/krakend.json",
    ),
];

fn workspace(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    let members: Vec<String> = SERVICES
        .iter()
        .map(|(service, ..)| format!("\"services/{service}\""))
        .collect();
    let members = members.join(", ");
    scratch.write(
        "Cargo.toml",
        &format!("[workspace]\nmembers = [{members}]\nresolver = \"3\"\n"),
    );
    for (service, path, _) in SERVICES {
        let package = format!("{name}-{service}");
        scratch.write(
            &format!("services/{service}/Cargo.toml"),
            &Scratch::manifest(&package),
        );
        scratch.write(
            &format!("services/{service}/src/main.rs"),
            &format!("static CORS: &cors::Policy = cors::cors_policy!({path});\n\nfn main() {{\n    println!(\"{{CORS}}\");\n}}\n"),
        );
    }
    scratch.write("gateway/krakend.json", MISTAKES);
    scratch.write("services/users/krakend.json", MISTAKES);
    scratch.write("services/reports/krakend.json", MISTAKES);
    scratch.write(
        "services/reports/build.rs",
        "fn main() {\n    let to = std::env::var(\"OUT_DIR\").unwrap() + \"/krakend.json\";\n    \
         std::fs::copy(\"krakend.json\", to).unwrap();\n}\n",
    );
    scratch
}

#[test]
fn errors_and_warnings_of_every_service_are_shown_at_places_that_open() {
    let scratch = workspace("messages");
    for folder in [".", "services/users"] {
        let arguments = ["check", "--workspace", "--keep-going"];
        let stderr = scratch.fails(folder, &arguments);
        for (_, _, file) in SERVICES {
            let [error, warning] = PLACES.map(|place| format!("{file}:{place}: "));
            let error = format!("error: {error}\"https://app.example.com/\" has a path");
            let warning =
                format!("warning: use of deprecated macro `debug_on`: {warning}`debug` logs");
            for message in [error, warning] {
                assert_eq!(stderr.matches(&message).count(), 1, "{message}: {stderr}");
            }
        }
    }
}

/// In the short form, in which editors and other tools show a message, and for programs.
#[test]
fn every_format_has_both_levels() {
    let scratch = workspace("formats");
    let check = |format: &str| {
        let arguments = ["check", "-p", "formats-users", "--message-format", format];
        let output = scratch.cargo(".", &arguments);
        assert!(!output.status.success());
        let [stdout, stderr] =
            [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
        stdout + &stderr
    };
    let file = "services/users/krakend.json";
    let [error, warning] = PLACES.map(|place| format!("{file}:{place}: "));
    let source = "services/users/src/main.rs:1:49";

    let short = check("short");
    for line in [
        format!("{source}: error: {error}\"https://app.example.com/\" has a path"),
        format!("{source}: warning: use of deprecated macro `debug_on`: {warning}`debug` logs"),
    ] {
        assert!(short.contains(&line), "{line}: {short}");
    }

    let json = check("json");
    let messages = json
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|line| {
            line["reason"] == "compiler-message" && !line["message"]["spans"][0].is_null()
        });
    let levels: Vec<(String, bool)> = messages
        .map(|line| {
            let message = &line["message"];
            let text = message["message"].as_str().unwrap();
            let place = if message["level"] == "error" {
                &error
            } else {
                &warning
            };
            (message["level"].to_string(), text.contains(place))
        })
        .collect();
    assert_eq!(
        levels,
        [
            ("\"error\"".to_owned(), true),
            ("\"warning\"".to_owned(), true)
        ]
    );
}

/// The crate's own levels for the compiler's lint: `deny` makes the warning an error, `allow` leaves it
/// a warning, and `forbid` cannot be had beside one.
#[test]
fn the_crates_own_lints_do_not_hide_a_warning() {
    let scratch = workspace("lints");
    let main = "services/users/src/main.rs";
    let source = fs::read_to_string(scratch.path(main)).unwrap();
    for (attribute, expected) in [
        ("", "warning: use of deprecated macro `debug_on`"),
        (
            "#![allow(deprecated)]",
            "warning: use of deprecated macro `debug_on`",
        ),
        (
            "#![deny(warnings)]",
            "error: use of deprecated macro `debug_on`",
        ),
        (
            "#![forbid(deprecated)]",
            "error[E0453]: warn(deprecated) incompatible with previous forbid",
        ),
    ] {
        scratch.write(main, &format!("{attribute}\n{source}"));
        let stderr = scratch.fails(".", &["check", "-p", "lints-users"]);
        for message in ["has a path; an origin has none", expected] {
            assert!(stderr.contains(message), "{attribute}: {stderr}");
        }
    }
}
