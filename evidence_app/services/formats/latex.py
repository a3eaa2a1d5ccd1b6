"""LaTeX in bibliographies to plain text with CSL's inline marks, and back.

A table of our own, since the LaTeX layers of libraries are slow; what is no known command keeps its
argument, so that no word is lost."""

import re
import unicodedata
from typing import Final

_ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361", "h": "\u0309", "G": "\u030f", "U": "\u030e",
}  # fmt: skip
_SYMBOLS: Final = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ",
    "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "dag": "†", "ddag": "‡", "S": "§", "P": "¶", "copyright": "©",
    "pounds": "£", "euro": "€", "EUR": "€", "texteuro": "€", "textendash": "–", "textemdash": "—",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textquotesingle": "'", "textquotedbl": '"', "ldots": "…", "dots": "…", "textellipsis": "…",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_",
    "textbar": "|", "textless": "<", "textgreater": ">", "textdollar": "$", "textasciigrave": "`",
    "textbraceleft": "{", "textbraceright": "}", "textregistered": "®", "texttrademark": "™",
    "textdegree": "°", "degree": "°", "textmu": "µ", "textpm": "±", "texttimes": "×", "textdiv": "÷",
    "textbullet": "•", "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹",
    "guilsinglright": "›", "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "quotedblbase": "„",
    "quotesinglbase": "‚", "slash": "/", "par": "\u2029", "newline": "\u2029", "linebreak": "\u2029",
    "textonehalf": "½", "textonequarter": "¼", "textcopyright": "©", "LaTeX": "LaTeX", "TeX": "TeX",
    "BibTeX": "BibTeX", "space": " ", "quad": " ", "qquad": " ", "textexclamdown": "¡",
    "textquestiondown": "¿", "ordfeminine": "ª", "ordmasculine": "º", "textnumero": "№", "backslash": "\\",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "pm": "±", "times": "×", "div": "÷", "leq": "≤",
    "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "sim": "∼", "infty": "∞",
    "rightarrow": "→", "to": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "cdot": "·",
    "bullet": "•", "circ": "°", "partial": "∂", "nabla": "∇", "sum": "∑", "int": "∫", "sqrt": "√",
    "in": "∈", "prime": "′", "star": "⋆", "ell": "ℓ", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ", "forall": "∀",
    "exists": "∃", "cup": "∪", "cap": "∩", "subset": "⊂", "equiv": "≡", "propto": "∝", "perp": "⊥",
    "parallel": "∥", "langle": "⟨", "rangle": "⟩", "ast": "∗", "checkmark": "✓",
    "textasteriskcentered": "∗", "textperiodcentered": "·", "cyrchar": "", "celsius": "°C",
}  # fmt: skip
_MARKS: Final = {
    "textit": "i", "emph": "i", "mkbibemph": "i", "textsl": "i", "textbf": "b", "mkbibbold": "b",
    "mathit": "i", "textsuperscript": "sup", "textsubscript": "sub", "mkbibsuperscript": "sup", "sp": "sup",
    "sb": "sub",
}  # fmt: skip
_SWITCHES: Final = {"it": "i", "em": "i", "itshape": "i", "bf": "b", "bfseries": "b", "sl": "i"}
_IGNORED: Final = frozenset(
    ("tt", "sc", "rm", "sf", "scshape", "ttfamily", "selectlanguage", "noopsort", "null")
)
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?[ \t\n]?|\\(.)", re.DOTALL)
_PLAIN = re.compile(r"[^\\{}$~\-`'^_<!?\n]+")
_SPACES = re.compile(r"(?<![ \t])[ \t]*\n[ \t]*")
_PARAGRAPH = re.compile(r"(?<!\s)\s*\n\s*\n(?!\u2029)|(?<![ \t])[ \t]*\u2029[ \t]*")


def decoded(text: str) -> str:
    """Return LaTeX as text: accents composed, commands resolved, braces gone, italics as `<i>`."""
    if not re.search(r"[\\{}$~`\n]|--|''", text):
        return text.strip()
    out, _ = _Decoder(text).group(0, closing="")
    out = unicodedata.normalize("NFC", out)
    paragraphs = _PARAGRAPH.split(out)
    return "\n".join(
        " ".join(_SPACES.sub(" ", paragraph).split(" ")).strip() for paragraph in paragraphs
    ).strip()


