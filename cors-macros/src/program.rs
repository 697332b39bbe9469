//! The program around the check: arguments, files, formats and exit statuses.

mod arguments;
mod explain;
mod fix;
mod github;
mod human;
mod json;
mod read;
mod sarif;
mod shown;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anstream::AutoStream;

use self::arguments::{Call, Format, Options};
use crate::checked::{Checked, Terms, name};
use crate::levels::Target;

/// Nothing is denied. There may be warnings.
const PASSED: u8 = 0;
/// Something is denied.
const DENIED: u8 = 1;
/// The call is wrong, or a file cannot be read or written.
const FAILED: u8 = 2;

pub(crate) fn run() -> ExitCode {
    let status = match arguments::read(lexopt::Parser::from_env()) {
        Ok(Call::Check(options)) => check(&options),
        Ok(Call::Print(text)) => print(&mut io::stdout().lock(), |out| {
            out.write_all(text.as_bytes())
        })
        .map_or(FAILED, |()| PASSED),
        Err(error) => {
            complain(&error);
            FAILED
        }
    };
    ExitCode::from(status)
}

fn check(options: &Options) -> u8 {
    let mut status = PASSED;
    let mut checked = Vec::new();
    let mut changes = Vec::new();
    let mut is_fixing = options.is_fixing;
    let mut ceiling = None;
    if let Some(path) = &options.within {
        let limits;
        (limits, ceiling) = match read::limits(path, &options.levels) {
            Ok(read) => read,
            Err(error) => {
                complain(&error);
                return FAILED;
            }
        };
        checked.push(limits);
        // What is suggested may be beyond them.
        if is_fixing && ceiling.is_none() {
            complain(&format!(
                "nothing is changed: `{}` has mistakes",
                name(path)
            ));
            (is_fixing, status) = (false, FAILED);
        }
    }
    let terms = Terms {
        levels: &options.levels,
        ceiling: ceiling.as_ref(),
    };
    for path in &options.files {
        let mut file = match read::configuration(path, terms) {
            Ok(file) => file,
            Err(error) => {
                complain(&error);
                status = FAILED;
                continue;
            }
        };
        if is_fixing {
            match fix::fix(&file, terms) {
                Ok(Some(fixed)) => {
                    file = fixed.checked;
                    changes.extend(fixed.changes);
                }
                Ok(None) => {}
                Err(error) => {
                    complain(&error);
                    status = FAILED;
                }
            }
        }
        checked.push(file);
    }
    if checked.iter().any(Checked::is_denied) {
        status = status.max(DENIED);
    }
    if report(&checked, &changes, options).is_err() {
        status = FAILED;
    }
    status
}

fn report(checked: &[Checked], changes: &[String], options: &Options) -> Result<(), ()> {
    let mut stdout = io::stdout().lock();
    // What a program reads is only what is found.
    if options.format != Format::Human {
        changes.iter().for_each(|change| complain(change));
    } else if !changes.is_empty() {
        print(&mut stdout, |out| writeln!(out, "{}\n", changes.join("\n")))?;
    }
    match options.format {
        Format::Human => {
            let mut out = AutoStream::new(stdout, options.color);
            print(&mut out, |out| human::write(checked, out))?;
        }
        Format::Github => print(&mut stdout, |out| github::write(checked, out))?,
        Format::Json => print(&mut stdout, |out| json::write(checked, out))?,
        Format::Sarif => print(&mut stdout, |out| sarif::write(checked, out))?,
    }
    for target in unused(checked, options) {
        let name = arguments::written(target);
        complain(&format!("`--allow {name}` silences nothing"));
    }
    Ok(())
}

/// The `--allow`s that silence nothing in any file. Errors may hide what one is for.
fn unused<'o>(checked: &[Checked], options: &'o Options) -> Vec<&'o Target> {
    let is_configuration = checked.len() > usize::from(options.within.is_some());
    let overrides = options.levels.overrides.iter();
    overrides
        .filter(|_| is_configuration)
        .filter(|o| checked.iter().all(|file| file.unused.contains(&o.at)))
        .map(|o| &o.target)
        .collect()
}

/// Writes to the standard output. Who closed it has read enough.
fn print<W: Write>(out: &mut W, write: impl FnOnce(&mut W) -> io::Result<()>) -> Result<(), ()> {
    match write(out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("cannot write to the standard output: {error}"));
            Err(())
        }
        _ => Ok(()),
    }
}

/// Says on the standard error what is wrong with the call. Nobody is told if that is closed.
fn complain(message: &str) {
    _ = writeln!(io::stderr(), "cors-check: {message}");
}
