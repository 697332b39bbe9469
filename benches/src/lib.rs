//! What `cors-runtime` costs, compared with the possible minimum and with its peers.
//!
//! The unit is one instruction, counted by callgrind. On a shared machine, times vary by more than
//! the differences that matter. `time` is there to check that the two agree.

mod alloc;
mod builds;
mod cases;
mod count;
mod gates;
mod hash;
mod kinds;
mod limit;
mod lookup;
mod origins;
mod peers;
mod plot;
mod policies;
mod report;
mod request;
mod runner;
mod table;
mod time;

use std::process::ExitCode;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use report::{IN_AXUM, LOOKUPS, REQUESTS, Unit};

const USAGE: &str = "\
usage: cors-bench check               compare the responses of the library and of the limit
       cors-bench count [CASE]        instructions, under valgrind
       cors-bench time [CASE]         nanoseconds, 10th percentile of 61 interleaved rounds
       cors-bench alloc               allocations
       cors-bench build [NAME]        builds (check, edit, endpoints, sizes, clean)
       cors-bench plot FILE           draws instructions against the number of origins, as SVG
       cors-bench run CASE KIND N     N measured calls, for callgrind and perf";

/// The command line.
pub fn main(mut arguments: impl Iterator<Item = String>) -> ExitCode {
    if let Some(log) = std::env::var_os(builds::LOG) {
        return builds::compile(&log, arguments);
    }
    let command = arguments.next().unwrap_or_default();
    let arguments: Vec<String> = arguments.collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match (command.as_str(), arguments.as_slice()) {
        ("check", []) => {
            check();
            Ok(())
        }
        ("count", cases) => {
            check();
            count_all(cases)
        }
        ("time", cases) => {
            check();
            time_all(cases)
        }
        ("alloc", []) => {
            alloc::count();
            Ok(())
        }
        ("parse", [file]) => builds::parse(file),
        ("build", names) => builds::build(names),
        ("plot", [file]) => plot::plot(file),
        ("run", [case, kind, calls]) => count::run(case, kind, calls),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn count_all(names: &[&str]) -> Result<(), String> {
    let cases = cases::named(names)?;
    let requests = REQUESTS.show(Unit::Instructions, &cases)?;
    let in_axum = IN_AXUM.show(Unit::Instructions, &cases)?;
    let lookups = LOOKUPS.show(Unit::Instructions, &cases)?;
    if names.is_empty() {
        gates::print(&requests, &in_axum, &lookups);
    }
    Ok(())
}

fn time_all(names: &[&str]) -> Result<(), String> {
    let cases = cases::named(names)?;
    for view in [REQUESTS, IN_AXUM, LOOKUPS] {
        view.show(Unit::Nanoseconds, &cases)?;
    }
    Ok(())
}

/// Stops unless the hand-written code and the layer give the same response as the library in every
/// case.
fn check() {
    use kinds::Kind::{self, Axum, AxumAround, AxumByHand, Called, Least, Limit, Ours, Tower};
    let headers = |kind: Kind, case| {
        let mut runner = kind.runner(case);
        runner.prepare(1);
        runner.run();
        runner.headers().unwrap_or_default()
    };
    for case in cases::all() {
        let ours = headers(Ours, case);
        // Hostile headers would flood the screen, so the responses are not printed.
        for kind in [Called, Limit, Least, Tower] {
            let same = headers(kind, case) == ours;
            assert!(same, "{}: `{}` responds otherwise", case.name, kind.name());
        }
        let ours = of_cors(ours);
        for kind in [Axum, AxumAround, AxumByHand] {
            let same = of_cors(headers(kind, case)) == ours;
            assert!(same, "{}: `{}` responds otherwise", case.name, kind.name());
        }
    }
    println!(
        "{} cases: the library and the hand-written code agree.\n",
        cases::all().len()
    );
}

/// The headers that a policy writes, without those of a handler or router.
fn of_cors(headers: HeaderMap) -> Vec<(HeaderName, HeaderValue)> {
    let is_cors =
        |name: &HeaderName| *name == header::VARY || name.as_str().starts_with("access-control-");
    let mut lines: Vec<(HeaderName, HeaderValue)> = headers
        .iter()
        .filter(|(name, _)| is_cors(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    lines.sort_by(|(a, _), (b, _)| a.as_str().cmp(b.as_str()));
    lines
}