class _Decoder:
    """One text being decoded, left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._math = False
        self._depth = 0

    def group(self, at: int, closing: str) -> tuple[str, int]:
        """Return the decoded text up to the closing mark, and the place behind it."""
        text, out, switch = self._text, [], ""
        while at < len(text):
            letter = text[at]
            if closing and letter == closing:
                at += 1
                break
            if letter == "\\":
                piece, at, mark = self._command(at)
                if mark and not switch:
                    switch = mark
                    out.append(f"<{mark}>")
                out.append(piece)
            elif letter == "{":
                piece, at = self._braced(at)
                out.append(piece)
            else:
                piece, at = self._letter(at)
                out.append(piece)
        if switch:
            out.append(f"</{switch}>")
        return "".join(out), at

    def _braced(self, at: int) -> tuple[str, int]:
        if self._depth > 80:
            return "", at + 1
        self._depth += 1
        piece, at = self.group(at + 1, "}")
        self._depth -= 1
        return piece, at

    def _letter(self, at: int) -> tuple[str, int]:
        text, letter = self._text, self._text[at]
        if found := _PLAIN.match(text, at):
            return found[0], found.end()
        if letter == "$":
            self._math = not self._math
            return "", at + (2 if text.startswith("$$", at) else 1)
        if letter == "~":
            return "\u00a0", at + 1
        if letter in "^_" and self._math:
            piece, at = self._argument(at + 1)
            mark = "sup" if letter == "^" else "sub"
            return (f"<{mark}>{piece}</{mark}>" if piece else ""), at
        for typed, meant in (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("?`", "¿"), ("!`", "¡")):
            if text.startswith(typed, at):
                return meant, at + len(typed)
        if letter == "`":
            return "‘", at + 1
        return ("" if letter == "}" else letter), at + 1

    def _argument(self, at: int) -> tuple[str, int]:
        text = self._text
        while at < len(text) and text[at] in " \t\n":
            at += 1
        if at >= len(text) or text[at] == "}":
            return "", at
        if text[at] == "{":
            return self._braced(at)
        if text[at] == "\\":
            return self._commanded(at)
        return text[at], at + 1

    def _commanded(self, at: int) -> tuple[str, int]:
        """Return a command that is the argument of another; accents upon accents end somewhere."""
        if self._depth > 80:
            return "", at + 1
        self._depth += 1
        piece, at, _ = self._command(at)
        self._depth -= 1
        return piece, at

    def _command(self, at: int) -> tuple[str, int, str]:
        """Return what a command stands for, the place behind it, and the mark it switches on."""
        found = _COMMAND.match(self._text, at)
        if not found:
            return "", at + 1, ""
        name, end = found[1] or found[2], found.end()
        if found[1] is None and name not in _ACCENTS:
            return (
                {"\\": "\u2029", ",": "\u2009", "-": "", "/": "", "(": "", ")": "", " ": " ", "\n": " "}.get(
                    name, name
                ),
                end,
                "",
            )
        if name in _ACCENTS and (found[1] is None or len(name) == 1):
            return self._accent(name, end)
        if name in _SYMBOLS:
            return _SYMBOLS[name], end, ""
        if name in _SWITCHES:
            return "", end, _SWITCHES[name]
        if name in _IGNORED:
            return "", end, ""
        if name in _MARKS:
            piece, end = self._argument(end)
            return (f"<{_MARKS[name]}>{piece}</{_MARKS[name]}>" if piece else ""), end, ""
        return self._unknown(name, found)

    def _accent(self, name: str, at: int) -> tuple[str, int, str]:
        piece, at = self._argument(at)
        piece = {"ı": "i", "ȷ": "j"}.get(piece, piece)
        if not piece:
            return {"~": "~", "^": "^"}.get(name, ""), at, ""
        return unicodedata.normalize("NFC", piece[0] + _ACCENTS[name] + piece[1:]), at, ""

    def _unknown(self, name: str, found: re.Match[str]) -> tuple[str, int, str]:
        """An unknown command with an argument is the argument; one without keeps its name as a word."""
        end = found.end()
        if self._text[end : end + 1] == "{":
            piece, end = self._braced(end)
            if name in {"href", "enquote", "mkbibquote"} and self._text[end : end + 1] == "{":
                piece, end = self._braced(end)
            return (f"“{piece}”" if name in {"enquote", "mkbibquote"} else piece), end, ""
        return ("" if self._math else found[0]), end, ""


_ESCAPES: Final = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "%": "\\%", "#": "\\#",
    "_": "\\_", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "\u00a0": "~",
    "`": "\\textasciigrave{}", '"': '{"}', "\u2009": "\\,",
}  # fmt: skip
_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
_INLINE = re.compile(r"<(/?)(i|b|sup|sub)>")
_COMMAND_OF: Final = {
    "i": "\\textit{",
    "b": "\\textbf{",
    "sup": "\\textsuperscript{",
    "sub": "\\textsubscript{",
}
_CAPITALS = re.compile(r"(?<![\\\w])(\w*[^\W\d_a-z]\w*)")


def encoded(text: str) -> str:
    """Return text as LaTeX in UTF-8: specials escaped, CSL's italics and the like as commands."""
    pieces, at, depth = [], 0, 0
    for found in _INLINE.finditer(text):
        pieces.append(_escaped(text[at : found.start()]))
        if not found[1]:
            pieces.append(_COMMAND_OF[found[2]])
            depth += 1
        elif depth:
            pieces.append("}")
            depth -= 1
        at = found.end()
    pieces.append(_escaped(text[at:]))
    return "".join(pieces) + "}" * depth


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text).replace("''", "'{}'")
    text = re.sub(r"-(?=-)", "-{}", text)
    return re.sub(r"\n", "\\\\newline{}", text)
