//! The bounds that a change must keep.

use crate::kinds::Kind::*;
use crate::report::Row;
use crate::table::Table;

/// A bound on a measurement.
struct Gate {
    name: &'static str,
    most: f64,
    /// How many of the cases may miss it.
    spared: usize,
    /// The cases with their measurements.
    values: Vec<(&'static str, f64)>,
}

/// A difference of so many instructions is inlining, so a gate allows for it.
const MARGIN: f64 = 35.0;

/// Prints which gates hold, and for the others the cases that miss them.
pub fn print(requests: &[Row], in_axum: &[Row], lookups: &[Row]) {
    let gates = gates(requests, in_axum, lookups);
    let mut table = Table::new("gate");
    table.head(["at most", "worst", "in", "within", "holds"]);
    for gate in &gates {
        let worst = gate.values.iter().max_by(|(_, a), (_, b)| a.total_cmp(b));
        let (case, worst) = worst.copied().unwrap_or(("", f64::NAN));
        let (all, missed) = (gate.values.len(), gate.missed().count());
        let holds = if gate.holds() { "yes" } else { "NO" };
        table.row(
            gate.name,
            [
                format!("{:.2}", gate.most),
                format!("{worst:.2}"),
                case.to_owned(),
                format!("{} of {all}", all - missed),
                holds.to_owned(),
            ],
        );
    }
    table.print();

    for gate in gates.iter().filter(|gate| !gate.holds()) {
        println!("{}, above {:.2}:", gate.name, gate.most);
        for (case, value) in gate.missed() {
            println!("- {case}: {value:.2}");
        }
        println!();
    }
}

impl Gate {
    fn holds(&self) -> bool {
        self.missed().count() <= self.spared
    }

    /// The cases that are not within the bound, including those that were not measured.
    fn missed(&self) -> impl Iterator<Item = &(&'static str, f64)> {
        self.values
            .iter()
            .filter(|(_, value)| value.is_nan() || *value > self.most)
    }
}

fn gates(requests: &[Row], in_axum: &[Row], lookups: &[Row]) -> Vec<Gate> {
    let gate = |name, most, values: Vec<(&'static str, f64)>| Gate {
        name,
        most,
        spared: 0,
        values,
    };
    let each = |rows: &[Row], value: fn(&Row) -> f64| {
        let values = rows.iter().map(|row| (row.case.name, value(row)));
        values.collect::<Vec<_>>()
    };
    let to_limit = each(requests, |row| (row.net(Called) - MARGIN) / row.net(Limit));
    let layers = |preflights: bool, other| {
        let rows = in_axum.iter();
        rows.filter(|row| row.case.request_name().starts_with("preflight") == preflights)
            .map(|row| (row.case.name, row.ratio(Axum, other)))
            .collect()
    };
    vec![
        gate("called, less 35 / limit", 1.35, to_limit.clone()),
        Gate {
            spared: to_limit.len().saturating_sub(41),
            ..gate("called, less 35 / limit, in 41 cases", 1.20, to_limit)
        },
        gate(
            "axum: ours / by hand, actual",
            1.15,
            layers(false, AxumByHand),
        ),
        gate(
            "axum: ours / tower-http, preflights",
            0.40,
            layers(true, AxumTowerHttp),
        ),
        gate(
            "looking up: ours / floor",
            2.80,
            each(lookups, |row| row.ratio(Find, Floor)),
        ),
        gate(
            "looking up: ours / phf::Set",
            0.28,
            each(lookups, |row| row.ratio(Find, Phf)),
        ),
        gate("10000 origins / 5 origins", 1.10, growth(requests)),
        gate("hostile: instructions a byte", 2.00, a_byte(requests)),
    ]
}

/// The cost with 10 000 origins divided by the cost with 5.
fn growth(requests: &[Row]) -> Vec<(&'static str, f64)> {
    let many = requests.iter().filter(|row| row.case.policy() == "10000");
    many.map(|many| {
        let few = requests.iter().find(|few| {
            few.case.policy() == "5" && few.case.request_name() == many.case.request_name()
        });
        let few = few.map_or(f64::NAN, |few| few.net(Called));
        (many.case.name, many.net(Called) / few)
    })
    .collect()
}

/// Hostile bytes must cost no more than one pass over them, whatever they are.
fn a_byte(requests: &[Row]) -> Vec<(&'static str, f64)> {
    let rows = requests.iter();
    rows.filter_map(|row| Some((row.case.name, row.net(Called) / row.case.hostile? as f64)))
        .collect()
}
