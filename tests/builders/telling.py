"""How forms tell each kind of finding, as patterns; EARLY is a block left early."""

IN_THE_SENTENCE = {
    "TOO_FAST": "[Ff]orced (?!the start)|came out .*too fast|Probably",
    "TOO_SLOW": "[Ff]ell .*short|came out .*too slow|Probably",
    "FAST_START": "[Ff]orced the start",
    "EARLY": "[Ll]eft .* early",
    "LATE_CHANGE": "[Bb]egan .* late",
    "NON_PROGRESSION": "no step up",
    "FADE": "[Ff]aded",
    "BLOW_UP": "[Bb]lew up",
    "SURGING": "[Ss]urged",
    "STOPPED": "[Ss]topped for",
    "WALK_BREAK": "[Ww]alked for|[Jj]ogged for|[Tt]ook .* breaks",
    "MISSED_BLOCK": "[Ss]kipped",
    "TRUNCATED": "[Ee]nded|[Ss]topped before",
    "LOW_DATA": "too little|too briefly|too short|[Ss]lopes|too inexact|pace unknown",
}
"""How the sentence at the top tells each kind of finding."""

IN_THE_MESSAGE = {
    "TOO_FAST": "[Tt]oo fast",
    "TOO_SLOW": "too slow",
    "FAST_START": "You began .* too fast|Begun too fast",
    "EARLY": "You left .* early|Left early",
    "LATE_CHANGE": "You began .* late|Begun late",
    "NON_PROGRESSION": "no step up|No step up",
    "FADE": "[Ff]aded",
    "BLOW_UP": "blew up|Blew up",
    "SURGING": "in waves|Uneven",
    "STOPPED": "You stopped (for|in)|Stopped",
    "WALK_BREAK": "You (walked|jogged) for|You took .*breaks|Took a break",
    "MISSED_BLOCK": "You skipped|is missing one block|Skipped",
    "TRUNCATED": "The run ended|You stopped before|Cut short",
    "LOW_DATA": "[Tt]oo (little|much|short|inexact)|[Ss]lopes|not known well|Not to be judged",
}
"""How the message tells it to the runner."""

IN_GERMAN = {
    "TOO_FAST": "[Zz]u schnell",
    "TOO_SLOW": "hinter dem Plan|[Zz]u langsam",
    "FAST_START": "[Zz]u schnell",
    "EARLY": "[Zz]u früh",
    "LATE_CHANGE": "[Zz]u spät",
    "NON_PROGRESSION": "nicht zugelegt|Nicht zugelegt",
    "FADE": "nachgelassen|Nachgelassen",
    "BLOW_UP": "eingebrochen|Eingebrochen",
    "SURGING": "Wellen|ngleichmäßig",
    "STOPPED": "gestanden",
    "WALK_BREAK": "gegangen|getrabt|Pausen? |Pause eingelegt",
    "MISSED_BLOCK": "usgelassen|fehlt",
    "TRUNCATED": "endete|aufgehört|bgebrochen|beendet|nicht mehr begonnen",
    "LOW_DATA": "[Zz]u (wenig|viel|kurz|ungenau)|Steigungen|nicht genau|Tempo offen|Nicht zu beurt",
}
"""How both are told in German."""
