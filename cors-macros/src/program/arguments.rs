//! What the program is called with.

use std::path::PathBuf;

use anstream::{AutoStream, ColorChoice};
use lexopt::{Arg, Parser, ValueExt};

use super::explain;
use crate::finding::Finding;
use crate::levels::{Levels, Override, Target, Weight, named_headers};
use crate::rules::{self, Level, Rule};
use crate::spelling::nearest;

const HELP: &str = "\
Checks the CORS section of KrakenD configurations, as `cors_policy!` does.

Usage: cors-check [OPTIONS] FILE...

A FILE is a gateway's configuration, a CORS object or a part with the section.
`-` is the standard input.

Options:
      --format FORMAT   human (the default), github, json or sarif
      --allow NAME      accept a finding
      --warn NAME       report it as a warning
      --deny NAME       report it as an error
      --within FILE     the most that is accepted: a CORS object in a file
      --fix             write what the messages suggest, unless it adds an entry
      --color WHEN      auto (the default), always or never
      --explain NAME    say what a finding is, and what to do about it
  -h, --help            print this
  -V, --version         print the version

NAME is a finding, `warnings` or `hints`, or several with commas between them.
`forwarded_header_not_allowed:X-A` is the finding for one header.

Exit status: 0 if nothing is denied, though there may be warnings; 1 if
something is; 2 if the call is wrong, or a file cannot be read or written.
";

/// What to do.
pub(crate) enum Call {
    /// To print a text.
    Print(String),
    Check(Options),
}

/// How to check.
pub(crate) struct Options {
    pub(crate) format: Format,
    /// Whether the terminal shows colours.
    pub(crate) color: ColorChoice,
    /// Each override with its number.
    pub(crate) levels: Levels<usize>,
    /// The file with the most that the service accepts.
    pub(crate) within: Option<PathBuf>,
    /// Whether to write what the messages suggest.
    pub(crate) is_fixing: bool,
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Human,
    Github,
    Json,
    Sarif,
}

impl Format {
    const ALL: [(&'static str, Self); 4] = [
        ("human", Self::Human),
        ("github", Self::Github),
        ("json", Self::Json),
        ("sarif", Self::Sarif),
    ];
}

/// What the arguments say, or what is wrong with them.
pub(crate) fn read(mut arguments: Parser) -> Result<Call, String> {
    let mut options = Options {
        format: Format::Human,
        color: AutoStream::choice(&std::io::stdout()),
        levels: Levels::default(),
        within: None,
        is_fixing: false,
        files: Vec::new(),
    };
    while let Some(argument) = arguments.next().map_err(|error| error.to_string())? {
        let name = match argument {
            Arg::Value(file) => {
                options.files.push(file.into());
                continue;
            }
            Arg::Short('h') => "help".to_owned(),
            Arg::Short('V') => "version".to_owned(),
            Arg::Long(name) => name.to_owned(),
            Arg::Short(_) => return Err(argument.unexpected().to_string()),
        };
        if name == "within" {
            let file = arguments.value().map_err(|error| error.to_string())?;
            if options.within.replace(file.into()).is_some() {
                let twice = "`--within` is written twice; write all limits into one file";
                return Err(twice.to_owned());
            }
            continue;
        }
        let mut value = || {
            let value = arguments.value().and_then(ValueExt::string);
            value.map_err(|error| error.to_string())
        };
        match name.as_str() {
            "help" => return Ok(Call::Print(HELP.to_owned())),
            "version" => {
                let version = env!("CARGO_PKG_VERSION");
                return Ok(Call::Print(format!("cors-check {version}\n")));
            }
            "explain" => return Ok(Call::Print(explain::explain(rule(&value()?)?))),
            "format" => options.format = choice("--format", &value()?, &Format::ALL)?,
            "color" => options.color = color(&value()?, options.color)?,
            "fix" => options.is_fixing = true,
            other => match Weight::named(other) {
                Some(weight) => add(&mut options.levels, weight, &value()?)?,
                None => return Err(unknown(other)),
            },
        }
    }
    if options.files.is_empty() {
        return Err("no file is named; `cors-check --help` says more".to_owned());
    }
    let is_input = |file: &&PathBuf| file.as_os_str() == "-";
    if options.is_fixing && options.files.iter().any(|file| is_input(&file)) {
        return Err("`--fix` writes files, and `-` is none".to_owned());
    }
    let read = options.files.iter().chain(&options.within);
    if read.filter(is_input).count() > 1 {
        return Err("the standard input, `-`, can be read only once".to_owned());
    }
    Ok(Call::Check(options))
}

/// Every option, for "did you mean".
const OPTIONS: [&str; 10] = [
    "--format",
    "--allow",
    "--warn",
    "--deny",
    "--within",
    "--fix",
    "--color",
    "--explain",
    "--help",
    "--version",
];

fn unknown(option: &str) -> String {
    let option = format!("--{option}");
    match nearest(&option, OPTIONS) {
        Some(near) => format!("there is no option `{option}`; did you mean `{near}`?"),
        None => format!("there is no option `{option}`; `cors-check --help` lists them"),
    }
}

const COLORS: [(&str, ColorChoice); 2] = [
    ("always", ColorChoice::Always),
    ("never", ColorChoice::Never),
];

/// `auto` is what it is without the option.
fn color(value: &str, auto: ColorChoice) -> Result<ColorChoice, String> {
    choice("--color", value, &[&[("auto", auto)], &COLORS[..]].concat())
}

/// One of the values that an option has.
fn choice<T: Copy>(option: &str, value: &str, values: &[(&str, T)]) -> Result<T, String> {
    let mut found = values.iter().filter(|(name, _)| *name == value);
    found.next().map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
        format!("`{option} {value}` is not one of {}", names.join(", "))
    })
}

