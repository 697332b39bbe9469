//! Templates, which are not JSON until a tool has filled them.

use super::comment::comment;
use super::reader::string_end;
use super::{SyntaxError, Why};
use crate::finding::{Finding, Help, Needs, Place};
use crate::literal::beginning;
use crate::rules;

/// Who fills a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tool {
    /// Go's templates, with the functions of KrakenD's flexible configuration.
    KrakenD,
    /// Go's templates too, with the objects and functions of Helm.
    Helm,
    /// Jinja and its kin: Ansible, Twig, Liquid.
    Jinja,
}

const HELM: &str =
    "render the chart with `helm template`, and name a file with the JSON that comes out";
const JINJA: &str =
    "render it with the tool that deploys it, such as Ansible, and name the file that it writes";
const SHELL: &str = "fill the variables with the tool that deploys it, such as `envsubst`, and name the file that it writes";

/// `{{ … }}` or `{% … %}`, unquoted or with quotation marks of its own inside a string, or a
/// variable of the shell in place of a value.
pub(super) fn explain(error: &SyntaxError<'_>) -> Option<Finding> {
    let in_string = || {
        let (string, text) = error.string()?;
        let inside = text.find("{{").or_else(|| text.find("{%"))?;
        (string.end >= error.at).then_some(string.start + inside)
    };
    let begins = action(error).or_else(in_string);
    let Some(at) = begins.or_else(|| behind_comment(error)) else {
        return variable(error);
    };
    let (what, help) = match tool(error.text) {
        Some(Tool::KrakenD) => (
            "a template of KrakenD's flexible configuration",
            Help::Render(needs(error.text)),
        ),
        Some(Tool::Helm) => ("a Helm template", Help::Words(HELM.to_owned())),
        Some(Tool::Jinja) => ("a Jinja template", Help::Words(JINJA.to_owned())),
        None => ("a template", Help::OfRule),
    };
    let mut finding = Finding::new(
        &rules::TEMPLATE,
        Place::new(at, at + 2),
        format!("this is {what}, not yet JSON"),
        "a template begins here",
    );
    finding.help = help;
    Some(finding)
}

/// The folders that the actions of a template need.
fn needs(text: &str) -> Needs {
    let has = |is: fn(&str) -> bool| actions(text).any(|action| action.split(' ').any(is));
    Needs {
        settings: has(|word| word.len() > 1 && word.trim_start_matches('$').starts_with('.')),
        partials: has(|word| word == "include"),
        templates: has(|word| word == "template"),
    }
}

/// Where an action begins that stops the parser: at its first brace, or at its second sign, since the
/// brace may open an object.
fn action(error: &SyntaxError<'_>) -> Option<usize> {
    let before = error.at.checked_sub(1);
    let mut places = before.into_iter().chain([error.at]);
    places.find(|at| begins(error.text, *at))
}

fn begins(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at..).unwrap_or_default() {
        // One bracket too many: `{{ "key": …`.
        [b'{', b'{', rest @ ..] => !begins_with_key(rest),
        [b'{', b'%', ..] => true,
        // A comment of Jinja: `{# … #}`.
        [b'{', b'#', ..] => {
            let line = text
                .get(at..)
                .map(beginning)
                .and_then(|rest| rest.lines().next());
            line.is_some_and(|line| line.contains("#}"))
        }
        _ => false,
    }
}

/// An action anywhere behind a comment at which the parser stopped: the comment need not be JSON's, but
/// that of what the template becomes.
fn behind_comment(error: &SyntaxError<'_>) -> Option<usize> {
    let (text, mut at) = (error.text, error.at);
    comment(error.after())?;
    while let Some(byte) = text.as_bytes().get(at) {
        let rest = text.get(at..).unwrap_or_default();
        at += match (byte, comment(rest)) {
            (_, Some((len, _))) => len.max(1),
            (b'"', _) => string_end(rest.as_bytes(), 1),
            (b'{', _) if begins(text, at) => return Some(at),
            _ => 1,
        };
    }
    None
}

fn begins_with_key(bytes: &[u8]) -> bool {
    let key = bytes.trim_ascii_start();
    key.starts_with(b"\"")
        && key[string_end(key, 1)..]
            .trim_ascii_start()
            .starts_with(b":")
}

/// `"debug": ${DEBUG}`.
fn variable(error: &SyntaxError<'_>) -> Option<Finding> {
    let rest = error.after().strip_prefix('$')?;
    if error.why != Why::Value {
        return None;
    }
    let len = if rest.starts_with('{') {
        rest.find('}')? + 1
    } else {
        rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?
    };
    let place = Place::new(error.at, error.at + 1 + len);
    let written = error.text.get(place.range())?;
    Some(
        Finding::new(
            &rules::TEMPLATE,
            place,
            format!("`{written}` is a variable that nothing has filled"),
            "expected a value",
        )
        .words(SHELL),
    )
}

