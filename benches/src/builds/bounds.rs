//! The bounds of the build measurements.

use crate::table::Table;

/// The bounds of all tables, with the measurements.
#[derive(Default)]
pub struct Bounds {
    rows: Vec<(String, f64, f64)>,
}

impl Bounds {
    pub fn add(&mut self, name: &str, most: f64, is: f64) {
        self.rows.push((name.to_owned(), most, is));
    }

    pub fn print(&self) {
        let mut table = Table::new("bound");
        table.head(["at most", "is", "holds"]);
        for (name, most, is) in &self.rows {
            let holds = if is <= most { "yes" } else { "NO" };
            table.row(
                name,
                [format!("{most:.2}"), format!("{is:.2}"), holds.to_owned()],
            );
        }
        table.print();
    }
}
