//! The command line: see `cors_bench::main`.

fn main() -> std::process::ExitCode {
    cors_bench::main(std::env::args().skip(1))
}
