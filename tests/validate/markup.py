"""Every HTML page of the output is held against the Nu Html Checker: no errors, no warnings, no remarks."""
import json
import subprocess
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

from output import Verdicts, arguments

JAR = Path(__file__).resolve().parents[2] / "target/test-tools/node_modules/vnu-jar/build/dist/vnu.jar"
# Remarks that concern style alone; they are listed, and do not fail.
STYLE = ("Trailing slash on void elements has no effect",)


def messages(folder):
    """All that the checker says about a folder, from one run of it."""
    command = ["java", "-Xss4m", "-jar", str(JAR), "--format", "json", "--stdout", "--skip-non-html", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if not run.stdout.lstrip().startswith("{"):
        raise SystemExit(f"FAIL markup: the checker did not run: {run.stderr.strip() or run.returncode}")
    return json.loads(run.stdout)["messages"]


def main():
    site, verdicts = arguments(), Verdicts("markup")
    files = [file for file in site.files if file.endswith(".html")]
    remarks = Counter()
    for message in messages(site.folder.resolve()) if files else ():
        text, kind = message["message"], message.get("subType") or message["type"]
        if kind == "info" and text.startswith(STYLE):
            remarks[text] += 1
            continue
        path = unquote(urlsplit(message.get("url", "")).path)
        file = path.removeprefix(f"{site.folder.resolve()}/")
        verdicts.fail(f"{file}:{message.get('lastLine', 0)}", f"{kind}: {text}")
    for text, count in remarks.items():
        print(f"note {count} times: {text}")
    for file in files:
        verdicts.check("pages", True, file, "")
    verdicts.finish("pages")


main()
