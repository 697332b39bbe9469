//! The program around the check: arguments, files, formats and exit statuses.
#![warn(dead_code, unused_imports)]

mod arguments;
mod checked;
mod explain;
mod fix;
mod github;
mod human;
mod json;
mod sarif;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anstream::AutoStream;

use self::arguments::{Call, Format, Options};
use self::checked::Checked;
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
    for path in &options.files {
        let mut file = match Checked::read(path, &options.levels) {
            Ok(file) => file,
            Err(error) => {
                complain(&error);
                status = FAILED;
                continue;
            }
        };
        if options.is_fixing {
            match fix::fix(&file, &options.levels) {
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
    let unused = match checked {
        [] => Vec::new(),
        checked => unused(checked, options),
    };
    for target in unused {
        let name = arguments::written(target);
        complain(&format!("`--allow {name}` silences nothing"));
    }
    Ok(())
}

/// The `--allow`s that silence nothing in any file. Errors may hide what one is for.
fn unused<'o>(checked: &[Checked], options: &'o Options) -> Vec<&'o Target> {
    let overrides = options.levels.overrides.iter();
    overrides
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
