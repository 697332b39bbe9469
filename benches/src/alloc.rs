//! Counting allocations.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::cases;
use crate::kinds::Kind::{self, *};
use crate::table::Table;

/// The system allocator, with a count.
struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static REALLOCATIONS: AtomicU64 = AtomicU64::new(0);

/// There is only one thread, and an atomic read-modify-write would show in the times.
fn add_one(counter: &AtomicU64) {
    counter.store(counter.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
}

// SAFETY: every call is passed on to the system allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add_one(&ALLOCATIONS);
        // SAFETY: the caller upholds the contract, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        add_one(&REALLOCATIONS);
        // SAFETY: as above.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const KINDS: [Kind; 7] = [Ours, Limit, Tower, TowerHttp, Axum, AxumTowerHttp, Actix];

/// Prints the allocations and reallocations of a call.
pub fn count() {
    let mut table = Table::new("allocations + reallocations");
    table.head(KINDS.map(Kind::name));
    for case in cases::all() {
        let cells = KINDS.map(|kind| {
            let (allocations, reallocations) = of(kind, case);
            let (less, fewer) = of(kind.frame(), case);
            format!("{} + {}", allocations - less, reallocations - fewer)
        });
        table.row(case.name, cells);
    }
    table.print();
}

fn of(kind: Kind, case: &'static cases::Case) -> (u64, u64) {
    let read = || {
        (
            ALLOCATIONS.load(Ordering::Relaxed),
            REALLOCATIONS.load(Ordering::Relaxed),
        )
    };
    let mut runner = kind.runner(case);
    runner.prepare(1);
    runner.run();
    runner.prepare(1);
    let before = read();
    runner.run();
    let after = read();
    (after.0 - before.0, after.1 - before.1)
}
