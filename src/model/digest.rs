//! Content hashes: what two stages compare in place of bytes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The first 128 bits of a BLAKE3 hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Digest([u8; 16]);

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::short_of(&blake3::hash(bytes))
    }

    fn short_of(hash: &blake3::Hash) -> Self {
        let mut short = [0; 16];
        short.copy_from_slice(&hash.as_bytes()[..16]);
        Self(short)
    }

    /// The digest of a value, by its compact serial form; values inside a [`Shared`](super::shared::Shared) count by the digest
    /// that they carry.
    pub fn of_value<T: Serialize + ?Sized>(value: &T) -> Self {
        // A model value serialises without fail: no type here has a fallible Serialize.
        let hashing = Hashing { hasher: None, piece: Vec::with_capacity(USUAL) };
        postcard::serialize_with_flavor(value, hashing).expect("model values serialise")
    }

    /// The digest of several parts. Each part is fixed in length, so that no two lists of parts are hashed alike.
    pub fn join(parts: &[Digest]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&part.0);
        }
        Self::short_of(&hasher.finalize())
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The digest that these bytes are; `None` if they are not sixteen.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Hashes content that arrives in pieces.
    pub fn stream() -> Stream {
        Stream(blake3::Hasher::new())
    }

    /// The first eight hexadecimal digits: a fingerprint for a file's name.
    pub fn short(&self) -> String {
        self.to_string()[..8].to_owned()
    }
}

/// How many bytes of a serial form are hashed at once: enough for the hash to work on several blocks side by side.
const PIECE: usize = 8 << 10;
/// Room for the serial form of most values: an article's view has some hundred bytes.
const USUAL: usize = 1 << 10;

/// Hashes a serial form as it arises, a piece at a time.
struct Hashing {
    /// What came before `piece`; `None` where nothing did.
    hasher: Option<Box<blake3::Hasher>>,
    piece: Vec<u8>,
}

impl postcard::ser_flavors::Flavor for Hashing {
    type Output = Digest;

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.piece.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        if self.piece.len() + bytes.len() > PIECE {
            let hasher = self.hasher.get_or_insert_with(Default::default);
            hasher.update(&self.piece).update(bytes);
            self.piece.clear();
        } else {
            self.piece.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn finalize(self) -> postcard::Result<Digest> {
        Ok(match self.hasher {
            None => Digest::of(&self.piece),
            Some(mut hasher) => Digest::short_of(&hasher.update(&self.piece).finalize()),
        })
    }
}

/// A digest in the making; equal bytes give an equal digest, however they are cut into pieces.
pub struct Stream(blake3::Hasher);

impl Stream {
    /// Takes the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The digest of all pieces.
    pub fn finish(self) -> Digest {
        Digest::short_of(&self.0.finalize())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
