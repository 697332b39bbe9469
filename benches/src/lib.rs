mod policies;
pub fn main(_: impl Iterator<Item=String>) -> std::process::ExitCode { println!("{}", policies::HUNDRED); println!("{}", policies::PATTERNS); println!("{}", policies::ECHO);0.into() }
