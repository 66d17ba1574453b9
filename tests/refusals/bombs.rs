//! Small bodies that unpack to many gigabytes, written down from the formats' specifications.

/// Bits in the order in which both deflate and brotli pack them: the lowest of each byte first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    filled: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        for place in 0..count {
            if self.filled.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let bit = u8::try_from(value >> place & 1).unwrap();
            *self.bytes.last_mut().unwrap() |= bit << (self.filled % 8);
            self.filled += 1;
        }
    }

    /// Prefix codes of deflate stand with their highest bit first.
    fn code(&mut self, code: &str) {
        for bit in code.bytes() {
            self.push(u32::from(bit - b'0'), 1);
        }
    }
}

/// The beginning of a deflate stream, and a piece that may follow it for ever: each of its 13 bytes gives 158 spaces (RFC 1951,
/// section 3.2.6).
fn deflate() -> (Vec<u8>, Vec<u8>) {
    const SPACE: &str = "01010000";
    // Length 258 at distance 1.
    const RUN: &str = "1100010100000";
    let mut start = Bits::default();
    start.push(0, 1);
    start.push(1, 2);
    start.code(SPACE);
    // Up to the next whole byte, so that the piece begins with one.
    while !start.filled.is_multiple_of(8) {
        start.code(RUN);
    }
    let mut piece = Bits::default();
    (0..8).for_each(|_| piece.code(RUN));
    (start.bytes, piece.bytes.repeat(500))
}

/// Head and endless piece of a gzip member (RFC 1952).
pub fn gzip() -> (Vec<u8>, Vec<u8>) {
    let (start, piece) = deflate();
    ([vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], start].concat(), piece)
}

/// Head and endless piece of a zlib stream (RFC 1950), which HTTP calls "deflate".
pub fn zlib() -> (Vec<u8>, Vec<u8>) {
    let (start, piece) = deflate();
    ([vec![0x78, 0x9c], start].concat(), piece)
}

/// 10 GiB of spaces in 8 kB: 640 meta-blocks of one command each (RFC 7932, section 9).
pub fn brotli() -> Vec<u8> {
    const LENGTH: u32 = 1 << 24;
    let mut bits = Bits::default();
    bits.push(0, 1); // A window of 64 KiB.
    for _ in 0..640 {
        bits.push(0, 1); // Not the last.
        bits.push(2, 2); // Its length has six nibbles.
        bits.push(LENGTH - 1, 24);
        bits.push(0, 1); // Compressed.
        bits.push(0, 3); // One type each of literals, commands and distances.
        bits.push(0, 6); // No postfix bits, no direct distances.
        bits.push(0, 2); // Context mode.
        bits.push(0, 2); // One tree each for literals and distances.
        // Three codes of one symbol, which then takes no bits: a space; insert 1 and copy long; a distance of 1 or 2.
        for (symbol, width) in [(0x20, 8), (399, 10), (16, 6)] {
            bits.push(1, 2);
            bits.push(0, 2);
            bits.push(symbol, width);
        }
        bits.push(LENGTH - 1 - 2118, 24); // How much more than 2118 bytes is copied.
        bits.push(0, 1); // Distance 1.
    }
    bits.bytes
}

/// 10 GiB of spaces in 320 kB: run-length blocks (RFC 8878, section 3.1.1.2). `window` is the descriptor of the decoder's window:
/// 0x68 asks for 8 MiB, 0xa8 for 2 GiB.
pub fn zstd(window: u8) -> Vec<u8> {
    const BLOCK: u32 = 128 << 10;
    let [low, middle, high, _] = (BLOCK << 3 | 1 << 1).to_le_bytes();
    let head = [0x28, 0xb5, 0x2f, 0xfd, 0, window];
    head.into_iter().chain([low, middle, high, b' '].repeat(80 << 10)).collect()
}
