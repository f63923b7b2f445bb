"""Plans in the long form of YAML, drawn by hypothesis: anything the form can say."""

from hypothesis import strategies as st

LENGTHS = st.one_of(
    st.integers(1, 5999).map(lambda s: f"{s}s"),
    st.integers(1, 180).map(lambda m: f"{m}min"),
    st.integers(100, 40000).map(lambda m: f"{m}m"),
    st.integers(1, 12).map(lambda m: f"{m}mi"),
)
SECONDS = st.integers(170, 700).map(lambda s: f"{s // 60}:{s % 60:02d}")
PACES = st.one_of(
    SECONDS,
    SECONDS.map(lambda p: f"{p}.25"),
    st.tuples(SECONDS, SECONDS).map(" -> ".join),
    st.tuples(SECONDS, SECONDS).map("-".join),
    SECONDS.map(lambda p: f"'>={p}'"),
    SECONDS.map(lambda p: f"'<={p}'"),
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)
TOLERANCES = st.one_of(
    st.integers(1, 20).map(lambda s: f"{s}s"),
    st.floats(0.1, 20).map(lambda p: f"{p:.3f}%"),
    st.tuples(st.integers(1, 9), st.integers(1, 9)).map(
        lambda t: f"{{fast: {t[0]}s, slow: {t[1]}%}}"
    ),
)
ROLES = st.sampled_from(["easy", "progression", "steady", "rest", "cooldown"])


@st.composite
def files(draw):
    """Draw a plan in the long form, with anything it can say."""
    lines = [f"units: {draw(st.sampled_from(['km', 'mi']))}"]
    if draw(st.booleans()):
        lines.append(f"tolerance: {draw(TOLERANCES)}")
    lines.append("blocks:")
    for _ in range(draw(st.integers(1, 5))):
        parts = [f"run: {draw(LENGTHS)}"]
        for key, values in (("pace", PACES), ("tolerance", TOLERANCES), ("role", ROLES)):
            if draw(st.booleans()):
                parts.append(f"{key}: {draw(values)}")
        said = [key for key in ("name", "notes") if draw(st.booleans())]
        parts += [f"{key}: 'x{draw(TEXTS).replace(chr(39), '')}'" for key in said]
        lines.append(f"  - {{{', '.join(parts)}}}")
    return "\n".join(lines) + "\n"
