"""English words of plans."""

WORDS = {
    "rest_between": "set rest|set recovery|set break",
    "ordinal": "second|third|fourth|fifth|2nd|3rd|4th|5th|sixth|6th",
    "quicken": "drop|dropping|cut|cutting|pick it up|picking it up|speed up by|speed up"
    "|get faster by|getting faster by|quicken by|knock off",
    "alternate": "alternating|alternate|alternately",
    "lasting": "for",
    "remark": "hi|hello|hey|today|tomorrow|club|all on the road|no stopping|no stops|non-stop"
    "|nonstop|without stopping|without a break|no rest|no recovery|no breaks|no break"
    "|no pauses|continuous|continuously|straight|all continuous|have fun|please|no recoveries"
    "|straight through",
    "part": "1st half|1st third|2nd half|the 2nd half|2nd third|second third|3rd third"
    "|final third|final half|the final third|first quarter|second quarter|third quarter"
    "|final quarter|second half|the second half|last third|last half|the last third"
    "|last quarter|first half|the first half|first third|the last quarter|the last half",
    "easy": "easy|jog|jogging|jog easy|easy jog|easy run|easy running|easy jogging|ez|recovery run",
    "warmup": "warm-up|warm up|warmup|wu|w/u|w-up|warming up|warm|warm-up jog",
    "cooldown": "down|cool-down|cool down|cooldown|cd|c/d|c-down|warm down|warmdown|warm-down|wd"
    "|cooling down|cool",
    "rest": "rest|recovery|rec|recover|jog recovery|recovery jog|walk|walking|jog rest"
    "|jogging recovery|easy recovery|float|standing|stand|off|break|pause",
    "steady": "steady|free|moderate",
    "note": "all out|flat out|as you feel|as fast as you like|by feel|how you feel|strides"
    "|pick-ups|hard|fast|strong|strong finish|smooth|controlled|comfortable|comfortably|quick"
    "|brisk|finish|hard effort|slow|relaxed|moderately",
    "named:marathon": "mp|marathon pace|marathon race pace|m pace|m-pace|race pace marathon"
    "|goal marathon pace|gmp",
    "named:half": "hmp|half marathon pace|half-marathon pace|half pace|hm pace",
    "named:threshold": "threshold|threshold pace|t pace|t-pace|lt|lt pace|ltp|lthr pace",
    "named:easy": "easy pace|e pace|e-pace",
    "named:mile": "mile pace",
    "effort:tempo": "tempo|tempo pace|tempo run|tempo effort",
    "length:half": "half marathon|half-marathon|half",
    "length:marathon": "marathon",
    "at": "at|@|at a pace of|holding|running at|run at",
    "in": "in|in a time of",
    "sep": "then|and|and then|followed by|before|into|plus|after that|finally|& then",
    "from": "first one at|first one|the first one|the first one at|starting off at|start off at"
    "|from|start at|starting at|start|starting|starting from|begin at|beginning at",
    "to": "to|down to|to finish at|and finish at|finishing at|finish at|and finishing at|up to"
    "|ending at|and end at|end at|through to",
    "until": "until|till",
    "last": "the last two|last two|final two|the final two|last|final|the last|the final"
    "|with last|with the last|w/ last|w/ the last|with final|with the final|last of which"
    "|including the last|closing|finishing with|finish with|finish last|finish the last"
    "|including last|incl last",
    "first": "1st|first|the first",
    "prog": "progressive|progressively|progressing|progression|progression run|prog"
    "|progressive run|cut-down|cutdown|cut down|ramp|building|build|negative split"
    "|progressing down",
    "every": "in blocks of|in parts of|every|each|changing every|per",
    "rep": "sets|sets of|rep|blocks|intervals|reps of|one|repeat|interval|block|round|km rep|reps"
    "|repetition|repetitions",
    "faster": "faster each|faster|quicker|faster than the one before|faster each time"
    "|faster than the last",
    "slower": "slower",
    "remainder": "remainder|rest of the run|the remainder|the rest|remaining|rest of it",
    "total": "total|in total|altogether|overall|in all|as|of which|consisting of|made up of"
    "|made of|split as|split into|broken into|comprising",
    "under": "under|sub|sub-|faster than|below|at most|quicker than|no slower than"
    "|not slower than|or faster|or quicker",
    "over": "no faster than|not faster than|slower than|over|at least|no quicker than|above"
    "|or slower",
    "about": "about|around|approx|approximately|ca|ca.|roughly|circa|approx.|~|c.",
    "with": "with|w/|w|separated by",
    "order": "middle|the middle|with middle|w/ middle|with the middle|after|preceded by",
    "choice": "or|if|optional|optionally|not|without|no|maybe|perhaps|either|max|unless|except"
    "|minus",
    "paceword": "pace|speed|min|tempo of",
    "filler": "mile|lr|mlr|ladder|pyramid|fartlek|treadmill|steps of|next|the next|run|running|of"
    "|the|an|main set|main|main part|set|workout|session|jog the|long run|long|total run|is"
    "|on|getting|your|you|go|do|my|minute|minutes|km|k|kilometre|kilometres|kilometer"
    "|progression|set of|back",
    "open": "open",
    "each_after": "between|between each rep|between reps|after each|between each|in between"
    "|each between|between sets",
}
"""Concept: the words for it, with bars between them."""
