//! The gate before the darkroom: as many images are in memory at once as there is room for, however many threads there are.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many pixels may be decoded at once: with what decoding and resizing need, some hundreds of megabytes. A larger image is
/// decoded alone.
const ROOM: u64 = 64_000_000;

/// The gate.
#[derive(Default)]
pub struct Gate {
    taken: Mutex<u64>,
    left: Condvar,
}

/// The room that an image takes, until it is dropped.
pub struct Pass<'a> {
    gate: &'a Gate,
    pixels: u64,
}

impl Gate {
    /// Waits until there is room for an image of so many pixels.
    pub fn enter(&self, pixels: u64) -> Pass<'_> {
        let pixels = pixels.min(ROOM);
        let taken = self.lock();
        let full = |taken: &mut u64| *taken + pixels > ROOM;
        let mut taken = self.left.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner);
        *taken += pixels;
        Pass { gate: self, pixels }
    }

    fn lock(&self) -> MutexGuard<'_, u64> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        *self.gate.lock() -= self.pixels;
        self.gate.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_inside_than_there_is_room_for() {
        let (gate, inside, most) = (Gate::default(), Mutex::new(0_u64), Mutex::new(0_u64));
        std::thread::scope(|scope| {
            for at in 0..8_u64 {
                let (gate, inside, most) = (&gate, &inside, &most);
                scope.spawn(move || {
                    let pixels = ROOM / 3 + at;
                    let _pass = gate.enter(pixels);
                    let now = {
                        let mut inside = inside.lock().unwrap();
                        *inside += pixels;
                        *inside
                    };
                    let mut most = most.lock().unwrap();
                    *most = now.max(*most);
                    std::thread::yield_now();
                    *inside.lock().unwrap() -= pixels;
                });
            }
        });
        assert!(*most.lock().unwrap() <= ROOM);
        // What is larger than all of it comes in alone.
        drop(gate.enter(u64::MAX));
        assert_eq!(*gate.lock(), 0);
    }
}
