"""Made-up works in German, French and Spanish, whose capitals and words differ from English ones."""

import random
from collections.abc import Callable
from typing import Any

_GERMAN = (
    ("Soziale", "Politische", "Neue", "Moderne", "Regionale", "Berufliche", "Familiale", "Kulturelle",
     "Digitale"),
    ("Ungleichheit", "Beteiligung", "Arbeit", "Bildung", "Identität", "Integration", "Öffentlichkeit",
     "Mobilität",
     "Gesundheit", "Netzwerke", "Lebensläufe", "Wertorientierungen", "Einstellungen", "Migration"),
    ("und gesellschaftlicher Wandel", "im internationalen Vergleich", "in der Bundesrepublik Deutschland",
     "in Ost- und Westdeutschland", "im Lebensverlauf", "und die Rolle des Staates",
     "zwischen Anspruch und Wirklichkeit",
     "als Gegenstand der empirischen Sozialforschung", "seit der Wiedervereinigung", "in Europa"),
    ("Eine empirische Untersuchung", "Ergebnisse einer Befragung", "Theorie und Praxis", "Ein Überblick",
     "Zur Kritik einer Debatte", "Analysen und Befunde", "Eine Einführung",
     "Beiträge zu einer Theorie der Gegenwart"),
    ("Kölner Zeitschrift für Soziologie und Sozialpsychologie", "Zeitschrift für Soziologie",
     "Soziale Welt",
     "Zeitschrift für Pädagogik", "Aus Politik und Zeitgeschichte", "Berliner Journal für Soziologie",
     "Leviathan",
     "Politische Vierteljahresschrift", "Zeitschrift für Bevölkerungswissenschaft", "ZUMA-Nachrichten",
     "Publizistik"),
    ("Campus", "Suhrkamp", "VS Verlag für Sozialwissenschaften", "Leske + Budrich",
     "Westdeutscher Verlag", "Beltz",
     "Springer VS", "Nomos", "Juventa", "Duncker & Humblot", "de Gruyter", "Rowohlt"),
    ("Frankfurt am Main", "Frankfurt a.M.", "Opladen", "Wiesbaden", "Köln", "Berlin", "München",
     "Weinheim", "Stuttgart",
     "Wien", "Zürich", "Frankfurt/New York", "Baden-Baden"),
)  # fmt: skip
_FRENCH = (
    ("Les nouvelles", "Les", "L’histoire des", "La sociologie des", "Le temps des", "L’évaluation des",
     "La fin des"),
    ("politiques publiques", "pratiques culturelles", "classes moyennes", "territoires ruraux",
     "identités locales",
     "soins de santé", "formes de travail", "élites politiques", "inégalités scolaires"),
    ("en France", "dans l’Europe contemporaine", "au XIXe siècle", "et la démocratie", "face à la crise",
     "entre mémoire et oubli", "dans les pays du Sud"),
    ("une approche comparative", "enjeux et perspectives", "essai de synthèse", "le cas du Québec",
     "bilan et débats"),
    ("Revue française de sociologie", "Actes de la recherche en sciences sociales", "Annales",
     "Sociologie du travail",
     "Revue française de science politique", "L’Année sociologique", "Santé publique", "Études rurales"),
    ("Gallimard", "Presses universitaires de France", "La Découverte", "Éditions du Seuil", "L’Harmattan",
     "Armand Colin",
     "Presses de Sciences Po", "Dunod"),
    ("Paris", "Lyon", "Bruxelles", "Genève", "Montréal", "Rennes", "Toulouse"),
)  # fmt: skip
_SPANISH = (
    ("La nueva", "La", "Historia de la", "Teoría de la", "Hacia una", "El futuro de la"),
    ("educación superior", "salud pública", "política social", "participación ciudadana", "cultura popular",
     "violencia urbana", "economía solidaria", "identidad nacional"),
    ("en América Latina", "en la España contemporánea", "y el desarrollo local", "en tiempos de crisis",
     "en México"),
    ("un estudio de caso", "retos y perspectivas", "una revisión crítica", "aproximación metodológica"),
    ("Revista Española de Salud Pública", "Revista Mexicana de Sociología", "Gaceta Sanitaria", "Papers",
     "Estudios Sociológicos", "Cadernos de Saúde Pública", "Revista de Saúde Pública"),
    ("Siglo XXI", "Fondo de Cultura Económica", "Alianza", "Ariel", "Paidós", "Akal"),
    ("Madrid", "Barcelona", "México", "Buenos Aires", "Bogotá", "Santiago de Chile", "São Paulo"),
)  # fmt: skip


def foreign_work(
    chance: random.Random, names: Callable[[int], list[dict[str, str]]], number: int
) -> dict[str, Any]:
    """Return a made-up work in another language as a CSL item."""
    first, second, third, fourth, journals, publishers, places = chance.choices(
        (_GERMAN, _FRENCH, _SPANISH), (6, 2, 2)
    )[0]

    def title() -> str:
        words = f"{chance.choice(first)} {chance.choice(second)}"
        if chance.random() < 0.7:
            words = f"{words} {chance.choice(third)}"
        return (
            f"{words}{chance.choice((': ', '. '))}{chance.choice(fourth)}" if chance.random() < 0.4 else words
        )

    kind = chance.choices(("article-journal", "book", "chapter"), (4, 4, 3))[0]
    item: dict[str, Any] = {
        "id": str(number), "type": kind, "title": title(), "author": names(5),
        "issued": {"date-parts": [[chance.randint(1960, 2022)]]},
    }  # fmt: skip
    if kind == "article-journal":
        item |= {"container-title": chance.choice(journals), "volume": str(chance.randint(1, 70))}
        if chance.random() < 0.5:
            item["issue"] = str(chance.randint(1, 6))
    else:
        item |= {"publisher": chance.choice(publishers), "publisher-place": chance.choice(places)}
    if kind == "chapter":
        item |= {"container-title": title(), "editor": names(3)}
    if kind != "book":
        page = chance.randint(1, 700)
        item["page"] = f"{page}-{page + chance.randint(3, 40)}"
    return item
