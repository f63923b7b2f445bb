"""What platforms call sports, in FIT's words."""

from __future__ import annotations

from analyzer.archive.sources.names import words_of

WORDS: dict[str, tuple[str, ...]] = {
    "running": (
        "run", "running", "trail run", "trail running", "virtual run", "treadmill running",
        "outdoor run", "outdoor running", "indoor run", "indoor running", "track running",
        "street running", "ultra run", "obstacle run", "obstacle racing", "lauf", "laufen",
        "traillauf", "virtueller lauf", "course a pied", "course", "trail",
        "course a pied virtuelle",
        "carrera", "carrera a pie", "carrera de montana", "correr", "trail running carrera",
        "corsa", "corsa su sentiero", "corsa virtuale", "corrida", "corrida de trilha",
        "corrida virtual", "hardlopen", "hardloopsessie", "trailrun", "virtuele hardloopsessie",
        "loop", "lopning", "lopetur", "juoksu", "bieg", "bieganie",
    ),
    "walking": (
        "walk", "walking", "outdoor walk", "indoor walk", "casual walking", "speed walking",
        "spaziergang", "gehen", "marche", "caminata", "caminar", "camminata", "caminhada",
        "wandeling", "wandelen",
    ),
    "hiking": (
        "hike", "hiking", "wanderung", "wandern", "randonnee", "senderismo", "escursione", "trilha",
        "hiken",
    ),
    "cycling": (
        "ride", "cycling", "virtual ride", "e bike ride", "mountain bike ride", "gravel ride",
        "road biking", "mountain biking", "indoor cycling", "outdoor cycling", "gravel cycling",
        "e mountain bike ride", "fahrt", "radfahrt", "radfahren", "virtuelle radfahrt",
        "mountainbike fahrt", "sortie a velo", "sortie velo", "velo", "velo virtuel", "bicicleta",
        "ciclismo", "vuelta ciclista", "pedalata", "giro in bici", "pedalada", "rit", "fietsrit",
        "fietsen", "virtuele fietsrit",
    ),
    "swimming": (
        "swim", "swimming", "lap swimming", "open water swimming", "pool swim", "schwimmen",
        "natation", "natacion", "nadar", "nuoto", "natacao", "zwemmen", "zwemtocht",
    ),
    "rowing": ("rowing", "rudern", "aviron", "remo", "canottaggio", "roeien", "indoor rowing"),
    "cross_country_skiing": (
        "nordic ski", "cross country skiing", "langlauf", "ski de fond", "esqui de fondo",
        "sci di fondo", "langlaufen",
    ),
    "alpine_skiing": ("alpine ski", "resort skiing", "ski alpin", "esqui alpino", "sci alpino"),
    "training": (
        "workout", "weight training", "strength training", "training", "krafttraining",
        "traditional strength training", "functional strength training", "entrainement",
        "musculation", "entrenamiento", "entrenamiento con pesas", "allenamento", "treino",
        "crossfit", "yoga", "pilates",
    ),
}  # fmt: skip
"""FIT's word, and what Strava in several languages, Garmin and HealthFit say for it."""

_FIT_WORD = {words_of(text): sport for sport, texts in WORDS.items() for text in texts}


def sport_word(text: str) -> str | None:
    """Return FIT's word for a sport; None where nobody knows it."""
    return _FIT_WORD.get(words_of(text[:60]))