/// Adds what one option says of one or several names.
fn add(levels: &mut Levels<usize>, weight: Weight, names: &str) -> Result<(), String> {
    for name in names.split(',') {
        let target = target(name.trim())?;
        if let Target::Rule(rule) = target
            && rule.level == Level::Error
            && weight != Weight::Error
        {
            return Err(format!(
                "`{}` is an error that cannot be turned off",
                rule.name
            ));
        }
        let at = levels.overrides.len();
        levels.overrides.push(Override { weight, target, at });
    }
    Ok(())
}

/// What a name names: `rule:header` is a rule where it is about one header.
fn target(name: &str) -> Result<Target, String> {
    let (name, header) = match name.split_once(':') {
        Some((name, header)) => (name, Some(header)),
        None => (name, None),
    };
    let target = Target::named(name).ok_or_else(|| no_finding(name, Target::names()))?;
    match (target, header) {
        (target, None) => Ok(target),
        (Target::Rule(rule), Some(header)) if rule.names_headers() && !header.is_empty() => {
            Ok(Target::Header(rule, header.to_owned()))
        }
        (_, Some(_)) => Err(format!(
            "`{name}` cannot be limited to headers; write `{name}`"
        )),
    }
}

fn rule(name: &str) -> Result<&'static Rule, String> {
    let mut rules = rules::all();
    let rule = rules.find(|rule| rule.name == name);
    rule.ok_or_else(|| no_finding(name, rules::all().map(|rule| rule.name)))
}

fn no_finding(name: &str, names: impl Iterator<Item = &'static str>) -> String {
    match nearest(name, names) {
        Some(near) => format!("no finding is called `{name}`; did you mean `{near}`?"),
        None => {
            let version = env!("CARGO_PKG_VERSION");
            let page = format!("https://docs.rs/cors-runtime/{version}/cors_runtime/findings");
            format!("no finding is called `{name}`; {page} lists them all")
        }
    }
}

/// The options that accept a finding.
pub(crate) fn accepting(finding: &Finding) -> String {
    let options: Vec<String> = match named_headers(finding) {
        [] => vec![format!("--allow {}", finding.rule.name)],
        headers => headers
            .iter()
            .map(|header| format!("--allow {}:{header}", finding.rule.name))
            .collect(),
    };
    options.join(" ")
}

/// A name as it is written in an option.
pub(crate) fn written(target: &Target) -> String {
    match target {
        Target::Header(rule, header) => format!("{}:{header}", rule.name),
        Target::Rule(rule) => rule.name.to_owned(),
        Target::Group(Level::Hint) => "hints".to_owned(),
        Target::Group(_) => "warnings".to_owned(),
    }
}
