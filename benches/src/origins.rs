//! Origins for large policies.

/// Half are tenants of one host, half are unrelated hosts.
pub fn origins(count: usize) -> Vec<String> {
    let tenant = |nth: usize| format!("https://tenant-{nth:04}.apps.example.com");
    let tails = [
        "shop.example",
        "cloud.example.org",
        "intranet.customer.example.net",
        "io.example",
    ];
    let other = |nth: usize| {
        // An odd factor permutes the 32-bit numbers, so no two hosts are equal.
        let scrambled = (nth as u32).wrapping_mul(0x9E37_79B1);
        format!("https://{scrambled:08x}.{}", tails[nth % tails.len()])
    };
    (0..count / 2)
        .flat_map(|nth| [tenant(nth), other(nth)])
        .collect()
}
