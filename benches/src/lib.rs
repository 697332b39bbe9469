//! What `cors-runtime` costs, against the least that is possible and against its peers.
//!
//! The unit is the instruction, counted under callgrind: times on a shared machine move by more
//! than the differences that matter. `time` is there to see that the two agree.

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
mod request;
mod runner;
mod table;
mod time;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cors-bench check               compare the answers of the library and of the limit
       cors-bench count [CASE]        instructions, under valgrind
       cors-bench time [CASE]         nanoseconds, 10th percentile of 61 interleaved rounds
       cors-bench alloc               allocations
       cors-bench build [NAME]        builds: after an edit, by size, from nothing (edit, sizes, clean)
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
            count::count(cases)
        }
        ("time", cases) => {
            check();
            time::time(cases)
        }
        ("alloc", []) => {
            alloc::count();
            Ok(())
        }
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

/// Stops unless the hand-written code gives the same answer as the library in every case, and the
/// library the same as a service.
fn check() {
    use kinds::Kind;
    for case in cases::all() {
        let [ours, held, limit, least, tower] = [
            Kind::Ours,
            Kind::Held,
            Kind::Limit,
            Kind::Least,
            Kind::Tower,
        ]
        .map(|kind| {
            let mut runner = kind.runner(case);
            runner.prepare(1);
            runner.run();
            runner.answer()
        });
        // Hostile headers would flood the screen, so the answers are not printed.
        assert!(
            ours.is_some() && ours == limit,
            "the limit answers otherwise: {}",
            case.name
        );
        assert!(
            ours == held,
            "through a reference the library answers otherwise: {}",
            case.name
        );
        assert!(ours == least, "the least answers otherwise: {}", case.name);
        assert!(
            ours == tower,
            "the service answers otherwise: {}",
            case.name
        );
    }
    println!(
        "{} cases: the library and the hand-written code agree.\n",
        cases::all().len()
    );
}
