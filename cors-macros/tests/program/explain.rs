//! `--explain`: the whole entry of the findings page.

use std::fs;
use std::path::Path;

use crate::run::Folder;

/// The entries of the page, each with its name.
fn entries(page: &str) -> Vec<(&str, &str)> {
    let page = page.split("\n# ").skip(1);
    let entries = page.flat_map(|group| group.split("\n## `").skip(1));
    entries
        .map(|entry| entry.split_once("`\n").unwrap())
        .collect()
}

/// The words of a text, without the signs of its format and without addresses.
fn words(text: &str) -> Vec<String> {
    let text = text.replace("](", " ").replace("[", " ");
    let words = text
        .split_whitespace()
        .filter(|word| !word.contains("://") && !word.contains("crate::"));
    let words = words.map(|word| word.trim_matches(['*', '`', '.', ',', ')', '(']).to_owned());
    words.filter(|word| !word.is_empty()).collect()
}

/// Every word of an entry, in its order, but for the level and the way to accept the finding.
#[test]
fn an_entry_is_what_the_page_has() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cors-runtime/src/findings.md");
    let page = fs::read_to_string(page).unwrap();
    let entries = entries(&page);
    assert!(entries.len() > 100, "{}", entries.len());
    let folder = Folder::new("explain");
    // Some of each kind; to run the program for all of them takes long.
    let some = entries.iter().step_by(9);
    let named = [
        "beyond_ceiling",
        "endpoint_method_not_allowed",
        "two_files",
        "null_origin",
        "template",
    ];
    let named = entries.iter().filter(|(name, _)| named.contains(name));
    for (name, entry) in some.chain(named) {
        let output = folder.run(&["--explain", name]);
        let shown = &output.stdout;
        assert_eq!(output.status, 0, "{output:?}");
        assert_eq!(
            shown.contains("Use instead:"),
            entry.contains("Use instead:"),
            "{shown}"
        );
        assert!(
            shown.contains("\nSource: ") && !shown.contains("crate::"),
            "{shown}"
        );
        // Without the fences of code, the level, and `allow(name)`, for which an option is written.
        let (_, entry) = entry.split_once(".** ").unwrap();
        let entry = entry
            .replace("```text", "")
            .replace("```json", "")
            .replace("```", "");
        let entry = entry.replace(
            &format!("write `allow({name})`"),
            &format!("add `--allow {name}`"),
        );
        let (_, body) = shown.split_once("\n\n").unwrap();
        let body = body.replace("Source: the documentation of ", "Source: ");
        let (body, _) = body.trim_end().rsplit_once('\n').unwrap();
        assert_eq!(words(body), words(&entry), "{name}");
    }
}
