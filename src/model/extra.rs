//! What an author, a site or a theme may add of its own: values that Byline hands to templates and never looks into.

/// A free mapping, in the order in which it was written.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// The serial form of such values. A compact format says nothing of their types: read, they could not be told apart, and hashed,
/// `true` would be the same as `1`. There they are one JSON text.
pub mod text {
    use serde::de::{self, DeserializeOwned};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

    /// Writes values, or their text.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<T: Serialize, S: Serializer>(values: &T, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return values.serialize(serializer);
        }
        serde_json::to_string(values).map_err(ser::Error::custom)?.serialize(serializer)
    }

    /// Reads values, or their text.
    ///
    /// # Errors
    /// Those of the deserializer, and a text that is not JSON of this type.
    pub fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        if deserializer.is_human_readable() {
            return T::deserialize(deserializer);
        }
        serde_json::from_str(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Extra;
    use crate::model::digest::Digest;
    use crate::model::front_matter::FrontMatter;

    fn layer(json: &str) -> FrontMatter {
        FrontMatter { extra: serde_json::from_str::<Extra>(json).unwrap(), ..FrontMatter::default() }
    }

    #[test]
    fn values_of_other_types_have_other_digests() {
        let all = ["{\"a\":true}", "{\"a\":1}", "{\"a\":\"\\u0001\"}", "{\"a\":null}", "{}"]
            .map(|json| Digest::of_value(&layer(json)));
        for (at, digest) in all.iter().enumerate() {
            assert!(!all[..at].contains(digest), "{at}");
        }
    }

    #[test]
    fn values_are_read_again_as_they_were_written() {
        let layer = layer(
            r#"{"z":[1,-2,0.1,1.7976931348623157e308,-0.0,null,{"b":"\u0000\"","a":18446744073709551615}],"a":true}"#,
        );
        let bytes = postcard::to_stdvec(&layer).unwrap();
        let read: FrontMatter = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(format!("{:?}", read.extra), format!("{:?}", layer.extra));
    }
}
