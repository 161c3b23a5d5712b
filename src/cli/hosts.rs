//! `byline init --host`: a workflow that builds and publishes a site, and the target that belongs to it.

use clap::ValueEnum;

/// The common frame of workflows on GitHub's machines.
const WORKFLOW: &str = include_str!("hosts/workflow.yml");
const WORKFLOW_PATH: &str = ".github/workflows/publish.yml";

/// The pipeline for GitLab's.
const GITLAB: &str = include_str!("hosts/gitlab.yml");

/// A folder for what another program sends.
const DIST: &str = "publish:\n  site: {kind: dir, path: dist}\n";

/// Where a site may be put out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Host {
    /// GitHub Pages, from the branch gh-pages.
    Github,
    /// GitLab Pages.
    Gitlab,
    /// Netlify, from a workflow on GitHub.
    Netlify,
    /// Cloudflare Pages, from a workflow on GitHub.
    Cloudflare,
    /// A store that speaks S3's language, from a workflow on GitHub.
    S3,
}

impl Host {
    /// Where the workflow goes, below the site's folder.
    pub fn path(self) -> &'static str {
        if self == Self::Gitlab { ".gitlab-ci.yml" } else { WORKFLOW_PATH }
    }

    /// The workflow.
    pub fn workflow(self) -> String {
        let permission = if self == Self::Github { "write" } else { "read" };
        let text = if self == Self::Gitlab { GITLAB } else { WORKFLOW };
        text.replace("PERMISSION", permission)
            .replace("VERSION", env!("CARGO_PKG_VERSION"))
            .replace("PUBLISH\n", &format!("{}\n", self.step()))
    }

    /// The lines of site.yaml that belong to it.
    pub fn target(self) -> &'static str {
        match self {
            Self::Github => "publish:\n  pages: {kind: git, remote: origin, branch: gh-pages}\n",
            Self::Gitlab | Self::Netlify | Self::Cloudflare => DIST,
            Self::S3 => "publish:\n  bucket: {kind: s3, bucket: www.example.org, region: us-east-1}\n",
        }
    }

    /// Whether the site is put into a folder first.
    pub fn uses_dist(self) -> bool {
        self.target() == DIST
    }

    /// What else is to be done, in one sentence.
    pub fn remark(self) -> &'static str {
        match self {
            Self::Github => "In the repository's settings, let Pages deploy from the branch gh-pages.",
            Self::Gitlab => "Make a pipeline schedule that runs every hour, if articles are held until their date.",
            Self::Netlify => "Give the repository the secrets NETLIFY_AUTH_TOKEN and NETLIFY_SITE_ID.",
            Self::Cloudflare => {
                "Give the repository the secrets CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID and the variable CLOUDFLARE_PROJECT."
            }
            Self::S3 => {
                "Name your bucket in site.yaml, and give the repository the secrets AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            }
        }
    }

    /// The step that publishes, as it stands in the workflow.
    fn step(self) -> String {
        let (environment, lines): (&[&str], &str) = match self {
            Self::Github | Self::Gitlab => (&[], ""),
            Self::Netlify => (
                &["NETLIFY_AUTH_TOKEN", "NETLIFY_SITE_ID"],
                "npx --yes netlify-cli@17 deploy --prod --no-build --dir=dist",
            ),
            Self::Cloudflare => (
                &["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID"],
                "npx --yes wrangler@3 pages deploy dist --branch=main --project-name=\"${{ vars.CLOUDFLARE_PROJECT }}\"",
            ),
            Self::S3 => (&["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], ""),
        };
        let mut step = String::new();
        if !environment.is_empty() {
            step.push_str("        env:\n");
            environment
                .iter()
                .for_each(|name| step.push_str(&format!("          {name}: ${{{{ secrets.{name} }}}}\n")));
        }
        step.push_str("        run: |\n          byline publish --no-build\n");
        if !lines.is_empty() {
            step.push_str(&format!("          rm dist/.byline-published\n          {lines}\n"));
        }
        step
    }
}
