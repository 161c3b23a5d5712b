//! Times generators on one collection, in alternation, so that what the machine does meanwhile hits all alike.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::layout;

/// A generator: its program, its site, and how it is asked to build.
struct Generator {
    name: &'static str,
    program: PathBuf,
    arguments: &'static [&'static str],
    site: PathBuf,
    caches: &'static [&'static str],
}

/// What one run took.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    cpu: f64,
    memory: f64,
}

/// In which state a run finds the site.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Cold,
    Unchanged,
    Edit,
}

const MODES: &[(Mode, &str)] = &[(Mode::Cold, "cold"), (Mode::Unchanged, "unchanged"), (Mode::Edit, "one body edited")];

/// What is compared.
pub struct Request {
    /// How many articles.
    pub count: usize,
    /// Byline's program.
    pub byline: PathBuf,
    /// Hugo's program, if it takes part.
    pub hugo: Option<PathBuf>,
    /// How often each mode is run.
    pub runs: usize,
    /// Where the sites are laid out; a site that is there already is used.
    pub work: PathBuf,
    /// Whether rebuilds are timed, too.
    pub rebuilds: bool,
}

/// Runs the comparison and prints its tables, in Markdown.
pub fn compare(request: &Request) -> Result<(), String> {
    let generators = generators(request).map_err(|error| format!("the sites cannot be laid out: {error}"))?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{} articles, medians of {} runs in alternation, {cores} processors\n", request.count, request.runs);
    for generator in &generators {
        println!("- {}: {}", generator.name, version(&generator.program));
    }
    println!("\n| run | generator | wall s | CPU s | peak MiB | wall ratio | CPU ratio | memory ratio |");
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (mode, name) in &MODES[..if request.rebuilds { MODES.len() } else { 1 }] {
        let medians = rounds(&generators, *mode, request.runs)?;
        for (generator, cost) in generators.iter().zip(&medians) {
            println!("| {name} | {} | {} |", generator.name, row(cost, &medians[0]));
        }
    }
    println!();
    for generator in &generators {
        let (files, bytes) = tree_size(&generator.site.join("public")).map_err(|error| error.to_string())?;
        println!("- {} wrote {files} files, {:.1} MB", generator.name, bytes as f64 / 1e6);
    }
    Ok(())
}

fn generators(request: &Request) -> io::Result<Vec<Generator>> {
    let site = |name: &str| request.work.join(format!("{name}-{}", request.count));
    let byline = Generator {
        name: "Byline",
        program: request.byline.clone(),
        arguments: &["build", "--quiet"],
        site: site("byline"),
        caches: &["public", ".byline"],
    };
    if !byline.site.join("site.yaml").exists() {
        layout::byline(request.count, &byline.site)?;
    }
    let mut all = vec![byline];
    if let Some(program) = &request.hugo {
        let hugo = Generator {
            name: "Hugo",
            program: program.clone(),
            arguments: &["--quiet"],
            site: site("hugo"),
            caches: &["public", "resources"],
        };
        if !hugo.site.join("hugo.toml").exists() {
            layout::hugo(request.count, &hugo.site)?;
        }
        all.push(hugo);
    }
    Ok(all)
}

/// The median cost of each generator over `runs` rounds.
fn rounds(generators: &[Generator], mode: Mode, runs: usize) -> Result<Vec<Cost>, String> {
    let mut costs = vec![Vec::new(); generators.len()];
    for _ in 0..runs {
        for (generator, costs) in generators.iter().zip(&mut costs) {
            prepare(generator, mode).map_err(|error| format!("{}: {error}", generator.name))?;
            costs.push(timed(generator)?);
        }
    }
    Ok(costs.iter().map(|costs| median_cost(costs)).collect())
}

