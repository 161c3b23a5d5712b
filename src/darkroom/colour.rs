//! Profiles of colours (ICC.1:2022): which are kept. A print says in which colours it is, as its original did; what is in sRGB, the
//! colours that are meant where nothing is said, says nothing.

/// The longest profile that is kept, in bytes: those of cameras and screens have some hundreds.
const LIMIT: usize = 1 << 20;

/// How long profiles of sRGB are at most, in bytes, and what they are called in.
const PLAIN: (usize, &[u8]) = (4096, b"sRGB IEC61966-2");

/// The profile, if it is one of red, green and blue that says something: prints of other colours were turned into these.
pub(super) fn kept(profile: Option<Vec<u8>>) -> Option<Vec<u8>> {
    let profile = profile.filter(|profile| profile.len() <= LIMIT && profile.get(16..20) == Some(b"RGB "))?;
    let plain = profile.len() <= PLAIN.0 && profile.windows(PLAIN.1.len()).any(|window| window == PLAIN.1);
    (!plain).then_some(profile)
}
