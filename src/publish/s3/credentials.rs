//! Credentials and region for a store: from the environment, or from the files that the tools of Amazon keep.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::PathBuf;

use rusty_s3::Credentials;

use crate::model::target::S3Place;
use crate::publish::trouble::Trouble;

/// The region where nothing names another.
const REGION: &str = "us-east-1";

/// Finds the credentials of a place.
///
/// # Errors
/// There are none.
pub fn credentials(place: &S3Place) -> Result<Credentials, Trouble> {
    let (key, secret) = (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"));
    if let (None, Some(key), Some(secret)) = (&place.profile, key, secret) {
        return Ok(with(key, secret, variable("AWS_SESSION_TOKEN")));
    }
    let name = profile(place);
    let sections = file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
    let found = sections.get(&name).and_then(|section| {
        let value = |name: &str| section.get(name).cloned();
        Some(with(value("aws_access_key_id")?, value("aws_secret_access_key")?, value("aws_session_token")))
    });
    found.ok_or_else(|| {
        let message = format!("there are no credentials: none in the environment, and no profile `{name}` with a key");
        Trouble::remote(message).hint(
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write the profile into ~/.aws/credentials, as `aws configure` does",
        )
    })
}

/// The region of a place.
pub fn region(place: &S3Place) -> String {
    let configured = || {
        let name = profile(place);
        let section = if name == "default" { name } else { format!("profile {name}") };
        file("AWS_CONFIG_FILE", "config").get(&section)?.get("region").cloned()
    };
    let named = place.region.clone().or_else(|| variable("AWS_REGION")).or_else(|| variable("AWS_DEFAULT_REGION"));
    named.or_else(configured).unwrap_or_else(|| REGION.to_owned())
}

fn with(key: String, secret: String, token: Option<String>) -> Credentials {
    match token {
        Some(token) => Credentials::new_with_token(key, secret, token),
        None => Credentials::new(key, secret),
    }
}

fn profile(place: &S3Place) -> String {
    place.profile.clone().or_else(|| variable("AWS_PROFILE")).unwrap_or_else(|| "default".to_owned())
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The sections of a file, by the variable that names it or in its usual place.
fn file(variable_name: &str, usual: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let home = || {
        variable("HOME").or_else(|| variable("USERPROFILE")).map(|home| PathBuf::from(home).join(".aws").join(usual))
    };
    let path = variable(variable_name).map(PathBuf::from).or_else(home);
    let text = path.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    sections(&text)
}

/// `[section]`, then `key = value` lines; lines that begin with `#` or `;` are remarks.
fn sections(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut sections: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut name = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';'])) {
        if let Some(section) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            name = section.split_whitespace().collect::<Vec<_>>().join(" ");
        } else if let Some((key, value)) = line.split_once('=') {
            let section = sections.entry(name.clone()).or_default();
            section.insert(key.trim().to_lowercase(), value.trim().to_owned());
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn sections_are_read() {
        let text = "# mine\n[default]\naws_access_key_id=AK\naws_secret_access_key = a=b/c+d==\n\n[profile  work]\nregion = eu-west-3\n";
        let sections = sections(text);
        assert_eq!(sections["default"]["aws_access_key_id"], "AK");
        assert_eq!(sections["default"]["aws_secret_access_key"], "a=b/c+d==");
        assert_eq!(sections["profile work"]["region"], "eu-west-3");
    }
}
