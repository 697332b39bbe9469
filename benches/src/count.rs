//! Counting instructions: the program runs itself under callgrind, once for each implementation.

use std::process::{Command, Stdio};
use std::{env, fs, process};

use crate::cases::{self, Case};
use crate::gates;
use crate::kinds::Kind;
use crate::lookup;
use crate::table::Table;

/// How many calls are counted. Each costs the same number of instructions but for the hash maps of
/// peers, which are seeded at random.
const CALLS: usize = 20;

/// `run CASE KIND N`: what is started under callgrind.
pub fn run(case: &str, kind: &str, calls: &str) -> Result<(), String> {
    let case = cases::find(case).ok_or_else(|| format!("no case is called `{case}`"))?;
    let kind = Kind::find(kind).ok_or_else(|| format!("nothing is called `{kind}`"))?;
    let calls = calls
        .parse()
        .map_err(|_| format!("`{calls}` is no number"))?;
    let mut runner = kind.runner(case);
    // Whatever happens once, happens before the counting starts.
    runner.prepare(3);
    runner.run();
    runner.prepare(calls);
    runner.run_measured();
    Ok(())
}

/// The instructions of a call, less those of its frame.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// `None` is never asked for.
    net: [f64; Kind::MEASURED.len()],
}

impl Counted {
    /// Runs everything for one case.
    pub fn of(case: &Case) -> Result<Self, String> {
        let mut net = [0.0; Kind::MEASURED.len()];
        let mut frames: Vec<(Kind, f64)> = Vec::new();
        for (kind, net) in Kind::MEASURED.into_iter().zip(&mut net) {
            let frame = match frames.iter().find(|(frame, _)| *frame == kind.frame()) {
                Some((_, instructions)) => *instructions,
                None => {
                    let instructions = instructions(case.name, kind.frame())?;
                    frames.push((kind.frame(), instructions));
                    instructions
                }
            };
            *net = instructions(case.name, kind)? - frame;
        }
        Ok(Self { net })
    }

    /// The net instructions of a kind that was measured.
    pub fn get(&self, kind: Kind) -> f64 {
        let index = Kind::MEASURED
            .into_iter()
            .position(|measured| measured == kind);
        index
            .and_then(|index| self.net.get(index))
            .copied()
            .unwrap_or(f64::NAN)
    }
}

/// The instructions of one call, frame included.
pub fn instructions(case: &str, kind: Kind) -> Result<f64, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let file = env::temp_dir().join(format!("cors-bench-{}.out", process::id()));
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--toggle-collect=*counted_call*"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(program)
        .args(["run", case, kind.name(), &CALLS.to_string()])
        .stderr(Stdio::null())
        .status()
        .map_err(|error| format!("valgrind does not start: {error}"))?;
    if !status.success() {
        return Err(format!("`{case}`, {}: failed under valgrind", kind.name()));
    }
    let report = fs::read_to_string(&file).map_err(|error| error.to_string())?;
    let _ = fs::remove_file(&file);
    let total = report
        .lines()
        .find_map(|line| {
            line.strip_prefix("summary: ")
                .or(line.strip_prefix("totals: "))
        })
        .and_then(|total| total.split_whitespace().next())
        .and_then(|total| total.parse::<f64>().ok())
        .ok_or("callgrind counted nothing")?;
    Ok(total / CALLS as f64)
}

/// Prints the tables.
pub fn count(names: &[&str]) -> Result<(), String> {
    let mut counted: Vec<(&Case, Counted)> = Vec::new();
    for case in cases::named(names)? {
        counted.push((case, Counted::of(case)?));
    }
    print(&counted);
    if names.is_empty() {
        let lookups = look_up()?;
        print_lookups(&lookups);
        gates::print(&counted, &lookups);
    }
    Ok(())
}

fn print(counted: &[(&Case, Counted)]) {
    let mut table = Table::new("instructions");
    table.head(["ours", "limit", "×", "held", "×", "least", "×"]);
    table.head(["tower", "tower-http", "×", "actix-cors", "×", "ours a byte"]);
    for (case, counted) in counted {
        let [ours, held, limit, least, tower, tower_http, actix] =
            Kind::MEASURED.map(|kind| counted.get(kind));
        let whole = |count: f64| format!("{count:.0}");
        let ratio = |ours: f64, theirs: f64| format!("{:.2}", ours / theirs);
        table.row(
            case.name,
            [
                whole(ours),
                whole(limit),
                ratio(ours, limit),
                whole(held),
                ratio(held, limit),
                whole(least),
                ratio(ours, least),
                whole(tower),
                whole(tower_http),
                ratio(tower, tower_http),
                whole(actix),
                ratio(tower, actix),
                case.hostile
                    .map_or(String::new(), |len| format!("{:.2}", ours / len as f64)),
            ],
        );
    }
    table.print();
}

/// What it costs to look an origin up.
#[derive(Clone, Copy, Debug)]
pub struct LookedUp {
    /// Among how many.
    pub name: &'static str,
    /// By each of the kinds.
    pub net: [f64; Kind::LOOKUPS.len()],
}

fn look_up() -> Result<Vec<LookedUp>, String> {
    let mut lookups = Vec::new();
    for (case, name) in lookup::CASES {
        let nothing = instructions(case, Kind::FindNothing)?;
        let mut net = [0.0; Kind::LOOKUPS.len()];
        for (kind, net) in Kind::LOOKUPS.into_iter().zip(&mut net) {
            *net = instructions(case, kind)? - nothing;
        }
        lookups.push(LookedUp { name, net });
    }
    Ok(lookups)
}

fn print_lookups(lookups: &[LookedUp]) {
    let mut table = Table::new("looking up, instructions");
    table.head(["ours", "floor", "×", "held", "×", "phf::Set", "×"]);
    for LookedUp { name, net } in lookups {
        let [ours, held, floor, phf] = *net;
        table.row(
            name,
            [
                format!("{ours:.0}"),
                format!("{floor:.0}"),
                format!("{:.2}", ours / floor),
                format!("{held:.0}"),
                format!("{:.2}", held / floor),
                format!("{phf:.0}"),
                format!("{:.2}", ours / phf),
            ],
        );
    }
    table.print();
}
