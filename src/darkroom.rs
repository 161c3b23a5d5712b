//! The darkroom: from the bytes of an image file to what its head tells, to prints of it in other sizes and formats, and to the
//! same file without private metadata. Pure: no file is opened here. Equal bytes give equal prints, on any number of threads: every
//! encoder works on one thread, with settings that are fixed.

mod colour;
mod encode;
mod kind;
mod look;
mod negative;
mod orientation;
mod print;
mod strip;
#[cfg(test)]
mod tests;
mod vector;

pub use look::look;
pub use print::print;
pub use strip::strip;
