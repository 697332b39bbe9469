//! The findings as the compiler draws them.

use std::io::{self, Write};

use annotate_snippets::Level;

use crate::checked::{Checked, name};
use crate::draw::drawn;
use crate::report::MOST;

/// Each finding, and how many there are. The colours are for whoever shows it to take out.
pub(super) fn write(checked: &[Checked], out: &mut impl Write) -> io::Result<()> {
    for file in checked {
        for found in file.found.iter().take(MOST) {
            let level = if found.is_error {
                Level::ERROR
            } else {
                Level::WARNING
            };
            let message = file.message(&found.finding);
            let drawn = drawn(&found.finding, &file.source, &message, level, true);
            writeln!(out, "{drawn}\n")?;
        }
        let more = file.found.len().saturating_sub(MOST);
        if more > 0 {
            let name = name(&file.path);
            writeln!(out, "{name}: {} not shown\n", counted(more, "more finding"))?;
        }
    }
    if checked.is_empty() {
        return Ok(());
    }
    let all = || checked.iter().flat_map(|file| &file.found);
    let errors = all().filter(|found| found.is_error).count();
    let warnings = all().count() - errors;
    let files = counted(checked.len(), "file");
    let found = match (errors, warnings) {
        (0, 0) => "nothing found".to_owned(),
        (errors, 0) => counted(errors, "error"),
        (0, warnings) => counted(warnings, "warning"),
        (errors, warnings) => {
            format!(
                "{}, {}",
                counted(errors, "error"),
                counted(warnings, "warning")
            )
        }
    };
    writeln!(out, "{files} checked: {found}")
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}
