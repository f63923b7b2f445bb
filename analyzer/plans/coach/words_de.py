"""German words of plans."""

WORDS = {
    "rest_between": "serienpause",
    "ordinal": "zweite|dritte|vierte|zweiter|dritter|vierter|zweites|drittes",
    "quicken": "zulegen um|steigern um",
    "each_after": "dazwischen|zwischen den serien|zwischen den wiederholungen",
    "alternate": "im wechsel|abwechselnd|wechselnd",
    "lasting": "für|fuer|über",
    "remark": "hi|hallo|heute|morgen|training|ohne pause|ohne pausen|ohne stopp|ohne anzuhalten"
    "|ohne unterbrechung|am stück|durchgehend|bitte|viel spaß|ohne gehpause|ohne trabpause"
    "|nonstop",
    "apiece": "je|jeweils|jeweils in|jeweils mit|à je",
    "part": "1. hälfte|2. hälfte|1. drittel|2. drittel|3. drittel|zweites drittel|drittes drittel"
    "|mittleres drittel|das letzte viertel|erste hälfte|zweite hälfte|letztes drittel"
    "|letztes viertel|die zweite hälfte|die erste hälfte|erstes drittel|das letzte drittel",
    "easy": "locker|dl2 locker|lockere|lockeren|lockerer dauerlauf|dl1|ldl|leicht|ruhig"
    "|ruhiger dauerlauf|traben|trab|gemütlich|langsam locker|lockerer|lockeres"
    "|lockeres laufen|locker laufen|lockeres traben|lockeres joggen|entspannt|grundlage|ga1",
    "warmup": "einlaufen|el|aufwärmen|warmlaufen|ein-laufen|aufwaermen",
    "cooldown": "auslaufen|austraben|al|abwärmen|cooldown|auslauf|aus-laufen",
    "rest": "p|trabpause|gehpause|gehen|erholung|tp|gp|serienpause|pause traben|pausen",
    "steady": "zügig ohne vorgabe|frei|gleichmäßig",
    "note": "vollgas|nach gefühl|maximal|all-out|zügig|schnell|hart|flott|stark|kräftig|steigern",
    "named:marathon": "marathontempo|mrt|mt|marathon-tempo|marathonrenntempo|im marathontempo"
    "|marathonpace",
    "named:half": "halbmarathontempo|hmt|hm-tempo|hmrt|halbmarathon-tempo|im halbmarathontempo",
    "named:threshold": "schwelle|schwellentempo|schwellenlauf|an der schwelle|schwellenpace",
    "length:half": "halbmarathon",
    "at": "mit|bei|zu|à|im tempo|im tempo von|tempo von|mit tempo",
    "sep": "dann|und|danach|anschließend|gefolgt von|und dann|darauf|und danach|zum schluss"
    "|im anschluss",
    "from": "los gehts mit|los geht's mit|beginn bei|beginn|beginn mit|start bei|start mit"
    "|startend mit|angefangen mit|von|beginnend mit|ab",
    "to": "auf|bis|bis auf|bis zu|nach|hin zu",
    "last": "die letzten beiden|letzten beiden|letzten zwei|die letzten zwei|letzte|letzten"
    "|die letzten|davon die letzten|davon letzte|letzter|die letzte|schlussteil"
    "|dabei die letzten|davon|mit den letzten|endbeschleunigung letzte|endbeschleunigung über",
    "first": "erste|ersten|die ersten|davon die ersten",
    "prog": "progressiv|steigerungslauf|steigernd|crescendo|steigerung|progressiver lauf"
    "|gesteigert|progressiver dauerlauf|tempowechsel steigernd|sich steigernd"
    "|schneller werdend|tdl progressiv",
    "every": "in blöcken von|in blöcken zu|alle|jeden|jede|jeweils alle|wechsel alle|pro",
    "rep": "blöcke|intervalle|serien|abschnitte|wiederholung|wdh|wiederholungen|intervall",
    "faster": "schneller",
    "slower": "langsamer",
    "remainder": "restliche|rest locker|der rest|den rest",
    "total": "insg|insg.|gesamt|in summe|total|insgesamt|bestehend aus|davon als|aufgeteilt in"
    "|wie folgt",
    "under": "unter|schneller als|höchstens|unter der",
    "over": "nicht schneller als|langsamer als|mindestens",
    "about": "etwa|ungefähr|rund|zirka|circa|um die|ungef",
    "with": "mit jeweils|mit je|mit einer",
    "order": "nachdem|davor|zuvor",
    "choice": "oder|ohne|nicht|eventuell|evtl|falls|wahlweise|kein",
    "filler": "pyramide|beginnen|lala|lange lauf|laufband|los|lauft|nächste|nächsten|die nächsten"
    "|lauf|laufen|hauptteil|der|die|das|den|dauerlauf|dl|longrun|langer lauf|minute|minuten"
    "|uhr|kilometer|werden|im|programm|einheit",
    "paceword": "pace|schnitt|er schnitt|tempo|er",
    "open": "offen",
}
"""Concept: the words for it, with bars between them."""
