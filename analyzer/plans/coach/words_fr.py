"""French words of plans."""

WORDS = {
    "ordinal": "2ème|3ème|4ème|deuxième|troisième|quatrième|seconde|2e|3e",
    "quicken": "accélère de|accélérer de|tu accélères de|gagnes|tu gagnes|gagner|en gagnant"
    "|on accélère de",
    "each_after": "entre chaque bloc|entre chaque série|entre chacun|entre chacune"
    "|entre les séries|entre chaque|entre les répétitions|entre les blocs",
    "alternate": "en alternant|alterné|en alternance|alternance",
    "lasting": "pendant|durant|sur",
    "remark": "salut|bonjour|demain|aujourd'hui|enchaînés|enchaîné|on|sans s'arrêter|sans arrêt"
    "|sans pause|sans récup|sans récupération|en continu|d'affilée|sans repos|s'il te plaît"
    "|bon courage",
    "apiece": "chacun à|chacun|chacune|chacune à",
    "part": "première moitié|deuxième moitié|seconde moitié|dernier tiers|le dernier tiers"
    "|dernier quart|la première moitié|la deuxième moitié|la seconde moitié",
    "easy": "facile|faciles|footing|ef|endurance fondamentale|en endurance|tranquille|cool|lent"
    "|souple|en aisance|footing facile|en footing|trot|trottiné|endurance"
    "|en endurance fondamentale|footing lent|aisance",
    "warmup": "échauffement|echauffement|échauf|d'échauffement|échauff|ech|éch|d'echauffement",
    "cooldown": "pour rentrer|pour finir tranquille|retour au calme|rac|récup finale"
    "|de retour au calme|retour calme",
    "rest": "récup|recup|récupération|repos|marche|trot de récup|récup trot|de récup"
    "|de récupération|récup trottée|récup trottinée|en récup|récup active|de repos|r",
    "note": "à fond|au feeling|aux sensations|moyen|à bloc|rapide|vite|fort|soutenu|allure libre"
    "|actif|dur",
    "named:marathon": "allure marathon|am|as42|à allure marathon|en allure marathon"
    "|allure spécifique marathon",
    "named:half": "allure semi|as21|allure semi-marathon|à allure semi|allure semi marathon"
    "|à allure semi-marathon",
    "named:threshold": "seuil|allure seuil|au seuil|à allure seuil",
    "named:10k": "as10|allure 10|allure dix",
    "length:half": "semi-marathon|semi|semi marathon",
    "at": "à|a|au|à une allure de|à l'allure de|allure|à allure",
    "in": "en",
    "sep": "puis|et|ensuite|suivi de|suivis de|suivi par|et puis|et ensuite|enfin|puis ensuite"
    "|plus",
    "from": "tu pars à|pars à|partir à|en partant à|départ à|on part à|la première à|le premier à"
    "|de|partant de|en partant de|départ|commencer à|en commençant à",
    "to": "jusqu'au|jusqu'à|vers|pour finir à|à finir à|finir à|et finir à",
    "last": "les deux dernières|les deux derniers|deux derniers|derniers|dernières|les derniers"
    "|dont les|dont les derniers|dernier|dernière|les dernières|dont les dernières|le dernier"
    "|dont le dernier|dont|avec les derniers|avec les dernières",
    "first": "1er|1ère|1re|le premier|la première|première|premier|premiers|premières"
    "|les premiers|les premières|dont les premiers",
    "prog": "progressif|progressive|progressifs|en progressif|en progression|en accélérant"
    "|progressivement|footing progressif|en progressivité",
    "every": "en blocs de|par blocs de|par tranches de|tous les|toutes les|chaque",
    "rep": "blocs|blocs de|séries|séries de|fractions|répétition|répétitions|bloc|fraction",
    "faster": "plus vite|plus rapide",
    "slower": "plus lent|plus lentement",
    "remainder": "le reste|reste",
    "total": "au total|en tout|soit|comme suit",
    "under": "moins de|sous|en moins de|sous les",
    "over": "pas plus vite que|plus de",
    "about": "environ|autour de|vers les",
    "with": "avec|entrecoupés de",
    "order": "après|apres|avant|précédé de|precede de",
    "choice": "ou|sans|pas|éventuellement|si|ou bien",
    "filler": "finir|séance|kilomètre|kilomètres|kilo|pyramide|fartlek|tapis|du|sortie|mn"
    "|suivants|suivantes|course|courir|sortie longue|le|la|les|des|d|l|un|une|corps de séance"
    "|minute|minutes",
    "paceword": "allure|vitesse",
}
"""Concept: the words for it, with bars between them."""
