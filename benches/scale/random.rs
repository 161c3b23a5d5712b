//! A small seeded generator of numbers (SplitMix64), so that a collection is the same on every machine and in every year.

/// A stream of numbers that depends on its seed alone.
pub struct Random(u64);

impl Random {
    /// The stream `number` of those that belong to `purpose`: streams do not disturb one another.
    pub fn stream(purpose: &str, number: usize) -> Self {
        let mut seed = 0xcbf2_9ce4_8422_2325_u64;
        for byte in purpose.bytes() {
            seed = (seed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let mut random = Self(seed ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to and without `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A number from `first` to `last`, both included.
    pub fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// True in `percent` of 100 cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the items, each as likely as the next.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// Ranks of which each is drawn in inverse proportion to its number: a few are common, most are rare.
pub struct Ranks(Vec<u64>);

impl Ranks {
    /// `count` ranks; a larger `flatness` draws the first ones less often.
    pub fn new(count: usize, flatness: usize) -> Self {
        let mut sum = 0;
        let weights = (0..count).map(|rank| 1_000_000_000 / (rank + flatness) as u64);
        let sums = weights.map(|weight| {
            sum += weight;
            sum
        });
        Self(sums.collect())
    }

    /// Draws a rank.
    pub fn draw(&self, random: &mut Random) -> usize {
        let total = self.0.last().copied().unwrap_or(1);
        let point = random.next() % total;
        self.0.partition_point(|sum| *sum <= point)
    }

    /// Draws `count` different ranks, in the order drawn.
    pub fn draw_distinct(&self, count: usize, random: &mut Random) -> Vec<usize> {
        let mut drawn = Vec::with_capacity(count);
        while drawn.len() < count {
            let rank = self.draw(random);
            if !drawn.contains(&rank) {
                drawn.push(rank);
            }
        }
        drawn
    }
}
