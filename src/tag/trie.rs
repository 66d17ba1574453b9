//! Patterns by their bytes. Of a word's first letters most lead nowhere, so that looking at word borders alone costs a fraction
//! of running an automaton over every byte.

/// No pattern, no node.
const NONE: u32 = u32::MAX;

/// Children up to this many are looked through one by one.
const FEW: usize = 8;

/// Patterns as a tree of bytes.
pub struct Trie {
    /// The pattern of each single byte.
    single: Vec<u32>,
    /// Where each pair of bytes leads.
    pairs: Vec<u32>,
    nodes: Vec<Node>,
    /// The children of nodes that have several: their bytes, and where these lead.
    bytes: Vec<u8>,
    targets: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Node {
    /// The pattern that ends here.
    pattern: u32,
    /// Of an only child its node, of several where they stand.
    from: u32,
    /// How many.
    count: u16,
    /// The byte of an only child: most nodes have no other, and are read in one go.
    byte: u8,
}

impl Trie {
    /// Of patterns that are sorted and distinct, none of them empty. They are known by their places.
    pub fn new(patterns: &[String]) -> Self {
        let (single, pairs) = (vec![NONE; 1 << 8], vec![NONE; 1 << 16]);
        let mut trie = Self { single, pairs, nodes: Vec::new(), bytes: Vec::new(), targets: Vec::new() };
        let mut open = Vec::new();
        for (first, (mut from, to)) in groups(patterns, (0, patterns.len()), 0) {
            if patterns[from].len() == 1 {
                trie.single[usize::from(first)] = number(from);
                from += 1;
            }
            for (second, range) in groups(patterns, (from, to), 1) {
                let node = trie.add();
                trie.pairs[pair(first, second)] = node;
                open.push((node, range, 2));
            }
        }
        while let Some((node, (mut from, to), depth)) = open.pop() {
            let node = node as usize;
            if patterns[from].len() == depth {
                trie.nodes[node].pattern = number(from);
                from += 1;
            }
            let children = groups(patterns, (from, to), depth);
            let nodes: Vec<u32> = children.iter().map(|_| trie.add()).collect();
            open.extend(children.iter().zip(&nodes).map(|((_, range), child)| (*child, *range, depth + 1)));
            let here = &mut trie.nodes[node];
            here.count = u16::try_from(children.len()).unwrap_or(u16::MAX);
            if let ([(byte, _)], [child]) = (&*children, &*nodes) {
                (here.byte, here.from) = (*byte, *child);
            } else {
                here.from = number(trie.bytes.len());
                trie.bytes.extend(children.iter().map(|(byte, _)| *byte));
                trie.targets.extend(nodes);
            }
        }
        trie
    }

    fn add(&mut self) -> u32 {
        self.nodes.push(Node { pattern: NONE, from: 0, count: 0, byte: 0 });
        number(self.nodes.len() - 1)
    }

    /// Every pattern that begins at a byte of a text, with its end, shortest first.
    pub fn at<'a>(&'a self, text: &'a [u8], start: usize) -> impl Iterator<Item = (usize, usize)> + 'a {
        let single = self.single[usize::from(text[start])];
        let first = (single != NONE).then_some((single as usize, start + 1));
        let mut node = text.get(start + 1).map_or(NONE, |second| self.pairs[pair(text[start], *second)]);
        let mut end = start + 2;
        let longer = std::iter::from_fn(move || {
            while node != NONE {
                let here = self.nodes[node as usize];
                let found = (here.pattern != NONE).then_some((here.pattern as usize, end));
                node = text.get(end).map_or(NONE, |byte| self.child(here, *byte));
                end += 1;
                if found.is_some() {
                    return found;
                }
            }
            None
        });
        first.into_iter().chain(longer)
    }

    fn child(&self, node: Node, byte: u8) -> u32 {
        let from = node.from as usize;
        let count = usize::from(node.count);
        if count <= 1 {
            return if count == 1 && byte == node.byte { node.from } else { NONE };
        }
        let bytes = &self.bytes[from..from + count];
        let place = if count <= FEW { bytes.iter().position(|one| *one == byte) } else { bytes.binary_search(&byte).ok() };
        place.map_or(NONE, |place| self.targets[from + place])
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// Ranges of patterns with equal bytes at a depth.
fn groups(patterns: &[String], (mut from, to): (usize, usize), depth: usize) -> Vec<(u8, (usize, usize))> {
    let mut found = Vec::new();
    while from < to {
        let byte = patterns[from].as_bytes()[depth];
        let length = patterns[from..to].partition_point(|one| one.as_bytes()[depth] == byte);
        found.push((byte, (from, from + length)));
        from += length;
    }
    found
}

fn number(place: usize) -> u32 {
    u32::try_from(place).expect("what people write is far below four billion bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_that_begins_at_a_place_is_found() {
        let patterns: Vec<String> = ["a", "ab", "abcd", "b", "é", "中国", "中国银行"].map(str::to_string).to_vec();
        let trie = Trie::new(&patterns);
        let found = |text: &str, at: usize| {
            trie.at(text.as_bytes(), at)
                .map(|(pattern, end)| (patterns[pattern].clone(), text[at..end].to_string()))
                .collect::<Vec<_>>()
        };
        let same = |names: &[&str]| names.iter().map(|name| (name.to_string(), name.to_string())).collect::<Vec<_>>();
        assert_eq!(found("xabcdé", 1), same(&["a", "ab", "abcd"]));
        assert_eq!(found("xabcé", 3), []);
        assert_eq!(found("abcé", 3), same(&["é"]));
        assert_eq!(found("在中国银行", 3), same(&["中国", "中国银行"]));
        assert_eq!(found("ab", 1), same(&["b"]));
    }
}
