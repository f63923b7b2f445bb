"""Spanish words of plans."""

WORDS = {
    "ordinal": "segundo|tercero|segunda|tercera|cuarto|cuarta",
    "quicken": "bajando|bajar|baja|sube|subiendo|subir|acelerando|aumentando",
    "each_after": "entre cada una|entre bloques|entre series|entre las series|entre medias"
    "|entre cada uno|entre repeticiones",
    "alternate": "alternando|alternos",
    "lasting": "durante",
    "remark": "hola|hoy|mañana|enlazados|sin parar|sin pausa|sin pausas|sin descanso"
    "|sin recuperación|sin detenerse|seguido|seguidos|continuo|continuos|por favor",
    "apiece": "cada uno a|cada una a|cada uno|cada una",
    "part": "primera mitad|segunda mitad|último tercio|la primera mitad|la segunda mitad"
    "|el último tercio|último cuarto",
    "easy": "ccl|suave|cómodos|fáciles|faciles|regenerativos|suaves|rodaje|rodaje suave|trote"
    "|trote suave|fácil|facil|trotando|tranquilo|cómodo|comodo|muy suave|rodando"
    "|carrera suave|carrera continua|rodaje fácil|regenerativo",
    "warmup": "cal|calent|calentamiento|calentar|de calentamiento|calentando",
    "cooldown": "enf|enfriam|acaba trotando|terminar trotando|acabar trotando|vuelta a la calma"
    "|enfriamiento|de enfriamiento|de vuelta a la calma|enfriar|vc",
    "rest": "descanso|recuperación|recuperacion|rec|caminando|caminar|pausa|de descanso"
    "|de recuperación|recuperando|recuperación trote|trote de recuperación|andando|rec trote",
    "note": "a tope|a sensaciones|por sensaciones|fuertes|ccm|ccr|al máximo|fuerte|rápido|rapido"
    "|intenso|alegre",
    "named:marathon": "ritmo de maratón|ritmo maratón|ritmo de maraton|ritmo maraton|rm"
    "|a ritmo de maratón|a ritmo maratón|a ritmo de maraton|a ritmo maraton",
    "named:half": "ritmo de media maratón|ritmo media maratón|ritmo de media|ritmo media|rmm"
    "|ritmo de media maraton|a ritmo de media|a ritmo de media maratón|a ritmo media maratón",
    "named:threshold": "umbral|ritmo umbral|ritmo de umbral|a ritmo de umbral|a umbral"
    "|a ritmo umbral|en umbral",
    "length:half": "media maratón|media maraton",
    "length:marathon": "maratón|maraton",
    "at": "a ritmo de|a ritmo|ritmo",
    "in": "en",
    "sep": "luego|y|después|despues|seguido de|y luego|seguidos de|y después|para terminar|más|mas",
    "from": "empieza en|empieza a|saliendo a|empezar a|arrancando a|comenzando en|de|desde"
    "|empezando a|empezando en|comenzando a",
    "to": "hasta el|hasta los|hasta|bajando a|acabando a|terminando a|y terminando a|y acabando a"
    "|bajando hasta",
    "last": "los dos últimos|los últimos dos|las dos últimas|últimos|ultimos|los últimos"
    "|los ultimos|último|últimas|con los últimos|las últimas|los últimos de ellos"
    "|con los ultimos|el último",
    "first": "el primero|la primera|primero|primeros|los primeros|primeras|las primeras",
    "prog": "progresivo|progresivos|progresiva|en progresión|en progresion|progresión"
    "|progresivamente|en progresivo|rodaje progresivo|progresivas",
    "every": "en bloques de|por bloques de|cada",
    "rep": "series de|bloques|bloques de|tramos|repetición|repeticiones|serie|series",
    "faster": "más rápido|mas rapido|más rápida",
    "slower": "más lento|mas lento",
    "remainder": "el resto|resto",
    "total": "en total|total",
    "under": "por debajo de|menos de|bajo",
    "over": "no más rápido que|no más rápido de|por encima de",
    "about": "aproximadamente|aprox|alrededor de|sobre|unos",
    "with": "con de|con|entre cada",
    "order": "después de|despues de|antes|antes de|precedido de",
    "choice": "o|sin|opcional|si|u",
    "filler": "pirámide|piramide|fartlek|cinta|kilómetro|largo|tl|tirada|siguientes"
    "|los siguientes|el|la|los|las|correr|carrera|sesión|parte principal|minuto|minutos"
    "|kilómetros|tirada larga|del",
    "paceword": "ritmo",
}
"""Concept: the words for it, with bars between them."""
