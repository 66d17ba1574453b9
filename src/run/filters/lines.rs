//! Lines of input, so many at a time as a window of bytes holds: memory does not depend on how many there are.

use std::io::BufRead;

use crate::run::RunError;

/// The longest line that is read: 64 MiB holds the 50 MB article that somebody will send.
const LONGEST: usize = 64 << 20;

/// Bytes after which a window is full: enough that all cores are busy, few enough to be nothing.
const WINDOW: usize = 1 << 20;

/// What is said of a line that is longer.
pub const TOO_LONG: &str = "the line has more than 64 MiB; send the article without its images or markup";

/// A line that is longer than is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

/// A window of lines, none of them empty.
#[derive(Debug, Default)]
pub struct Lines {
    bytes: Vec<u8>,
    /// The number of each line in the input, from 1, and where it begins and ends; `None` for one that is too long.
    ranges: Vec<(usize, Option<(usize, usize)>)>,
    /// Lines that were read so far, empty ones included.
    read: usize,
}

impl Lines {
    /// Takes the next lines, until the window is full or the input ends; `false` where no line is left.
    pub fn fill(&mut self, input: &mut dyn BufRead) -> Result<bool, RunError> {
        self.take(input, WINDOW, usize::MAX)
    }

    /// Takes the next line; `false` where no line is left.
    pub fn one(&mut self, input: &mut dyn BufRead) -> Result<bool, RunError> {
        self.take(input, WINDOW, 1)
    }

    /// The lines, without their ends.
    pub fn iter(&self) -> impl Iterator<Item = Result<&[u8], TooLong>> {
        self.numbered().map(|(_, line)| line)
    }

    /// The same, each with its number in the input, from 1.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, Result<&[u8], TooLong>)> {
        let line = |range: Option<(usize, usize)>| range.map(|(start, end)| &self.bytes[start..end]).ok_or(TooLong);
        self.ranges.iter().map(move |(number, range)| (*number, line(*range)))
    }

    fn take(&mut self, input: &mut dyn BufRead, bytes: usize, lines: usize) -> Result<bool, RunError> {
        self.ranges.clear();
        self.bytes.clear();
        // What one huge line needed is given back.
        self.bytes.shrink_to(2 * WINDOW);
        while self.bytes.len() < bytes && self.ranges.len() < lines {
            let start = self.bytes.len();
            if !self.line(input)? {
                break;
            }
            self.read += 1;
            if self.bytes.len() - start > LONGEST {
                self.bytes.truncate(start);
                self.ranges.push((self.read, None));
                continue;
            }
            let line = self.bytes[start..].trim_ascii_start();
            let skipped = self.bytes.len() - start - line.len();
            let length = line.trim_ascii_end().len();
            if length > 0 {
                self.ranges.push((self.read, Some((start + skipped, start + skipped + length))));
            }
        }
        Ok(!self.ranges.is_empty())
    }

    /// Adds the bytes of the next line, of one that is too long at most one more than is read; `false` at the end of input.
    fn line(&mut self, input: &mut dyn BufRead) -> Result<bool, RunError> {
        let start = self.bytes.len();
        let mut some = false;
        loop {
            let held = match input.fill_buf() {
                Ok(held) => held,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(RunError::Input(error)),
            };
            let end = held.iter().position(|byte| *byte == b'\n');
            let part = &held[..end.unwrap_or(held.len())];
            let room = (LONGEST + 1).saturating_sub(self.bytes.len() - start);
            self.bytes.extend_from_slice(&part[..part.len().min(room)]);
            some |= !held.is_empty();
            let (used, last) = (end.map_or(held.len(), |end| end + 1), end.is_some() || held.is_empty());
            input.consume(used);
            if last {
                return Ok(some);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &[u8]) -> Vec<Vec<u8>> {
        let (mut lines, mut found) = (Lines::default(), Vec::new());
        let mut input = std::io::BufReader::with_capacity(3, input);
        while lines.fill(&mut input).unwrap() {
            found.extend(lines.iter().map(|line| line.unwrap().to_vec()));
        }
        found
    }

    #[test]
    fn a_line_has_its_number_in_the_input() {
        let mut lines = Lines::default();
        let mut input: &[u8] = b"one\n\n\nfour";
        assert!(lines.fill(&mut input).unwrap());
        assert_eq!(lines.numbered().collect::<Vec<_>>(), [(1, Ok(&b"one"[..])), (4, Ok(&b"four"[..]))]);
    }

    #[test]
    fn lines_come_whole_and_empty_ones_not_at_all() {
        assert_eq!(read(b"\n\nab c\r\n   \nd\n\xff\0"), [b"ab c".to_vec(), b"d".to_vec(), b"\xff\0".to_vec()]);
        assert!(read(b"").is_empty() && read(b"\n \n").is_empty());
    }

    #[test]
    fn a_line_that_is_too_long_is_one_line_and_the_next_is_read() {
        let mut input = vec![b'a'; 2 * LONGEST + 5];
        input.extend_from_slice(b"\nb\n");
        let (mut lines, mut input) = (Lines::default(), std::io::BufReader::new(&*input));
        assert!(lines.fill(&mut input).unwrap());
        assert_eq!(lines.iter().collect::<Vec<_>>(), [Err(TooLong), Ok(&b"b"[..])]);
        assert!(!lines.fill(&mut input).unwrap());
    }
}
