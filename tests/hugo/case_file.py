"""The case files in `cases/`: what stands in them, reading and writing. README.md describes the format."""

import json
import os
import re

import dom
import reference

FOLDER = os.path.join(reference.HERE, "cases")
FRONT_MATTER = b"""---
date: 2020-01-01T00:00:00Z
slug: case
title: Case
params:
  author: flynn
---
"""
HTML = ("content_html", "summary")
ESCAPE = re.compile(r"\\(n|r|t|\\|x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]+)\})")


class BadCase(Exception):
    """A case file that does not follow the format."""


class Case:
    """One case: `name` (unique in its file), `post` (bytes of index.md), `files` beside it, the fields to `show`."""

    def __init__(self, topic, name):
        self.topic, self.name = topic, name
        self.head = []
        self.kind, self.source = None, []
        self.answer = {}

    @property
    def path(self):
        """Where the post stands below content/blog."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")
        return f"2020/{self.topic}-{slug}/index.md"

    def directive(self, key):
        """The value of `@ key: value`, "" for `@ key`, None without."""
        for line in self.head:
            found = re.fullmatch(r"@ ([a-z]+)(?:: *(.*))?", line)
            if found and found.group(1) == key:
                return found.group(2) or ""
        return None

    @property
    def files(self):
        return [name.strip() for name in (self.directive("files") or "").split(",") if name.strip()]

    @property
    def show(self):
        return [name.strip() for name in (self.directive("show") or "content_html").split(",")]

    @property
    def post(self):
        if self.directive("escaped") is not None:
            text = unescape("".join(self.source))
        else:
            text = "".join(line + "\n" for line in self.source).encode()
        return text if self.kind == "post" else FRONT_MATTER + text


def unescape(text):
    def replace(found):
        if found.group(2):
            return b"\\x" + found.group(2).encode()
        if found.group(3):
            return chr(int(found.group(3), 16)).encode()
        return {"n": b"\n", "r": b"\r", "t": b"\t", "\\": b"\\\\"}[found.group(1)]

    # Bytes are put in last: \xff is no character.
    raw, end = b"", 0
    for found in ESCAPE.finditer(text):
        raw += text[end : found.start()].encode()
        raw += bytes([int(found.group(2), 16)]) if found.group(2) else replace(found).replace(b"\\\\", b"\\")
        end = found.end()
    return raw + text[end:].encode()


def read_all(folder=FOLDER):
    """{file name: (introduction, cases)} of every case file."""
    return {name: read(os.path.join(folder, name)) for name in sorted(os.listdir(folder)) if name.endswith(".txt")}


def read(path):
    """The introduction (lines) and the cases of one file."""
    topic = os.path.splitext(os.path.basename(path))[0]
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    introduction, cases, section = [], [], None
    for number, line in enumerate(lines, 1):
        place = f"{os.path.basename(path)}:{number}"
        if line.startswith("=== "):
            cases.append(Case(topic, line[4:].strip()))
            section = "head"
        elif not cases:
            introduction.append(line)
        elif section == "head" and line in (">>> body", ">>> post"):
            cases[-1].kind, section = line[4:], "source"
        elif section == "head":
            if not line.startswith("@ "):
                raise BadCase(f"{place}: expected '@ …', '>>> body' or '>>> post'")
            cases[-1].head.append(line)
        elif line.startswith("<<< "):
            if section == "source":
                section = "answer"
            _answer_line(cases[-1], line[4:], place)
        elif section == "source":
            cases[-1].source.append(line)
        elif cases[-1].answer:
            key = list(cases[-1].answer)[-1]
            if isinstance(cases[-1].answer[key], list):
                cases[-1].answer[key].append(line)
            elif line:
                raise BadCase(f"{place}: text after a value on one line")
    for case in cases:
        if not case.answer:
            while len(case.source) > 1 and not case.source[-1]:
                case.source.pop()
        case.answer = {
            key: "\n".join(value).strip("\n") if isinstance(value, list) else value[0]
            for key, value in case.answer.items()
        }
    seen = set()
    for case in cases:
        if case.path in seen or case.kind is None:
            raise BadCase(f"{path}: {case.name!r} twice, or without input")
        seen.add(case.path)
    while introduction and not introduction[-1]:
        introduction.pop()
    return introduction, cases


def _answer_line(case, text, place):
    # A value on the same line is kept as (value,), text on the next lines as a list of them.
    if text.startswith("error "):
        case.answer[text] = []
    elif " = " in text:
        key, value = text.split(" = ", 1)
        case.answer[key] = (json.loads(value),)
    elif re.fullmatch(r"[a-z_]+", text):
        case.answer[text] = []
    else:
        raise BadCase(f"{place}: an answer is '<<< field', '<<< field = JSON' or '<<< error LINE:COLUMN'")


def shown(case, answer):
    """What of Hugo's answer the case is about, as it stands in the file: {heading: value}."""
    if "error" in answer:
        error = answer["error"]
        place = f"{error['line']}:{error['column']}" if error["line"] else "-"
        return {f"error {place}": error["message"]}
    unknown = [name for name in case.show if name not in answer]
    if unknown:
        raise BadCase(f"{case.topic}: {case.name!r} shows {unknown}, which no answer has")
    return {name: _tidy(answer[name]) if name in HTML else answer[name] for name in case.show}


def _tidy(html):
    """HTML without white space at line ends and blank lines, where no reader could tell the difference."""
    rows = [row.rstrip(" ") for row in html.split("\n")]
    tidy = "\n".join(row for row in rows if row)
    return html if dom.differences(html, tidy) else tidy


def write(introduction, cases):
    """The text of a case file."""
    lines = list(introduction)
    for case in cases:
        for line in case.source:
            if line.startswith(("=== ", "<<< ")):
                raise BadCase(f"{case.topic}: {case.name!r} has an input line that looks like a heading; use '@ escaped'")
        lines += ["", f"=== {case.name}", *case.head, f">>> {case.kind}", *case.source]
        for key, value in case.answer.items():
            if isinstance(value, str) and "\n" in value and _clean(value) or key.startswith("error "):
                lines += [f"<<< {key}", *value.split("\n")]
            elif isinstance(value, str) and key in HTML and _clean(value):
                lines += [f"<<< {key}", value]
            else:
                lines.append(f"<<< {key} = {json.dumps(value, ensure_ascii=not _printable(value))}")
    return "\n".join(lines).lstrip("\n") + "\n"


def _printable(value):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return all(char.isprintable() or char in "\n\t" for char in text)


def _clean(text):
    """True when `text` can stand in a file as it is: nothing invisible, no line that looks like a heading."""
    rows = text.split("\n")
    return (
        bool(text)
        and _printable(text)
        and text == text.strip("\n")
        and not any(row != row.rstrip() or row.startswith(("=== ", "<<< ")) for row in rows)
    )