/// Brings a site into the state that the mode asks for.
fn prepare(generator: &Generator, mode: Mode) -> io::Result<()> {
    if mode == Mode::Cold {
        for folder in generator.caches {
            match fs::remove_dir_all(generator.site.join(folder)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    if mode == Mode::Edit {
        let article = first_article(&generator.site.join("content"))?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let text = fs::read_to_string(&article)?;
        fs::write(&article, format!("{}\n\nThis was added at {now}.\n", text.trim_end()))?;
    }
    Command::new("sync").status().map(|_| ())
}

fn first_article(content: &Path) -> io::Result<PathBuf> {
    let mut found = Vec::new();
    for section in fs::read_dir(content)? {
        let section = section?.path();
        if section.is_dir() {
            for file in fs::read_dir(section)? {
                found.push(file?.path());
            }
        }
    }
    found.retain(|path| path.extension().is_some_and(|extension| extension == "md") && !path.ends_with("_index.md"));
    found.into_iter().min().ok_or_else(|| io::Error::other("the site has no articles"))
}

/// Runs a generator under GNU time, which knows what a whole tree of processes took.
fn timed(generator: &Generator) -> Result<Cost, String> {
    let report = generator.site.with_extension("time");
    let status = Command::new("/usr/bin/time")
        .args(["-f", "%e %U %S %M", "-o"])
        .arg(&report)
        .arg(&generator.program)
        .args(generator.arguments)
        .current_dir(&generator.site)
        .stdout(Stdio::null())
        .status()
        .map_err(|error| format!("/usr/bin/time (Debian's package `time`) cannot be run: {error}"))?;
    if !status.success() {
        return Err(format!("{} failed on {}: {status}", generator.name, generator.site.display()));
    }
    let text = fs::read_to_string(&report).map_err(|error| error.to_string())?;
    let figures: Vec<f64> = text.split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
    match figures[..] {
        [wall, user, system, kibibytes] => Ok(Cost { wall, cpu: user + system, memory: kibibytes / 1024.0 }),
        _ => Err(format!("/usr/bin/time said {text:?}")),
    }
}

fn median_cost(costs: &[Cost]) -> Cost {
    let median = |figure: fn(&Cost) -> f64| {
        let mut figures: Vec<f64> = costs.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        let middle = figures.len() / 2;
        if figures.len() % 2 == 1 { figures[middle] } else { (figures[middle - 1] + figures[middle]) / 2.0 }
    };
    Cost { wall: median(|cost| cost.wall), cpu: median(|cost| cost.cpu), memory: median(|cost| cost.memory) }
}

/// A generator's figures, and how many times Byline's they are.
fn row(cost: &Cost, byline: &Cost) -> String {
    let ratio = |a: f64, b: f64| if b > 0.0 { format!("{:.1}", a / b) } else { "–".to_owned() };
    format!(
        "{:.2} | {:.2} | {:.0} | {} | {} | {}",
        cost.wall,
        cost.cpu,
        cost.memory,
        ratio(cost.wall, byline.wall),
        ratio(cost.cpu, byline.cpu),
        ratio(cost.memory, byline.memory)
    )
}

/// The first line with a digit of what a program says of its version.
fn version(program: &Path) -> String {
    let mut said = String::new();
    for argument in ["version", "--version"] {
        if let Ok(output) = Command::new(program).arg(argument).output() {
            said.push_str(&String::from_utf8_lossy(&output.stdout));
            said.push('\n');
        }
    }
    let named = |line: &&str| line.starts_with("hugo v") || line.starts_with("byline ");
    said.lines().find(named).unwrap_or("version unknown").to_owned()
}

/// How many files a folder holds, and their bytes.
fn tree_size(folder: &Path) -> io::Result<(usize, u64)> {
    let (mut files, mut bytes) = (0, 0);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let below = tree_size(&entry.path())?;
            (files, bytes) = (files + below.0, bytes + below.1);
        } else {
            (files, bytes) = (files + 1, bytes + entry.metadata()?.len());
        }
    }
    Ok((files, bytes))
}
