"""Two pieces of HTML, compared as a browser would read them.

`outline` turns HTML into lines, one a node, indented by depth. What no reader can see is taken out first: the order of
attributes, white space between blocks, runs of white space in text, the colours of highlighted code. A tweet is its
status number, an icon its class.
"""

import difflib
import re

import html5lib

BLOCKS = set(
    "address article aside blockquote body caption center code-block col colgroup dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li link main meta nav ol p pre script "
    "section style summary table tbody td tfoot th thead tr tweet ul".split()
)
VERBATIM = {"pre", "textarea", "script", "style"}
SPACE = " \t\n\r\f"


class Node:
    """An element (tag, attributes, children), a comment (tag "!--", text) or text (tag "", text)."""

    def __init__(self, tag, attributes=None, children=None, text=""):
        self.tag, self.attributes, self.children, self.text = tag, attributes or {}, children or [], text

    def plain(self):
        """The text of this node and all below it."""
        return self.text if self.tag == "" else "".join(child.plain() for child in self.children)

    def find(self, tag):
        """The elements called `tag` below this one, in order."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.find(tag)


def outline(html):
    """The lines of `html`'s outline."""
    root = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    tree = Node("body", {}, _children(root, False))
    _trim(tree, False)
    lines = []
    for child in tree.children:
        _write(child, 0, lines)
    return lines


def differences(expected, actual, context=2):
    """A unified diff of the outlines as a list of lines; empty when nothing a reader could see differs."""
    if expected == actual:
        return []
    lines = difflib.unified_diff(outline(expected), outline(actual), "expected", "here", lineterm="", n=context)
    return list(lines)


def _children(element, verbatim):
    children = []

    def add_text(text):
        if text and children and children[-1].tag == "":
            children[-1].text += text
        elif text:
            children.append(Node("", text=text))

    add_text(element.text)
    for child in element:
        children.append(_node(child, verbatim))
        add_text(child.tail)
    return children


def _node(element, verbatim):
    if not isinstance(element.tag, str):
        return Node("!--", text=(element.text or "").strip())
    attributes = {}
    for name, value in element.attrib.items():
        name = name if isinstance(name, str) else ":".join(str(part) for part in name)
        if name == "class":
            value = " ".join(value.split())
        elif name == "style":
            value = re.sub(f"[{SPACE}]+", " ", value).strip("; ")
        attributes[name] = value or ""
    classes = attributes.get("class", "").split()
    if element.tag == "svg" and "icon" in classes:
        return Node("svg", {"class": attributes["class"]})
    node = Node(element.tag, attributes, _children(element, verbatim or element.tag in VERBATIM))
    if element.tag == "blockquote" and "twitter-tweet" in classes:
        links = (re.search(r"/status/(\d+)", link.attributes.get("href", "")) for link in node.find("a"))
        linked = next((link.group(1) for link in links if link), "")
        return Node("tweet", {"id": attributes.get("data-id") or linked})
    return _code_block(node) or node


def _code_block(node):
    """A code block, highlighted or not, as one node: its language, the attributes of its frame and its text."""
    frame = {}
    if node.tag == "div" and "highlight" in node.attributes.get("class", "").split():
        code = next(iter(list(node.find("code"))[-1:]), None)
        if code is None:
            code = next(iter(node.find("code-block")), None)
        frame = {name: value for name, value in node.attributes.items() if name != "class"}
        classes = [name for name in node.attributes["class"].split() if name != "highlight"]
        if classes:
            frame["class"] = " ".join(classes)
        if code is not None and code.tag == "code-block":
            return Node("code-block", {**code.attributes, **frame}, code.children)
    elif node.tag == "pre":
        inside = [child for child in node.children if child.tag != "" or child.text.strip(SPACE)]
        code = inside[0] if len(inside) == 1 and inside[0].tag == "code" else None
        frame = {k: v for k, v in node.attributes.items() if k not in ("tabindex", "style") and v != "chroma"}
    else:
        return None
    if code is None:
        return None
    language = [name[9:] for name in code.attributes.get("class", "").split() if name.startswith("language-")]
    attributes = {**({"language": language[0]} if language else {}), **frame}
    return Node("code-block", attributes, [Node("", text=code.plain().removesuffix("\n"))])


def _trim(node, verbatim):
    """Takes out the white space a browser would not show, from `node` down."""
    verbatim = verbatim or node.tag in VERBATIM or node.tag == "code-block"
    if not verbatim:
        for index, child in enumerate(node.children):
            if child.tag != "":
                continue
            child.text = re.sub(f"[{SPACE}]+", " ", child.text)
            before = node.children[index - 1] if index else None
            after = node.children[index + 1] if index + 1 < len(node.children) else None
            if _breaks(before, node):
                child.text = child.text.lstrip(" ")
            if _breaks(after, node):
                child.text = child.text.rstrip(" ")
    node.children = [child for child in node.children if child.tag != "" or child.text]
    for child in node.children:
        _trim(child, verbatim)


def _breaks(neighbour, parent):
    return parent.tag in BLOCKS if neighbour is None else neighbour.tag in BLOCKS or neighbour.tag == "br"


def _write(node, depth, lines):
    indent = "  " * depth
    if node.tag == "":
        lines.append(f"{indent}{node.text!r}")
    elif node.tag == "!--":
        lines.append(f"{indent}<!-- {node.text!r} -->")
    else:
        attributes = "".join(f" {name}={value!r}" for name, value in sorted(node.attributes.items()))
        lines.append(f"{indent}<{node.tag}{attributes}>")
        for child in node.children:
            _write(child, depth + 1, lines)
