//! Tables in Markdown.

/// A table under construction.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table of cases; `title` is the heading of their names.
    pub fn new(title: &str) -> Self {
        Self {
            rows: vec![vec![title.to_owned()]],
        }
    }

    /// The other headings.
    pub fn head<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        if let Some(head) = self.rows.first_mut() {
            head.extend(cells.into_iter().map(Into::into));
        }
    }

    /// A row.
    pub fn row<T: Into<String>>(&mut self, name: &str, cells: impl IntoIterator<Item = T>) {
        let mut row = vec![name.to_owned()];
        row.extend(cells.into_iter().map(Into::into));
        self.rows.push(row);
    }

    /// Prints it, with numbers aligned to the right.
    pub fn print(&self) {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or_default()
                .max(3)
        };
        for (nth, row) in self.rows.iter().enumerate() {
            let mut line = String::from("|");
            for column in 0..columns {
                let cell = row.get(column).map_or("", String::as_str);
                let width = width(column);
                line += &match column {
                    0 => format!(" {cell:<width$} |"),
                    _ => format!(" {cell:>width$} |"),
                };
            }
            println!("{line}");
            if nth == 0 {
                let rules = (0..columns).map(|column| match column {
                    0 => format!("{}|", "-".repeat(width(column) + 2)),
                    _ => format!("{}:|", "-".repeat(width(column) + 1)),
                });
                println!("|{}", rules.collect::<String>());
            }
        }
        println!();
    }
}
