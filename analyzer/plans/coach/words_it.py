"""Italian words of plans."""

WORDS = {
    "ordinal": "seconda|secondo|terza|terzo|quarta|quarto",
    "quicken": "scendi di|scendendo di|aumentando di|accelerando di|aumenta di|accelera di"
    "|migliorando di",
    "each_after": "tra una e l'altra|tra l'una e l'altra|tra un blocco e l'altro|tra i blocchi"
    "|tra le serie|in mezzo|tra le prove|tra le ripetute",
    "alternate": "alternando|alternati|alternato",
    "lasting": "per|durante",
    "remark": "ciao|oggi|domani|senza fermarsi|senza sosta|senza soste|senza pausa|senza pause"
    "|senza recupero|di seguito|continuo|continui|per favore",
    "apiece": "ciascuno a|ciascuna a|ciascuno|ciascuna|l'uno",
    "part": "prima metà|seconda metà|ultimo terzo|la prima metà|la seconda metà|l'ultimo terzo"
    "|ultimo quarto",
    "easy": "facile|facili|sciolto|corricchiando|lento|lenti|lenta|corsa lenta|corsa facile|piano"
    "|corsetta|tranquillo|fondo lento|cl|fl|molto lento|di corsa lenta|rigenerante"
    "|corsa leggera",
    "warmup": "riscaldamento|di riscaldamento|risc|riscaldo",
    "cooldown": "scarico|di scarico|defaticamento|di defaticamento|defa|defaticante|def",
    "rest": "recupero|rec|riposo|camminata|camminando|di recupero|recupero da fermo|di riposo"
    "|recupero corsa lenta|recupero jog|cammino",
    "note": "a sensazione|a tutta|cm|cv|a tutto|forte|veloce|medio|allegro",
    "named:marathon": "ritmo maratona|ritmo gara maratona|rm|a ritmo maratona|passo maratona"
    "|al ritmo maratona",
    "named:half": "ritmo mezza|ritmo mezza maratona|a ritmo mezza|a ritmo mezza maratona"
    "|passo mezza",
    "named:threshold": "soglia|ritmo soglia|a soglia|in soglia|a ritmo soglia|alla soglia",
    "length:half": "mezza maratona|mezza",
    "length:marathon": "maratona",
    "at": "a|al|ai|alla|al passo di|al ritmo di|passo|ritmo",
    "in": "in",
    "sep": "poi|e|quindi|seguito da|e poi|dopo|seguiti da|infine|più",
    "from": "partenza|partenza a|parti a|parti da|si parte a|si parte da|dal|si parte|da|dai"
    "|partendo da|iniziando a",
    "to": "fino al|fino a|fino ai|ai|finendo a|e finendo a|scendendo a",
    "last": "gli ultimi due|le ultime due|ultimi due|ultime due|ultimi|gli ultimi|ultimo|ultime"
    "|con gli ultimi|di cui gli ultimi|l'ultimo|le ultime|con ultimi",
    "first": "la prima|il primo|prima a|primo|primi|i primi|prime|le prime",
    "prog": "progressivo|progressivi|in progressione|progressione|progressiva|progressivamente"
    "|corsa progressiva",
    "every": "a blocchi di|in blocchi di|ogni",
    "rep": "serie|blocchi|ripetuta|ripetute|ripetizione|prova|prove",
    "faster": "più veloce|più veloci",
    "slower": "più lento|più lenti",
    "remainder": "il resto|resto",
    "total": "in totale|totale|totali",
    "under": "sotto|sotto i|meno di|sotto ai",
    "over": "non più veloce di|sopra i",
    "about": "circa|intorno a|intorno ai",
    "with": "con|intervallati da",
    "order": "prima|preceduto da",
    "choice": "o|senza|oppure|se",
    "filler": "piramide|fartlek|tapis|tapis roulant|sul|lungo|corto|chilometro|successivi"
    "|i successivi|il|lo|la|gli|le|di|corsa|correre|minuto|minuti|chilometri|parte centrale"
    "|del",
    "paceword": "andatura",
}
"""Concept: the words for it, with bars between them."""