/// Which tool the actions of a template belong to, if one of them tells.
fn tool(text: &str) -> Option<Tool> {
    if text.contains("{%") || text.contains("{#") {
        return Some(Tool::Jinja);
    }
    let mut tools: Vec<Tool> = actions(text).filter_map(tool_of_action).collect();
    // Helm has much of what KrakenD has, but not the other way round.
    tools.sort_by_key(|tool| *tool == Tool::KrakenD);
    tools.first().copied()
}

/// The text between `{{` and `}}`, without the characters that trim white space.
fn actions(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).map(|rest| {
        let action = rest.split("}}").next().unwrap_or_default();
        action.trim_matches(['-', ' ', '\t', '\r', '\n'])
    })
}

fn tool_of_action(action: &str) -> Option<Tool> {
    /// Of Go's templates, whichever tool fills them.
    const GO: [&str; 12] = [
        "if", "else", "end", "range", "with", "template", "define", "block", "len", "index",
        "printf", "toJson",
    ];
    let words = |text: &'_ str| -> Vec<String> {
        let words = text.split(|c: char| c.is_whitespace() || "(),|".contains(c));
        words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let all = words(action);
    let first = all.first()?.as_str();
    let rest = action.strip_prefix(first)?;
    let is_name = first.starts_with(|c: char| c.is_alphabetic() || c == '_');
    // `name`, `name | filter` and `name(…)` are Jinja's: Go's templates have functions there.
    let is_variable = rest.trim_start().is_empty() || rest.trim_start().starts_with('|');
    if is_name && !GO.contains(&first) && (is_variable || rest.starts_with('(')) {
        return Some(Tool::Jinja);
    }
    // Helm includes a named template and hands it a value, KrakenD includes a file.
    let arguments = words(action.split('|').next()?).len() - 1;
    match first {
        _ if all.iter().any(|word| is_helm(word)) => Some(Tool::Helm),
        "include" if arguments > 1 => Some(Tool::Helm),
        "include" | "marshal" | "env" => Some(Tool::KrakenD),
        // Settings and partials.
        _ => all
            .iter()
            .any(|word| word.starts_with('.') && *word != "." || word.ends_with(".tmpl\""))
            .then_some(Tool::KrakenD),
    }
}

/// Whether only Helm has an object or a function.
fn is_helm(word: &str) -> bool {
    const OBJECTS: [&str; 5] = ["Values", "Release", "Chart", "Capabilities", "Files"];
    const FUNCTIONS: [&str; 4] = ["toYaml", "tpl", "required", "lookup"];
    // `$.Values` is the same as `.Values`.
    let object = word.trim_start_matches('$').strip_prefix('.');
    let object = object.and_then(|path| path.split('.').next());
    object.is_some_and(|object| OBJECTS.contains(&object)) || FUNCTIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::{Tool, tool};

    #[test]
    fn a_template_is_told_by_its_actions() {
        let cases = [
            ("{{ include \"cors.tmpl\" }}", Some(Tool::KrakenD)),
            ("{{ marshal .cors.origins }}", Some(Tool::KrakenD)),
            ("{{ env \"ORIGIN\" }}", Some(Tool::KrakenD)),
            ("{{ .service.origin }}", Some(Tool::KrakenD)),
            ("{{- range .origins -}}", Some(Tool::KrakenD)),
            (
                "{{ if eq .environment \"production\" }}",
                Some(Tool::KrakenD),
            ),
            ("{{ template \"cors.tmpl\" . }}", Some(Tool::KrakenD)),
            ("{{- range $x -}}", None),
            ("{{ if true }}{{ .a.b }}{{ end }}", Some(Tool::KrakenD)),
            ("{{ .Values.cors.origins }}", Some(Tool::Helm)),
            ("{{ $.Values.cors.origins }}", Some(Tool::Helm)),
            ("{{- toYaml .cors | nindent 4 }}", Some(Tool::Helm)),
            ("{{ include \"chart.origins\" . }}", Some(Tool::Helm)),
            (
                "{{ include \"cors.tmpl\" | indent 4 }}",
                Some(Tool::KrakenD),
            ),
            ("{{ \u{2192}ab }}", None),
            ("{{ with .Values.cors }}", Some(Tool::Helm)),
            ("{{ .cors }} {{ .Release.Name }}", Some(Tool::Helm)),
            ("{{ origin }}", Some(Tool::Jinja)),
            ("{{ origin | default('*') }}", Some(Tool::Jinja)),
            ("{{ cors.origins | to_json }}", Some(Tool::Jinja)),
            ("{{ lookup('env', 'ORIGIN') }}", Some(Tool::Jinja)),
            ("{% if origin %}", Some(Tool::Jinja)),
            ("{{ template \"cors\" . }}", None),
            ("{{ end }}", None),
            ("{{", None),
            ("{{ \u{e9} }}", Some(Tool::Jinja)),
        ];
        for (text, expected) in cases {
            assert_eq!(tool(text), expected, "{text}");
        }
    }
}
