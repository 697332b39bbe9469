//! How much is too much.

use crate::cases::Case;
use crate::count::{Counted, LookedUp};
use crate::kinds::Kind::{self, *};
use crate::table::Table;

/// Prints which bounds hold.
pub fn print(counted: &[(&Case, Counted)], lookups: &[LookedUp]) {
    let mut table = Table::new("bound");
    table.head(["at most", "is", "holds"]);
    let mut bound = |name: &str, most: f64, is: f64| {
        let holds = if is <= most { "yes" } else { "NO" };
        table.row(
            name,
            [format!("{most:.2}"), format!("{is:.2}"), holds.to_owned()],
        );
    };
    let of = |name: &str, kind: Kind| {
        let found = counted.iter().find(|(case, _)| case.name == name);
        found.map_or(f64::NAN, |(_, counted)| counted.get(kind))
    };
    for (case, counted) in counted {
        let ratio = counted.get(Ours) / counted.get(Limit);
        bound(&format!("{}: ours / limit", case.name), 1.15, ratio);
    }
    for (case, counted) in counted {
        let name = case.name;
        // Where one answer serves all, there is nothing to deny.
        let constant = name.starts_with("1 ") || name.starts_with("any ");
        let most = match () {
            () if name.contains("preflight") || name.contains("commas") => 0.40,
            () if name.contains("names") => 0.40,
            () if name.ends_with("allowed") || constant => 0.20,
            () => 0.10,
        };
        let ours = counted.get(Tower);
        bound(
            &format!("{name}: tower / tower-http"),
            most,
            ours / counted.get(TowerHttp),
        );
        bound(
            &format!("{name}: tower / actix-cors"),
            0.40,
            ours / counted.get(Actix),
        );
    }
    let ratio = of("10000 allowed", Ours) / of("5 allowed", Ours);
    bound("10000 origins / 5 origins", 1.10, ratio);
    for set in ["5", "100", "10000", "pattern", "20-patterns"] {
        let [allowed, denied] =
            ["allowed", "denied"].map(|what| of(&format!("{set} {what}"), Ours));
        bound(&format!("{set}: denied / allowed"), 1.0, denied / allowed);
    }
    for set in ["5", "10000"] {
        let more = of(&format!("{set} 8-KiB-origin"), Ours) - of(&format!("{set} no-origin"), Ours);
        bound(
            &format!("{set}: 8 KiB origin - no origin, instructions"),
            10.0,
            more,
        );
    }
    for LookedUp { name, net } in lookups {
        let [ours, _, floor, phf] = *net;
        let most = if *name == "10000" { 2.5 } else { 2.0 };
        bound(
            &format!("looking up, {name}: ours / floor"),
            most,
            ours / floor,
        );
        bound(
            &format!("looking up, {name}: ours / phf::Set"),
            0.28,
            ours / phf,
        );
    }
    table.print();
}
