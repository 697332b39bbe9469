// The hash of the hand-written tables. The build script that lays them out and the limit that
// searches them share it. It is made for these sets: their origins differ in bytes 8 to 20.

pub const SHORTEST: usize = 20;

/// Where an origin would be in a table of `1 << bits` slots; `None` if it is too short for any.
#[inline]
pub fn slot(origin: &[u8], bits: u32) -> Option<usize> {
    const C: u64 = 0x9E37_79B9_7F4A_7C15;
    let head: &[u8; SHORTEST] = origin.first_chunk()?;
    let (_, head) = head.split_first_chunk::<8>()?;
    let first = u64::from_le_bytes(*head.first_chunk()?);
    let second = u64::from_le_bytes(*head.last_chunk()?);
    Some(((first.wrapping_mul(C) ^ second).wrapping_mul(C) >> (64 - bits)) as usize)
}
