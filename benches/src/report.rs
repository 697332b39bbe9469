//! The tables: which implementations are compared, and for which cases.

use crate::cases::Case;
use crate::kinds::Kind::{self, *};
use crate::table::Table;
use crate::{count, time};

/// A table of measurements.
#[derive(Debug)]
pub struct View {
    title: &'static str,
    columns: &'static [Column],
    /// Decimal places, for nanoseconds.
    digits: usize,
    wants: fn(&Case) -> bool,
}

#[derive(Clone, Copy, Debug)]
enum Column {
    /// The cost of a kind, minus its frame.
    Net(Kind),
    /// The first kind divided by the second.
    Ratio(Kind, Kind),
}

use Column::{Net, Ratio};

/// Whole requests.
pub const REQUESTS: View = View {
    title: "a request",
    columns: &[
        Net(Ours),
        Net(Called),
        Net(Limit),
        Ratio(Called, Limit),
        Net(Least),
        Ratio(Called, Least),
        Net(Tower),
        Net(TowerHttp),
        Ratio(Tower, TowerHttp),
        Net(Actix),
        Ratio(Tower, Actix),
    ],
    digits: 0,
    wants: |_| true,
};

/// Layers inside an axum router.
pub const IN_AXUM: View = View {
    title: "inside axum",
    columns: &[
        Net(Axum),
        Net(AxumByHand),
        Ratio(Axum, AxumByHand),
        Net(AxumTowerHttp),
        Ratio(Axum, AxumTowerHttp),
        Net(AxumAround),
    ],
    digits: 0,
    wants: |case| {
        let usual = ["any", "1", "5", "100", "pattern"].contains(&case.policy());
        usual && case.hostile.is_none()
    },
};

/// Looking up an origin.
pub const LOOKUPS: View = View {
    title: "looking up",
    columns: &[
        Net(Find),
        Net(Floor),
        Ratio(Find, Floor),
        Net(Phf),
        Ratio(Find, Phf),
    ],
    digits: 1,
    wants: |case| {
        let exact = ["5", "100", "1000", "10000"].contains(&case.policy());
        exact && case.request_name() == "allowed"
    },
};

/// The measurements of one case.
#[derive(Debug)]
pub struct Row {
    /// The case.
    pub case: &'static Case,
    net: Vec<(Kind, f64)>,
}

impl Row {
    /// The cost of a kind, minus its frame; NaN if it was not measured.
    pub fn net(&self, kind: Kind) -> f64 {
        let found = self.net.iter().find(|(other, _)| *other == kind);
        found.map_or(f64::NAN, |(_, net)| *net)
    }

    /// The ratio to another kind.
    pub fn ratio(&self, kind: Kind, other: Kind) -> f64 {
        self.net(kind) / self.net(other)
    }
}

/// The unit of measurement.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    /// Instructions, counted by callgrind.
    Instructions,
    /// Wall-clock time.
    Nanoseconds,
}

impl Unit {
    /// The cost of one call of each kind, including its frame.
    fn measure(self, case: &'static Case, kinds: &[Kind]) -> Result<Vec<f64>, String> {
        match self {
            Self::Instructions => kinds
                .iter()
                .map(|kind| count::instructions(case.name, *kind))
                .collect(),
            Self::Nanoseconds => Ok(time::nanoseconds(case, kinds)),
        }
    }
}

impl View {
    /// Measures the cases that belong in the table, and prints them.
    pub fn show(&self, unit: Unit, cases: &[&'static Case]) -> Result<Vec<Row>, String> {
        let cases = cases.iter().filter(|case| (self.wants)(case));
        let rows = cases
            .map(|case| self.row(unit, case))
            .collect::<Result<Vec<Row>, String>>()?;
        if !rows.is_empty() {
            self.print(unit, &rows);
        }
        Ok(rows)
    }

    fn row(&self, unit: Unit, case: &'static Case) -> Result<Row, String> {
        let kinds = self.columns.iter().filter_map(|column| match column {
            Net(kind) => Some(*kind),
            Ratio(..) => None,
        });
        let mut measured: Vec<Kind> = kinds.clone().collect();
        for kind in kinds.clone() {
            if !measured.contains(&kind.frame()) {
                measured.push(kind.frame());
            }
        }
        let gross = unit.measure(case, &measured)?;
        let of = |kind: Kind| {
            let mut pairs = measured.iter().zip(&gross);
            let found = pairs.find(|(other, _)| **other == kind);
            found.map_or(f64::NAN, |(_, gross)| *gross)
        };
        let net = kinds.map(|kind| (kind, of(kind) - of(kind.frame())));
        Ok(Row {
            case,
            net: net.collect(),
        })
    }

    fn print(&self, unit: Unit, rows: &[Row]) {
        let (name, digits) = match unit {
            Unit::Instructions => ("instructions", 0),
            Unit::Nanoseconds => ("ns", self.digits),
        };
        let mut table = Table::new(&format!("{}, {name}", self.title));
        table.head(self.columns.iter().map(|column| match column {
            Net(kind) => kind.name(),
            Ratio(..) => "×",
        }));
        for row in rows {
            let cells = self.columns.iter().map(|column| match column {
                Net(kind) => format!("{:.digits$}", row.net(*kind)),
                Ratio(kind, other) => format!("{:.2}", row.ratio(*kind, *other)),
            });
            table.row(row.case.name, cells);
        }
        table.print();
    }
}
