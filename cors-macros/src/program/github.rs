//! The findings as workflow commands, which GitHub shows beside the lines of a change.

use std::io::{self, Write};

use crate::checked::Checked;
use crate::draw::Message;

pub(super) fn write(checked: &[Checked], out: &mut impl Write) -> io::Result<()> {
    for file in checked {
        for found in &file.found {
            let name = property(&file.path());
            write!(out, "::{} file={name}", found.level())?;
            if let Some(range) = file.range(&found.finding) {
                write!(out, ",line={}", range.start.line)?;
                // Of several lines GitHub takes no columns.
                if range.start.line == range.end.line {
                    let (start, end) = (range.start.column, range.end.column);
                    write!(
                        out,
                        ",col={start},endLine={},endColumn={end}",
                        range.end.line
                    )?;
                } else {
                    write!(out, ",endLine={}", range.end.line)?;
                }
            }
            let message = file.message(&found.finding);
            let title = property(found.finding.rule.name);
            writeln!(out, ",title={title}::{}", data(&text(&message)))?;
        }
    }
    Ok(())
}

/// All of a message.
fn text(message: &Message) -> String {
    let mut text = message.title.clone();
    for note in &message.notes {
        text.push_str(&format!("\nnote: {note}"));
    }
    for help in message.helps() {
        text.push_str(&format!("\nhelp: {help}"));
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
